"""How many people were begun to be written to lately, on channels where a messenger limits that a
day. Nobody's: only numbers, by the hour.

A messenger counts people in any 24 hours. Hours are what is kept of it, so 25 of them are summed:
what is allowed is never exceeded, and may be a little less.
"""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db import tables as t
from db.engine import insert

HOUR, HOURS = 3600, 25
_N = t.begun.c


async def begin(engine: AsyncEngine, channel: str, now: int, most: int) -> int:
    """Counts one more and gives 0; or when (seconds since the epoch) it may be tried again, and
    nothing is counted."""
    hour = now // HOUR
    async with engine.begin() as db:
        made = insert(db)(t.begun).values(channel=channel, hour=hour, people=1)
        more = made.on_conflict_do_update(
            index_elements=[_N.channel, _N.hour], set_={"people": _N.people + 1}
        )
        await db.execute(more)  # from here on nobody else counts in this hour
        lately = (_N.channel == channel, _N.hour > hour - HOURS)
        counted = sa.select(sa.func.sum(_N.people), sa.func.min(_N.hour)).where(*lately)
        people, first = (await db.execute(counted.where(_N.people > 0))).one()
        if people <= most:
            return 0
        await _less(db, channel, hour)
        return int((first + HOURS) * HOUR)


async def not_begun(engine: AsyncEngine, channel: str, now: int) -> None:
    """It was counted and did not leave."""
    async with engine.begin() as db:
        await _less(db, channel, now // HOUR)


async def _less(db: AsyncConnection, channel: str, hour: int) -> None:
    one = sa.update(t.begun).where(_N.channel == channel, _N.hour == hour, _N.people > 0)
    await db.execute(one.values(people=_N.people - 1))


async def tidy(db: AsyncConnection, now: int) -> None:
    """Forgets hours that nobody counts any more."""
    await db.execute(sa.delete(t.begun).where(_N.hour < now // HOUR - HOURS))
