"""From an order to the file that is handed over. Rendering is CPU work: it runs in a thread, one at a time."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import certificates as paper
from bot import metrics, notes
from bot.broadcast import Media
from bot.certify import facts
from bot.group import Note
from bot.hours import quiet_until
from bot.i18n import Catalogues
from bot.jobs.issuer import Issuer, linkedin
from bot.screen import Screen, Words, _
from bot.update import PULL_CHANNELS
from cards.model import Programme
from db.store import DATA, Delivery, Store

CAPTION = _("🎓 {title}\n{name}. Certificate of {project}, {day}.")
DATA_CAPTION = _("Everything that is stored about you.")


@dataclass(frozen=True)
class MadeFile:
    """A file ready to go. `text` says what it says, for those who cannot see it; `preview` is a picture of its first page (PNG).

    `caption` can be forwarded. `check` is the address that says whether a certificate is genuine, `profile` the one that puts it
    into a LinkedIn profile.
    """

    name: str
    content: bytes
    mime: str
    caption: Words
    text: str = ""
    preview: bytes = b""
    check: str = ""
    profile: str = ""


@dataclass(frozen=True)
class Announcement:
    """What an admin wrote, as HTML (the tags that Telegram knows), perhaps below a picture or a file that they sent."""

    html: str
    language: str
    media: Media | None = None


Post = MadeFile | Screen | Announcement
"""What is handed over to a learner: a file, or something to read."""


class Unwanted(Exception):
    """The learner said STOP, or nobody knows any more what it was."""


class NotNow(Exception):
    """It is night where the learner is, until `until` (seconds since the epoch)."""

    def __init__(self, until: int) -> None:
        super().__init__(f"not before {until}")
        self.until = until


class Files:
    """Makes what was ordered: certificates, data files, notes. `zone` is for learners who did not tell theirs."""

    def __init__(
        self,
        programme: Programme,
        words: Catalogues,
        store: Store,
        issuer: Issuer,
        zone: str = "UTC",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._zone = zone
        self._clock = clock
        self._programme = programme
        self._words = words
        self._store = store
        self._issuer = issuer
        self._one_at_a_time = asyncio.Semaphore(1)

    async def make(self, delivery: Delivery) -> Post:
        """Raises `bot.certify.NothingToCertify`, `certificates.MissingGlyphs`, `Unwanted` and `NotNow`."""
        order = delivery.order
        if order.note:
            return self._note(delivery, order.note)
        if order.kind == DATA:
            return await self._data(delivery)
        stated = self._issuer.signed(facts(delivery.learner, self._programme, self._words, order))
        async with self._one_at_a_time:  # threads gain nothing here, and the event loop stays free
            with metrics.CERTIFICATE_SECONDS.labels(order.kind).time():
                content, picture = await asyncio.to_thread(self._drawn, stated)
        caption = CAPTION.of(title=stated.title, name=stated.name, project=stated.project, day=stated.issued.isoformat())
        return MadeFile(
            paper.filename(stated),
            content,
            "application/pdf",
            caption,
            text=paper.as_text(stated),
            preview=picture,
            check=stated.verify_url or "",
            profile=linkedin(stated),
        )

    def _drawn(self, stated: paper.Facts) -> tuple[bytes, bytes]:
        content = self._issuer.pdf(stated)
        return content, paper.preview(content)

    def _note(self, delivery: Delivery, note: Note) -> Screen | Announcement:
        learner = delivery.learner
        if note.kind == "announcement" and delivery.channel not in PULL_CHANNELS:
            return announcement(note)
        screen = notes.screen(note)
        if screen is None or (learner.muted and note.kind not in notes.ASKED_FOR):
            raise Unwanted
        night = quiet_until(int(self._clock()), learner.zone or self._zone) if note.kind not in notes.ASKED_FOR else None
        if night and delivery.channel not in PULL_CHANNELS:
            raise NotNow(night)
        return screen

    async def _data(self, delivery: Delivery) -> MadeFile:
        everything: dict[str, Any] = await self._store.everything(delivery.learner)
        content = json.dumps(everything, ensure_ascii=False, indent=2, default=_plain).encode()
        return MadeFile("pasito-my-data.json", content, "application/json", DATA_CAPTION)


def announcement(note: Note) -> Announcement:
    given = dict(note.values)
    media = Media(given["media"], given["file"]) if "file" in given else None  # type: ignore[arg-type]
    return Announcement(given["text"], given["language"], media)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


NOT_MADE: Words = _("This file could not be made. Type “certificates” and have it made again with another spelling.")
Make = Callable[[Delivery], Awaitable[Post]]
