"""The library's bot on our transport and our pace."""

import asyncio
import mimetypes
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import msgspec
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.channels.base import TooLate, at_once
from bot.channels.pace import Priority, Share
from bot.channels.rate import LATE
from bot.channels.telegram import metrics
from bot.channels.telegram.answers import Fetched
from bot.channels.telegram.extras import Extras
from bot.channels.telegram.limiter import TelegramLimiter
from bot.channels.telegram.parse import ALLOWED_UPDATES
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.transport import AiohttpRequest
from bot.documents.parcel import SentFile, TooLarge
from db.rate import SLACK

_encode = msgspec.json.encode
ASKED_SECONDS = 1.0
"""So long an answer holds whether a message may leave."""


class _SlotMissed(Exception):
    """The ones before it took so long to leave that the message's slot has passed."""


class _Door:
    """Through which few messages of a broadcast leave at once: from the question whether one may
    until it is written to its connection. Only what is between the two is lost with a process that
    is killed: what was written is sent by the system all the same."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._inside = False

    async def __aenter__(self) -> None:
        await self._places.acquire()
        self._inside = True

    async def __aexit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """The next one may ask; once only."""
        if self._inside:
            self._inside = False
            self._places.release()


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
        leaving: int = 1,
    ) -> None:
        """`leaving` messages of a broadcast at most are on their way out at once."""
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
        self._extras = Extras()
        self._leaving = asyncio.Semaphore(leaving)
        metrics.TELEGRAM_WAITING.set_function(lambda: limiter.pace.waiting)

    @property
    def username(self) -> str:
        """Ours; empty while Telegram was not reached yet."""
        return (self._bot_user and self._bot_user.username) or ""

    async def call(self, method: str, **values: Any) -> Any:
        """Any method of the Bot API by its own name, through the same limiter, transport and
        errors."""

        async def call(values: dict[str, Any]) -> Any:
            return await self._limiter.process_request(
                self._send, (method, values), {}, method, values, None
            )

        return await self._extras.send(values, call)

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
            if may_leave is None:
                return await self._send(method, values)
            turn = time.monotonic()
            door = _Door(self._leaving)
            async with door:
                if time.monotonic() - asked >= ASKED_SECONDS:
                    # sent now, all that waited at the door would crowd into one second
                    if time.monotonic() - turn > LATE:
                        raise _SlotMissed
                    if not await may_leave():
                        raise TooLate
                    asked = time.monotonic()
                return await self._send(method, values, door.close)

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

    async def _send(
        self, method: str, values: dict[str, Any], written: Callable[[], None] | None = None
    ) -> Any:
        body = _encode({name: value for name, value in values.items() if value is not None})
        return await self._transport.post_json(f"{self.base_url}/{method}", body, written)

    async def call_with_file(
        self, method: str, field: str, name: str, content: bytes, **values: Any
    ) -> Any:
        """A call that uploads a file as `field`. The library would read the message that comes
        back, and fail at what it does not know."""

        async def call(values: dict[str, Any]) -> Any:
            form = {
                key: value if isinstance(value, str) else _encode(value).decode()
                for key, value in values.items()
            }

            async def send() -> Any:
                return await self._transport.post_form(
                    f"{self.base_url}/{method}", form, {field: (name, content, mime(name))}
                )

            return await self._limiter.process_request(send, (), {}, method, values, None)

        given = {key: value for key, value in values.items() if value is not None}
        return await self._extras.send(given, call)

    async def fetch_file(self, id: str, most: int) -> SentFile:
        """What somebody sent. Raises a `TelegramError`; `BadRequest` where it cannot be had, and
        `TooLarge`: Telegram gives bots no file of more than 20 MB."""
        try:
            file = await self.call("getFile", file_id=id)
        except BadRequest as error:
            if "too big" in str(error):
                raise TooLarge from error
            raise
        match file:
            case {"file_path": str(path)} if path:
                size = file.get("file_size")
            case _:
                raise BadRequest("there is no such file")
        if isinstance(size, int) and size > most:
            raise TooLarge
        url = f"{self.base_file_url}/{path}"
        status, content = await self._transport.do_request(url, "GET", most=most)
        if status != 200:
            raise BadRequest("there is no such file")
        if len(content) > most:
            raise TooLarge
        name = path.rpartition("/")[2]
        return SentFile(name, content, mime(name))

    async def fetch_updates(self, offset: int, hold: float) -> list[Fetched]:
        """One long poll, its updates as plain values. Not through the limiter: it is no message."""
        body = _encode({"offset": offset, "timeout": int(hold), "allowed_updates": ALLOWED_UPDATES})
        return await self._fetching.fetch_updates(f"{self.base_url}/getUpdates", body, hold)


def build_bot(settings: TelegramSettings, share: Share | None = None) -> LeanBot:
    """With the slack of `db.rate`: what is asked between a message's slot and its sending may delay
    it a little."""
    base = settings.base_url + "/bot"
    files = settings.base_url + "/file/bot"
    return LeanBot(
        settings.token,
        base,
        files,
        AiohttpRequest(),
        TelegramLimiter(SLACK * settings.rate, share=share),
        at_once(settings.rate),
    )


def mime(name: str) -> str:
    """The type of a file by its name."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
