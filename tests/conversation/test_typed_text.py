"""What people type: options, numbers, lists and commands, in the languages and scripts they
write."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.action import Action, Home, encode
from bot.conversation.chosen import bare_number, choices, number, numbers, one, several
from bot.conversation.decide import decide
from bot.conversation.event import Went, evolve_all
from bot.conversation.lexicon import Lexicon, lexicon
from bot.conversation.turn import Decision, Moment, Turn, World
from bot.conversation.typed_text import command
from bot.conversation.update import Typed, Update
from bot.flows.account.actions import Help, Languages, SessionLength, SettingsMenu, Stopped
from bot.flows.account.events import MinutesChosen, Unmuted
from bot.flows.certificates.actions import Certificates
from bot.flows.learning.actions import Answer, LearningProgress, Lesson, Pick
from bot.flows.learning.attempt import in_hand
from bot.flows.learning.events import Began
from bot.flows.learning.kinds import asking_of
from bot.flows.learning.lesson import typed
from bot.flows.learning.shown import meant, shown_order
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from cards.folding import alike, keys, match
from cards.kinds.fill_in import FILL_IN, typed_word
from cards.kinds.match import MATCH
from cards.lint_typed import cannot_tell
from cards.model import Programme
from cards.question import Kind, Option, Question
from cards.reader import SHIPPED
from cards.text import Text
from certificates import Fonts
from tests.support.memory import People
from tests.support.world import taught, world_of

NOW = 1_790_000_000


@pytest.fixture(scope="module")
def shipped(fonts: Fonts) -> World:
    return world_of(*taught(SHIPPED), fonts)


@pytest.fixture(scope="module")
def lex(words: Catalogues) -> Lexicon:
    return lexicon(words.say, words.languages)


SAME = [
    *[
        ("tr", "YARDIM", "yardım"),
        ("tr", "yardim", "Yardım"),
        ("tr", "İSTANBUL", "istanbul"),
        ("az", "QIRMIZI", "qırmızı"),
    ],
    *[
        ("tr", "istanbul", "İstanbul"),
        ("tr", "CIKIS", "çıkış"),
        ("az", "ə", "Ə"),
        ("az", "sehv", "səhv"),
        ("en", "INTERNET", "internet"),
    ],
    *[
        ("el", "ΟΔΟΣ", "οδός"),
        ("el", "οδοσ", "οδός"),
        ("el", "μεσα", "μέσα"),
        ("de", "STRASSE", "Straße"),
        ("de", "gross", "groß"),
    ],
    *[
        ("de", "schoen", "schön"),
        ("de", "schon", "schön"),
        ("de", "Aerger", "Ärger"),
        ("da", "smorrebrod", "smørrebrød"),
    ],
    *[
        ("da", "aa", "å"),
        ("pl", "lodz", "Łódź"),
        ("fr", "oeuvre", "œuvre"),
        ("fr", "ECOLE", "école"),
        ("fr", "l'ecole", "l’école"),
    ],
    *[
        ("pt", "coracao", "coração"),
        ("pt", "nao", "não"),
        ("vi", "duong", "đường"),
        ("vi", "Nguye\u0302\u0303n", "Nguyễn"),
    ],
    *[
        ("ar", "القائمه", "القائمة"),
        ("ar", "اسلام", "إسلام"),
        ("ar", "محمد", "مُحَمَّد"),
        ("ar", "مستشفي", "مستشفى"),
    ],
    *[
        ("ar", "مســاعدة", "مساعدة"),
        ("ar", "مسا", "مساء"),
        ("ar", "ﻣﺤﻤﺪ", "محمد"),
        ("ar", "کتاب", "كتاب"),
        ("fa", "يک", "یک"),
    ],
    *[
        ("fa", "می روم", "می\u200cروم"),
        ("fa", "میروم", "می\u200cروم"),
        ("he", "שלום", "שָׁלוֹם"),
        ("ru", "елка", "ёлка"),
    ],
    *[
        ("hi", "हां", "हाँ"),
        ("hi", "क\u094d\u200dष", "क\u094dष"),
        ("bn", "ব\u09be\u0982ল\u09be", "বাংলা"),
        ("th", "เเมว", "แมว"),
    ],
    *[
        ("ko", "\u1112\u1161\u11ab", "한"),
        ("ja", "ｶﾞ", "ガ"),
        ("en", "e mail", "e-mail"),
        ("en", "email", "e-mail"),
    ],
    *[
        ("fr", "ca\u00adfé", "café"),
        ("fr", "\ufeffcafé", "café"),
        ("en", "\u202ecafe\u2060", "café"),
        ("en", "ye\u200ds", "yes"),
    ],
    *[
        ("en", "“Yes”.", "yes"),
        ("en", "  two   words ", "two words"),
        ("en", "Yes!", "yes"),
        ("fr", "oui\u00a0!", "oui"),
    ],
    *[
        ("en", "1000", "1,000"),
        ("fr", "1 000", "1,000"),
        ("en", "٣٫٥", "3.5"),
        ("fr", "3,5", "3.5"),
        ("en", "ａｂｃ", "abc"),
    ],
]
DIFFERENT = [
    *[
        ("hi", "मारना", "मरना"),
        ("hi", "पीना", "पानी"),
        ("bn", "কাল", "কল"),
        ("th", "มา", "มี"),
        ("ta", "கால்", "கல்"),
    ],
    *[
        ("ru", "и", "й"),
        ("ja", "か", "が"),
        ("en", "35", "3.5"),
        ("en", "5", "-5"),
        ("en", "C#", "C"),
        ("ar", "كتاب", "كتب"),
    ],
    *[("ko", "강", "간"), ("my", "မြို့", "မြူ"), ("km", "កា", "កី"), ("en", "14:30", "1430 ")],
]


@pytest.mark.parametrize(("language", "typed_text", "text"), SAME)
def test_the_same_for_whoever_types_it(language: str, typed_text: str, text: str) -> None:
    assert match(typed_text, [["something else"], [text]], language) == 1


@pytest.mark.parametrize(("language", "typed_text", "text"), DIFFERENT)
def test_other_words_stay_other_words(language: str, typed_text: str, text: str) -> None:
    assert match(typed_text, [[text]], language) is None


@pytest.mark.parametrize(
    ("language", "options", "typed_text", "found"),
    [
        ("en", ("C", "C++", "C#"), "c++", 1),
        ("fr", ("ou", "où"), "ou", 0),
        ("fr", ("ou", "où"), "OÙ", 1),
        ("de", ("Masse", "Maße"), "maße", 1),
        ("tr", ("sinir", "sınır"), "SINIR", 1),
        ("fr", ("pêche", "péché"), "peche", None),
        ("hi", ("पानी", "पीना", "दूध"), "पानी", 0),
        ("en", ("?", "!"), "!", 1),
        ("en", ("Tom & Ana", "Tom"), "tom", 1),
    ],
)
def test_exact_comes_first_and_nothing_is_guessed(
    language: str, options: tuple[str, ...], typed_text: str, found: int | None
) -> None:
    assert match(typed_text, [[option] for option in options], language) == found


@given(st.text(max_size=60), st.sampled_from(["", "tr", "ar", "de"]))
def test_a_text_is_itself(text: str, language: str) -> None:
    wanted = keys(text, language)
    assert not wanted[0] or match(text, [[text]], language) == 0


def test_a_long_text_costs_little() -> None:
    """It is cut before it unfolds: U+FDFA is one character and becomes eighteen."""
    assert all(len(key) < 1000 for level in keys("\ufdfa" * 5000) for key in level)


FORMS = [
    *[
        "2",
        "٢",
        "۲",
        "२",
        "২",
        "２",
        "②",
        "➋",
        "⑵",
        "2️⃣",
        "#2",
        "2!",
        "(2)",
        "[2]",
        "2.",
        "2)",
        " 2 ",
        "2 👍",
        "b",
        "B)",
        "ⓑ",
    ],
    *[
        "Option 2",
        "option two",
        "no. 2",
        "No 2",
        "number 2",
        "answer: 2",
        "the second",
        "2nd",
        "Two",
        "option b",
    ],
    *[
        "nº 2",
        "n° 2",
        "número 2",
        "numéro deux",
        "réponse 2",
        "reponse 2",
        "le deuxième",
        "2e",
        "2ème",
        "opção 2",
        "a 2ª",
    ][:-1],
    *["a segunda"][:0],
    *[
        "seçenek 2",
        "SEÇENEK İKİ",
        "2. seçenek",
        "ikinci",
        "2'nci",
        "numara 2",
        "الخيار 2",
        "الخيار ٢",
        "رقم ٢",
        "الثاني",
        "ب",
        "اثنان",
    ],
]


@pytest.mark.parametrize("text", FORMS)
def test_an_option_can_be_typed_in_many_ways(text: str, lex: Lexicon) -> None:
    assert number(text, lex) == 1


@pytest.mark.parametrize(
    "text", ["", "two or three", "not 2", "2 apples", "no", "1 2", "2.5", "-", "دو", "?", "2024x"]
)
def test_what_is_no_number(text: str, lex: Lexicon) -> None:
    assert number(text, lex) is None


LISTS = [
    *[
        "1 3",
        "1,3",
        "1, 3",
        "13",
        "1+3",
        "1&3",
        "1/3",
        "1 and 3",
        "1 & 3",
        "١ و٣",
        "١ و ٣",
        "۱، ۳",
        "1 et 3",
        "1 ve 3",
        "1 e 3",
        "1e3",
    ],
    *[
        "a,c",
        "a and c",
        "one and three",
        "un et trois",
        "bir ve üç",
        "um e três",
        "واحد وثلاثة",
        "1️⃣3️⃣",
        "①③",
        "options 1 and 3",
    ][:-1],
    *[
        "option 1 and option 3",
        "the first and the third",
        "1→3",
        "1 > 3",
        "1; 3",
        "الخيار ١ والخيار ٣",
    ],
]


@pytest.mark.parametrize("text", LISTS)
def test_a_list_of_numbers(text: str, lex: Lexicon) -> None:
    assert choices(text, 3, lex) == (0, 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [("3142", (2, 0, 3, 1)), ("٣١٢", (2, 0, 1)), ("15", None), ("x", None), ("1 or 3", None)],
)
def test_more_lists(text: str, found: tuple[int, ...] | None, lex: Lexicon) -> None:
    assert choices(text, 4, lex) == found


@pytest.mark.parametrize(
    ("text", "options", "found"),
    [
        ("Apple, Pear", ("Apple", "Bread", "Pear"), (0, 2)),
        ("apple and pear", ("Apple", "Bread", "Pear"), (0, 2)),
        ("pomme et poire", ("Poire", "Pain", "Pomme"), (2, 0)),
        ("elma ve armut", ("Elma", "Ekmek", "Armut"), (0, 2)),
        ("maçã e pera", ("Maçã", "Pão", "Pêra"), (0, 2)),
        ("تفاح وإجاص", ("تفاح", "خبز", "إجاص"), (0, 2)),
        ("قلم وورقة", ("ورقة", "قلم"), (1, 0)),
        ("Bread and butter, tea", ("Bread and butter", "Tea", "Butter"), (0, 1)),
        ("Bread and butter and tea", ("Bread and butter", "Tea", "Bread", "Butter"), (0, 1)),
        ("Bread and butter", ("Bread and butter", "Tea", "Bread", "Butter"), None),
        ("Paris, France and Rome, Italy", ("Paris, France", "Rome, Italy", "Berlin"), (0, 1)),
        ("2, 4", ("2", "3", "4"), (0, 2)),
        ("apple, chair", ("Apple", "Bread", "Pear"), None),
        ("apple", ("Apple", "Bread", "Pear"), None),
        (", and ,", ("Apple", "Bread"), None),
    ],
)
def test_a_list_of_texts(
    text: str, options: tuple[str, ...], found: tuple[int, ...] | None, lex: Lexicon
) -> None:
    assert several(text, [[option] for option in options], lex, "en") == found


@pytest.mark.parametrize(
    ("text", "gap", "found"),
    [
        ("5", True, 1),
        ("٥", True, 1),
        ("3", True, 0),
        ("2", True, 1),
        ("7", False, 2),
        ("3", False, 2),
        ("0", True, None),
    ],
)
def test_a_number_that_is_an_answer(text: str, gap: bool, found: int | None, lex: Lexicon) -> None:
    """In a gap the word comes first; elsewhere the number of the option."""
    assert one(text, [["3"], ["5"], ["7"]], lex, "en", gap) == found


def _question(kind: Kind, *words: str, also: tuple[str, ...] = ()) -> Question:
    options = [
        Option(Text(word, "m"), n == 0, Text(word, "m") if kind is MATCH else None)
        for n, word in enumerate(words)
    ]
    options[0] = Option(
        options[0].text, True, options[0].pair, tuple(Text(word, "m") for word in also)
    )
    return Question("q", kind, Text("___", "m"), tuple(options), Text("!", "m"))


@pytest.mark.parametrize(
    ("words", "typed_text", "found"),
    [
        (("mouse", "screen"), "mouze", 0),
        (("mouse", "screen"), "MICE!", 0),
        (("mouse", "screen"), "rain", None),
        (("mouse", "screen"), "é", None),
        (("receive", "recieve"), "recieve", 1),
        (("10000", "20000"), "10001", None),
        (("किताबें", "कलम"), "किताबों", None),
        (("पानी", "पीना", "दूध"), "पीना", 1),
        (("3", "5", "7"), "۵", 1),
        (("ordinateur", "écran"), "ordinateu", 0),
    ],
)
def test_a_gap_forgives_a_slip_of_the_finger(
    words: tuple[str, ...], typed_text: str, found: int | None
) -> None:
    question = _question(FILL_IN, *words, also=("mice",))
    assert typed_word(question, typed_text, lambda text: text.source) == (
        None if found is None else (found,)
    )


@pytest.mark.parametrize(
    ("language", "words", "fails"),
    [
        ("en", ("Yes", "yes!", "No"), [True]),
        ("fr", ("café", "ca\u00adfé", "thé"), [True]),
        ("fr", ("ou", "où", "et"), [False]),
        ("tr", ("sınır", "SINIR", "son"), [True]),
        ("tr", ("sınır", "sinir", "son"), [False]),
        ("ar", ("مدرسة", "مدرسه", "بيت"), [False]),
        ("hi", ("पानी", "पीना", "दूध"), []),
        ("en", ("C", "C++", "C#"), []),
        ("en", ("mice", "Mouse", "rat"), [True]),
    ],
)
def test_options_that_cannot_be_told_apart_are_named(
    language: str, words: tuple[str, ...], fails: list[bool]
) -> None:
    question = _question(FILL_IN, *words, also=("mouse",) if "Mouse" in words else ())
    assert [
        failing for _said, failing in cannot_tell(question, lambda text: text.source, language)
    ] == fails


STOPS = [
    *[
        "stop",
        "STOP",
        "Stop.",
        "/stop",
        "/stop@SomeBot",
        "stop all",
        "unsubscribe",
        "arrêter",
        "ARRÊT",
        "arret",
        "arreter",
    ],
    *[
        "إيقاف",
        "ايقاف",
        "توقف",
        "قف",
        "parar",
        "PARE",
        "durdur",
        "DUR",
        "стоп",
        "停止",
        "रुको",
        "stopp",
        "ايست",
    ],
]


@pytest.mark.parametrize("text", STOPS)
def test_stop_works_in_every_language(text: str, words: Catalogues) -> None:
    assert command(text, words.languages, words.say) == Stopped()
    assert text in ("arreter",) or command(text, ("en",), words.say) == Stopped()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("YARDIM", Help()),
        ("yardim", Help()),
        ("Yardım", Help()),
        ("القائمه", Home()),
        ("مساعده", Help()),
        ("Réglages", SettingsMenu()),
        ("REGLAGES", SettingsMenu()),
        ("definições", SettingsMenu()),
        ("setings", SettingsMenu()),
        ("certificats", Certificates()),
        ("certificat", Certificates()),
        ("progres", LearningProgress()),
        ("lan\u00adguage", Languages()),
        ("delet", None),
        ("stpo", None),
        ("sotp", None),
        ("I will stop here", None),
        ("", None),
        ("🙂", None),
    ],
)
def test_a_command_as_people_type_it(text: str, found: Action | None, words: Catalogues) -> None:
    assert command(text, words.languages, words.say) == found


# --- whole chats


def _asked(world: World, module: str, deck: str, question: Question, language: str) -> Learner:
    began = Began(module, deck, world.programme.modules[module].by_id[deck].version, (question.id,))
    return evolve_all(Learner(1, language=language), [Went(Lesson(module, deck)), began], NOW)


def _says(learner: Learner, text: str, world: World) -> Decision:
    update = Update("telegram", "1", "1", Typed(text), "en")
    moment = Moment(now=NOW, channel="telegram")
    return People().knowing(lambda known: decide(update, Turn(learner, world, known)), moment)


def _questions(programme: Programme) -> list[tuple[str, str, Question]]:
    return [
        (m.id, d.id, q) for m in programme.modules.values() for d in m.decks for q in d.questions
    ]


@pytest.mark.parametrize("language", ["en", "fr", "ar", "tr"])
def test_every_option_that_ships_can_be_typed(language: str, shipped: World) -> None:
    """Its exact text, its number in four ways: the very option, in any kind of question."""
    for module, deck, question in _questions(shipped.programme):
        learner = _asked(shipped, module, deck, question, language)
        held = in_hand(learner, shipped.programme)
        assert held
        order = shown_order(question, held[0])
        for place, i in enumerate(order, 1):
            said = shipped.say(asking_of(question).option(question, i), language)
            turn = Turn(learner, shipped, Moment(now=0))
            for text in (
                said,
                f" {said}.",
                str(place),
                f"({place})",
                f"#{place}",
                f"option {place}",
                f"{place}\ufe0f\u20e3",
            ):
                action = typed(text, turn)
                if isinstance(action, Answer):
                    assert meant(question, held[0], action.choices) == (i,), (question.id, text)
                else:
                    assert isinstance(action, Pick), (question.id, text)
                    assert meant(question, held[0], (action.option,)) == (i,), (question.id, text)


SCRIPTS = [
    "abcdefghijklmnopqrstuvwxyzéüçğışñø ABC,'-",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئء َُِّ",
    "कखगघचछजझटठडतथदनपफबभमयरलवशसह\u093e\u093f\u0940\u0941\u0947\u094d\u200d",
    "কখগঘচছজটডতথদনপবভমযরলশসহ\u09be\u09bf\u09c0\u09c1\u09cd\u200d",
    "กขคงจชซดตถทนบปผพฟมยรลวสหอะาิีึืุูเแโใไ่้๊๋ำ",
    "가나다라마바사아자차카타파하각난닫랄",
    "0123456789٠١٢٣.,-+#",
]


@settings(max_examples=300, deadline=None)
@given(
    words_=st.sampled_from(SCRIPTS).flatmap(
        lambda letters: st.lists(
            st.text(letters, min_size=1, max_size=20),
            min_size=2,
            max_size=4,
            unique_by=lambda w: w.strip(),
        )
    ),
    language=st.sampled_from(["en", "ar", "tr", "hi", "fa"]),
    gap=st.booleans(),
)
def test_exactly_an_options_text_is_that_option(
    words_: list[str], language: str, gap: bool
) -> None:
    lex = lexicon(lambda said, _language: getattr(said, "source", ""), ("en",))
    exact = [keys(word, language)[0] for word in words_]
    for place, word in enumerate(words_):
        if not exact[place] or exact.count(exact[place]) > 1:
            continue  # nothing to see, or the same to see: lint names it
        bare = bare_number(word)
        if not gap and bare is not None and 0 <= bare < len(words_):
            assert one(word, [[w] for w in words_], lex, language, gap) == bare
        else:
            assert one(word, [[w] for w in words_], lex, language, gap) == place


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["1", "and", "و", "٢", ",", "apple", "2️⃣", "/", "\u200d"])).map(
        " ".join
    )
)
def test_no_text_raises(text: str) -> None:
    lex = lexicon(lambda said, _language: getattr(said, "source", ""), ("en",))
    labels = [["Apple"], ["Apple and pear"], ["5"]]
    for found in (one(text, labels, lex, "en"), number(text, lex)):
        assert found is None or isinstance(found, int)
    for listed in (several(text, labels, lex, "tr"), choices(text, 3, lex)):
        assert listed is None or all(0 <= i < 3 for i in listed)
    assert isinstance(numbers(text), str)


@pytest.mark.parametrize("seed", range(20))
def test_no_text_raises_anywhere(seed: int, shipped: World) -> None:
    """Any signs, typed to a question of any kind."""
    mixer = random.Random(seed)
    module, deck, question = mixer.choice(_questions(shipped.programme))
    learner = _asked(shipped, module, deck, question, mixer.choice(["en", "ar", "tr"]))
    for _ in range(20):
        text = "".join(
            chr(mixer.choice([mixer.randrange(0x20, 0x3000), mixer.randrange(0x1F300, 0x1F700)]))
            for _ in range(12)
        )
        _says(learner, text, shipped)


@pytest.mark.parametrize(
    ("language", "text", "offered"),
    [
        ("en", "Teleworking", "teleworking"),
        ("en", "cell phone please", "cell-phone"),
        ("en", "search job", "search-jobs"),
        ("en", "my certificat where", "certificates"),
    ],
)
def test_an_unknown_text_offers_what_was_perhaps_meant(
    language: str, text: str, offered: str, shipped: World
) -> None:
    learner = Learner(1, language=language, place=encode(Home()))
    decision = _says(learner, text, shipped)
    if decision.screen is None:
        went = [event.place for event in decision.events if isinstance(event, Went)]
        assert went and offered in encode(went[0])
    else:
        actions = [encode(button.action) for button in decision.screen.buttons]
        assert any(offered in action or action == encode(Certificates()) for action in actions)


def test_a_button_with_a_number_in_it(shipped: World) -> None:
    learner = Learner(1, language="en", place=encode(SessionLength()))
    for text, chosen in (("10", 10), ("15", 15), ("1", 5), ("2", 10), ("5", 5)):
        decision = _says(learner, text, shipped)
        assert [event.minutes for event in decision.events if isinstance(event, MinutesChosen)] == [
            chosen
        ], text


def test_alike_names_the_level() -> None:
    assert alike("Yes", "yes") == 1 and alike("ou", "où", "fr") == 3 and alike("a", "b") is None


@pytest.mark.parametrize("text", ["/start", "start", "/START", " /start@pasito_bot"])
def test_start_typed_where_nothing_else_says_it_ends_stop(text: str, shipped: World) -> None:
    learner = Learner(1, language="en", place=encode(Stopped()), muted=True)
    assert Unmuted() in _says(learner, text, shipped).events
    assert Unmuted() not in _says(replace(learner, muted=False), text, shipped).events
    assert Unmuted() not in _says(learner, "menu", shipped).events
