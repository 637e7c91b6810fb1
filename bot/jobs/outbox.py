"""Files that were ordered on a push channel, and notes to learners there, are made and sent from
what the database says, also after a crash.

An order is leased before it is made; a process that dies leaves a lease that runs out, and the file
is sent again by whoever is there. A messenger that is away makes it wait longer each time. A person
who blocked us keeps the order for when they come back; it is deleted with everything else that is
older than a day, and `/certificates` makes it again.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot.documents.parcel import UNPRINTABLE, Make, NotNow, Post, Unwanted, why_not
from bot.model.words import Words
from db.store import Delivery, Store

log = logging.getLogger(__name__)

LEASE = 60
"""Seconds in which a leased file has to be sent; then it counts as lost and is made again."""
LONGEST_WAIT, LONGEST_PAUSE = 600, 8
"""Seconds between two attempts while a messenger is away, while the database is."""
AWAY = (SQLAlchemyError, OSError)


class Blocked(Exception):
    """The person does not want anything any more."""


class Later(Exception):
    """The messenger cannot take it now. `seconds` is its own word on when, or None."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Unsure(Later):
    """The messenger did not say whether it has it. An order is sent again all the same: nobody
    loses a certificate."""


Over = Callable[[int, str], Awaitable[None]]
"""So many parts of an order are over there, the last one as this message."""
Send = Callable[[Delivery, Post, Over], Awaitable[None]]
"""Hands a file over, from part `delivery.part` on, and tells after each part how many are over
there. Raises `Blocked` or `Later`; anything else is final.
"""
Refuse = Callable[[Delivery, Words], Awaitable[None]]
"""Tells who ordered a file that it does not come, and why."""


class Orders:
    """The orders of one push channel; `once` is a job of the engine."""

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
        self._stopping = False
        self._unsettled: dict[int, tuple[str, int]] = {}
        """What became of orders and could not be written yet: the database was away."""

    def stop(self) -> None:
        """The file in hand is finished, the others are left to whoever comes."""
        self._stopping = True

    async def once(self) -> int:
        """Sends what is due. Returns how many were taken."""
        for order, (state, when) in list(self._unsettled.items()):
            await self._store.settle(order, state, when)
            del self._unsettled[order]
        due = await self._store.take_orders(self._channel, int(self._clock()), LEASE)
        by_address: dict[str, list[Delivery]] = {}
        for delivery in due:
            by_address.setdefault(delivery.address, []).append(delivery)
        await asyncio.gather(*map(self._in_turn, by_address.values()))
        return len(due)

    async def _in_turn(self, deliveries: Sequence[Delivery]) -> None:
        """What goes to one person, one after another; what comes after something that has to wait
        waits with it."""
        until = 0
        for delivery in deliveries:
            if until or self._stopping:
                await self._settle(delivery.order.id, "wanted", until or int(self._clock()))
            elif await self._still_ours(delivery):
                until = await self._hand_over(delivery)

    async def _hand_over(self, delivery: Delivery) -> int:
        """Returns when the messenger is to be tried again for this person, 0 when nothing has to
        wait."""
        now = int(self._clock())
        order = delivery.order.id
        try:
            await self._send(
                delivery, await self._make(delivery), partial(self._store.handed_over, order, now)
            )
        except NotNow as night:
            await self._settle(order, "wanted", night.until)
        except Blocked:
            return await self._again(order, now + 24 * 3600)
        except Later as later:
            wait = later.seconds or min(LONGEST_WAIT, 2**delivery.attempts)
            return await self._again(order, now + int(wait) + 1)
        except AWAY as error:  # the database, or the disk: nothing is final
            log.warning("order %d waits: %s", order, type(error).__name__)
            return await self._again(order, now + min(LONGEST_PAUSE, 2**delivery.attempts))
        except Exception as error:
            if not isinstance(error, (*UNPRINTABLE, Unwanted)):
                log.exception("order %d cannot be made or sent", order)
            await self._settle(order, "failed")
            if delivery.order.note is None:
                await self._refuse(delivery, why_not(delivery, error))
        else:
            await self._settle(order, "sent")
        return 0

    async def _again(self, order: int, when: int) -> int:
        await self._settle(order, "wanted", when)
        return when

    async def _still_ours(self, delivery: Delivery) -> bool:
        try:
            return await self._store.renewed(delivery, int(self._clock()) + LEASE)
        except AWAY as error:
            log.warning("order %d waits: %s", delivery.order.id, type(error).__name__)
            self._unsettled[delivery.order.id] = "wanted", int(self._clock())
            return False

    async def _settle(self, order: int, state: str, due: int = 0) -> None:
        """What cannot be written now is written before anything else is taken: what was sent is not
        sent again."""
        try:
            await self._store.settle(order, state, due)
        except AWAY as error:
            log.warning("what became of order %d is noted later: %s", order, type(error).__name__)
            self._unsettled[order] = state, due
