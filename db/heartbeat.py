"""This process among those of an installation: that it is alive, and that what it writes is kept.

Theory. Each process has a row that says when it was last seen, by the database's clock. Writing it
is the probe as well: a process that cannot write, or whose file is not at its place, knows it
before a learner does. What a process has in hand (the answer to an update) carries its id; when its
row is too old it is dead and others take that up. A lease would either be too short for a messenger
that makes us wait or too long for the learner of a process that died; a lock held by a connection
lasts for hours when a machine falls off the network. So a row it is, alike on both databases.
"""

import logging
import time
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db import tables as t
from db.engine import clock, place_of, reading
from db.file_identity import Lost

log = logging.getLogger(__name__)

BEAT_SECONDS, ALIVE_SECONDS = 2.0, 7.0
"""How often a process says that it is alive, and how long it is believed."""
IDLE_SECONDS = 5.0
"""The same for a process that is alone: nobody listens, only the probe counts."""
FORGOTTEN_SECONDS = 24 * 3600
KEPT_SECONDS = 12.0
"""So long ago the last write may be: longer than SQLite waits for a lock, and two beats."""


class Unwritten(Exception):
    """The last write did not succeed, or there was none for too long."""


class Pulse:
    """One per process. `beat` is a job of the worker."""

    def __init__(
        self,
        engine: AsyncEngine,
        id: int,
        worker: bool,
        alone: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`alone`: no other process works with this database, and none can."""
        self._engine = engine
        self._id = id
        self._worker = worker
        self._alone = alone
        self._place = place_of(engine)
        self._now = now
        self._kept_at = now()
        self._failed = False
        self.every = IDLE_SECONDS if alone else BEAT_SECONDS
        """Seconds between two beats."""

    async def open(self) -> None:
        """Before anything else is written. Alone: whoever was here before is dead."""
        async with self._engine.begin() as db:
            gone: sa.ColumnElement[bool] = t.process.c.seen < clock(db) - FORGOTTEN_SECONDS
            if self._alone:
                gone = sa.true()
            elif self._worker and db.dialect.name == "sqlite":  # one worker only (`db.lock`)
                gone |= t.process.c.worker
            await db.execute(sa.delete(t.process).where(gone))
            await db.execute(
                sa.insert(t.process).values(id=self._id, worker=self._worker, seen=clock(db))
            )
        self._kept_at = self._now()

    async def beat(self) -> None:
        """A write of a few bytes. What goes wrong is told in the log, as often as it goes wrong,
        and by `check`."""
        try:
            async with self._engine.begin() as db:
                mine = sa.update(t.process).where(t.process.c.id == self._id)
                if not (
                    await db.execute(mine.values(seen=clock(db)))
                ).rowcount:  # forgotten while this machine slept
                    await db.execute(
                        sa.insert(t.process).values(
                            id=self._id, worker=self._worker, seen=clock(db)
                        )
                    )
            if self._place:
                self._place.check_kept()
        except Lost as error:
            self._failed = True
            log.error("nothing is taken any more: %s", error.strerror)
        except Exception as error:
            self._failed = True
            log.error("nothing can be written to the database", exc_info=error)
        else:
            if self._failed:
                log.info("the database takes what is written again")
            self._failed, self._kept_at = False, self._now()

    def check(self) -> None:
        """Raises `Lost` and `Unwritten`; asks nobody, so it takes no time."""
        if self._place:
            self._place.check()
        if self._failed or self._now() - self._kept_at > KEPT_SECONDS:
            raise Unwritten

    async def workers(self) -> int:
        """How many processes are alive that send and tidy."""
        async with reading(self._engine).connect() as db:
            alive = (
                sa.select(sa.func.count())
                .select_from(t.process)
                .where(t.process.c.worker, living(db))
            )
            return (await db.execute(alive)).scalar_one()

    async def close(self) -> None:
        """Others take up at once what is left; where the database is away, soon."""
        try:
            async with self._engine.begin() as db:
                await db.execute(sa.delete(t.process).where(t.process.c.id == self._id))
        except Exception as error:
            log.warning("the end of this process could not be noted: %s", type(error).__name__)


def living(db: AsyncConnection) -> sa.ColumnElement[bool]:
    """Rows of processes that are alive. One that was seen in times to come was seen by a clock that
    has been put right."""
    return t.process.c.seen.between(clock(db) - ALIVE_SECONDS, clock(db) + ALIVE_SECONDS)
