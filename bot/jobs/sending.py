"""Everything that is sent without being an answer, on all channels of one process."""

import asyncio
import time
from collections.abc import Callable, Iterable

from bot.channels.base import PushChannel
from bot.documents.parcel import Make
from bot.jobs import unanswered
from bot.jobs.broadcast import Broadcasts
from bot.jobs.outbox import Outbox
from bot.jobs.pages import Pages
from bot.jobs.unanswered import Unanswered
from bot.jobs.watch import Watch
from bot.jobs.worker import Worker
from db.broadcasts import BROADCASTS
from db.orders import ORDERS
from db.store import Store

LOOK_SECONDS, WATCH_SECONDS = 2, 3
"""How often jobs look without being notified; how often a message about a broadcast is brought up
to date.
"""


class Sending:
    """The outbox, broadcasts, and what was left unanswered: one of each for all channels."""

    def __init__(
        self,
        store: Store,
        make: Make,
        channels: Iterable[PushChannel],
        worker: Worker,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`channels` are those that are switched on; each is written to once it is open."""
        channels = tuple(channels)
        self._worker = worker
        self.outbox = Outbox(channels, store, make, clock)
        self._broadcasts = Broadcasts(store, channels, clock)
        self._unanswered = Unanswered(store, channels, clock)
        self._watch = Watch(store, channels)
        self._pages = Pages(store, [channel.name for channel in channels], clock)

    def start(self) -> None:
        """Hands the jobs to the worker."""
        add = self._worker.add
        add(ORDERS, self.outbox.look, LOOK_SECONDS)
        add(BROADCASTS, self._broadcasts.look, LOOK_SECONDS)
        add("pages", self._pages.look, LOOK_SECONDS)
        add("watch", self._watch.look, WATCH_SECONDS)
        add("unanswered", self._unanswered.look, unanswered.LOOK_SECONDS)

    def opened(self) -> None:
        """A channel can be written to from now on."""
        for job in (ORDERS, BROADCASTS, "unanswered"):
            self._worker.notify(job)

    async def stop(self) -> None:
        """What is in hand is sent, nothing new is taken."""
        await self._unanswered.stop()
        await asyncio.gather(self._broadcasts.stop(), self.outbox.stop())
