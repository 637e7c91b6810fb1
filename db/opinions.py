"""Opinions on modules. A row holds nothing of who gave it, and its number nothing of when."""

from collections.abc import Mapping
from contextlib import suppress
from secrets import randbits

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.opinions.events import OpinionGiven
from bot.model.figures import FEWEST_IN_STATISTICS
from bot.model.opinion import ANSWERS, Counts, OnModule, OpinionCounts, OpinionsOn
from db import tables as t
from db.batch import Batch
from db.queries import Asked, answers
from db.vault import Sealed
from db.writes import writes


@writes(OpinionGiven)
async def given(tx: Batch, learner_id: int, event: OpinionGiven) -> None:
    id = randbits(62)
    sealed = tx.vault.seal(event.comment.encode(), _bound(id)) if event.comment else None
    row = {"id": id, "module": event.module, "helped": event.helped, "sealed": sealed}
    await tx.db.execute(sa.insert(t.opinion).values(row))


def _bound(id: int) -> bytes:
    return b"opinion" + id.to_bytes(8)


@answers(OpinionCounts)
async def counts(asked: Asked, query: OpinionCounts) -> Mapping[str, Counts]:
    return await _counts(asked.db, sa.true())


async def _counts(db: AsyncConnection, which: sa.ColumnElement[bool]) -> Mapping[str, Counts]:
    column = t.opinion.c
    rows = await db.execute(
        sa.select(column.module, column.helped, sa.func.count())
        .where(which)
        .group_by(column.module, column.helped)
    )
    found: dict[str, list[int]] = {}
    for module, helped, number in rows:
        found.setdefault(module, [0] * ANSWERS)[helped] = number
    return {
        module: tuple(each) for module, each in found.items() if sum(each) >= FEWEST_IN_STATISTICS
    }


@answers(OpinionsOn)
async def on_module(asked: Asked, query: OpinionsOn) -> OnModule:
    """A comment that cannot be opened is left out."""
    found = await _counts(asked.db, t.opinion.c.module == query.module)
    if not found:
        return OnModule()
    mine = sa.select(t.opinion.c.id, t.opinion.c.sealed).where(
        t.opinion.c.module == query.module, t.opinion.c.sealed.is_not(None)
    )
    comments = []
    for row in await asked.db.execute(mine.order_by(t.opinion.c.id)):
        with suppress(Sealed):
            comments.append(asked.vault.open(row.sealed, _bound(row.id)).decode())
    return OnModule(found[query.module], tuple(comments))
