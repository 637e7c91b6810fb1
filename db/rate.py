"""The one rate of a bot token, kept by all processes together (README, PASITO_TELEGRAM_RATE).

Generic cell rate algorithm: a row says up to when slots are given away; whoever wants to send moves
it on and gets the slots in between. A process that dies loses its slots, nothing else.
"""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db import tables as t
from db.engine import clock, insert

SLACK = 0.97
"""The part of an allowed rate that is given away: a message may leave a little after its slot, and
still no second has too many.
"""


class SharedPace:
    """`rate` is the messages a second that are allowed."""

    def __init__(self, engine: AsyncEngine, key: str, rate: float) -> None:
        self._engine = engine
        self._key = key
        self.interval = 1 / (SLACK * rate)
        """Seconds from one slot to the next."""

    async def open(self) -> None:
        """Before the first reservation."""
        async with self._engine.begin() as db:
            await db.execute(
                insert(db)(t.pace).values(key=self._key, until=0.0).on_conflict_do_nothing()
            )

    async def reserve(self, slots: int) -> float:
        """Seconds from now until the first of so many slots, which follow each other by
        `interval`."""
        return await self._move(slots * self.interval) - slots * self.interval

    async def hold(self, seconds: float) -> None:
        """Telegram told us to wait: nobody gets a slot that is earlier."""
        async with self._engine.begin() as db:
            later = _later(db, t.pace.c.until, clock(db) + seconds)
            await db.execute(sa.update(t.pace).where(t.pace.c.key == self._key).values(until=later))

    async def _move(self, seconds: float) -> float:
        async with self._engine.begin() as db:
            now = clock(db)
            until = _later(db, t.pace.c.until, now) + seconds
            moved = sa.update(t.pace).where(t.pace.c.key == self._key).values(until=until)
            return float((await db.execute(moved.returning(t.pace.c.until - now))).scalar_one())


def _later(db: AsyncConnection, *times: sa.ColumnElement[float]) -> sa.ColumnElement[float]:
    return sa.func.greatest(*times) if db.dialect.name == "postgresql" else sa.func.max(*times)
