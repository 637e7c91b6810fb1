"""What is sent on Telegram without being an answer: files, notes, broadcasts."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.channels.base import Blocked, Later, MayLeave, Over, Unsure
from bot.channels.telegram.bot import LeanBot
from bot.channels.telegram.commands import register
from bot.channels.telegram.parts import Part, parts
from bot.channels.telegram.transport import NotSent
from bot.documents.parcel import Announcement, Commands, Post
from bot.i18n.catalogues import Catalogues
from bot.model.broadcast import MediaKind
from bot.model.roles import Role
from bot.model.words import Words
from db.outbox import Delivery
from db.recipients import Recipient

log = logging.getLogger(__name__)


class Sender:
    """See `bot.channels.base.PushChannel` for what it raises."""

    def __init__(self, bot: LeanBot, words: Catalogues) -> None:
        self._bot = bot
        self._words = words

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
        method, plain = _as_call(chat, part)
        return await self._bot.call(method, **plain)

    async def announce(
        self, to: Recipient, announcement: Announcement, may_leave: MayLeave
    ) -> None:
        (part,) = parts(announcement, announcement.language, self._words)
        with _told_apart():
            await self._bot.call_in_bulk(*_as_call(int(to.address), part), may_leave)

    async def refuse(self, delivery: Delivery, why: Words) -> None:
        language = delivery.learner.language or delivery.order.language
        try:
            await self._bot.call(
                "sendMessage", chat_id=int(delivery.address), text=self._words.line(why, language)
            )
        except TelegramError as failure:
            log.warning("a refusal could not be sent: %s", type(failure).__name__)


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
