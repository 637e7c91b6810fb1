"""The database of an installation: its transactions, who is where, what can be asked outside of a
transaction."""

import asyncio
import sqlite3
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.model.learner import Learner
from bot.model.query import Query
from db import areas, connections, erased, sealed
from db import tables as t
from db.arrivals import Arrivals
from db.batch import Batch, Installation
from db.engine import place_of, reading
from db.erasure import erase
from db.notify import Notifications
from db.orders import new_id
from db.outbox import Outbox
from db.queries import Asked, answer
from db.staff_rows import named_ids
from db.vault import Vault

AREAS = areas.AREAS
"""Without them nothing that happens would be written."""


def _hash_in(admin: str, vault: Vault) -> bytes:
    channel, _colon, rest = admin.partition(":")
    return urlsafe_b64decode(f"{rest}=") if channel == "web" else vault.hash(channel, rest)


class Store:
    """The database of an installation."""

    def __init__(
        self,
        engine: AsyncEngine,
        vault: Vault,
        admins: Iterable[str] = (),
        zone: str = "UTC",
        data_dir: Path | None = None,
    ) -> None:
        """`admins` are those whom the settings name, as `entry_of` writes them; `zone` is that of
        learners who told none.

        Beside SQLite's file stands the list of those who are erased; for PostgreSQL it stands in
        `data_dir`.
        """
        self.engine = engine
        self.reading = reading(engine)
        """The same database, for transactions that only read."""
        self.vault = vault
        self.notifications = Notifications(engine)
        self.process = new_id()
        """What this process has in hand carries this id."""
        self._place = place_of(engine)
        self.unwiped = False
        self.listed = self._place.file if self._place else data_dir and data_dir / "postgresql"
        self.admins = [_hash_in(admin, vault) for admin in admins]
        self.zone = zone
        self.outbox = Outbox(engine, self.reading, vault, self.process)
        self.arrivals = Arrivals(engine, self.reading, vault, self.process)

    def is_admin(self, hash: bytes) -> bool:
        """Whether the settings name the address with this keyed hash."""
        return hash in self.admins

    async def named(self, learner_id: int) -> bool:
        """Whether the settings name any address of theirs."""
        async with self.reading.connect() as connection:
            rows = await connection.execute(named_ids(self.admins))
            return learner_id in rows.scalars().all()

    def entry_of(self, channel: str, address: str, hash: bytes) -> str:
        """What PASITO_ADMINS calls this person (/whoami). The address of a page is its secret: its
        keyed hash stands for it."""
        return (
            f"{channel}:{address}"
            if channel != "web"
            else f"web:{urlsafe_b64encode(hash).decode().rstrip('=')}"
        )

    @asynccontextmanager
    async def batch(self, now: int) -> AsyncIterator[Batch]:
        async with self.engine.begin() as connection:
            of = Installation(self.vault, self.admins, self.zone, self.process)
            batch = Batch(connection, of, now)
            yield batch
            await batch.flush()
            await self.notifications.notify(connection, batch.waiting)
            # before the commit: whoever asked to be erased is on the list, come what may
            if batch.erased and self.listed:
                await asyncio.to_thread(erased.remember, self.listed, batch.erased)
        if self._place:
            self._place.check_kept()
            if batch.erased or erased.WIPE in batch.waiting:
                self.unwiped = True
                await self.wipe()
        self.notifications.committed(batch.waiting)

    async def erase_again(self, now: int) -> int:
        """Erases whom an older copy of the database brought back, and says how many. Their groups
        go on with a colleague, and the members are told."""
        marked = await asyncio.to_thread(erased.marked, self.listed) if self.listed else set()
        if not marked:
            return 0
        async with self.reading.connect() as connection:
            ids = (await connection.execute(sa.select(t.learner.c.id))).scalars().all()
        back = [id for id in ids if erased.mark(self.vault, id) in marked]
        for id in back:
            async with self.batch(now) as tx:
                await erase(tx, id)
                await tx.write(())
        return len(back)

    async def wipe(self) -> None:
        """Empties SQLite's log where something was erased and nobody was in the way; called again
        and again."""
        if not self.unwiped or self._place is None:
            return
        self.unwiped = False
        try:
            self.unwiped = not await asyncio.to_thread(erased.wipe, self._place.file)
        except sqlite3.Error:  # another time: what was erased is committed
            self.unwiped = True

    async def ready(self) -> bool:
        """Is the database there? Raises what the driver raises when not."""
        async with self.reading.connect() as connection:
            await connection.execute(sa.select(1))
        return True

    async def learner_at(self, channel: str, address: str) -> Learner | None:
        """The learner behind an address, without changing anything."""
        query = (
            sa.select(t.learner.c.id, t.learner.c.snapshot)
            .join(t.address)
            .where(t.address.c.hash == self.vault.hash(channel, address))
        )
        async with self.reading.connect() as connection:
            row = (await connection.execute(query)).first()
        return sealed.learner(self.vault, row.id, row.snapshot) if row else None

    async def closed(self, channel: str, address: str) -> str | None:
        """Why this address leads nowhere any more (`db.connections`)."""
        async with self.reading.connect() as connection:
            return await connections.closed(connection, self.vault.hash(channel, address))

    def connection_of(self, channel: str, address: str) -> str:
        return connections.id_of(self.vault.hash(channel, address))

    async def ask(self, query: Query[Any]) -> Any:
        """What a flow or a file wants to know, outside of a batch."""
        async with self.reading.connect() as connection:
            now = int(time.time())
            asked = Asked(connection, self.vault, self.admins, self.zone, now, {})
            return await answer(asked, query)

    async def empty(self) -> bool:
        """Nobody was here yet."""
        async with self.reading.connect() as connection:
            return (await connection.execute(sa.select(t.address.c.hash).limit(1))).first() is None

    async def has_wrong_key(self) -> bool:
        """The key is not the one that the data was written with."""
        async with self.reading.connect() as connection:
            return await sealed.is_wrong(connection, self.vault)
