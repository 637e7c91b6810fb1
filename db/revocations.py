"""Certificates that no longer count: taken back by an admin, or made again with another spelling of
the name.

Only their serials are stored, which name nobody. The two states are rows of their own: undoing one
leaves the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.flows.certificates.events import CertificateIssued
from bot.flows.staff.events import CertificateWithdrawn
from bot.model.learner import day_of
from bot.model.query import Revoked
from db import tables as t
from db.batch import Batch
from db.engine import insert
from db.queries import Asked, answers
from db.writes import Source, writes_last


class State(StrEnum):
    REVOKED = "revoked"
    REPLACED = "replaced"


_STATES = {state.value: state for state in State}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    state: State
    day: date


@answers(Revoked)
async def revoked(asked: Asked, query: Revoked) -> bool:
    return await is_revoked(asked.db, query.serial)


@writes_last(CertificateWithdrawn)
async def withdrawn_by_admin(tx: Batch, source: Source, event: CertificateWithdrawn) -> None:
    if event.back:
        await reinstate(tx.db, event.serial)
    else:
        await revoke(tx.db, event.serial, day_of(tx.now))


@writes_last(CertificateIssued)
async def issued(tx: Batch, source: Source, event: CertificateIssued) -> None:
    if event.replaces:
        await replace(tx.db, event.replaces, event.serial, day_of(tx.now))


async def revoke(db: AsyncConnection, serial: str, day: date) -> None:
    """From `day` on the certificate does not count, nor does the same one with a newer spelling.
    Done twice it keeps its first day."""
    for paper in await _and_newer(db, serial):
        await _withdraw(db, paper, State.REVOKED, day)


async def reinstate(db: AsyncConnection, serial: str) -> bool:
    """It counts again, and so do those that replaced it. False where it was not revoked."""
    revoked = (t.withdrawn.c.serial.in_(await _and_newer(db, serial))) & (
        t.withdrawn.c.state == State.REVOKED
    )
    return bool((await db.execute(sa.delete(t.withdrawn).where(revoked))).rowcount)


async def replace(db: AsyncConnection, serial: str, newer: str, day: date) -> None:
    """A certificate was made again with another spelling. The older paper says so; one that comes
    back to an earlier spelling counts again. What was revoked stays revoked: nobody gets out of
    that with a letter more."""
    replaced = (t.withdrawn.c.serial == newer) & (t.withdrawn.c.state == State.REPLACED)
    await db.execute(sa.delete(t.withdrawn).where(replaced))
    await _withdraw(db, serial, State.REPLACED, day, newer)
    if await is_revoked(db, serial):
        await _withdraw(db, newer, State.REVOKED, day)


async def is_revoked(db: AsyncConnection, serial: str) -> bool:
    found = sa.select(t.withdrawn.c.serial).where(
        t.withdrawn.c.serial == serial, t.withdrawn.c.state == State.REVOKED
    )
    return (await db.execute(found)).first() is not None


async def _withdraw(
    db: AsyncConnection, serial: str, state: State, day: date, newer: str | None = None
) -> None:
    row = insert(db)(t.withdrawn).values(serial=serial, state=state, day=day, newer=newer)
    await db.execute(
        row.on_conflict_do_update(index_elements=["serial", "state"], set_={"newer": newer})
    )


async def _and_newer(db: AsyncConnection, serial: str) -> list[str]:
    """The certificate and those that replaced it, one after another."""
    found: list[str] = []
    following: str | None = serial
    while following and following not in found:
        found.append(following)
        after = sa.select(t.withdrawn.c.newer).where(
            t.withdrawn.c.serial == following, t.withdrawn.c.state == State.REPLACED
        )
        following = (await db.execute(after)).scalar()
    return found


async def withdrawn(engine: AsyncEngine) -> Mapping[str, Withdrawal]:
    """All of them by serial. What was both revoked and replaced is revoked. Read in parts: the
    event loop has other things to do."""
    found: dict[str, Withdrawal] = {}
    async with engine.connect() as db:
        rows = await db.stream(
            sa.select(t.withdrawn).order_by(t.withdrawn.c.state)
        )  # the later one stays: revoked
        async for part in rows.partitions(1000):
            found.update({row.serial: Withdrawal(_STATES[row.state], row.day) for row in part})
    return found
