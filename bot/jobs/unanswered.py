"""Answers that never went out: those of a process that died, and our own that a messenger did not
take.

Each goes its own way: one that hangs or fails keeps nobody else waiting, and is tried again after a
pause that grows a little. So who waits is answered within seconds of the moment when calls go
through again.
"""

import logging
import time
from collections.abc import Awaitable, Callable

from bot.conversation.update import Update
from bot.runtime.supervisor import Group
from db.store import MOST_UNANSWERED, Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 2
PATIENCE = 5
"""Seconds in which an answer of ours goes out, or is tried again."""
PAUSE, LONGEST_PAUSE = 4.0, 8.0
"""Seconds between two tries of one answer."""


class Unanswered:
    """The sweeps of one push channel; `look` is a job of the engine. `converse` shows a learner
    where they are, for an update that was committed; it does nothing for one that is being answered
    just now."""

    def __init__(
        self,
        channel: str,
        store: Store,
        converse: Callable[[Update], Awaitable[object]],
        clock: Callable[[], float] = time.time,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._channel = channel
        self._store = store
        self._converse = converse
        self._clock = clock
        self._now = now
        self._in_hand: set[str] = set()
        self._pauses: dict[str, tuple[float, float]] = {}
        """Of those that were tried: not before, and the pause until then."""
        self._tasks = Group()
        self._stopping = False

    async def look(self) -> None:
        """Takes up what is overdue."""
        if self._stopping or len(self._in_hand) >= MOST_UNANSWERED:
            return
        overdue = await self._store.unanswered(
            self._channel, int(self._clock()), PATIENCE, tuple(self._in_hand)
        )
        still = {update.id for update in overdue} | self._in_hand
        self._pauses = {id: pause for id, pause in self._pauses.items() if id in still}
        for update in overdue:
            if self._pauses.get(update.id, (0.0, 0.0))[0] <= self._now():
                self._in_hand.add(update.id)
                self._tasks.spawn("answering again", self._answer(update))

    async def _answer(self, update: Update) -> None:
        try:
            await self._converse(update)
        finally:
            self._in_hand.discard(update.id)
            pause = min(LONGEST_PAUSE, 2 * self._pauses.get(update.id, (0.0, PAUSE / 2))[1])
            self._pauses[update.id] = self._now() + pause, pause

    async def stop(self) -> None:
        """What is not out yet is left to whoever comes."""
        self._stopping = True
        await self._tasks.cancel()
