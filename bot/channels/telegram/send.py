"""What is sent on Telegram without being an answer: files, notes, broadcasts."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.channels.base import Blocked, Later, MayLeave, Over, TooLate, Unsure
from bot.channels.media import Fetch
from bot.channels.telegram.bot import LeanBot
from bot.channels.telegram.commands import register
from bot.channels.telegram.parse import CHANNEL
from bot.channels.telegram.parts import Part, parts
from bot.channels.telegram.transport import NotSent
from bot.documents.parcel import Announcement, Commands, NoSuchFile, Post, SentFile
from bot.i18n.catalogues import Catalogues
from bot.model.broadcast import Media, MediaKind
from bot.model.roles import Role
from bot.model.words import Words
from db.outbox import Delivery
from db.recipients import Recipient

log = logging.getLogger(__name__)
T = TypeVar("T")
MOST_VOICES = 10_000
"""Recordings that are known at once."""


@dataclass
class _Brought:
    """A file from elsewhere: by what it is known here, empty where it cannot be had."""

    asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    id: str | None = None


class Sender:
    """See `bot.channels.base.PushChannel` for what it raises."""

    def __init__(self, bot: LeanBot, words: Catalogues, fetch: Fetch) -> None:
        self._bot = bot
        self._words = words
        self._fetch = fetch
        self._brought: dict[Media, _Brought] = {}
        self._voices: dict[str, str] = {}
        """What is heard, by the mark of its file: by what Telegram knows it."""

    async def send(self, delivery: Delivery, post: Post, over: Over) -> None:
        if isinstance(post, Commands):
            with _told_apart():
                await register(self._bot, self._words, Role(post.role), int(delivery.address))
            return
        language = delivery.learner.language or delivery.order.language or self._words.languages[0]
        unasked = delivery.order.note is not None and delivery.order.note.traits.unasked
        for done, part in enumerate(parts(post, language, self._words), 1):
            if done > delivery.part:
                with _told_apart():
                    sent = await self._send_part(int(delivery.address), part, unasked)
                await over(done, _message_id(sent))

    async def _send_part(self, chat: int, part: Part, unasked: bool) -> Any:
        values: dict[str, Any] = {"chat_id": chat, "caption": part.text, "parse_mode": "HTML"}
        if part.keyboard:
            values["reply_markup"] = {"inline_keyboard": part.keyboard}
        if part.effect:
            values["message_effect_id"] = part.effect
        if part.voice:
            return await self._send_voice(values, part.known_by, *part.voice)
        if part.document:
            return await self._bot.call_with_file(
                "sendDocument", "document", *part.document, **values
            )
        if part.photo:
            return await self._bot.call_with_file(
                "sendPhoto", "photo", "picture.png", part.photo, **values
            )
        if unasked:
            return await self._bot.call_in_bulk(*_as_call(chat, part))

        async def call(part: Part) -> Any:
            method, plain = _as_call(chat, part)
            return await self._bot.call(method, **plain)

        return await self._with_media(part, call, partial(self._upload, chat))

    async def _send_voice(
        self, values: dict[str, Any], known_by: str, name: str, content: bytes
    ) -> Any:
        """Uploaded with the first one, and known here from then on."""
        if id := self._voices.get(known_by):
            try:
                return await self._bot.call("sendVoice", voice=id, **values)
            except BadRequest:  # Telegram has it no more
                del self._voices[known_by]
        sent = await self._bot.call_with_file("sendVoice", "voice", name, content, **values)
        match sent:
            case {"voice": {"file_id": str(id)}} if known_by:
                self._voices[known_by] = id
                while len(self._voices) > MOST_VOICES:
                    del self._voices[next(iter(self._voices))]
        return sent

    async def announce(
        self, to: Recipient, announcement: Announcement, may_leave: MayLeave
    ) -> None:
        (part,) = parts(announcement, announcement.language, self._words)

        async def bulk(part: Part) -> None:
            await self._bot.call_in_bulk(*_as_call(int(to.address), part), may_leave)

        async def upload(part: Part, file: SentFile) -> Any:
            if not await may_leave():
                raise TooLate
            return await self._upload(int(to.address), part, file)

        with _told_apart():
            await self._with_media(part, bulk, upload)

    async def _with_media(
        self,
        part: Part,
        send: Callable[[Part], Awaitable[T]],
        upload: Callable[[Part, SentFile], Awaitable[T]],
    ) -> T:
        """Sends a part. A picture or file from another messenger is uploaded with the first one,
        and then known here; where it cannot be had the words go alone."""
        media = part.media
        if media is None or media.channel == CHANNEL:
            return await send(part)
        one = self._brought.setdefault(media, _Brought())
        async with one.asking:
            if one.id is None:
                try:
                    file = await self._fetch(media)
                except NoSuchFile:
                    log.warning("a broadcast goes without its file")
                    one.id = ""
                else:
                    sent = await upload(part, file)
                    one.id = _file_id(sent, media.kind)
                    return sent
        return await send(replace(part, media=Media(media.kind, one.id) if one.id else None))

    async def _upload(self, chat: int, part: Part, file: SentFile) -> Any:
        assert part.media
        kind = part.media.kind
        method = "sendPhoto" if kind is MediaKind.PHOTO else "sendDocument"
        keyboard = {"inline_keyboard": part.keyboard}
        return await self._bot.call_with_file(
            method,
            kind,
            file.name,
            file.content,
            chat_id=chat,
            caption=part.text,
            parse_mode="HTML",
            reply_markup=keyboard,
        )

    async def refuse(self, delivery: Delivery, why: Words) -> None:
        language = delivery.learner.language or delivery.order.language
        try:
            await self._bot.call(
                "sendMessage", chat_id=int(delivery.address), text=self._words.line(why, language)
            )
        except TelegramError as failure:
            log.warning("a refusal could not be sent: %s", type(failure).__name__)


def _file_id(sent: Any, kind: MediaKind) -> str | None:
    """Of what was uploaded; None where the answer does not tell."""
    match sent:
        case {"photo": [*_, {"file_id": str(id)}]} if kind is MediaKind.PHOTO:
            return id
        case {"document": {"file_id": str(id)}}:
            return id
    return None


def _message_id(sent: Any) -> str:
    """The id of a message that was sent; empty where the answer does not tell."""
    return str(sent.get("message_id", "")) if isinstance(sent, dict) else ""


def _as_call(chat: int, part: Part) -> tuple[str, dict[str, Any]]:
    """A part without a file of ours as method and plain values."""
    values: dict[str, Any] = {
        "chat_id": chat,
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": part.keyboard},
    }
    if part.media is None:
        return "sendMessage", {
            **values,
            "text": part.text,
            "link_preview_options": {"is_disabled": True},
        }
    method = "sendPhoto" if part.media.kind is MediaKind.PHOTO else "sendDocument"
    return method, {**values, part.media.kind: part.media.file_id, "caption": part.text}


@contextmanager
def _told_apart() -> Iterator[None]:
    """The library's errors by what they mean for something sent unasked."""
    try:
        yield
    except Forbidden as error:
        raise Blocked from error
    except BadRequest:  # before its parent: final
        raise
    except RetryAfter as error:
        wait = error.retry_after
        raise Later(wait if isinstance(wait, int | float) else wait.total_seconds()) from error
    except NotSent as error:
        raise Later from error
    except TelegramError as error:
        raise Unsure from error
