"""Minutes a day: counted over all sittings of a day, and a polite end that is no wall."""

from dataclasses import replace
from datetime import date

import pytest

from bot.conversation.action import encode
from bot.conversation.decide import show
from bot.conversation.turn import Moment, Turn, World
from bot.flows.account.events import MinutesChosen
from bot.flows.learning.actions import Summary
from bot.flows.practice.events import PracticeTicked
from bot.model.learner import Learner, active, spent_today
from bot.model.merge import merge
from bot.model.reminders import Rhythm
from cards.model import Module

NOW, DAY = 1_790_000_000, 86400


@pytest.fixture
def module(world: World) -> Module:
    return next(iter(world.programme.modules.values()))


def _learned(module: Module, *pieces: int) -> Learner:
    """Somebody who learned for these seconds, an hour between two of them."""
    learner, now = Learner(1, language="en", last_at=NOW), NOW
    for seconds in pieces:
        for _ in range(seconds // 60):
            now += 60
            learner = replace(active(learner, module.id, now), last_at=now)
        now += 3600
        learner = replace(active(learner, module.id, now), last_at=now)
    return learner


def _said(learner: Learner, module: Module, world: World, now: int) -> tuple[str, list[str]]:
    place = encode(Summary(module.id, module.decks[0].id))
    screen = show(Turn(replace(learner, place=place), world, Moment(now=now)))
    labels = [world.say(button.label, "en") for button in screen.buttons]
    return "\n".join(world.say(line, "en") for line in screen.lines), labels


@pytest.mark.row("02")
def test_the_minutes_of_a_day_are_added_up(module: Module, world: World) -> None:
    learner = _learned(module, 180, 180)
    assert spent_today(learner, learner.last_at) == 360
    said, labels = _said(learner, module, world, learner.last_at)
    assert "That is your 5 minutes for today" in said and labels[0] == "✓ Enough for today"
    assert "tomorrow, or whenever you write" in said and len(labels) > 2
    longer = MinutesChosen(10).apply(learner, NOW)
    assert "for today" not in _said(longer, module, world, learner.last_at)[0]


def test_the_next_day_begins_anew(module: Module, world: World) -> None:
    learner = _learned(module, 600)
    assert spent_today(learner, learner.last_at + DAY) == 0
    said, labels = _said(learner, module, world, learner.last_at + DAY)
    assert "for today" not in said and "✓ Enough for today" not in labels
    again = PracticeTicked(module.id, True).apply(learner, learner.last_at + DAY)
    assert spent_today(again, learner.last_at + DAY) == 0


@pytest.mark.parametrize(
    ("ahead", "said"), [(1, "tomorrow at 17:00"), (3, "24 September 2026 at 17:00")]
)
def test_a_reminder_says_when_it_goes_on(
    module: Module, world: World, ahead: int, said: str
) -> None:
    learner = _learned(module, 300)
    due = 1_790_010_000 - 1_790_010_000 % DAY + ahead * DAY + 17 * 3600
    reminded = replace(learner, zone="UTC", rhythm=Rhythm(hour=17, due=due))
    assert said in _said(reminded, module, world, learner.last_at)[0]


def test_two_who_become_one_learned_what_both_did() -> None:
    today, before = date(2026, 9, 21), date(2026, 9, 20)
    one, other = Learner(1, spent_on=today, spent=60), Learner(2, spent_on=today, spent=90)
    assert merge(one, other).spent == 150
    assert merge(one, replace(other, spent_on=before)).spent == 60
    assert merge(Learner(1), Learner(2)).spent_on is None
