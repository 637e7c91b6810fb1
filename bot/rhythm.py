"""A learner's rhythm: the reminder at the hour they like, the small goal for a week, what time it is where they are. Pure.

At most one reminder a day and three in seven days, none on a day on which they learned, none after three in a row that brought nobody
back (product.md, Numbers). Nothing is ever lost by missing a week.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

HOURS = (9, 11, 13, 15, 17, 19)
"""At which a reminder may come: outside of the quiet hours (20-09)."""
GOALS = (1, 2, 3, 5)
"""Decks a week."""
PER_WEEK = 3
MOST_UNANSWERED = 3
ZONES = (
    *("Europe/Lisbon", "Europe/Paris", "Europe/Istanbul"),  # the partners' countries come first
    *("Asia/Tehran", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon"),
    *("Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Darwin", "Australia/Adelaide", "Australia/Sydney"),
    *("Atlantic/Cape_Verde", "America/Sao_Paulo", "America/St_Johns", "America/Caracas", "America/New_York"),
    *("America/Chicago", "America/Denver", "America/Los_Angeles", "Pacific/Auckland"),
)
LIKELY = ZONES[:3]
_CLOCK = re.compile(r"(\d{1,2})(?:\s*[:.hH٫]\s*(\d{2}))?")
QUARTER = 15 * 60


@dataclass(frozen=True)
class Rhythm:
    """`hour` is that of the reminder, None where none is wanted; `due` when the next one is planned (seconds since the epoch).

    `steps` counts decks in the week that began on the Monday `week`; `goal` is how many the learner wants, 0 for none. `sent` are the days of
    the last reminders, `unanswered` how many of them in a row brought nobody back, `reminded_at` when the last one went out.
    """

    hour: int | None = None
    due: int | None = None
    goal: int = 0
    week: date | None = None
    steps: int = 0
    sent: tuple[date, ...] = ()
    unanswered: int = 0
    reminded_at: int = 0


def local(now: int, zone: str | None) -> datetime:
    return datetime.fromtimestamp(now, ZoneInfo(zone or "UTC"))


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
    """A reminder goes out. `last_at` is when the learner was last here. The third in a row that brought nobody back is the last."""
    unanswered = rhythm.unanswered + 1 if last_at < rhythm.reminded_at else 1
    return replace(
        rhythm,
        sent=(*rhythm.sent, local(now, zone).date())[-PER_WEEK:],
        unanswered=unanswered,
        reminded_at=now,
        hour=None if unanswered >= MOST_UNANSWERED else rhythm.hour,
    )


def joined(mine: Rhythm, other: Rhythm) -> Rhythm:
    """Two learners become one: the reminder of the one who has one, the goal of the one who has one, the steps of both."""
    reminder = mine if mine.hour is not None or other.hour is None else other
    weeks = [week for week in (mine.week, other.week) if week]
    week = max(weeks, default=None)
    return replace(
        reminder, goal=mine.goal or other.goal, week=week, steps=sum(each.steps for each in (mine, other) if each.week == week)
    )


def next_reminder(rhythm: Rhythm, now: int, zone: str | None, last_at: int, muted: bool) -> int | None:
    """When the next one is due, in seconds since the epoch."""
    if rhythm.hour is None or zone is None or muted:
        return None
    here, tz = local(now, zone), ZoneInfo(zone)
    learned_on = local(last_at, zone).date()
    for ahead in range(9):
        day = here.date() + timedelta(days=ahead)
        due = int(datetime(day.year, day.month, day.day, rhythm.hour, tzinfo=tz).timestamp())
        lately = sum(day - timedelta(days=7) < sent for sent in rhythm.sent)
        if due > now and day != learned_on and day not in rhythm.sent and lately < PER_WEEK:
            return due
    return None


def clock_in(text: str) -> tuple[int, int] | None:
    """Hour and minute of a time as people type it (`14:30`, `14h30`, `9`), in plain digits; None where there is none."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def zone_where_it_is(hour: int, minute: int, now: int) -> str:
    """A time zone where it is about this time now, the partners' countries first. Clocks are a few minutes wrong: a quarter of an
    hour is precise enough."""
    at = datetime.fromtimestamp(now, UTC)
    ahead = (hour * 3600 + minute * 60) - (at.hour * 3600 + at.minute * 60)
    ahead = round(ahead / QUARTER) * QUARTER
    ahead = (ahead + 12 * 3600) % (24 * 3600) - 12 * 3600  # the shorter way round the world

    def off_by(zone: str) -> float:
        offset = local(now, zone).utcoffset() or timedelta()
        return abs((offset.total_seconds() - ahead + 12 * 3600) % (24 * 3600) - 12 * 3600)

    return min(ZONES, key=off_by) if min(map(off_by, ZONES)) < 2 * QUARTER else _etc(ahead)


def _etc(ahead: int) -> str:
    hours = round(ahead / 3600)
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"
