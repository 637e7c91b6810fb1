"""Broadcasts for those to whom nothing can be sent: laid on their pages, or told apart."""

import logging
import time
from collections.abc import Callable, Collection

from bot.model.broadcast import State
from db import broadcasts, recipients, seeding
from db.broadcast_pages import lay
from db.store import Store

log = logging.getLogger(__name__)


class Pages:
    """Lays broadcasts on pages (web, terminal), and tells those apart whose messenger is switched
    off. No messenger's pace or absence holds it up."""

    def __init__(
        self, store: Store, served: Collection[str], clock: Callable[[], float] = time.time
    ) -> None:
        """`served` are the names of the channels that are switched on and send messages, also while
        they cannot be reached: their recipients wait for them."""
        self._store = store
        self._served = served
        self._clock = clock

    async def look(self) -> None:
        store, now = self._store, int(self._clock())
        for id, state in await broadcasts.active(store.engine, now):
            try:
                await self._lay(id, state, now)
            except ValueError:  # one that cannot be read holds up no other
                log.exception("broadcast %d stands still, it is tried again", id)

    async def _lay(self, id: int, state: State, now: int) -> None:
        store = self._store
        while state is State.WAITING and await seeding.seed(
            store.engine, store.vault, id, now, store.zone
        ):
            pass
        while await lay(store, id, now):
            pass
        while await recipients.leave_out(store.engine, id, now, store.zone, self._served):
            pass
        async with store.engine.begin() as connection:
            await recipients.finish(connection, id)
