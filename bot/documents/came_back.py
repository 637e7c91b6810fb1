"""A CV's file that its owner sends back: what it says is kept, and they go on with it.

It is fetched and read when its turn comes, never while somebody waits for an answer; of the file
nothing is kept.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import date

from msgspec import MsgspecError

from bot.conversation.message import screen
from bot.conversation.screen import Screen
from bot.documents.parcel import Bring, NoSuchFile, Unwanted
from bot.documents.resume import NAME
from bot.documents.resume_answers import AnswersReader
from bot.model.learner import day_of
from bot.model.message import NoteKind, note
from bot.model.papers import (
    CV_HERE,
    CV_NOT_COME,
    CV_NOT_READ,
    CV_THERE,
    LONGEST_BYTES,
    MOST_FILE_BYTES,
    MOST_PAGES,
    Cv,
)
from certificates.attached import attached
from db.drafts import kept_again
from db.outbox import Delivery
from db.store import Store

log = logging.getLogger(__name__)

FETCH_SECONDS, GIVEN_UP = 20, 600
"""For one file; and from when on its owner is told that it does not come: whatever else is made for
them waits behind it."""


def answers_in(content: bytes, reader: AnswersReader) -> Cv:
    """Raises `ValueError` for anything but a CV of ours."""
    if len(content) > MOST_FILE_BYTES:
        raise ValueError("too large for a CV")
    found = reader.cv(attached(content, NAME, LONGEST_BYTES, MOST_PAGES))
    if found.empty:
        raise ValueError("no answers in it")
    return found


class CameBack:
    """`reader` is made for a day."""

    def __init__(self, store: Store, reader: Callable[[date], AnswersReader]) -> None:
        self._store = store
        self._reader = reader

    async def make(self, delivery: Delivery, bring: Bring, now: int) -> Screen:
        """What its owner reads then. Raises what `bring` raises but `NoSuchFile`."""
        said = screen(note(await self._taken(delivery, bring, now)))
        if said is None:
            raise Unwanted
        return said

    async def _taken(self, delivery: Delivery, bring: Bring, now: int) -> NoteKind:
        """What became of the file."""
        order = delivery.order
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                content = await bring(order.subject, order.answers)
        except NoSuchFile as error:
            return _refused(error)
        except Exception as error:
            if now - delivery.at < GIVEN_UP:
                raise
            log.warning("a file that was sent back did not come: %s", type(error).__name__)
            return CV_NOT_COME
        try:
            cv = await asyncio.to_thread(answers_in, content, self._reader(day_of(now)))
        except (MsgspecError, ValueError) as error:
            return _refused(error)
        async with self._store.batch(delivery.at) as tx:
            return CV_HERE if await kept_again(tx, delivery.learner.id, cv) else CV_THERE


def _refused(error: Exception) -> NoteKind:
    log.info("a file that was sent back is no CV: %s", type(error).__name__)
    return CV_NOT_READ
