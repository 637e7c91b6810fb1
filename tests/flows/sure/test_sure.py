"""How sure somebody is: asked before a module and after it, and never overwritten by an old
button."""

from datetime import date

import pytest

from bot.conversation.action import encode
from bot.conversation.decide import decide, show
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Tap, Update
from bot.flows.learning.actions import Cover
from bot.flows.sure.actions import SaySure
from bot.flows.sure.events import said
from bot.model.learner import Learner, ModuleProgress

DAY = date(2026, 9, 1)


def _turn(world: World, module: str, progress: ModuleProgress | None, sure: str = "") -> Turn:
    learner = Learner(
        1,
        language="en",
        place=encode(Cover(module)),
        modules={module: progress} if progress else {},
        sure={module: sure} if sure else {},
    )
    return Turn(learner, world, Moment(now=1_790_000_000))


@pytest.fixture
def module(world: World) -> str:
    return next(iter(world.programme.modules))


@pytest.mark.row("11")
@pytest.mark.parametrize(
    ("decks", "done", "sure", "after", "value", "then"),
    [
        ({}, None, "", False, 2, (2, 0)),
        ({}, DAY, "20", True, 4, (2, 4)),
        ({}, DAY, "", True, 4, (0, 4)),
        ({}, None, "20", False, 5, (2, 0)),
        ({"d": {}}, None, "", False, 5, (0, 0)),
        ({}, DAY, "24", True, 1, (2, 4)),
        ({}, DAY, "20", False, 5, (2, 0)),
        ({}, None, "", True, 5, (0, 0)),
        ({}, None, "", False, 0, (0, 0)),
        ({}, None, "", False, 6, (0, 0)),
    ],
)
def test_each_is_said_once_and_in_its_time(
    world: World,
    module: str,
    decks: dict[str, dict[str, int]],
    done: date | None,
    sure: str,
    after: bool,
    value: int,
    then: tuple[int, int],
) -> None:
    progress = ModuleProgress(DAY, DAY, decks=decks, done=done) if decks or done else None
    turn = _turn(world, module, progress, sure)
    tap = Tap(encode(SaySure(module, after, value)))
    decision = decide(Update("web", "1", "1", tap), turn)
    learner = turn.after(*decision.events).learner
    assert said(learner, module) == then
    assert show(turn.after(*decision.events)).buttons
