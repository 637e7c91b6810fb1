"""Modules by level, five questions that propose and lock nothing, and what an author wants done
before: advice, and a lock only where the author says so."""

from dataclasses import replace
from datetime import date

import pytest

from bot.conversation.action import encode
from bot.conversation.decide import show
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Tap
from bot.flows.learning.actions import Begin, Cover, Lesson, LevelCheck
from bot.flows.learning.levels import ASKED, asked_of
from bot.flows.learning.next_step import go_on, next_module
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner, ModuleProgress
from cards.mixing import mixed
from cards.model import Level, Module
from cards.text import Text
from tests.support.chat import Chat

DAY = date(2026, 9, 14)
DONE = ModuleProgress(DAY, DAY, 600, done=DAY, mark=90, rule=70)


def _chat(world: World, words: Catalogues) -> Chat:
    chat = Chat(world, words)
    chat.learner = replace(chat.learner, language="en")
    chat.turn("0")
    return chat


@pytest.mark.row("23")
def test_modules_are_found_by_their_level(shipped_world: World, shipped_words: Catalogues) -> None:
    chat = _chat(shipped_world, shipped_words)
    chat.turn("[Find]")
    chat.turn("[By level]")
    seen = chat.turn("[intermediate]")
    found = [m for m in shipped_world.programme.modules.values() if m.level is Level.INTERMEDIATE]
    listed: list[str] = []
    while True:
        listed += [b.action.module for b in chat.screens[-1].options]  # type: ignore[attr-defined]
        if "More ▶" not in seen:
            break
        seen = chat.turn("[More]")
    assert listed == [module.id for module in found]
    assert "1. beginner" in chat.turn("[By level]")


@pytest.mark.row("23")
@pytest.mark.parametrize("right", [True, False])
def test_five_questions_over_a_level_propose_and_lock_nothing(
    right: bool, shipped_world: World, shipped_words: Catalogues
) -> None:
    asked = asked_of(Level.BEGINNER, shipped_world.programme)
    assert len(asked) == ASKED == 5 == len({module.id for module, _deck, _question in asked})
    chat = _chat(shipped_world, shipped_words)
    for way in ("[Digital skills]", "[By level]", "[beginner]"):
        chat.turn(way)
    seen = chat.turn("[5 questions first]")
    for module, _deck, question in asked:
        assert question.text.source in seen
        shown = [question.options[i] for i in mixed(question, module.id)]
        seen = chat.turn(str(next(n for n, o in enumerate(shown, 1) if o.right == right)))
    for module, deck, _question in asked:
        assert (f"✅ {module.short.source}: {deck.title.source}" in seen) is right
    assert ("Perhaps the next one fits: intermediate" in seen) is right
    assert ("All lessons have something new" in seen) is not right
    assert not chat.learner.modules and not chat.learner.memory, "nothing is kept"
    for module, deck, _question in asked:
        chat.turn(f"/start m-{module.id}")
        assert Begin(module.id, deck.id) in [b.action for b in chat.screens[-1].buttons]


@pytest.mark.row("23")
def test_a_level_with_few_modules_asks_of_their_lessons(shipped_world: World) -> None:
    for level in Level:
        assert len(asked_of(level, shipped_world.programme)) in (0, ASKED)
    screen = show(
        Turn(
            Learner(1, language="en", place=encode(LevelCheck(Level.BEGINNER, (9,) * 9))),
            shipped_world,
            Moment(now=1_790_000_000),
        )
    )
    assert "Begin with the first" in str(screen.lines), "all skipped, and a forged button"


def _asking(world: World, locked: bool) -> World:
    """`phone` wants `computer` done before."""
    modules: dict[str, Module] = dict(world.programme.modules)
    reason = Text("It goes on where the first one ends.", "phone") if locked else None
    modules["phone"] = replace(
        modules["phone"], requires=("computer", "gone"), locked=locked, reason=reason
    )
    return replace(world, programme=replace(world.programme, modules=modules))


@pytest.mark.row("30")
def test_what_is_good_before_is_advice(world: World, words: Catalogues) -> None:
    chat = _chat(_asking(world, locked=False), words)
    seen = chat.turn("/start m-phone")
    title = world.programme.modules["computer"].title.source
    assert f"It is good to have done this before:\n• {title}\n" in seen
    chat.turn("[Start]")
    assert chat.learner.place == encode(
        Lesson("phone", world.programme.modules["phone"].decks[0].id)
    )
    chat.learner = replace(Learner(1, language="en"), modules={"computer": DONE})
    assert "It is good" not in chat.turn("/start m-phone")


@pytest.mark.row("30")
def test_it_locks_only_where_the_author_says_so_with_the_reason(
    world: World, words: Catalogues
) -> None:
    shut = _asking(world, locked=True)
    phone = shut.programme.modules["phone"]
    chat = _chat(shut, words)
    seen = chat.turn("/start m-phone")
    assert "🔒 This opens when you have done:" in seen
    assert "Why: It goes on where the first one ends." in seen
    ways = [button.action for button in chat.screens[-1].buttons]
    assert Cover("computer") in ways and not any(isinstance(way, Begin) for way in ways)
    assert next_module(chat.learner, shut.programme, "computer") is None
    assert go_on(chat.learner, shut.programme) is not None
    assert "🔒" in chat.does(Tap(encode(Begin("phone", phone.decks[0].id)))), "an old button"
    assert not chat.learner.attempts
    chat.learner = replace(Learner(1, language="en"), modules={"computer": DONE})
    chat.turn("/start m-phone")
    chat.turn("[Start]")
    assert chat.learner.attempt("phone", phone.decks[0].id), "it is open now"
