"""Work that nobody waits for, done from what the tables say.

A job is a function that looks into the tables, does a piece of what is due and tells whether there
may be more. It is called when it is notified and, because a notification may be lost, every few
seconds.
All jobs are written so that any number of processes may run them at the same time and may die at
any moment: what is due is taken with a lease, or changed in the transaction that takes it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot import metrics
from bot.runtime.supervisor import SILENT_SECONDS, Supervised, supervise

log = logging.getLogger(__name__)

PIECE_SECONDS = 300.0
"""For one piece of work, which waits for a messenger's pace; then it counts as hanging."""
FAILED_SECONDS = 5.0
"""After a failure at most: what waits is done within 10 s of the end of a bad spell."""
STOP_SECONDS = 15.0
"""For the pieces in hand, at the end."""


@dataclass(eq=False)
class _Job:
    name: str
    work: Callable[[], Awaitable[object]]
    every: float
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    loop: Supervised | None = None

    def beat(self, within: float) -> None:
        if self.loop:
            self.loop.beat(within)


class Worker:
    """The jobs of one process. `stop` finishes the pieces in hand."""

    def __init__(self) -> None:
        self._jobs: list[_Job] = []
        self._stopping = False

    def add(self, name: str, work: Callable[[], Awaitable[object]], every: float) -> None:
        """`work` returns something true when it should be called again at once. `every` is
        seconds."""
        job = _Job(name, work, every)
        self._jobs.append(job)
        job.loop = supervise(f"job {name}", lambda: self._run(job))

    def notify(self, name: str) -> None:
        """Something waits for the job of this name."""
        for job in self._jobs:
            if job.name == name:
                job.wake.set()

    async def stop(self) -> None:
        self._stopping = True
        for job in self._jobs:
            job.wake.set()
        await asyncio.gather(*(job.loop.stop(STOP_SECONDS) for job in self._jobs if job.loop))

    async def _run(self, job: _Job) -> None:
        while not self._stopping:
            job.wake.clear()
            pause = job.every
            try:
                more: object = True
                while more and not self._stopping:
                    job.beat(PIECE_SECONDS)
                    more = await job.work()
            except Exception:
                metrics.TASK_FAILURES.labels(f"job {job.name}").inc()
                log.exception("the job %s failed, it is tried again", job.name)
                pause = min(pause, FAILED_SECONDS)
            job.beat(pause + SILENT_SECONDS)
            try:
                await asyncio.wait_for(job.wake.wait(), pause)
            except TimeoutError:
                continue
