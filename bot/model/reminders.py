"""A learner's rhythm: the reminder at the hour they like, the small goal for a week. Pure.

At most one reminder a day and three in seven days, none on a day on which they learned, none after
three in a row that brought nobody back (product.md, Numbers). Nothing is ever lost by missing a
week.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model.zones import local

HOURS = (9, 11, 13, 15, 17, 19)
"""At which a reminder may come: outside of the quiet hours (20-09)."""
GOALS = (1, 2, 3, 5)
"""Decks a week."""
PER_WEEK = 3
MOST_UNANSWERED = 3


@dataclass(frozen=True)
class Rhythm:
    """`hour` is that of the reminder, None where none is wanted; `due` when the next one is planned
    (seconds since the epoch).

    `steps` counts decks in the week that began on the Monday `week`; `goal` is how many the learner
    wants, 0 for none. `sent` are the days of the last reminders, `unanswered` how many of them in a
    row brought nobody back, `reminded_at` when the last one went out.
    """

    hour: int | None = None
    due: int | None = None
    goal: int = 0
    week: date | None = None
    steps: int = 0
    sent: tuple[date, ...] = ()
    unanswered: int = 0
    reminded_at: int = 0


def monday(now: int, zone: str | None) -> date:
    day = local(now, zone).date()
    return day - timedelta(days=day.weekday())


def this_week(rhythm: Rhythm, now: int, zone: str | None) -> int:
    """Decks done in the week that is now."""
    return rhythm.steps if rhythm.week == monday(now, zone) else 0


def stepped(rhythm: Rhythm, now: int, zone: str | None) -> Rhythm:
    """A deck was done."""
    return replace(rhythm, week=monday(now, zone), steps=this_week(rhythm, now, zone) + 1)


def reminded(rhythm: Rhythm, now: int, zone: str | None, last_at: int) -> Rhythm:
    """A reminder goes out. `last_at` is when the learner was last here. The third in a row that
    brought nobody back is the last."""
    unanswered = rhythm.unanswered + 1 if last_at < rhythm.reminded_at else 1
    return replace(
        rhythm,
        sent=(*rhythm.sent, local(now, zone).date())[-PER_WEEK:],
        unanswered=unanswered,
        reminded_at=now,
        hour=None if unanswered >= MOST_UNANSWERED else rhythm.hour,
    )


def joined(mine: Rhythm, other: Rhythm) -> Rhythm:
    """Two learners become one: the reminder of the one who has one, the goal of the one who has
    one, the steps of both."""
    reminder = mine if mine.hour is not None or other.hour is None else other
    weeks = [week for week in (mine.week, other.week) if week]
    week = max(weeks, default=None)
    return replace(
        reminder,
        goal=mine.goal or other.goal,
        week=week,
        steps=sum(each.steps for each in (mine, other) if each.week == week),
    )


def free_for(rhythm: Rhythm, day: date) -> bool:
    """Whether a reminder may come on this day, after those that were sent."""
    lately = sum(day - timedelta(days=7) < sent for sent in rhythm.sent)
    return day not in rhythm.sent and lately < PER_WEEK


def next_reminder(
    rhythm: Rhythm,
    now: int,
    zone: str | None,
    last_at: int,
    muted: bool,
    wanted: tuple[date, ...] = (),
) -> int | None:
    """When the next one is due, in seconds since the epoch. On the days that are `wanted` for
    something else it does not come, nor where it would leave no room for one of them."""
    if rhythm.hour is None or zone is None or muted:
        return None
    here, tz = local(now, zone), ZoneInfo(zone)
    learned_on = local(last_at, zone).date()
    for ahead in range(9):
        day = here.date() + timedelta(days=ahead)
        due = int(datetime(day.year, day.month, day.day, rhythm.hour, tzinfo=tz).timestamp())
        later = [other for other in wanted if day <= other < day + timedelta(days=7)]
        with_later = replace(rhythm, sent=(*rhythm.sent, *later))
        if due > now and day != learned_on and free_for(with_later, day):
            return due
    return None
