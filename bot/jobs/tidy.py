"""Deleting what is kept only for a time."""

import asyncio
import logging
import time

from db.store import Store

log = logging.getLogger(__name__)

EVERY = 3600


class Tidy:
    """Once an hour."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="tidy")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                await self._store.tidy(int(time.time()))
            except Exception:
                log.exception("old rows could not be deleted")
            await asyncio.sleep(EVERY)
