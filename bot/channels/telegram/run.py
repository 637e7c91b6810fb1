"""Telegram switched on: the bot, its commands, polling or webhook, files, what a dead process left
unanswered.
"""

import asyncio
import logging
import mimetypes
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import msgspec
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot import metrics
from bot.channels.base import Blocked, Later, MayLeave, Over, PushChannel, TooLate, Unsure
from bot.channels.pace import Priority, Share
from bot.channels.rate import LATE
from bot.channels.telegram.answers import Fetched
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.commands import register
from bot.channels.telegram.limiter import TelegramLimiter
from bot.channels.telegram.parse import ALLOWED_UPDATES, CHANNEL
from bot.channels.telegram.parts import Part, parts
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.transport import AiohttpRequest, NotSent
from bot.conversation.update import Update
from bot.dispatcher import Dispatcher
from bot.documents.parcel import Announcement, Commands, Post
from bot.i18n.catalogues import Catalogues
from bot.model.roles import Role
from bot.model.words import Words, _
from bot.runtime.supervisor import Group
from bot.settings import Settings
from db.outbox import Delivery
from db.rate import SLACK
from db.recipients import Recipient

log = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram/webhook"
_encode = msgspec.json.encode
ASKED_SECONDS = 1.0
"""So long an answer holds whether a message may leave."""
SHORT_DESCRIPTION = _("Learn in small steps, for work and daily life. Free, in your language.")


class TelegramUnusable(Exception):
    """Telegram refuses us for good; the text says what to do."""


class _SlotMissed(Exception):
    """The database took so long to say yes that the message's slot has passed."""


