"""Who gets a broadcast, frozen when it starts, page by page."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.model.broadcast import Draft, State
from bot.model.local_time import at, next_hour
from db import sealed
from db import tables as t
from db.audience import addresses, first, meant
from db.recipients import SEEDED, WAITING
from db.vault import Vault

PAGE = 2000
"""Recipients made in one transaction."""
_B = t.broadcast.c


async def seed(engine: AsyncEngine, vault: Vault, id: int, now: int, zone: str) -> bool:
    """Makes the next page of recipients; after the last one the broadcast is being sent. True while
    there are more.

    Two processes at the same broadcast take turns. `zone` is that of learners who did not tell
    theirs.
    """
    async with engine.begin() as db:
        wanted = (
            sa.select(_B.content, _B.seeded_to, _B.author)
            .where(_B.id == id, _B.state == State.WAITING)
            .with_for_update()
        )
        row = (await db.execute(wanted)).first()
        if row is None:
            return False
        draft = sealed.draft(vault, id, row.content)
        column = t.learner.c
        page = (
            sa.select(column.id)
            .where(column.id > row.seeded_to)
            .order_by(column.id)
            .limit(PAGE)
            .subquery()
        )
        last = (await db.execute(sa.select(sa.func.max(page.c.id)))).scalar()
        here = t.broadcast.update().where(_B.id == id)
        if last is None:
            await db.execute(here.values(state=State.SENDING, seeded_to=SEEDED))
            return False
        between = (column.id > row.seeded_to, column.id <= last)
        zones = (
            (await db.execute(sa.select(column.zone).where(*between).distinct())).scalars().all()
        )
        which = (*between, column.id != (row.author if draft.tested and row.author else 0))
        added = await db.execute(_recipients(id, draft, which, _dues(zones, draft, now, zone), now))
        await db.execute(here.values(seeded_to=last, total=_B.total + added.rowcount))
        return True


def _dues(zones: Iterable[str | None], draft: Draft, now: int, zone: str) -> dict[str, int]:
    """When it is time, by time zone; "" for those who told none. Where the time has passed already
    it is now."""

    def due(z: str) -> int:
        if draft.hour is None:
            return now
        return (
            max(now, at(draft.day, draft.hour, draft.minute, z))
            if draft.day
            else next_hour(now, z, draft.hour)
        )

    return {z or "": due(z or zone) for z in zones}


def _recipients(
    id: int,
    draft: Draft,
    between: Sequence[sa.ColumnElement[bool]],
    dues: Mapping[str, int],
    now: int,
) -> sa.Insert:
    column = t.learner.c
    address = (
        sa.select(t.address.c.hash)
        .where(*addresses(draft.audience), t.address.c.reachable)
        .order_by(*first(now))
        .limit(1)
    )
    due = sa.case(dues, value=sa.func.coalesce(column.zone, ""))
    people = sa.select(
        column.id,
        address.correlate(t.learner).scalar_subquery().label("address"),
        column.language,
        column.zone,
    )
    texts = column.language.in_(list(draft.texts))
    found = (
        people.add_columns(due.label("due"))
        .where(*between, sa.not_(column.muted), texts, *meant(draft.audience))
        .subquery()
    )
    rows = sa.select(
        sa.literal(id, sa.BigInteger),
        found.c.id,
        found.c.address,
        found.c.language,
        found.c.zone,
        WAITING,
        found.c.due,
    ).where(found.c.address.is_not(None))
    names = ["broadcast_id", "learner_id", "address", "language", "zone", "state", "due"]
    return sa.insert(t.recipient).from_select(names, rows, include_defaults=False)
