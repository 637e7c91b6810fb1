"""What people type: options, numbers and lists, in the languages and scripts they write."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.action import Home, Place, encode
from bot.conversation.chosen import choices, number, one, several
from bot.conversation.event import Went
from bot.conversation.lexicon import Lexicon, lexicon
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import World
from bot.conversation.typed_text import option, payload_in
from bot.flows.account.actions import SessionLength, SettingsMenu
from bot.flows.account.events import MinutesChosen
from bot.flows.certificates.actions import Certificates
from bot.flows.learning.actions import Cover, Summary
from bot.flows.papers.actions import MyPapers, PaperStart
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Certificate, Earned
from bot.model.learner import Learner
from bot.model.papers import PaperKind
from bot.model.words import Msg
from cards.folding import alike, keys, match
from tests.support.typed import decision_on


@pytest.fixture(scope="module")
def lex(words: Catalogues) -> Lexicon:
    return lexicon(words.say, words.languages)


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


@pytest.mark.row("27")
@pytest.mark.parametrize("text", FORMS)
def test_an_option_can_be_typed_in_many_ways(text: str, lex: Lexicon) -> None:
    assert number(text, lex) == 1


@pytest.mark.parametrize(
    "text",
    ["", "two or three", "not 2", "2 apples", "no", "1 2", "2.5", "-", "kaksi", "?", "2024x"],
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


def test_a_button_with_a_number_in_it(shipped_world: World) -> None:
    learner = Learner(1, language="en", place=encode(SessionLength()))
    for text, chosen in (("10", 10), ("15", 15), ("1", 5), ("2", 10), ("5", 5)):
        decision = decision_on(learner, text, shipped_world)
        assert [event.minutes for event in decision.events if isinstance(event, MinutesChosen)] == [
            chosen
        ], text


@pytest.mark.parametrize("text", ["next", "Go on", "suivant", "التالي", "▶ Continuer"])
def test_next_is_the_one_way_on(text: str, shipped_world: World) -> None:
    """On the first screen, on a cover, at the end of a lesson, where a certificate waits."""
    module = next(iter(shipped_world.programme.modules.values()))
    owed = (Certificate(Earned.MODULE, module.id, date(2026, 11, 28)),)
    cover, lesson = Cover(module.id), Summary(module.id, module.decks[0].id)
    for place in (Home(), cover, lesson, Certificates()):
        learner = Learner(1, language="en", place=encode(place))
        waiting = replace(learner, owed=owed)
        for who in (learner, waiting) if place != Certificates() else (waiting,):
            done = decision_on(who, text, shipped_world)
            assert done.events and not done.notes, (place, who.owed)
    several = Learner(1, language="en", place=encode(SettingsMenu()))
    assert not decision_on(several, text, shipped_world).events, "nothing there leads on"


@pytest.mark.parametrize(
    ("text", "place", "language", "to"),
    [
        ("cv", MyPapers(), "fr", PaperStart(PaperKind.CV)),
        ("CV", MyPapers(), "en", PaperStart(PaperKind.CV)),
        ("compétences", MyPapers(), "fr", PaperStart(PaperKind.PROFILE)),
        ("profile", MyPapers(), "en", PaperStart(PaperKind.PROFILE)),
        ("my", MyPapers(), "en", None),
    ],
)
def test_a_button_is_meant_by_a_word_that_it_alone_has(
    text: str, place: Place, language: str, to: Place | None, shipped_world: World
) -> None:
    learner = Learner(1, language=language, place=encode(place))
    went = [e.place for e in decision_on(learner, text, shipped_world).events if type(e) is Went]
    assert went == ([to] if to else [])


def test_a_button_is_meant_by_what_stands_before_its_colon(shipped_world: World) -> None:
    menu = SettingsMenu()
    screen = Screen(
        options=(
            Button(Msg("Language: {language}").of(language="English"), menu),
            Button(Msg("Text size: {size}").of(size="large"), Home()),
        )
    )
    words = lexicon(shipped_world.say, shipped_world.languages)
    for text, action in (("language", menu), ("english", menu), ("text size", Home())):
        assert option(text, screen, words, "en", shipped_world.say) == action


def test_alike_names_the_level() -> None:
    assert alike("Yes", "yes") == 1 and alike("ou", "où", "fr") == 3 and alike("a", "b") is None


@pytest.mark.parametrize(
    ("link", "payload"),
    [
        ("https://w.example/join/e-employer", "e-employer"),
        ("see https://w.example/join/e-employer.", "e-employer"),
        ("https://w.example/join/e-employers-group-of-2026", "g-e-employers-group-of-2026"),
        ("https://w.example/join/abcdefghijkl", "g-abcdefghijkl"),
        ("https://w.example/?start=p-a_b-c", "p-a_b-c"),
    ],
)
def test_a_link_that_is_pasted_says_where_it_leads(link: str, payload: str) -> None:
    assert payload_in(link) == payload
