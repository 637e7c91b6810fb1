"""The Cloud API: messages, files, and what is asked about the number. On aiohttp, at the pace of
`bot.channels.rate` (docs/decisions/whatsapp.md says why no library).

The rules: 80 messages a second for the number, in and out together; for one person a message each 6
seconds in the long run, 45 of them at once. What an error means for the repetition of a call:

    TOO_FAST        WAIT, for everybody
    TOO_FAST_HERE   WAIT for this person alone: 1, 4, 16 … seconds
    AWAY            NOT_DONE
    NotSent         NOT_SENT
    Unclear         UNSURE: a message has no key by which Meta would know it again
    all else        FINAL
"""

import json
import logging
import mimetypes
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import aiohttp
import msgspec

from bot.channels.base import TooLate
from bot.channels.pace import Cause, Failure, Key, Pace, Priority, Share, Weight
from bot.channels.rate import GivenUp, Limiter, TooLong
from bot.channels.whatsapp import metrics
from bot.channels.whatsapp.answers import (
    Meaning,
    NotSent,
    Refused,
    Unclear,
    message_id,
    result_of,
)
from bot.channels.whatsapp.settings import WhatsAppSettings
from bot.documents.parcel import SentFile, TooLarge
from db.rate import SLACK

log = logging.getLogger(__name__)

INTERVAL, BURST = 6.0, 45
"""Seconds between two messages to one person in the long run, and how many may be borrowed."""
CONNECT, READ, UPLOAD = 5.0, 20.0, 90.0
"""Seconds: to connect, of silence while an answer is awaited, for a whole file or answer."""
_PATIENCE = aiohttp.ClientTimeout(connect=CONNECT, sock_read=READ, total=UPLOAD)
_PATIENCE_FOR_FILES = aiohttp.ClientTimeout(connect=CONNECT, total=UPLOAD)
CONNECTIONS = 256
ALL_WAIT = 5.0
"""Seconds that everybody waits when the number was too fast: Meta does not say how long."""
LONGEST = 60.0
ANSWER = 1 << 20
"""Bytes of an answer that are read: a file is said to be as long as whoever serves it says."""
ASKED_SECONDS = 1.0
"""So long an answer holds whether a message may leave."""


