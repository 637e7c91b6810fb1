"""The addresses of a learner: which there are, one that ends, one that is changed for a new
secret."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.account.events import COMMANDS, AddressRenewed, ConnectionEnded, Joined
from bot.model.channel import PULL_CHANNELS
from bot.model.connection import Connection, ConnectionsOf
from bot.model.learner import day_of
from bot.model.message import note
from bot.model.roles import Role
from db import broadcasts, drafts, erased, groups, labels, letters, pairs, recordings, staff
from db import tables as t
from db.arrivals import Arrival
from db.batch import Batch
from db.engine import insert
from db.queries import Asked, answers
from db.recipients import RecipientState
from db.writes import Source, writes, writes_last

RENEWED, ENDED = "renewed", "ended"
KEPT = timedelta(days=400)
"""How long an old address of a page still says kindly that it is old."""
_A = t.address.c


def id_of(hash: bytes) -> str:
    """What names a connection in buttons: a piece of a keyed hash, from which no address
    follows."""
    return hash[:8].hex()


@answers(ConnectionsOf)
async def connections_of(asked: Asked, query: ConnectionsOf) -> tuple[Connection, ...]:
    rows = await asked.db.execute(
        sa.select(_A.hash, _A.channel, _A.since).where(_A.learner_id == query.learner)
    )
    found = [Connection(id_of(row.hash), row.channel, row.since) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.since or date.min, one.channel, one.id)))


@writes(ConnectionEnded)
async def ended(tx: Batch, learner_id: int, event: ConnectionEnded) -> None:
    rows, old = await _found(tx, learner_id, event.connection)
    if old is not None:
        await _end(tx.db, old.hash, [row for row in rows if row.hash != old.hash])
        await _close(tx, old, ENDED)


@writes(AddressRenewed)
async def renewed(tx: Batch, learner_id: int, event: AddressRenewed) -> None:
    _rows, old = await _found(tx, learner_id, event.connection)
    if old is not None:
        if old.channel == "web":
            await _renew(tx, old, day_of(tx.now))
        await _close(tx, old, RENEWED)


async def _found(tx: Batch, learner_id: int, connection: str) -> tuple[Sequence[Any], Any]:
    """The addresses of a learner, and the one that is meant, or None."""
    rows = (await tx.db.execute(sa.select(t.address).where(_A.learner_id == learner_id))).all()
    return rows, next((row for row in rows if id_of(row.hash) == connection), None)


async def _close(tx: Batch, old: Any, why: str) -> None:
    """The address is no more; that of a page says so for a while."""
    if old.channel == "web":
        row = {"hash": old.hash, "learner_id": old.learner_id, "why": why, "day": day_of(tx.now)}
        await tx.db.execute(sa.insert(t.closed).values(**row))
    await tx.db.execute(sa.delete(t.address).where(_A.hash == old.hash))


@writes_last(Joined)
async def joined(tx: Batch, source: Source, event: Joined) -> None:
    """Two learners become one; what the next screen shows of it comes from the snapshots."""
    mine, other = source.learner, event.other.id
    await tx.flush()
    tx.erased.append(f"joined {erased.mark(tx.vault, other)} {erased.mark(tx.vault, mine)}")
    await groups.merge(tx, mine, other)
    await drafts.merge(tx, mine, other)
    for area in (letters, labels, pairs, recordings, staff, broadcasts):
        await area.merge(tx.db, mine, other)
    for table in (t.address, t.answer, t.order, t.closed):
        theirs = table.c.learner_id == other
        await tx.db.execute(sa.update(table).where(theirs).values(learner_id=mine))
    await tx.db.execute(sa.delete(t.learner).where(t.learner.c.id == other))
    tx.drop(other)
    role = tx.learners[mine].role
    if role != Role.LEARNER:
        tx.tell(mine, note(COMMANDS, role=role))


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
    broadcasts = (t.recipient.c.address == old) & (t.recipient.c.state == RecipientState.WAITING)
    await db.execute(sa.update(t.recipient).where(broadcasts).values(address=best.hash))


async def _renew(tx: Batch, old: Any, today: date) -> None:
    secret = secrets.token_urlsafe(24)
    new = tx.vault.hash(old.channel, secret)
    sealed = tx.vault.seal(secret.encode(), new)
    row = {**old._mapping, "hash": new, "sealed": sealed, "since": today}
    await tx.db.execute(sa.insert(t.address).values(**row))
    await _carry(tx, old.hash, new)


async def moved(tx: Batch, arrival: Arrival, to: str) -> None:
    """The messenger gave somebody another address: a new number. Not where that is somebody's
    already: a code joins the two."""
    new = tx.vault.hash(arrival.update.channel, to)
    row = (await tx.db.execute(sa.select(t.address).where(_A.hash == arrival.hash))).one()
    values = {**row._mapping, "hash": new, "sealed": tx.vault.seal(to.encode(), new)}
    made = insert(tx.db)(t.address).on_conflict_do_nothing().returning(_A.hash)
    if (await tx.db.execute(made, [values])).first():
        await _carry(tx, arrival.hash, new)
        await tx.db.execute(sa.delete(t.address).where(_A.hash == arrival.hash))


async def _carry(tx: Batch, old: bytes, new: bytes) -> None:
    """What came from an address and is on its way there belongs to another one."""
    tx.came.moved(old, new)
    for table in (t.update, t.order, t.viewer, t.recipient):
        await tx.db.execute(sa.update(table).where(table.c.address == old).values(address=new))


async def closed(db: AsyncConnection, hash: bytes) -> str | None:
    """Why an address leads nowhere any more; None for one that was never there, or whose learner
    deleted everything."""
    return (await db.execute(sa.select(t.closed.c.why).where(t.closed.c.hash == hash))).scalar()
