"""python-telegram-bot on an aiohttp session: about ten times the calls a second of its own
transport, on one core.

It says one thing more than that transport does: `NotSent`. A message has no key by which Telegram
would know it again, so a caller may repeat one only when the first surely never left this machine.

What an error of a call means:

    NotSent         nothing left: no free connection, no address, connection refused, or not made in
    time, or TLS failed
    TimedOut        it left, and nobody knows whether it was done: no answer in time, or the body
    could not be written
    NetworkError    the same, because the connection broke, or because the answer cannot be read
    (`answers`)
    NotDone         Telegram answered in its own form that it failed (5xx): nothing was done
    all else        what Telegram refuses, and why: `BadRequest`, `Forbidden`, `RetryAfter` …

Answers are read in `answers`, never by the library, which would log what it cannot read.

Times are seconds; None waits for ever. Connections are kept and reused; there are no cookies, and a
redirect is an error. Give files as bytes: an open one is read to its end and closed by the first
try, so it cannot be sent again.
"""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram import metrics
from bot.channels.telegram.answers import Fetched, result_of, updates_in

JSON = "application/json"
KEEP_ALIVE = 30.0
"""Seconds an idle connection is kept. Well below what servers allow, so that they rarely close one
as we take it.
"""


LARGEST = 32 << 20
"""Bytes of an answer that are read: a hundred updates, or a file (Telegram gives 20 MB)."""
SILENCE = 4.0
"""Seconds that getUpdates may be late: what everybody waits for when a connection went silent."""


class NotSent(NetworkError):
    """The call never left this machine: it may be repeated without doubling anything."""


