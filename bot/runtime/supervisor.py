"""Every task in the background, so that none ends in silence: nobody else calls
`asyncio.create_task` (ruff's TID251 holds it).

Theory. `supervise` runs a loop that is meant to go on for ever. However it ends, it is begun again
after a pause that grows. Its loop says with `beat` that it is alive and until when it will say so
again; one that does not is cancelled and begun again. `unwell` (for /readyz) names those that do
not run or are overdue, at this very moment. A `Group` is the short work of one owner: what fails is
logged once and counted, and the owner waits for all of it at the end.
"""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot import metrics

log = logging.getLogger(__name__)
T = TypeVar("T")

SILENT_SECONDS = 120.0
"""Until the next heartbeat, where the loop says nothing else: longer than a database may take for
one command (`db.engine`).
"""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
"""Seconds before a loop that ended is begun again. Not longer: who waits is answered within 10 s of
the end of a bad spell.
"""
STEADY_SECONDS = 60.0
"""After so long a loop counts as well again, and its next pause is the first one."""
LOOK_SECONDS, SURE_SECONDS = 10.0, 2.0
"""How often heartbeats are looked at, and how long one that is overdue is looked at again: the
whole process may have slept.
"""
_running: set["Supervised"] = set()


class Supervised:
    """A loop that goes on until `stop`. See the theory at the top."""

    def __init__(
        self, name: str, work: Callable[[], Coroutine[Any, Any, object]], clock: Callable[[], float]
    ) -> None:
        self.name = name
        self.restarts = 0
        self._work = work
        self._clock = clock
        self._ending = False
        self._pause = 0.0
        self._begun_at = 0.0
        self._inner: asyncio.Task[object] | None = None
        self.beat()
        self._task = asyncio.create_task(self._watch(), name=f"{name}, supervised")
        _running.add(self)

    def beat(self, within: float = SILENT_SECONDS) -> None:
        """It is alive, and says so again within so many seconds; `math.inf` while it waits for
        something from outside."""
        self._beaten, self._within = self._clock(), within

    @property
    def age(self) -> float:
        """Seconds since the last heartbeat; 0 while it waits for something from outside."""
        return 0.0 if math.isinf(self._within) else self._clock() - self._beaten

    @property
    def running(self) -> bool:
        """It runs; one that was begun again only after it held out longer than the pause before."""
        begun = self._inner is None or not self._inner.done()
        return not self._task.done() and begun and self._clock() - self._begun_at >= self._pause

    @property
    def overdue(self) -> bool:
        return self._clock() - self._beaten > self._within

    async def stop(self, grace: float = 0.0) -> None:
        """Returns when it has ended: by itself within `grace` seconds, else cancelled."""
        self._ending = True
        if grace and not self._task.done():
            await asyncio.wait({self._task}, timeout=grace)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        _running.discard(self)

    async def _watch(self) -> None:
        while True:
            self._begun_at = self._clock()
            self.beat()
            self._inner = asyncio.create_task(self._work(), name=self.name)
            try:
                await self._until_over(self._inner)
            except asyncio.CancelledError:  # ours: the end
                self._inner.cancel()
                await asyncio.gather(self._inner, return_exceptions=True)
                raise
            error = None if self._inner.cancelled() else self._inner.exception()
            if error or not self._ending:
                log.error(
                    "%s ended%s",
                    self.name,
                    "" if self._ending else ", it is begun again",
                    exc_info=error,
                )
            if self._ending:
                return
            self.restarts += 1
            metrics.TASK_RESTARTS.labels(self.name).inc()
            steady = self._clock() - self._begun_at >= STEADY_SECONDS
            self._pause = (
                FIRST_PAUSE if steady or not self._pause else min(LONGEST_PAUSE, 2 * self._pause)
            )
            await asyncio.sleep(self._pause)

    async def _until_over(self, inner: "asyncio.Task[object]") -> None:
        while not inner.done():
            await asyncio.wait({inner}, timeout=LOOK_SECONDS)
            if inner.done() or not self.overdue:
                continue
            last = self._beaten
            await asyncio.wait({inner}, timeout=SURE_SECONDS)
            if self._beaten == last and not inner.done():
                log.error(
                    "%s says nothing for %d s, it is cancelled", self.name, self._clock() - last
                )
                inner.cancel()


def supervise(
    name: str,
    work: Callable[[], Coroutine[Any, Any, object]],
    clock: Callable[[], float] = time.monotonic,
) -> Supervised:
    """Begins `work`, a loop without an end. `name` is a plain word or two, seen in /readyz and
    /metrics, nobody's data."""
    return Supervised(name, work, clock)


def unwell() -> list[str]:
    """The names of loops that have ended or say nothing, sorted."""
    return sorted({one.name for one in _running if not one.running or one.overdue})


def measure() -> None:
    """Brings the gauges of /metrics up to date: of several loops with one name the worst."""
    metrics.TASK_RUNNING.clear()
    metrics.TASK_AGE.clear()
    for one in sorted(_running, key=lambda one: (one.age, not one.running)):
        metrics.TASK_AGE.labels(one.name).set(one.age)
    for name in {one.name for one in _running}:
        metrics.TASK_RUNNING.labels(name).set(
            all(one.running for one in _running if one.name == name)
        )


class Group:
    """The short work of one owner. Everything it spawned is held until it ends."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def spawn(self, name: str, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Begins it. What it raises is logged once and counted under `name`."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._over)
        return task

    def _over(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            metrics.TASK_FAILURES.labels(task.get_name()).inc()
            log.error("%s failed", task.get_name(), exc_info=error)

    async def drain(self, seconds: float | None = 10) -> None:
        """Waits for what is under way, and for what it spawns meanwhile; what takes longer is
        cancelled."""
        until = None if seconds is None else time.monotonic() + seconds
        while self._tasks and (until is None or time.monotonic() < until):
            await asyncio.wait(
                set(self._tasks), timeout=until and max(0.0, until - time.monotonic())
            )
        await self.cancel()

    async def cancel(self) -> None:
        """Ends what is under way."""
        left = set(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
