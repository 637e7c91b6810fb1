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
from bot.model.message import note
from bot.model.papers import CV_HERE, CV_NOT_READ, LONGEST_BYTES, MOST_FILE_BYTES, MOST_PAGES, Cv
from certificates import NotGenuine
from certificates.attached import attached
from db.drafts import kept_again
from db.outbox import Delivery
from db.store import Store

log = logging.getLogger(__name__)


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

    async def make(self, delivery: Delivery, bring: Bring, today: date) -> Screen:
        """What its owner reads then. Raises what `bring` raises but `NoSuchFile`."""
        order = delivery.order
        kind = CV_HERE
        try:
            content = await bring(order.subject, order.answers)
            cv = await asyncio.to_thread(answers_in, content, self._reader(today))
        except (NoSuchFile, NotGenuine, MsgspecError, ValueError) as error:
            log.info("a file that was sent back is no CV: %s", type(error).__name__)
            kind = CV_NOT_READ
        else:
            async with self._store.batch(delivery.at) as tx:
                await kept_again(tx, delivery.learner.id, cv)
        said = screen(note(kind))
        if said is None:
            raise Unwanted
        return said
