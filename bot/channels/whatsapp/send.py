"""What is sent on WhatsApp without being an answer: files, notes, broadcasts.

Within a day of somebody's last message anything may be sent; later only an approved template, to
who agreed to it. What waits for them to write is said by `WindowClosed`. What is sent carries a
note of ours that comes back with what becomes of it (`settle`): so no table holds the id of a
message.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bot.channels.base import (
    Blocked,
    Later,
    MayLeave,
    Over,
    Site,
    Unsure,
    WindowClosed,
)
from bot.channels.media import BroughtOver
from bot.channels.rate import TooLong
from bot.channels.whatsapp.answers import CallFailed, Meaning, NotSent, Refused
from bot.channels.whatsapp.client import Client, seconds_of
from bot.channels.whatsapp.markup import length
from bot.channels.whatsapp.notes import Notes
from bot.channels.whatsapp.parts import File, Part, announced, fits, header_of, parts
from bot.channels.whatsapp.render import Message
from bot.channels.whatsapp.settings import CHANNEL
from bot.channels.whatsapp.shelf import Shelf
from bot.channels.whatsapp.templates import (
    FILE_READY,
    NEWS,
    NEWS_TEXT,
    REMIND,
    Template,
    code_of,
    one_line,
    template_of,
)
from bot.documents.parcel import Announcement, Commands, NoSuchFile, NotNow, Post, SentFile
from bot.model.broadcast import Media, plain
from bot.model.words import Words
from db import begun
from db.outbox import Delivery
from db.recipients import Recipient

log = logging.getLogger(__name__)

WINDOW = 24 * 3600
MEDIA_SECONDS = 29 * 24 * 3600.0
"""An upload is known for 30 days."""
MARGIN = 120
"""Seconds before the end of the window in which nothing is begun: it would come too late."""
UNCLEAR_SECONDS = 30.0
"""So long Meta's word on a message is waited for before it is sent once more."""


