"""A day for a practical task is noted by a button or typed; that day brings it back to mind."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.conversation.event import evolve
from bot.conversation.message import screen as message
from bot.conversation.reminder import reminded
from bot.conversation.turn import World
from bot.flows.practice.actions import NotePracticeDay, PracticeDay, PracticePage
from bot.flows.practice.events import PracticeLeft, PracticeNoted
from bot.flows.reminders.events import ReminderSet, ZoneTold
from bot.model.learner import Learner, task_days
from bot.model.zones import local
from tests.support.desk import NOW
from tests.support.office import MINA, Office

TODAY = local(NOW, "UTC").date()


def days_of(learner: Learner) -> list[date]:
    return [day for day, _module in task_days(learner)]


@pytest.mark.row("23")
def test_a_day_by_a_button_and_typed(office: Office) -> None:
    office.goes(MINA, PracticePage("module"))
    asked = office.taps(MINA, "I note a day")
    assert "Reminders come on your messenger" in asked
    page = office.types(MINA, "2")
    tomorrow = TODAY + timedelta(days=1)
    assert days_of(office.who[MINA]) == [tomorrow] and "You noted: Tuesday, 22 Sept" in page
    office.goes(MINA, PracticeDay("module"))
    in_a_week = TODAY + timedelta(days=7)
    assert "You noted: Monday, 28" in office.types(MINA, f"{in_a_week.day}.{in_a_week.month}.")
    office.goes(MINA, PracticeDay("module"))
    for text in ("soon", f"{TODAY + timedelta(days=90)}", f"{TODAY - timedelta(days=1)}"):
        office.types(MINA, text)
        assert office.notes and days_of(office.who[MINA]) == [in_a_week], text
    office.goes(MINA, NotePracticeDay("module", "2026-99-99"))
    office.goes(MINA, NotePracticeDay("module", ""))
    assert days_of(office.who[MINA]) == []


def test_left_and_taken_up_again(office: Office) -> None:
    office.goes(MINA, PracticePage("module"))
    page = office.taps(MINA, "I leave it")
    assert "comes without it, too" in page and "I leave it" not in page.splitlines()
    page = office.taps(MINA, "I note a day", str(TODAY.day))
    assert "You leave it" not in page
    page = office.taps(MINA, "I have done it")
    assert "You noted" not in page and not days_of(office.who[MINA])


def reminders_in(learner: Learner, days: int) -> list[tuple[date, str]]:
    """What comes within these days to somebody who does nothing."""
    came: list[tuple[date, str]] = []
    end = NOW + days * 86400
    while learner.rhythm.due and learner.rhythm.due <= end:
        now = learner.rhythm.due
        learner, notes = reminded(learner, now)
        learner = replace(learner, last_at=now, rhythm=replace(learner.rhythm, unanswered=0))
        came += [(local(now, learner.zone).date(), note.kind) for note in notes]
    return came


def with_reminders() -> Learner:
    learner = Learner(1, language="en", last_at=NOW - 86400 * 9)
    for event in (ZoneTold("Europe/Paris"), ReminderSet(17)):
        learner = evolve(learner, event, NOW)
    return learner


def test_it_is_brought_to_mind_on_its_day_and_keeps_the_limits() -> None:
    """Four days from now: the other reminders leave room for it, and never more than three in
    seven days."""
    on = TODAY + timedelta(days=4)
    learner = evolve(with_reminders(), PracticeNoted("module", on), NOW)
    came = reminders_in(learner, 14)
    assert (on, "practice-day") in came
    assert [kind for _day, kind in came].count("practice-day") == 1
    days = [day for day, _kind in came]
    assert len(set(days)) == len(days)
    assert all(sum(d - timedelta(days=7) < e <= d for e in days) <= 3 for d in days)
    left = evolve(learner, PracticeLeft("module"), NOW)
    assert "practice-day" not in [kind for _day, kind in reminders_in(left, 14)]


def test_none_comes_to_who_wants_none(practising: World) -> None:
    quiet = evolve(Learner(1, language="en"), PracticeNoted("module", TODAY), NOW)
    assert quiet.rhythm.due is None
    learner = evolve(with_reminders(), PracticeNoted("module", TODAY), NOW)
    assert learner.rhythm.due
    _learner, (note,) = reminded(learner, learner.rhythm.due)
    shown = message(note)
    assert shown and note["module"] == "module"
    assert any(button.action == PracticePage("module") for button in shown.buttons)
