"""Answers of all modules, typed: every option can be, and no text raises."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.action import Home, encode
from bot.conversation.chosen import bare_number, choices, number, numbers, one, several
from bot.conversation.event import Went, evolve_all
from bot.conversation.lexicon import lexicon
from bot.conversation.screen import MORE, Mark
from bot.conversation.turn import Moment, Turn, World
from bot.flows.certificates.actions import Certificates
from bot.flows.learning.actions import Answer, Lesson, Pick
from bot.flows.learning.attempt import in_hand
from bot.flows.learning.events import Began
from bot.flows.learning.kinds import asking_of
from bot.flows.learning.lesson import typed
from bot.flows.learning.shown import meant, shown_order
from bot.model.learner import Learner
from cards.folding import folded, keys, visible
from cards.kinds.fill_in import FILL_IN, typed_word
from cards.kinds.match import MATCH
from cards.lint_typed import cannot_tell
from cards.meant import ARTICLES
from cards.model import Programme
from cards.question import Kind, Option, Question
from cards.text import Text
from tests.support.typed import NOW, decision_on


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


def _asked(world: World, module: str, deck: str, question: Question, language: str) -> Learner:
    began = Began(module, deck, world.programme.modules[module].by_id[deck].version, (question.id,))
    return evolve_all(Learner(1, language=language), [Went(Lesson(module, deck)), began], NOW)


def _questions(programme: Programme) -> list[tuple[str, str, Question]]:
    return [
        (m.id, d.id, q) for m in programme.modules.values() for d in m.decks for q in d.questions
    ]


@pytest.mark.parametrize("language", ["en", "fr", "ar", "tr"])
def test_every_option_that_ships_can_be_typed(language: str, shipped_world: World) -> None:
    """Its exact text, its number in four ways: the very option, in any kind of question."""
    for module, deck, question in _questions(shipped_world.programme):
        learner = _asked(shipped_world, module, deck, question, language)
        held = in_hand(learner, shipped_world.programme)
        assert held
        order = shown_order(question, held[0])
        for place, i in enumerate(order, 1):
            said = shipped_world.say(asking_of(question).option(question, i), language)
            turn = Turn(learner, shipped_world, Moment(now=0))
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


@pytest.mark.parametrize("language", ["de", "fr", "ar", "pt"])
def test_an_option_without_its_article_or_with_a_slip_is_that_one(
    language: str, shipped_world: World
) -> None:
    """Of all that ships: never another option, and nearly always this one."""
    tried = understood = 0
    for module, deck, question in _questions(shipped_world.programme):
        learner = _asked(shipped_world, module, deck, question, language)
        held = in_hand(learner, shipped_world.programme)
        assert held
        turn = Turn(learner, shipped_world, Moment(now=0))
        for i in shown_order(question, held[0]):
            said = shipped_world.say(asking_of(question).option(question, i), language)
            first, *rest = said.replace("'", "' ").split()
            article = first.strip("'").casefold() in ARTICLES.get(language, "").split()
            bare = " ".join(rest) if article else said.removeprefix("ال")
            long = len(folded(first)) > 5 and first[:3].isalpha()
            if not rest or question.kind is FILL_IN or not (bare != said or long):
                continue
            text = bare if bare != said else f"{first[0]}{first[2]}{first[1]}{said[3:]}"
            action = typed(text, turn)
            tried += 1
            if isinstance(action, Answer | Pick):
                chosen = action.choices if isinstance(action, Answer) else (action.option,)
                understood += 1
                assert meant(question, held[0], chosen) == (i,), (question.id, text)
    assert tried > 100 and understood > 0.8 * tried, (understood, tried)


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
def test_no_text_raises_anywhere(seed: int, shipped_world: World) -> None:
    """Any signs, typed to a question of any kind."""
    mixer = random.Random(seed)
    module, deck, question = mixer.choice(_questions(shipped_world.programme))
    learner = _asked(shipped_world, module, deck, question, mixer.choice(["en", "ar", "tr"]))
    for _ in range(20):
        text = "".join(
            chr(mixer.choice([mixer.randrange(0x20, 0x3000), mixer.randrange(0x1F300, 0x1F700)]))
            for _ in range(12)
        )
        decision_on(learner, text, shipped_world)


@pytest.mark.parametrize(
    ("language", "text", "offered"),
    [
        ("en", "Teleworking", "teleworking"),
        ("en", "cell phone please", "cell-phone"),
        ("en", "search job", "search-jobs"),
        ("en", "my certificat where", "certificates"),
        ("ar", "العمل عن بعد من البيت", "teleworking"),
    ],
)
def test_an_unknown_text_offers_what_was_perhaps_meant(
    language: str, text: str, offered: str, shipped_world: World
) -> None:
    learner = Learner(1, language=language, place=encode(Home()))
    decision = decision_on(learner, text, shipped_world)
    if decision.screen is None:
        went = [event.place for event in decision.events if isinstance(event, Went)]
        assert went and offered in encode(went[0])
    else:
        buttons = decision.screen.buttons
        actions = [encode(button.action) for button in buttons]
        assert any(offered in action or action == encode(Certificates()) for action in actions)
        for button in (b for b in buttons if b.mark is Mark.LIKELY and b.label != MORE):
            label = visible(shipped_world.say(button.label, language))
            for words in (label, label.partition(" ")[2]):
                typed = decision_on(learner, words, shipped_world)
                assert Went(button.action) in typed.events, words
