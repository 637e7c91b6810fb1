"""A learner's word on a module: once, only of a module that is done, and without who."""

from dataclasses import replace
from datetime import date

import pytest

from bot.conversation.action import Home, Place, encode
from bot.conversation.decide import decide, show
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Tap, Typed, Update
from bot.flows.opinions.actions import CommentPage, GiveOpinion, OpinionPage
from bot.flows.opinions.events import OpinionGiven
from bot.model.learner import Learner, ModuleProgress
from bot.model.merge import merge
from tests.support.memory import People

MOMENT = Moment(now=1_790_000_000)
DAY = date(2026, 9, 1)


def _turn(world: World, module: str, place: Place, done: bool = True, **more: object) -> Turn:
    progress = ModuleProgress(DAY, DAY, done=DAY if done else None)
    given = {"modules": {module: progress}, **more}
    return Turn(Learner(1, language="en", place=encode(place), **given), world, MOMENT)


@pytest.fixture
def module(world: World) -> str:
    return next(iter(world.programme.modules))


@pytest.mark.row("40")
def test_a_word_is_given_once(world: World, module: str) -> None:
    turn = _turn(world, module, CommentPage(module, 2))
    said = Update("web", "1", "1", Typed("Good.\nMore pictures."))
    told = People().knowing(lambda known: decide(said, replace(turn, moment=known)), MOMENT)
    assert OpinionGiven(module, 2, "Good.\nMore pictures.") in told.events
    after = turn.after(*told.events)
    again = decide(Update("web", "2", "1", Tap(encode(GiveOpinion(module, 0)))), after)
    assert again.events == ()
    assert "Your word" not in str(show(after))


@pytest.mark.parametrize("tap", ["og:{}:0", "ov:{}", "oc:{}:1"])
def test_nothing_is_asked_of_a_module_that_is_not_done(world: World, module: str, tap: str) -> None:
    turn = _turn(world, module, Home(), done=False)
    told = decide(Update("web", "1", "1", Tap(tap.format(module))), turn)
    assert not any(isinstance(event, OpinionGiven) for event in told.events)
    assert show(turn.after(*told.events)).buttons


@pytest.mark.parametrize("forged", ["og:{}:3", "oc:{}:9", "og:none:1", "ov:none"])
def test_a_forged_answer_is_an_old_button(world: World, module: str, forged: str) -> None:
    turn = _turn(world, module, OpinionPage(module))
    told = decide(Update("web", "1", "1", Tap(forged.format(module))), turn)
    assert not any(isinstance(event, OpinionGiven) for event in told.events)
    assert show(turn.after(*told.events)).buttons


def test_two_who_become_one_have_said_what_either_said() -> None:
    one, other = Learner(1, opinions=("a", "b")), Learner(2, opinions=("b", "c"))
    assert merge(one, other).opinions == ("a", "b", "c")
