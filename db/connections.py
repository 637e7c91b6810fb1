"""The addresses of a learner: which there are, one that ends, one that is changed for a new
secret."""

import secrets
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.event import Event
from bot.conversation.update import PULL_CHANNELS
from bot.flows.account.events import AddressRenewed, ConnectionEnded
from bot.model.connection import Connection, ConnectionsOf
from bot.model.learner import day_of
from db import tables as t
from db.broadcasts import Delivery
from db.vault import Vault

CHANGES = (ConnectionEnded, AddressRenewed)
RENEWED, ENDED = "renewed", "ended"
KEPT = timedelta(days=400)
"""How long an old address of a page still says kindly that it is old."""
_A = t.address.c


def id_of(hash: bytes) -> str:
    """What names a connection in buttons: a piece of a keyed hash, from which no address
    follows."""
    return hash[:8].hex()


async def find(db: AsyncConnection, query: ConnectionsOf) -> tuple[Connection, ...]:
    rows = await db.execute(
        sa.select(_A.hash, _A.channel, _A.since).where(_A.learner_id == query.learner)
    )
    found = [Connection(id_of(row.hash), row.channel, row.since) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.since or date.min, one.channel, one.id)))


async def happened(
    db: AsyncConnection, vault: Vault, now: int, learner_id: int, event: Event
) -> None:
    if not isinstance(event, CHANGES):
        return
    rows = (await db.execute(sa.select(t.address).where(_A.learner_id == learner_id))).all()
    old = next((row for row in rows if id_of(row.hash) == event.connection), None)
    if old is None:
        return
    if isinstance(event, ConnectionEnded):
        await _end(db, old.hash, [row for row in rows if row.hash != old.hash])
    elif old.channel == "web":
        await _renew(db, vault, old, day_of(now))
    if old.channel == "web":
        why = ENDED if isinstance(event, ConnectionEnded) else RENEWED
        closed = {"hash": old.hash, "learner_id": learner_id, "why": why, "day": day_of(now)}
        await db.execute(sa.insert(t.closed).values(**closed))
    await db.execute(sa.delete(t.address).where(_A.hash == old.hash))


async def _end(db: AsyncConnection, old: bytes, others: list[Any]) -> None:
    """What was on its way there goes to another of theirs, one that can be written to if there is
    one."""
    best = max(
        others,
        key=lambda row: (row.reachable, row.channel not in PULL_CHANNELS, row.live_at or 0),
        default=None,
    )
    if best is None:
        return
    await db.execute(sa.update(t.order).where(t.order.c.address == old).values(address=best.hash))
    broadcasts = (t.recipient.c.address == old) & (t.recipient.c.state == Delivery.WAITING)
    await db.execute(sa.update(t.recipient).where(broadcasts).values(address=best.hash))


async def _renew(db: AsyncConnection, vault: Vault, old: Any, today: date) -> None:
    secret = secrets.token_urlsafe(24)
    new = vault.hash(old.channel, secret)
    row = {**old._mapping, "hash": new, "sealed": vault.seal(secret.encode(), new), "since": today}
    await db.execute(sa.insert(t.address).values(**row))
    for table in (t.update, t.order, t.viewer, t.recipient):
        await db.execute(sa.update(table).where(table.c.address == old.hash).values(address=new))


async def closed(db: AsyncConnection, hash: bytes) -> str | None:
    """Why an address leads nowhere any more; None for one that was never there, or whose learner
    deleted everything."""
    return (await db.execute(sa.select(t.closed.c.why).where(t.closed.c.hash == hash))).scalar()
