"""Files that pages ask for: made when they are fetched, one at a time for each page.

So however often somebody asks, at most one of theirs stands in the line in which all files are
made, and nobody else waits behind their others.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakValueDictionary

from bot.documents.parcel import MadeFile, Make, Post
from bot.model.order import OrderKind
from db.outbox import Delivery

KEPT_SECONDS = 60
MOST_KEPT_BYTES = 16 << 20


class Shelf:
    """Makes files, and keeps what was made for a minute. What is stored about a learner is never
    kept: it changes."""

    def __init__(self, make: Make, clock: Callable[[], float] = time.monotonic) -> None:
        self._make = make
        self._clock = clock
        self._kept: dict[int, tuple[float, MadeFile]] = {}
        """By order, the oldest first."""
        self.kept_bytes = 0
        self._in_hand: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def get(self, page: str, delivery: Delivery) -> Post:
        """The file of an order. Raises what `make` raises."""
        async with self._in_hand.setdefault(page, asyncio.Lock()):
            self._clear(self._clock() - KEPT_SECONDS)
            if kept := self._kept.get(delivery.order.id):
                return kept[1]
            made = await self._make(delivery)
            if isinstance(made, MadeFile) and delivery.order.kind != OrderKind.DATA:
                self._keep(delivery.order.id, replace(made, preview=b""))
            return made

    def _keep(self, order: int, made: MadeFile) -> None:
        self._kept[order] = self._clock(), made
        self.kept_bytes += len(made.content)
        while self.kept_bytes > MOST_KEPT_BYTES:
            self._drop(next(iter(self._kept)))

    def _clear(self, since: float) -> None:
        for order in [order for order, (at, _made) in self._kept.items() if at <= since]:
            self._drop(order)

    def _drop(self, order: int) -> None:
        self.kept_bytes -= len(self._kept.pop(order)[1].content)
