"""Questions before a module, and questions that are as hard as fits: offered, never forced."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from bot.conversation.action import encode
from bot.conversation.turn import World
from bot.conversation.update import Tap
from bot.flows.learning.actions import Answer, Next
from bot.flows.learning.adapting import ease, fitting, share
from bot.flows.learning.attempt import in_hand
from bot.flows.learning.placement import placing
from bot.flows.learning.shown import shown_order
from bot.i18n.catalogues import Catalogues
from cards.mixing import mixed
from cards.model import Module
from cards.module_file import module_file
from cards.question import Ease, Question
from tests.support.chat import Chat
from tests.support.decks import DECK, HEAD


@pytest.mark.row("02")
@pytest.mark.parametrize(
    ("right", "wanted"),
    [(0, Ease.EASIER), (49, Ease.EASIER), (50, Ease.SAME), (79, Ease.SAME), (80, Ease.HARDER)],
)
def test_what_fits_is_said_by_what_was_right(right: int, wanted: Ease) -> None:
    assert ease(Fraction(right, 100)) is wanted
    assert ease(None) is Ease.SAME


def test_where_an_author_marks_none_nothing_changes(shipped_world: World) -> None:
    deck = shipped_world.programme.modules["computer"].decks[0]
    sisters = tuple(s for each in deck.sisters.values() for s in each)
    plain = tuple(replace(s, ease=Ease.SAME) for s in sisters)
    assert fitting(plain, Ease.HARDER) == plain and fitting((), Ease.EASIER) == ()
    assert [s.ease for s in fitting(sisters, Ease.HARDER)] == [Ease.HARDER]
    assert share(deck, {}) is None


def _begin(chat: Chat, module: str) -> None:
    chat.turn("/start")
    chat.turn("[English]")
    chat.turn(f"/start m-{module}")


def _answers(chat: Chat, question: Question, right: bool) -> str:
    """By the words of an option; in a repeat and among sisters the same."""
    said = [o.text.source for o in question.options if o.right == right]
    return chat.turn(said[0])


def _deck(chat: Chat, module: Module, right: bool) -> str:
    """The first deck, each question answered so."""
    chat.turn(f"[{module.decks[0].title.source}]")
    for _ in range(80):
        held = in_hand(chat.learner, chat.world.programme)
        if held is None:
            return chat.drawn(chat.screens[-1], "en")
        attempt, item = held
        if not isinstance(item, Question) or attempt.feedback:
            chat.does(Tap(encode(Next(attempt.id, attempt.step))))
            continue
        order = shown_order(item, attempt)
        places = tuple(order.index(option) for option in item.right)
        if not right:
            most = len(item.options)
            places = places[::-1] if len(places) == most else ((places[0] + 1) % most,)
        chat.does(Tap(encode(Answer(attempt.id, attempt.step, places))))
    raise AssertionError("a deck without an end")


@pytest.mark.row("02")
@pytest.mark.parametrize(("right", "offer"), [(True, "💪 Harder questions"), (False, "🌱 Easier")])
def test_the_end_of_a_deck_offers_what_fits(
    right: bool, offer: str, shipped_world: World, shipped_words: Catalogues
) -> None:
    chat = Chat(shipped_world, shipped_words)
    module = shipped_world.programme.modules["computer"]
    _begin(chat, "computer")
    end = _deck(chat, module, right)
    assert offer in end
    asked = chat.turn(f"[{offer}]")
    wanted = Ease.HARDER if right else Ease.EASIER
    meant = [s for each in module.decks[0].sisters.values() for s in each if s.ease is wanted]
    assert meant and meant[0].text.source in asked
    before = chat.learner.modules["computer"]
    _answers(chat, meant[0], True)
    assert chat.learner.modules["computer"].decks == before.decks, "it counts in no mark"


@pytest.mark.row("23")
@pytest.mark.parametrize("knows", [True, False])
def test_three_questions_propose_what_to_skip(
    knows: bool, shipped_world: World, shipped_words: Catalogues
) -> None:
    chat = Chat(shipped_world, shipped_words)
    module = shipped_world.programme.modules["computer"]
    _begin(chat, "computer")
    seen = chat.turn("[🎯 3 questions first]")
    for _module, deck, question in placing(module):
        assert question.text.source in seen and deck
        shown = [question.options[i] for i in mixed(question, module.id)]
        place = next(n for n, option in enumerate(shown, 1) if option.right == knows)
        seen = chat.turn(str(place))
    first = module.decks[0].title.source
    assert (f"✅ {first}" in seen) is knows
    assert ("You may skip them" in seen) is knows
    assert f"[▶ {module.decks[3 if knows else 0].title.source}]" in seen
    assert not chat.learner.modules and not chat.learner.memory, "nothing is kept"
    chat.turn("*")
    assert first in chat.turn(f"/start m-{module.id}"), "nothing is locked"


def test_questions_can_be_skipped(shipped_world: World, shipped_words: Catalogues) -> None:
    chat = Chat(shipped_world, shipped_words)
    _begin(chat, "cell-phone")
    chat.turn("[🎯 3 questions first]")
    chat.turn("[Skip]")
    chat.turn("[Skip]")
    assert "Begin with the first" in chat.turn("[Skip]")


def test_a_module_with_few_sisters_asks_nothing(world: World, words: Catalogues) -> None:
    assert not any(placing(module) for module in world.programme.modules.values())
    chat = Chat(world, words)
    _begin(chat, "computer")
    assert "3 questions" not in chat.drawn(chat.screens[-1], "en")


def test_how_hard_a_question_is_belongs_to_a_sister(tmp_path: Path) -> None:

    path = tmp_path / "module.md"
    first = next(line for line in DECK.splitlines() if line.startswith("### "))
    for marks in (".harder", ".sister .harder .easier"):
        path.write_text(HEAD + DECK.replace(first, f"{first} {{{marks}}}", 1), encoding="utf-8")
        _module, findings = module_file(path)
        assert any("harder" in f.message or "sister" in f.message for f in findings)
