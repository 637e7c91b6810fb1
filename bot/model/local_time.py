"""Hours where the learner is. Nothing that was not asked for comes at night (product.md, Privacy
7). Pure.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = 20, 9
"""Local hours: from 20:00 until 9:00 nobody is disturbed."""


def quiet_until(now: int, zone: str) -> int | None:
    """When the night at `now` is over, both in seconds since the epoch; None by day. `zone` is an
    IANA name."""
    local = datetime.fromtimestamp(now, ZoneInfo(zone))
    if QUIET_UNTIL <= local.hour < QUIET_FROM:
        return None
    day = local if local.hour < QUIET_UNTIL else local + timedelta(days=1)
    return int(day.replace(hour=QUIET_UNTIL, minute=0, second=0, microsecond=0).timestamp())


def at(day: date, hour: int, minute: int, zone: str) -> int:
    """When it is this time of this day there, in seconds since the epoch."""
    return int(
        datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).timestamp()
    )


def next_hour(now: int, zone: str, hour: int) -> int:
    """When it is `hour` o'clock there the next time, in seconds since the epoch; now, if that is
    the hour just now."""
    local = datetime.fromtimestamp(now, ZoneInfo(zone))
    if local.hour == hour:
        return now
    day = local if local.hour < hour else local + timedelta(days=1)
    return int(day.replace(hour=hour, minute=0, second=0, microsecond=0).timestamp())
