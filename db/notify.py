"""Notifications for workers: something waits in the tables. Nothing depends on them but speed,
because workers also look by themselves.

On PostgreSQL it is NOTIFY in the transaction that wrote what waits, so all processes hear it when,
and only when, that is committed. On SQLite the workers of this process are told after the commit.
"""

import asyncio
import math
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.runtime.supervisor import Supervised, supervise

CHANNEL = "pasito"


class Notifications:
    """One per process. Without `listen` it notifies others and hears nothing."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._shared = engine.dialect.name == "postgresql"
        self._told: Callable[[str], None] = lambda name: None
        self._listening: Supervised | None = None

    async def notify(self, db: AsyncConnection, names: Iterable[str]) -> None:
        """In the transaction that is about to be committed."""
        if self._shared:
            for name in names:
                await db.execute(sa.select(sa.func.pg_notify(CHANNEL, name)))

    def committed(self, names: Iterable[str]) -> None:
        if not self._shared:
            for name in names:
                self._told(name)

    async def listen(self, told: Callable[[str], None]) -> None:
        """`told` is called with the name of what waits, until `close`."""
        self._told = told
        if self._shared:
            self._listening = supervise("notifications", self._until_it_breaks)

    async def close(self) -> None:
        if self._listening:
            await self._listening.stop()

    async def _until_it_breaks(self) -> None:
        pooled = await self._engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()  # it is ours for good and counts no longer among the pool's
        broken = asyncio.Event()
        connection.add_termination_listener(lambda _connection: broken.set())
        try:
            await connection.add_listener(
                CHANNEL, lambda _c, _pid, _channel, name: self._told(name)
            )
            if self._listening:
                self._listening.beat(math.inf)
            await broken.wait()
        finally:
            await connection.close(timeout=1)
