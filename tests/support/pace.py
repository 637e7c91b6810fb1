"""A messenger and a clock that tests set: nothing sleeps."""

import asyncio
import heapq
import itertools
import math
from collections.abc import Callable
from typing import Any

from bot.channels.pace import Cause, Failure, Key, Pace, Priority, Weight, per_minute
from bot.channels.rate import Limiter

MESSAGE, EDIT, FREE = Weight


PERSON, GROUP = Pace(1.0, 3), per_minute(20, 3, group=True)


class Refused(Exception):
    """An error of a messenger that says what it means."""

    def __init__(self, cause: Cause, seconds: float = 0.0) -> None:
        super().__init__(cause)
        self.failure = Failure(cause, seconds)


def wait(seconds: float) -> Refused:
    return Refused(Cause.WAIT, seconds)


def pace_of(chat: Key) -> Pace:
    return GROUP if isinstance(chat, str) or chat < 0 else PERSON


def read(error: Exception) -> Failure:
    assert isinstance(error, Refused)
    return error.failure


def limiter(rate: float, clock: "Clock | None" = None) -> Limiter:
    return Limiter(rate, pace_of, read, clock=clock)


class Timer:
    def __init__(self, callback: Callable[[], object]) -> None:
        self.callback, self.cancelled = callback, False

    def cancel(self) -> None:
        self.cancelled = True


class Clock:
    """Time that passes only when a test says so."""

    early = 0.0
    """Seconds by which timers come too early."""
    counts = 0.0
    """The smallest time that it tells, as uvloop does: it is up to so much later than it says."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now
        self.timers: list[tuple[float, int, Timer]] = []
        self.numbers = itertools.count()
        self.rang = 0

    def time(self) -> float:
        whole = math.floor(self.now / self.counts + 1e-6) if self.counts else 0
        return whole * self.counts if self.counts else self.now

    def call_at(self, when: float, callback: Callable[..., object], /, *args: Any) -> Timer:
        if self.counts:  # a timer counts so too
            when = round(when / self.counts) * self.counts
        timer = Timer(lambda: callback(*args))
        heapq.heappush(self.timers, (when - self.early, next(self.numbers), timer))
        return timer

    async def passes(self, seconds: float) -> None:
        """Lets all that is due in this time happen at its own moment."""
        end = self.now + seconds
        await settle()
        while self.timers and self.timers[0][0] <= end:
            when, _, timer = heapq.heappop(self.timers)
            if not timer.cancelled:
                self.rang += 1
                assert self.rang < 100_000, "a timer is set again and again"
                self.now = max(self.now, when)
                timer.callback()
                await settle()
        self.now = end


async def settle() -> None:
    for _ in range(12):
        await asyncio.sleep(0)


class World:
    """A limiter, and a messenger that notes when which call came and answers as it is told."""

    def __init__(self, rate: float = 28) -> None:
        self.clock = Clock()
        self.limiter = limiter(rate, self.clock)
        self.came: list[tuple[float, Weight, int | str, Any]] = []
        self.answers: list[Exception | None] = []
        self.takes = 0.0
        self.under_way: dict[int, int] = {}

    def call(
        self,
        weight: Weight = MESSAGE,
        chat: Key | None = 1,
        what: Any = None,
        urgency: Priority = Priority.INTERACTIVE,
        may_repeat: bool = False,
    ) -> "asyncio.Task[Any]":
        async def call() -> bool:
            self.came.append((self.clock.now - 1000, weight, chat or 0, what))
            if self.takes:
                over = asyncio.Event()
                self.clock.call_at(self.clock.now + self.takes, over.set)
                await over.wait()
            answer = self.answers.pop(0) if self.answers else None
            if answer:
                raise answer
            return True

        return asyncio.ensure_future(self.limiter.run(call, chat, weight, urgency, may_repeat))

    @property
    def times(self) -> list[float]:
        return [round(at, 2) for at, *_ in self.came]

    @property
    def whats(self) -> list[Any]:
        return [what for *_, what in self.came]