class LeanBot(ExtBot[Priority]):
    """The library's bot and one call more, for the way of a tap: plain values in, plain values out.
    Building and freezing the library's objects around each message costs more time than all the
    rest of a tap."""

    def __init__(
        self,
        token: str,
        base_url: str,
        base_file_url: str,
        transport: AiohttpRequest,
        limiter: TelegramLimiter,
    ) -> None:
        super().__init__(
            token,
            base_url=base_url,
            base_file_url=base_file_url,
            request=transport,
            get_updates_request=(fetching := AiohttpRequest(connections=2)),
            rate_limiter=limiter,
        )
        self._transport, self._fetching = transport, fetching
        self._limiter = limiter
        metrics.TELEGRAM_WAITING.set_function(lambda: limiter.pace.waiting)

    @property
    def username(self) -> str:
        """Ours; empty while Telegram was not reached yet."""
        return (self._bot_user and self._bot_user.username) or ""

    async def call(self, method: str, **values: Any) -> Any:
        """Any method of the Bot API by its own name, through the same limiter, transport and
        errors."""
        return await self._limiter.process_request(
            self._send, (method, values), {}, method, values, None
        )

    async def call_in_bulk(
        self,
        method: str,
        values: dict[str, Any],
        may_leave: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        """The same after everything that a person waits for. Raises `TooLate` where its turn comes
        and it may not leave."""

        asked = -ASKED_SECONDS

        async def send() -> Any:
            nonlocal asked
            turn = time.monotonic()
            if may_leave and turn - asked >= ASKED_SECONDS:
                if not await may_leave():
                    raise TooLate
                asked = time.monotonic()
                if (
                    asked - turn > LATE
                ):  # sent now, all that waited for the same database would crowd into one second
                    raise _SlotMissed
            return await self._send(method, values)

        while True:
            with suppress(_SlotMissed):
                await self._limiter.process_request(send, (), {}, method, values, Priority.BULK)
                return

    def give_up_bulk(self) -> None:
        """Nobody waits for a broadcast: what has not left yet goes another time."""
        self._limiter.pace.give_up_bulk()

    async def close_connections(self) -> None:
        """Also those of a bot that never got through: `shutdown` leaves them open."""
        await asyncio.gather(*(request.shutdown() for request in self._request))

    async def _send(self, method: str, values: dict[str, Any]) -> Any:
        body = _encode({name: value for name, value in values.items() if value is not None})
        return await self._transport.post_json(f"{self.base_url}/{method}", body)

    async def call_with_file(
        self, method: str, field: str, name: str, content: bytes, **values: Any
    ) -> Any:
        """A call that uploads a file as `field`. The library would read the message that comes
        back, and fail at what it does not know."""
        given = {key: value for key, value in values.items() if value is not None}

        async def send() -> Any:
            form = {
                key: value if isinstance(value, str) else _encode(value).decode()
                for key, value in given.items()
            }
            return await self._transport.post_form(
                f"{self.base_url}/{method}", form, {field: (name, content, mime(name))}
            )

        return await self._limiter.process_request(send, (), {}, method, given, None)

    async def fetch_updates(self, offset: int, hold: float) -> list[Fetched]:
        """One long poll, its updates as plain values. Not through the limiter: it is no message."""
        body = _encode({"offset": offset, "timeout": int(hold), "allowed_updates": ALLOWED_UPDATES})
        return await self._fetching.fetch_updates(f"{self.base_url}/getUpdates", body, hold)


def build_bot(settings: Settings, share: Share | None = None) -> LeanBot:
    """With the slack of `db.rate`: what is asked between a message's slot and its sending may delay
    it a little."""
    base = settings.telegram_api_url.rstrip("/") + "/bot"
    files = settings.telegram_api_url.rstrip("/") + "/file/bot"
    return LeanBot(
        settings.telegram_token,
        base,
        files,
        AiohttpRequest(),
        TelegramLimiter(SLACK * settings.telegram_rate, share=share),
    )


class TelegramService(PushChannel):
    """Start and stop of everything that is Telegram in one process."""

    name = CHANNEL

    def __init__(
        self,
        settings: Settings,
        secret: str,
        dispatcher: Dispatcher,
        words: Catalogues,
        share: Share | None = None,
        opened: Callable[[str], None] = lambda link: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`share` is given where other processes write with the same token; `opened` is told where
        people find the bot, once it is known."""
        self._settings = settings
        self._tell_link = opened
        self._secret = secret
        self._words = words
        self.rate = settings.telegram_rate
        self.bot = build_bot(settings, share)
        self.channel = TelegramChannel(self.bot, dispatcher, words, clock)
        self._polling = Polling(self.bot, self.channel.receive)
        self._opening = Group()
        self._open = False

    @property
    def open(self) -> bool:
        return self._open

    async def start(self, working: bool = True) -> None:
        """With `working` also polling, files and what was left unanswered: one process of many may
        do without.

        A Telegram that is away is waited for in the background: the web chat goes on. Raises
        `TelegramUnusable` for a wrong token.
        """
        if not await self._opened(working):
            self._opening.spawn("opening Telegram", self._keep_opening(working))

    @property
    def link(self) -> str:
        """Where people find the bot; empty while Telegram cannot be reached."""
        return f"https://t.me/{self.bot.username}" if self._open else ""

    async def _keep_opening(self, working: bool) -> None:
        pause, opened = 2, False
        while not opened:
            try:
                opened = await self._opened(working)
            except TelegramUnusable as error:
                log.error("%s", error)
                return
            except Exception:  # the database is away, for example: both have to be there
                log.exception("Telegram could not be opened, trying again")
            if not opened:
                await asyncio.sleep(pause)
                pause = min(pause * 2, 60)

    async def _opened(self, working: bool) -> bool:
        try:
            await self.bot.initialize()
            if working:
                await self._work()
        except InvalidToken as error:
            await self.bot.close_connections()
            raise TelegramUnusable(
                "PASITO_TELEGRAM_TOKEN is refused by Telegram: copy it again from BotFather"
            ) from error
        except BadRequest as error:
            log.error(
                "Telegram refuses PASITO_PUBLIC_URL for its webhook (%s), trying again",
                error.message,
            )
            return False
        except TelegramError as error:
            log.warning(
                "Telegram cannot be reached at %s (%s), trying again",
                self._settings.telegram_api_url,
                type(error).__name__,
            )
            return False
        self._open = True
        self._tell_link(self.link)
        return True

    async def _work(self) -> None:
        if self._settings.telegram_mode == "webhook":
            url = self._settings.public_url.rstrip("/") + WEBHOOK_PATH
            await self.bot.set_webhook(
                url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES, max_connections=100
            )
        else:
            await self.bot.delete_webhook()
        try:
            await self._introduce()
        except TelegramError as error:
            log.warning("the commands could not be registered: %s", type(error).__name__)
        if self._settings.telegram_mode == "polling":
            await self._polling.start()

    async def pause(self) -> None:
        """Takes nothing new, and gives up broadcasts that wait for their turn. The webhook stays:
        Telegram keeps updates until we are back."""
        self.bot.give_up_bulk()
        await self._polling.stop()
        await self._opening.cancel()

    async def stop(self) -> None:
        """After `pause`: finishes what is under way."""
        await self.channel.drain()
        await self.bot.shutdown()
        await self.bot.close_connections()

    async def reachable(self) -> None:
        """Raises a `TelegramError` when it is not, and `NotFetched` when what people write does not
        come in."""
        self._polling.check()
        await self.bot.get_me()

    async def _introduce(self) -> None:
        """Commands and descriptions in every language; the first language is for all others."""
        await register(self.bot, self._words, Role.LEARNER)
        for admin in self._settings.admin_list:
            with suppress(
                BadRequest
            ):  # they have not written to the bot yet: it comes at the next start
                await register(
                    self.bot, self._words, Role.ADMIN, int(admin.removeprefix(f"{CHANNEL}:"))
                )
        for language in self._words.languages:
            code = None if language == self._words.languages[0] else language
            await self.bot.set_my_short_description(
                self._words.say(SHORT_DESCRIPTION, language), language_code=code
            )

    async def send(self, delivery: Delivery, post: Post, over: Over) -> None:
        if isinstance(post, Commands):
            with _told_apart():
                await register(self.bot, self._words, Role(post.role), int(delivery.address))
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
        if part.document:
            return await self.bot.call_with_file(
                "sendDocument", "document", *part.document, **values
            )
        if part.photo:
            return await self.bot.call_with_file(
                "sendPhoto", "photo", "picture.png", part.photo, **values
            )
        if unasked:
            return await self.bot.call_in_bulk(*_as_call(chat, part))
        method, plain = _as_call(chat, part)
        return await self.bot.call(method, **plain)

    async def announce(
        self, to: Recipient, announcement: Announcement, may_leave: MayLeave
    ) -> None:
        (part,) = parts(announcement, announcement.language, self._words)
        with _told_apart():
            await self.bot.call_in_bulk(*_as_call(int(to.address), part), may_leave)

    async def converse(self, update: Update) -> None:
        await self.channel.converse(update)

    async def refresh(self, address: str, message: str, unless: str = "") -> str | None:
        return await self.channel.refresh(address, message, unless)

    async def refuse(self, delivery: Delivery, why: Words) -> None:
        language = delivery.learner.language or delivery.order.language
        try:
            await self.bot.call(
                "sendMessage", chat_id=int(delivery.address), text=self._words.line(why, language)
            )
        except TelegramError as failure:
            log.warning("a refusal could not be sent: %s", type(failure).__name__)


def _message_id(sent: Any) -> str:
    """The id of a message that was sent; empty where the answer does not tell."""
    return str(sent.get("message_id", "")) if isinstance(sent, dict) else ""


def mime(name: str) -> str:
    """The type of a file by its name."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


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
    method = "sendPhoto" if part.media.kind == "photo" else "sendDocument"
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
