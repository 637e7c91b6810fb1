"""Answers that never went out: those of a process that died, and our own that a messenger did not
take.

Each goes its own way: one that hangs or fails keeps nobody else waiting, and is tried again after a
pause that grows a little. So who waits is answered within seconds of the moment when calls go
through again.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.channels.base import PushChannel
from bot.conversation.update import Update
from bot.runtime.supervisor import Group
from db.arrivals import MOST_UNANSWERED
from db.store import Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 2
PATIENCE = 5
"""Seconds in which an answer of ours goes out, or is tried again."""
PAUSE, LONGEST_PAUSE = 4.0, 8.0
"""Seconds between two tries of one answer."""


class Unanswered:
    """The sweeps of all channels; `look` is a job of the worker."""

    def __init__(
        self,
        store: Store,
        channels: Iterable[PushChannel],
        clock: Callable[[], float] = time.time,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._sweeps = [_Sweep(channel) for channel in channels]
        self._clock = clock
        self._now = now
        self._tasks = Group()
        self._stopping = False

    async def look(self) -> None:
        """Takes up what is overdue."""
        for sweep in self._sweeps:
            if not self._stopping and sweep.channel.open and len(sweep.in_hand) < MOST_UNANSWERED:
                await self._take_up(sweep)

    async def _take_up(self, sweep: "_Sweep") -> None:
        overdue = await self._store.arrivals.unanswered(
            sweep.channel.name, int(self._clock()), PATIENCE, tuple(sweep.in_hand)
        )
        sweep.forget_all_but({update.id for update in overdue})
        for update in overdue:
            if sweep.pauses.get(update.id, (0.0, 0.0))[0] <= self._now():
                sweep.in_hand.add(update.id)
                self._tasks.spawn("answering again", self._answer(sweep, update))

    async def _answer(self, sweep: "_Sweep", update: Update) -> None:
        try:
            await sweep.channel.converse(update)
        finally:
            sweep.in_hand.discard(update.id)
            pause = min(LONGEST_PAUSE, 2 * sweep.pauses.get(update.id, (0.0, PAUSE / 2))[1])
            sweep.pauses[update.id] = self._now() + pause, pause

    async def stop(self) -> None:
        """What is not out yet is left to whoever comes."""
        self._stopping = True
        await self._tasks.cancel()


@dataclass
class _Sweep:
    """What is being answered again on one channel, by the ids of the updates."""

    channel: PushChannel
    in_hand: set[str] = field(default_factory=set)
    pauses: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Of those that were tried: not before, and the pause until then."""

    def forget_all_but(self, overdue: set[str]) -> None:
        still = overdue | self.in_hand
        self.pauses = {id: pause for id, pause in self.pauses.items() if id in still}
