"""Work that nobody waits for, done from what the tables say.

A job is a function that looks into the tables, does a piece of what is due and tells whether there may be more. It is called when the bell
rings for it and, whoever forgot to ring, every few seconds. All jobs are written so that any number of processes may run them at
the same time and may die at any moment: what is due is taken with a lease, or changed in the transaction that takes it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

log = logging.getLogger(__name__)


@dataclass(eq=False)
class _Job:
    name: str
    work: Callable[[], Awaitable[object]]
    every: float
    wake: asyncio.Event = field(default_factory=asyncio.Event)


class Engine:
    """The jobs of one process. `stop` finishes the pieces in hand."""

    def __init__(self) -> None:
        self._jobs: list[_Job] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    def add(self, name: str, work: Callable[[], Awaitable[object]], every: float) -> None:
        """`work` returns something true when it should be called again at once. `every` is seconds."""
        job = _Job(name, work, every)
        self._jobs.append(job)
        self._tasks.append(asyncio.create_task(self._run(job), name=f"job {name}"))

    def ring(self, name: str) -> None:
        """Something waits for the job of this name."""
        for job in self._jobs:
            if job.name == name:
                job.wake.set()

    async def stop(self) -> None:
        self._stopping = True
        for job in self._jobs:
            job.wake.set()
        await asyncio.gather(*self._tasks)

    async def _run(self, job: _Job) -> None:
        while not self._stopping:
            job.wake.clear()
            try:
                while await job.work() and not self._stopping:
                    pass
            except Exception:
                log.exception("the job %s failed, it is tried again", job.name)
            try:
                await asyncio.wait_for(job.wake.wait(), job.every)
            except TimeoutError:
                continue
