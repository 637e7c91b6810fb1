"""Files that were ordered on a push channel, and notes to learners there, are made and sent from what the database says, also after a crash.

An order is leased before it is made; a process that dies leaves a lease that runs out, and the file is sent again by whoever is
there. A messenger that is away makes it wait longer each time. A person who blocked us keeps the order for when they come back; it
is deleted with everything else that is older than a day, and `/certificates` makes it again.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial

import certificates as paper
from bot.certify import NothingToCertify
from bot.jobs.files import Make, NotNow, Post, Unwanted
from db.store import Delivery, Store

log = logging.getLogger(__name__)

LEASE = 60
"""Seconds in which a leased file has to be sent; then it counts as lost and is made again."""
POLL = 5.0
MOST_ATTEMPTS = 12


class Blocked(Exception):
    """The person does not want anything any more."""


class Later(Exception):
    """The messenger cannot take it now. `seconds` is its own word on when, or None."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


Send = Callable[[Delivery, Post, Callable[[int], Awaitable[None]]], Awaitable[None]]
"""Hands a file over, from part `delivery.part` on, and tells after each part how many are over there. Raises `Blocked` or `Later`;
anything else is final."""
Refuse = Callable[[Delivery, Exception], Awaitable[None]]
"""Tells the learner that a file cannot be made."""


class Orders:
    """The loop for one push channel."""

    def __init__(
        self,
        channel: str,
        store: Store,
        make: Make,
        send: Send,
        refuse: Refuse,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._channel = channel
        self._store = store
        self._make = make
        self._send = send
        self._refuse = refuse
        self._clock = clock
        self._wake = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Something was ordered."""
        self._wake.set()

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=f"orders on {self._channel}")

    async def stop(self) -> None:
        """Finishes the file in hand."""
        self._stopping = True
        self._wake.set()
        if self._task:
            await self._task

    async def _run(self) -> None:
        while not self._stopping:
            try:
                while await self.once():
                    pass
            except Exception:
                log.exception("the orders on %s could not be read", self._channel)
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), POLL)
            except TimeoutError:
                continue

    async def once(self) -> int:
        """Sends what is due. Returns how many were taken."""
        due = await self._store.take_orders(self._channel, int(self._clock()), LEASE)
        for delivery in due:
            if self._stopping:
                await self._store.settle(delivery.order.id, "wanted", int(self._clock()))
                continue
            await self._hand_over(delivery)
        return len(due)

    async def _hand_over(self, delivery: Delivery) -> None:
        now = int(self._clock())
        order = delivery.order.id
        try:
            await self._send(delivery, await self._make(delivery), partial(self._store.handed_over, order))
        except (NothingToCertify, paper.MissingGlyphs) as error:
            await self._store.settle(order, "failed")
            await self._refuse(delivery, error)
        except Unwanted:
            await self._store.settle(order, "failed")
        except NotNow as night:
            await self._store.settle(order, "wanted", night.until)
        except Blocked:
            await self._store.settle(order, "wanted", now + 24 * 3600)
        except Later as later:
            if delivery.attempts >= MOST_ATTEMPTS:
                log.error("order %d was given up after %d attempts", order, delivery.attempts)
                await self._store.settle(order, "failed")
            else:
                wait = later.seconds or min(600, 2**delivery.attempts)
                await self._store.settle(order, "wanted", now + int(wait) + 1)
        except Exception:
            log.exception("order %d cannot be made or sent", order)
            await self._store.settle(order, "failed")
        else:
            await self._store.settle(order, "sent")
