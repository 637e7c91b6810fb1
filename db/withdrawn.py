"""Certificates that no longer count: taken back by an admin, or made again with another spelling of the name.

Only their serials are stored, which name nobody. The two states are rows of their own: undoing one leaves the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db import tables as t


class State(StrEnum):
    REVOKED = "revoked"
    REPLACED = "replaced"


_STATES = {state.value: state for state in State}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    state: State
    day: date


async def withdraw(db: AsyncConnection, serial: str, state: State, day: date) -> None:
    """From `day` on the certificate does not count. Done twice it keeps its first day."""
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    await db.execute(insert(t.withdrawn).values(serial=serial, state=state, day=day).on_conflict_do_nothing())


async def reinstate(db: AsyncConnection, serial: str, state: State) -> bool:
    """It counts again, as far as this state goes. False where it was not in that state."""
    gone = await db.execute(sa.delete(t.withdrawn).where(t.withdrawn.c.serial == serial, t.withdrawn.c.state == state))
    return bool(gone.rowcount)


async def withdrawn(engine: AsyncEngine) -> Mapping[str, Withdrawal]:
    """All of them by serial. What was both revoked and replaced is revoked. Read in parts: the event loop has other things to do."""
    found: dict[str, Withdrawal] = {}
    async with engine.connect() as db:
        rows = await db.stream(sa.select(t.withdrawn).order_by(t.withdrawn.c.state))  # the later one stays: revoked
        async for part in rows.partitions(1000):
            found.update({row.serial: Withdrawal(_STATES[row.state], row.day) for row in part})
    return found
