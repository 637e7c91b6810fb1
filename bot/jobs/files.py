"""From an order to the file that is handed over. Rendering is CPU work: it runs in a thread, one at a time."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import certificates as paper
from bot.certify import facts
from bot.events import Earned
from bot.i18n import Catalogues
from bot.screen import Words, _
from cards.model import Programme
from db.store import Delivery, Store

DATA = "data"


@dataclass(frozen=True)
class MadeFile:
    """A file ready to go. `text` says what it says, for those who cannot see it."""

    name: str
    content: bytes
    mime: str
    text: str = ""


class Files:
    """Makes certificates and data files."""

    def __init__(
        self, programme: Programme, words: Catalogues, store: Store, fonts: paper.Fonts, seal: paper.Seal | None = None
    ) -> None:
        self._programme = programme
        self._words = words
        self._store = store
        self._fonts = fonts
        self._seal = seal
        self._one_at_a_time = asyncio.Semaphore(1)

    async def make(self, delivery: Delivery) -> MadeFile:
        """Raises `bot.certify.NothingToCertify` and `certificates.MissingGlyphs`."""
        order = delivery.order
        if order.kind == DATA:
            return await self._data(delivery)
        stated = facts(
            delivery.learner,
            self._programme,
            self._words,
            Earned(order.kind),
            order.subject,
            order.name,
            order.language,
        )
        async with self._one_at_a_time:  # threads gain nothing here, and the event loop stays free
            content = await asyncio.to_thread(self._drawn, stated)
        return MadeFile(paper.filename(stated), content, "application/pdf", paper.as_text(stated))

    def _drawn(self, stated: paper.Facts) -> bytes:
        pdf = paper.render(stated, self._fonts)
        return self._seal.sign(pdf) if self._seal else pdf

    async def _data(self, delivery: Delivery) -> MadeFile:
        everything: dict[str, Any] = await self._store.everything(delivery.learner)
        content = json.dumps(everything, ensure_ascii=False, indent=2, default=_plain).encode()
        return MadeFile("pasito-my-data.json", content, "application/json")


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


NOT_MADE: Words = _("This file could not be made. Type “certificates” and have it made again with another spelling.")
MakeFile = Callable[[Delivery], Awaitable[MadeFile]]