class Sender:
    """See `bot.channels.base.PushChannel` for what it raises."""

    def __init__(
        self,
        client: Client,
        site: Site,
        notes: Notes,
        shelf: Shelf,
        digest: Callable[[str], str],
        counted: Callable[[str], None],
        most_begun: int,
    ) -> None:
        self._client = client
        self._words = site.words
        self._clock = site.clock
        self._notes = notes
        self._shelf = shelf
        self._digest = digest
        self._counted = counted
        self._store = site.store
        self._most = most_begun
        self._brought = BroughtOver[Mapping[str, Any]](site.fetch, MEDIA_SECONDS)

    def is_open(self, heard_at: int) -> bool:
        """Whether anything may be sent to somebody who last wrote then."""
        return self._clock() - heard_at < WINDOW - MARGIN

    async def send(self, delivery: Delivery, post: Post, over: Over) -> None:
        if isinstance(post, Commands):
            return  # the words work without any being shown
        language = delivery.learner.language or delivery.order.language or self._words.languages[0]
        if not self.is_open(delivery.heard_at):
            await self._knock(delivery, language)
            return
        unasked = delivery.order.note is not None and delivery.order.note.traits.unasked
        header = await self._header(post.media) if isinstance(post, Announcement) else None
        made = parts(post, language, self._words, header)
        for done, part in enumerate(made, 1):
            if done > delivery.part:
                note = self._notes.of_order(delivery.order.id, done, done == len(made))
                with _told_apart():
                    id = await self._send_part(delivery.address, part, note, unasked)
                self._counted("service")
                await over(done, self._digest(id))

    async def _knock(self, delivery: Delivery, language: str) -> None:
        """A template for what may not be sent any more. Returns where that is all of it; raises
        `WindowClosed` where the rest waits until they write."""
        note = delivery.order.note
        template = template_of(note)
        if template is None or not _may_knock(template, delivery):
            raise WindowClosed
        sealed = self._notes.of_order(delivery.order.id, 0, template is REMIND)  # no part of it
        if not await self._send_template(delivery.address, template, language, sealed):
            raise WindowClosed
        if template is not REMIND:
            raise WindowClosed

    async def _send_template(
        self,
        to: str,
        template: Template,
        language: str,
        note: str,
        text: str = "",
        may_leave: MayLeave | None = None,
    ) -> bool:
        """False where it is not approved in this language, or nobody may be begun with any more:
        a broadcast then waits for another day (`NotNow`)."""
        category = await self._shelf.category(template, language)
        if not category:
            return False
        if full := await self._begins(template is NEWS):
            if template is NEWS:
                raise NotNow(full)
            return False
        given = {
            "name": template.name,
            "language": {"code": code_of(language)},
            "components": template.components(text),
        }
        content = {"type": "template", "template": given}
        try:
            with _told_apart():
                await self._client.send(to, content, note, True, may_leave)
        except Unsure:
            raise
        except Exception:
            await begun.not_begun(self._store.engine, CHANNEL, int(self._clock()))
            raise
        self._counted(category)
        return True

    async def _begins(self, broadcast: bool) -> int:
        """0, and one more is counted of those whom we begin to write to in a day; or when the next
        may be. A broadcast leaves a tenth to files and letters."""
        if not self._most:
            return 0
        most = self._most - (self._most // 10 if broadcast else 0)
        return await begun.begin(self._store.engine, CHANNEL, int(self._clock()), most)

    async def _send_part(self, to: str, part: Part, note: str, bulk: bool) -> str:
        if isinstance(part, Message):
            return await self._client.send(to, part.content(), note, bulk)
        try:
            return await self._send_file(to, part, note)
        except Refused as error:
            if error.meaning is not Meaning.MEDIA:
                raise
            return await self._send_file(to, part, note)  # once, with a new upload

    async def _send_file(self, to: str, part: File, note: str) -> str:
        media = await self._client.upload(part.name, part.content, part.mime)
        given = {"id": media}
        if part.kind != "audio":  # that has no caption
            given["caption"] = part.caption
        if part.kind == "document":
            given["filename"] = part.name
        return await self._client.send(to, {"type": part.kind, part.kind: given}, note)

    async def announce(
        self, to: Recipient, announcement: Announcement, may_leave: MayLeave
    ) -> None:
        note = self._notes.of_recipient(to.broadcast, to.learner)
        if not self.is_open(to.heard_at):
            text = one_line(plain(announcement.html))
            may = to.agreed and length(text) <= NEWS_TEXT
            if not may or not await self._send_template(
                to.address, NEWS, announcement.language, note, text, may_leave
            ):
                raise WindowClosed
            return
        try:
            await self._announce(to, announcement, note, may_leave)
        except Refused as error:
            if error.meaning is not Meaning.MEDIA or announcement.media is None:
                raise
            self._brought.forget(announcement.media)
            await self._announce(to, announcement, note, may_leave)  # once, with a new upload

    async def _announce(
        self, to: Recipient, announcement: Announcement, note: str, may_leave: MayLeave
    ) -> None:
        header = await self._header(announcement.media)
        for message in announced(announcement, self._words, header):
            with _told_apart():
                await self._client.send(to.address, message.content(), note, True, may_leave)
            self._counted("service")

    async def _header(self, media: Media | None) -> Mapping[str, Any] | None:
        """The picture or file of a broadcast, uploaded once; None where WhatsApp cannot take it:
        then the words go alone, as the author was told."""
        if media is None:
            return None
        with _told_apart():
            return await self._brought.known(media, self._bring)

    async def _bring(self, file: SentFile) -> Mapping[str, Any]:
        if not fits(file):
            log.warning("a broadcast goes without its file: WhatsApp does not take %s", file.mime)
            raise NoSuchFile
        return header_of(file, await self._client.upload(file.name, file.content, file.mime))

    async def refuse(self, delivery: Delivery, why: Words) -> None:
        language = delivery.learner.language or delivery.order.language
        try:
            await self._client.send(
                delivery.address, Message(self._words.line(why, language)).content()
            )
            self._counted("service")
        except (CallFailed, TooLong) as failure:
            log.warning("a refusal could not be sent: %s", type(failure).__name__)


def _may_knock(template: Template, delivery: Delivery) -> bool:
    """A file was asked for; a reminder was asked for, unless they told Meta to stop; a letter takes
    a yes."""
    if template is FILE_READY:
        return True
    if template is REMIND:
        return delivery.learner.rhythm.hour is not None and not delivery.refused
    return delivery.agreed


@contextmanager
def _told_apart() -> Iterator[None]:
    """Errors by what they mean for something sent unasked."""
    try:
        yield
    except TooLong as error:
        raise Later(error.seconds) from error
    except NotSent as error:
        raise Later from error
    except Refused as error:
        raise _meant(error) from error
    except CallFailed as error:
        raise Unsure(UNCLEAR_SECONDS) from error


def _meant(error: Refused) -> Exception:
    match error.meaning:
        case Meaning.CLOSED:
            return WindowClosed()
        case Meaning.UNREACHABLE:
            return Blocked()
        case Meaning.STOPPED if not error.of_all:
            return error
        case Meaning.STOPPED | Meaning.PAYMENT | Meaning.SPAM:
            return Later(300)
        case Meaning.TOO_FAST | Meaning.TOO_FAST_HERE | Meaning.AWAY:
            return Later(seconds_of(error))
        case _:
            return error
