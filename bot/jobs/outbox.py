"""Files that were ordered on a channel that sends messages, and notes to learners there, are made
and sent from what the database says, also after a crash.

An order is leased before it is made; a process that dies leaves a lease that runs out, and the file
is sent again by whoever is there. A messenger that is away makes it wait longer each time. A person
who blocked us keeps the order for when they come back; it is deleted with everything else that is
older than a day, and `/certificates` makes it again.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import Blocked, Later, PushChannel, WindowClosed
from bot.documents.parcel import UNPRINTABLE, Make, NotNow, Unwanted, why_not
from bot.jobs.worker import PIECE_SECONDS, STOP_SECONDS
from bot.runtime.supervisor import Group
from db.outbox import Delivery
from db.store import Store

log = logging.getLogger(__name__)

LEASE = 60
"""Seconds in which a leased file has to be sent; then it counts as lost and is made again."""
LONGEST_WAIT, LONGEST_PAUSE = 600, 8
"""Seconds between two attempts while a messenger is away, while the database is."""
AWAY = (SQLAlchemyError, OSError)


class Outbox:
    """The orders of all channels. Each channel has its own lane: one that is away or slow holds up
    nobody of another one. `look` is a job of the worker."""

    def __init__(
        self,
        channels: Iterable[PushChannel],
        store: Store,
        make: Make,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._lanes = [Lane(channel, store, make, clock) for channel in channels]
        self._under_way: dict[Lane, asyncio.Task[None]] = {}
        self._tasks = Group()

    async def look(self) -> None:
        """Begins to send what is due on every channel that is open. One that is at it already looks
        once more at the end."""
        for lane in self._lanes:
            lane.again = True
            if lane.open and (lane not in self._under_way or self._under_way[lane].done()):
                self._under_way[lane] = self._tasks.spawn("outbox", lane.work_off())

    async def finished(self) -> None:
        """Returns when nothing is due, or cannot be sent now."""
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def stop(self) -> None:
        """The file in hand is finished, the others are left to whoever comes."""
        for lane in self._lanes:
            lane.stopping = True
        await self._tasks.drain(STOP_SECONDS)


class Lane:
    """The orders of one channel."""

    def __init__(
        self,
        channel: PushChannel,
        store: Store,
        make: Make,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._channel = channel
        self._store = store
        self._make = make
        self._clock = clock
        self.again = False
        """Something may have come since it looked last."""
        self.stopping = False
        self._unsettled: dict[int, tuple[str, int, int | None]] = {}
        """What became of orders and could not be written yet: the database was away."""

    @property
    def open(self) -> bool:
        return self._channel.open and not self.stopping

    async def work_off(self) -> None:
        """Until nothing is due. Raises what the database raises; it is tried again at the next
        look."""
        while self.again and self.open:
            self.again = False
            async with asyncio.timeout(PIECE_SECONDS):
                self.again = bool(await self.once()) or self.again

    async def once(self) -> int:
        """Sends what is due. Returns how many were taken."""
        for order, (state, when, heard_at) in list(self._unsettled.items()):
            await self._store.outbox.settle(order, state, when, heard_at)
            del self._unsettled[order]
        due = await self._store.outbox.take(self._channel.name, int(self._clock()), LEASE)
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
            if until or self.stopping:
                await self._settle(delivery.order.id, "wanted", until or int(self._clock()))
            elif await self._still_ours(delivery):
                until = await self._hand_over(delivery)

    async def _hand_over(self, delivery: Delivery) -> int:
        """Returns when the messenger is to be tried again for this person, 0 when nothing has to
        wait."""
        now = int(self._clock())
        order = delivery.order.id
        try:
            await self._channel.send(
                delivery,
                await self._make(delivery),
                partial(self._store.outbox.handed_over, order, now),
            )
        except NotNow as night:
            await self._settle(order, "wanted", night.until)
        except Blocked:
            until = await self._again(order, now + 24 * 3600)
            with suppress(*AWAY):  # else it is tried again tomorrow
                await self._store.outbox.blocked(order)
            return until
        except WindowClosed:
            note = delivery.order.note
            over = note is not None and note.traits.unasked
            await self._settle(order, "failed" if over else "shut", now, delivery.heard_at)
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
                await self._channel.refuse(delivery, why_not(delivery, error))
        else:
            confirms = self._channel.confirms
            await self._settle(order, "told" if confirms else "sent", now + confirms)
        return 0

    async def _again(self, order: int, when: int) -> int:
        await self._settle(order, "wanted", when)
        return when

    async def _still_ours(self, delivery: Delivery) -> bool:
        try:
            return await self._store.outbox.renew(delivery, int(self._clock()) + LEASE)
        except AWAY as error:
            log.warning("order %d waits: %s", delivery.order.id, type(error).__name__)
            self._unsettled[delivery.order.id] = "wanted", int(self._clock()), None
            return False

    async def _settle(
        self, order: int, state: str, due: int = 0, heard_at: int | None = None
    ) -> None:
        """What cannot be written now is written before anything else is taken: what was sent is not
        sent again."""
        try:
            await self._store.outbox.settle(order, state, due, heard_at)
        except AWAY as error:
            log.warning("what became of order %d is noted later: %s", order, type(error).__name__)
            self._unsettled[order] = state, due, heard_at
