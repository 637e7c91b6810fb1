"""How many messages a channel sent in a month, where each costs money. Nobody's: only numbers."""

from collections.abc import Mapping
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model.broadcast import SpentThisMonth
from db import tables as t
from db.engine import insert
from db.queries import Asked, answers

_S = t.spent.c


def month_of(now: float) -> str:
    """`2026-11`, UTC."""
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m")


async def add(
    engine: AsyncEngine, channel: str, now: float, messages: Mapping[str, int]
) -> dict[str, int]:
    """Adds to this month by category; gives all of it."""
    month = month_of(now)
    async with engine.begin() as db:
        for category, number in messages.items():
            row = {"channel": channel, "month": month, "category": category, "messages": number}
            made = insert(db)(t.spent).values(**row)
            key = [_S.channel, _S.month, _S.category]
            more = {"messages": _S.messages + number}
            await db.execute(made.on_conflict_do_update(index_elements=key, set_=more))
        return await _of(db, channel, month)


async def this_month(engine: AsyncEngine, channel: str, now: float) -> dict[str, int]:
    """By category."""
    async with engine.connect() as db:
        return await _of(db, channel, month_of(now))


async def _of(db: AsyncConnection, channel: str, month: str) -> dict[str, int]:
    query = sa.select(_S.category, _S.messages).where(_S.channel == channel, _S.month == month)
    return {row.category: row.messages for row in await db.execute(query)}


@answers(SpentThisMonth)
async def spent_this_month(asked: Asked, query: SpentThisMonth) -> int:
    of_all = sa.select(sa.func.sum(_S.messages)).where(_S.month == month_of(asked.now))
    return int((await asked.db.execute(of_all)).scalar() or 0)
