"""What Meta says of messages after it took them. A later word wins; nothing is stored of ordinary
answers, they are counted.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.channels.base import Site
from bot.channels.whatsapp import metrics
from bot.channels.whatsapp.answers import Meaning, meaning_of
from bot.channels.whatsapp.notes import Notes, OfOrder, OfRecipient
from bot.channels.whatsapp.parse import Preference, Status, gone
from bot.channels.whatsapp.settings import CHANNEL
from bot.conversation.update import Update
from db import said_later
from db.recipients import BLOCKED, WINDOW_CLOSED, RecipientState
from db.windows import prefer

log = logging.getLogger(__name__)

ARRIVED = ("sent", "delivered", "read", "played")
_STATES = (*ARRIVED, "failed")
AGAIN_SECONDS = 30
PATIENCE, PAUSE = 5, 0.2
_REASONS = {
    Meaning.CLOSED: (RecipientState.SKIPPED, WINDOW_CLOSED),
    Meaning.UNWANTED: (RecipientState.SKIPPED, "wants no news"),
    Meaning.HELD_BACK: (RecipientState.SKIPPED, "held back by Meta"),
    Meaning.UNREACHABLE: (RecipientState.FAILED, BLOCKED),
}


class NotYet(Exception):
    """It is not settled yet that the message was taken: Meta says it again."""


class Statuses:
    """`noted` takes what a person did not do here themselves."""

    def __init__(
        self, site: Site, notes: Notes, noted: Callable[[Update], Awaitable[None]]
    ) -> None:
        self._store = site.store
        self._clock = site.clock
        self._notes = notes
        self._noted = noted

    async def take(self, status: Status) -> None:
        """Returns when it is durable. Raises `NotYet` where it comes too early."""
        if status.state not in _STATES:
            return
        metrics.STATUSES.labels(status.state).inc()
        if status.state == "delivered":
            metrics.MESSAGES.labels(status.category or "unknown", status.charged or "unknown").inc()
        of = self._notes.read(status.note) if status.note else None
        if status.state in ARRIVED:
            await self._arrived(of)
            return
        metrics.FAILURES.labels(str(status.code)).inc()
        meaning = meaning_of(status.code)
        log.info("a message failed after it was taken: code %d", status.code)
        await self._failed(of, meaning, status)
        if status.address and meaning is Meaning.UNREACHABLE:
            await self._noted(gone(status))
        if status.address and meaning is Meaning.UNWANTED:
            await prefer(self._store.engine, self._store.vault, CHANNEL, status.address, stop=True)

    async def preference(self, wish: Preference) -> None:
        await prefer(self._store.engine, self._store.vault, CHANNEL, wish.address, wish.stop)

    async def _arrived(self, of: OfOrder | OfRecipient | None) -> None:
        if isinstance(of, OfOrder):
            for _ in range(PATIENCE):
                if await self._store.outbox.came(of.order, of.part, of.last):
                    return
                await asyncio.sleep(PAUSE)  # Meta was faster than our own note that it was taken
        elif of:
            await said_later.arrived(self._store.engine, of.broadcast, of.learner)

    async def _failed(
        self, of: OfOrder | OfRecipient | None, meaning: Meaning, status: Status
    ) -> None:
        if isinstance(of, OfOrder):
            now = int(self._clock())
            state, due = "failed", 0
            if meaning is Meaning.CLOSED:
                state, due = "shut", now
            elif meaning in (Meaning.UNREACHABLE, Meaning.AWAY, Meaning.MEDIA, Meaning.TOO_FAST):
                state, due = "wanted", now + AGAIN_SECONDS
            if not await self._store.outbox.came_back(of.order, of.part, state, due):
                raise NotYet
        elif of:
            state_, why = _REASONS.get(meaning, (RecipientState.FAILED, f"code {status.code}"))
            engine = self._store.engine
            if not await said_later.failed(engine, of.broadcast, of.learner, state_, why):
                raise NotYet
