"""The clock of this machine: whether it can be right, and when it was put.

A small machine without a battery begins in 1970 until the network tells it better. What is dated
then would be wrong for ever, so nothing is signed; everything else goes on, and what was dated is
put right with the clock (`db.clock_repair`).
"""

import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

log = logging.getLogger(__name__)

RELEASED = date(2026, 11, 1)
"""Since then there is this version: no clock that is right shows an earlier day. Moved on with each
release.
"""
RELEASED_AT = int(datetime(RELEASED.year, RELEASED.month, RELEASED.day, tzinfo=UTC).timestamp())
LOOK_SECONDS = 5
HOUR = 3600.0
SETTLED_SECONDS, YOUNG_SECONDS = 3600.0, 600.0
"""After the clock was put, and after the start, it is believed so late by what deletes: a clock
that is a year ahead for a minute must not tidy away what people wait for.
"""
JUMP_SECONDS = 10.0
"""A clock that differs by more from what has passed was put."""


class ClockWrong(Exception):
    """The clock shows a day before the release."""


def check_clock(now: float | None = None) -> None:
    """Raises `ClockWrong`; its text says what to do."""
    at = time.time() if now is None else now
    if at < RELEASED_AT:
        day = datetime.fromtimestamp(max(at, 0), UTC).date()
        raise ClockWrong(
            f"this machine's clock says {day}: set it; until then no certificate is made"
        )


class ClockWatch:
    """Notices that the clock was put. `look` is a job of the worker, the first time at the
    start."""

    def __init__(
        self,
        put_right: Callable[[int, bool], Awaitable[None]],
        clock: Callable[[], float] = time.time,
        passed: Callable[[], float] = time.monotonic,
    ) -> None:
        """`put_right` is given the time, and whether the clock was put back (or nobody knows): what
        waits may wait in vain."""
        self._put_right = put_right
        self._clock = clock
        self._passed = passed
        self._offset: float | None = None
        self._looked_at = float("-inf")
        self._believed_from = passed() + YOUNG_SECONDS

    @property
    def settled(self) -> bool:
        """Whether what is over by this clock may be deleted."""
        return self._passed() >= self._believed_from and self._clock() >= RELEASED_AT

    async def look(self) -> None:
        now, passed = self._clock(), self._passed()
        try:
            check_clock(now)
        except ClockWrong as error:
            log.error("%s", error)
        jump = 0.0 if self._offset is None else now - passed - self._offset
        if abs(jump) > JUMP_SECONDS:
            log.warning("the clock was put %s by %d s", "on" if jump > 0 else "back", abs(jump))
            self._believed_from = passed + SETTLED_SECONDS
        back = self._offset is None or jump < -JUMP_SECONDS
        if back or abs(jump) > JUMP_SECONDS or passed - self._looked_at >= HOUR:
            await self._put_right(int(now), back)
            self._looked_at = passed
        self._offset = now - passed