class AiohttpRequest(BaseRequest):
    """A pool of at most `connections` to the Bot API. Made anywhere, opened by `initialize` inside
    the event loop.

    The defaults: `connect_timeout` covers finding the address, TCP and TLS; `read_timeout` is the
    longest silence while an answer is awaited; `write_timeout` is for writing a whole body,
    `upload_timeout` for one with files; `pool_timeout` is for getting a free connection. Each call
    may give its own. `whole_timeout` is for all of it: an answer that comes drop by drop is never
    silent.
    """

    def __init__(
        self,
        connections: int = 256,
        *,
        connect_timeout: float | None = 5.0,
        read_timeout: float | None = 15.0,
        write_timeout: float | None = 10.0,
        upload_timeout: float | None = 60.0,
        pool_timeout: float | None = 10.0,
        whole_timeout: float | None = 120.0,
    ) -> None:
        self._connections = connections
        self._connect, self._read, self._pool = connect_timeout, read_timeout, pool_timeout
        self._write, self._upload = write_timeout, upload_timeout
        self._session: aiohttp.ClientSession | None = None
        self._places = asyncio.Semaphore(connections)
        self._whole = whole_timeout
        self._usual = self._patience(connect_timeout, read_timeout)

    def _patience(self, connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=self._whole, connect=connect, sock_read=read)

    @property
    def read_timeout(self) -> float | None:
        """The default; long polling waits so much longer than the poll itself lasts."""
        return self._read

    async def initialize(self) -> None:
        """Opens the pool, also again after `shutdown`."""
        if self._session and not self._session.closed:
            return
        self._places = asyncio.Semaphore(self._connections)
        self._session = aiohttp.ClientSession(
            # the semaphore bounds the pool, because aiohttp has one timeout for a free connection
            # and a new one
            connector=aiohttp.TCPConnector(
                limit=0, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=300
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
        )

    async def shutdown(self) -> None:
        """Closes all connections; a call that is under way ends with a NetworkError."""
        if self._session:
            await self._session.close()
            self._session = None

    async def post_json(
        self, url: str, body: bytes, written: Callable[[], None] | None = None
    ) -> Any:
        """A call whose parameters are JSON already; gives its result. Errors as for any other call.
        `written` is called when it was written to its connection.

        A few kilobytes at most: they fit into the socket's buffer, so no write timeout is kept.
        """
        return result_of(*await self.do_request(url, "POST", _Json(body, written)), _method(url))

    async def post_form(
        self, url: str, values: dict[str, Any], files: dict[str, tuple[str, bytes, str]]
    ) -> Any:
        """A call with files: field -> name, content, MIME type. Gives its result."""
        form = _form(
            {
                name: each if isinstance(each, str) else json.dumps(each)
                for name, each in values.items()
            },
            files,
        )
        return result_of(*await self.do_request(url, "POST", form), _method(url))

    async def fetch_updates(self, url: str, body: bytes, hold: float) -> list[Fetched]:
        """One getUpdates that Telegram holds open for `hold` seconds."""
        wait = None if self._read is None else hold + min(SILENCE, self._read)
        return updates_in(*await self.do_request(url, "POST", _Json(body), read_timeout=wait))

    async def _request_wrapper(self, url: str, method: str, *rest: Any, **named: Any) -> bytes:
        """As the library calls it. The answer was read when this returns; the library reads it
        again."""
        status, content = await self.do_request(url, method, *rest, **named)
        if "/bot" not in url or ("/file/bot" in url and 200 <= status <= 299):
            return content
        result_of(status, content, _method(url))
        return content

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: "RequestData | aiohttp.FormData | _Json | None" = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        most: int = LARGEST,
    ) -> tuple[int, bytes]:
        """Makes one call; gives HTTP status and body, whatever the status, of a longer one than
        `most` bytes only a little more than that. Errors: see the top of this file."""
        result = "unknown"
        try:
            status, content = await self._call(
                url,
                method,
                request_data,
                read_timeout,
                write_timeout,
                connect_timeout,
                pool_timeout,
                most,
            )
            result = _result(status)
            return status, content
        except NotSent:
            result = "not_sent"
            raise
        finally:
            metrics.telegram_calls("file" if "/file/bot" in url else _method(url), result).inc()

    async def _call(
        self,
        url: str,
        method: str,
        request_data: "RequestData | aiohttp.FormData | _Json | None",
        read_timeout: ODVInput[float],
        write_timeout: ODVInput[float],
        connect_timeout: ODVInput[float],
        pool_timeout: ODVInput[float],
        most: int,
    ) -> tuple[int, bytes]:
        session, places = self._session, self._places
        if session is None:
            raise NotSent("this AiohttpRequest is not initialized")
        body: _Within | _Json | None
        timeout = self._usual
        if not isinstance(read_timeout, DefaultValue) or not isinstance(
            connect_timeout, DefaultValue
        ):
            timeout = self._patience(
                _given(connect_timeout, self._connect), _given(read_timeout, self._read)
            )
        if isinstance(request_data, _Json):
            body = request_data
        elif isinstance(request_data, aiohttp.FormData):
            body = _Within(request_data(), _given(write_timeout, self._upload))
        else:
            uploads = request_data is not None and request_data.contains_files
            body = _body(
                request_data, _given(write_timeout, self._upload if uploads else self._write)
            )
        if places.locked():
            try:
                async with asyncio.timeout(_given(pool_timeout, self._pool)):
                    await places.acquire()
            except TimeoutError:
                raise NotSent(f"all {self._connections} connections are in use") from None
        else:
            await places.acquire()  # at once
        try:
            async with session.request(
                method,
                url,
                data=body,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                content = bytearray()
                async for piece in response.content.iter_any():
                    content += piece
                    if len(content) > most:
                        break
                return response.status, bytes(content)
        # `from None` and `_safe`, because aiohttp's errors tell the address, and that has the token
        # in it
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            raise NotSent(_safe(error)) from None
        except TimeoutError as error:
            raise TimedOut(_safe(error)) from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(_safe(error)) from None
        finally:
            places.release()


def _given(value: ODVInput[float], default: float | None) -> float | None:
    return default if isinstance(value, DefaultValue) else value


def _result(status: int) -> str:
    """As /metrics names it."""
    return "sent" if status == 200 else "5xx" if status >= 500 else str(status)


def _safe(error: Exception) -> str:
    return re.sub(r"/bot[^/\s]+", "/bot…", f"{type(error).__name__}: {error}").removesuffix(": ")


def _body(request_data: RequestData | None, write_timeout: float | None) -> "_Within | None":
    """The parameters as JSON, or as a form if there are files. Sent anew by a repeated call."""
    if request_data is None or not (request_data.parameters or request_data.contains_files):
        return None
    if not request_data.contains_files:
        # a lone surrogate passes, for Telegram to refuse it in plain words
        text = json.dumps(request_data.parameters, ensure_ascii=False).encode(
            "utf-8", "surrogatepass"
        )
        return _Within(aiohttp.BytesPayload(text, content_type=JSON), write_timeout)
    return _Within(
        _form(request_data.json_parameters, request_data.multipart_data)(), write_timeout
    )


def _form(values: Mapping[str, str], files: Mapping[str, tuple[str, Any, str]]) -> aiohttp.FormData:
    # Telegram reads a file name as plain UTF-8 and would show %D8%B4, so nothing is quoted
    form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    for name, value in values.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in files.items():
        form.add_field(name, content, filename=_one_line(filename), content_type=mime)
    return form


def _method(url: str) -> str:
    return url.rpartition("/")[2]


def _one_line(name: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", " ", name)


class _Json(aiohttp.BytesPayload):
    """JSON that tells when it was written: it is in the system's hands then."""

    def __init__(self, body: bytes, written: Callable[[], None] | None = None) -> None:
        super().__init__(body, content_type=JSON)
        self._written = written

    async def write_with_length(
        self, writer: AbstractStreamWriter, content_length: int | None
    ) -> None:
        await super().write_with_length(writer, content_length)
        if self._written:
            self._written()


class _Within(aiohttp.Payload):
    """A body that has to be written within so many seconds, which is the one timeout aiohttp does
    not have."""

    def __init__(self, body: aiohttp.Payload, seconds: float | None) -> None:
        super().__init__(None, headers=body.headers)
        self._body, self._seconds = body, seconds

    @property
    def size(self) -> int | None:
        return self._body.size

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        return self._body.decode(encoding, errors)

    async def write(self, writer: AbstractStreamWriter) -> None:
        await self.write_with_length(writer, None)

    async def write_with_length(
        self, writer: AbstractStreamWriter, content_length: int | None
    ) -> None:
        async with asyncio.timeout(self._seconds):
            await self._body.write_with_length(writer, content_length)

    async def close(self) -> Any:
        await self._body.close()