class Client:
    """`start` before the first call, `stop` at the end."""

    def __init__(self, own: WhatsAppSettings, share: Share | None = None) -> None:
        self._own = own
        self._session: aiohttp.ClientSession | None = None
        self._too_fast: dict[Key, int] = {}
        """How often in a row somebody's messages were too fast."""
        pace = Pace(INTERVAL, BURST, group=True)
        self.pace = Limiter(
            SLACK * own.rate,
            lambda _key: pace,
            self.read_failure,
            longest_wait=LONGEST,
            share=share,
        )
        metrics.WAITING.set_function(lambda: self.pace.waiting)
        self.trouble = ""
        """Why nothing goes through, until something does."""

    async def start(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"Authorization": f"Bearer {self._own.token}"},
            )

    async def stop(self) -> None:
        self.pace.give_up()
        if self._session:
            await self._session.close()
            self._session = None

    def give_up_bulk(self) -> None:
        self.pace.give_up_bulk()

    # -- calls

    async def send(
        self,
        to: str,
        content: Mapping[str, Any],
        note: str = "",
        bulk: bool = False,
        may_leave: Callable[[], Awaitable[bool]] | None = None,
    ) -> str:
        """One message; gives its id, which holds the phone number: keep a digest of it only. `note`
        comes back with what becomes of it. Raises `CallFailed`, `TooLong`, `TooLate`."""
        body = msgspec.json.encode(
            {
                "messaging_product": "whatsapp",
                "recipient_type": "individual",
                ("to" if to.startswith("+") else "recipient"): to,
                **({"biz_opaque_callback_data": note} if note else {}),
                **content,
            }
        )
        path, asked = f"{self._own.phone_id}/messages", -ASKED_SECONDS

        async def call() -> str:
            nonlocal asked
            if may_leave and time.monotonic() - asked >= ASKED_SECONDS:
                if not await may_leave():
                    raise TooLate
                asked = time.monotonic()
            answer = await self._call("POST", path, "messages", body)
            self._too_fast.pop(to, None)
            return message_id(answer)

        priority = Priority.BULK if bulk else Priority.INTERACTIVE
        try:
            return await self.pace.run(self._noting(call, to), to, Weight.MESSAGE, priority)
        except GivenUp as error:
            raise NotSent(str(error)) from None

    async def upload(self, name: str, content: bytes, mime: str) -> str:
        """A file; gives the id by which it is sent, for 30 days. May be done again."""

        async def call() -> str:
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("messaging_product", "whatsapp")
            form.add_field("type", mime)
            form.add_field("file", content, filename=name, content_type=mime)
            answer = await self._call("POST", f"{self._own.phone_id}/media", "media", form)
            if not isinstance(id := answer.get("id"), str):
                raise Unclear("an answer without the file's id")
            return id

        return await self.pace.run(call, None, Weight.FREE, may_repeat=True)

    async def download(self, id: str, most: int) -> SentFile:
        """What somebody sent, for seven days. Raises `CallFailed`, and `TooLarge` where it has more
        than `most` bytes."""
        told = await self._call("GET", quote(id, safe=""), "media")
        size = told.get("file_size", 0)
        if isinstance(size, int) and size > most:
            raise TooLarge
        url, mime = str(told.get("url", "")), str(told.get("mime_type", "")).partition(";")[0]
        if not _is_metas(url, self._own.base_url):  # the token goes along
            raise Unclear("a file's address that is not Meta's")
        status, content = await self._request("GET", url, None, most)
        if len(content) > most:
            raise TooLarge
        if status != 200:
            raise Unclear(f"a file that does not come: {status}")
        return SentFile(f"file{mimetypes.guess_extension(mime) or ''}", content, mime)

    async def number(self) -> dict[str, Any]:
        """What Meta says of the number: `display_phone_number` and more."""
        fields = "display_phone_number,verified_name,quality_rating,throughput"
        return await self._call("GET", f"{self._own.phone_id}?fields={fields}", "number")

    async def templates(self, account: str) -> dict[str, Any]:
        """The templates of a business account, their language, state and category."""
        asked = "message_templates?fields=name,language,status,category&limit=500"
        return await self._call("GET", f"{account}/{asked}", "templates")

    async def _call(
        self,
        method: str,
        path: str,
        what: str,
        body: bytes | aiohttp.FormData | None = None,
    ) -> dict[str, Any]:
        result = "unclear"
        try:
            answer = result_of(*await self._request(method, path, body))
            result, self.trouble = "sent", ""
            return answer
        except Refused as error:
            result = str(error.code)
            if error.of_all or error.meaning is Meaning.PAYMENT:
                if not self.trouble:
                    log.error("WhatsApp lets nothing through: %s", error.meaning.value)
                self.trouble = error.meaning.value
            raise
        except NotSent:
            result = "not_sent"
            raise
        finally:
            metrics.calls(what, result).inc()

    async def _request(
        self,
        method: str,
        path: str,
        body: bytes | aiohttp.FormData | None,
        most: int = ANSWER,
    ) -> tuple[int, bytes]:
        """HTTP status and body; of a longer one than `most` bytes only more than that."""
        if self._session is None:
            raise NotSent("not started")
        headers = {"Content-Type": "application/json"} if isinstance(body, bytes) else None
        try:
            async with self._session.request(
                method,
                path if "://" in path else f"{self._own.base_url}/{path}",
                data=body,
                headers=headers,
                timeout=_PATIENCE_FOR_FILES if isinstance(body, aiohttp.FormData) else _PATIENCE,
                allow_redirects=False,
            ) as response:
                content = bytearray()
                async for piece in response.content.iter_any():
                    content += piece
                    if len(content) > most:
                        break
                return response.status, bytes(content)
        # `from None`: aiohttp's errors tell addresses
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            raise NotSent(type(error).__name__) from None
        except (TimeoutError, aiohttp.ClientError, OSError, json.JSONDecodeError) as error:
            raise Unclear(type(error).__name__) from None

    # -- errors

    def _noting(self, call: Callable[[], Awaitable[str]], to: str) -> Callable[[], Awaitable[str]]:
        """Remembers how often in a row this person's messages were too fast."""

        async def noting() -> str:
            try:
                return await call()
            except Refused as error:
                if error.meaning is Meaning.TOO_FAST_HERE:
                    self._too_fast[to] = times = self._too_fast.get(to, 0) + 1
                    raise TooFastHere(error.code, float(4 ** min(times - 1, 5))) from None
                raise

        return noting

    def read_failure(self, error: Exception) -> Failure:
        """What an error means for the repetition of its call: the table at the top."""
        match error:
            case TooFastHere():
                return Failure(Cause.WAIT, error.seconds)
            case Refused(meaning=Meaning.TOO_FAST):
                return Failure(Cause.WAIT, ALL_WAIT, everybody=True)
            case Refused(meaning=Meaning.AWAY):
                return Failure(Cause.NOT_DONE)
            case NotSent():
                return Failure(Cause.NOT_SENT)
            case Unclear():
                return Failure(Cause.UNSURE)
            case _:
                return Failure(Cause.FINAL)


def _is_metas(url: str, api_url: str) -> bool:
    """Whether a file lies where Meta keeps them, or where the API is."""
    try:
        of, api = urlsplit(url), urlsplit(api_url)
    except ValueError:
        return False
    host = f".{of.hostname}"
    known = of.scheme == "https" and host.endswith((".fbsbx.com", ".facebook.com", ".whatsapp.net"))
    return known or (of.scheme, of.netloc) == (api.scheme, api.netloc)


class TooFastHere(Refused):
    """131056: this person has to be left alone for so many seconds."""

    def __init__(self, code: int, seconds: float) -> None:
        super().__init__(code)
        self.seconds = seconds


def seconds_of(error: Exception) -> float | None:
    """How long to leave them alone, where an error says so."""
    return error.seconds if isinstance(error, TooFastHere | TooLong) else None
