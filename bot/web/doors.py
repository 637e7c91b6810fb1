"""Connections: how long one may be silent, and how many there may be, so that no stranger locks the
learners out.

A connection waits from its beginning, and after each answer, until a whole request has come: for
`SILENT_SECONDS` at most, and then for the body as long again. Where there are too many, the one
that has waited longest gives way to the new one, and first one that never asked anything: a
learner comes in at once, a stranger who holds hundreds loses the oldest. What is being answered is
never closed. Files for the database and the messengers are kept back. No proxy is needed for it.
"""

import asyncio
import contextlib
import errno
import hashlib
import logging
import resource
import secrets
import socket
import time
from collections.abc import Callable
from typing import Any, cast

from aiohttp import web
from aiohttp.typedefs import Handler

from bot import metrics
from bot.web.visitor import Proxies, network_of

log = logging.getLogger(__name__)

SILENT_SECONDS = 15
"""For a whole head, for a whole body, and between two requests."""
LINGERING_SECONDS = 5
"""How long the rest of a body is still taken that nobody wants, so that the answer is read."""
MOST_FROM_ONE = 400
"""Connections of one address: far above a school behind it. A proxy of ours is everybody and has no
bound of its own.
"""
MOST = 8000
RESERVE = 256
"""Files for the database, the messengers and everything else."""
BACKLOG = 128
"""Connections that are taken at once: fewer than `RESERVE`, as each is a file before it can be
refused.
"""
TOLD_EVERY = 60
"""Seconds between two lines in the log."""
_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\n"
    b"Retry-After: 10\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)
Refusal = Callable[[web.BaseRequest, int], web.Response]
REFUSAL = web.AppKey[Refusal]("refusal")
"""The application's page for what was no HTTP."""


class Nameless(web.Response):
    """An answer outside of the application's hooks, without the name of the program that gives
    it."""

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        self.headers.popall("Server", None)


def raise_file_limit() -> int:
    """Takes as many open files as the system grants this process (RLIMIT_NOFILE), and returns how
    many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = hard if hard != resource.RLIM_INFINITY else max(soft, MOST + RESERVE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def room(files: int) -> int:
    """How many connections there may be where so many files can be open."""
    return min(MOST, max(files - RESERVE, files // 2))


class Doors:
    """The connections of a process."""

    def __init__(self, most: int, proxies: Proxies, from_one: int = MOST_FROM_ONE) -> None:
        self._most = most
        self._from_one = from_one
        self._proxies = proxies
        self._key = secrets.token_bytes(32)
        self._all: set[Door] = set()
        self._new: dict[Door, None] = {}
        """Those that never sent a whole request, the oldest first: the first to go."""
        self._idle: dict[Door, None] = {}
        """Those that were answered and may ask again, the longest silent first."""
        self._of: dict[bytes, dict[Door, None]] = {}
        """By address, as a hash whose key ends with this process."""
        self._told_at = float("-inf")
        self._untold = 0

    @property
    def open(self) -> int:
        """How many connections there are."""
        return len(self._all)

    @property
    def addresses(self) -> int:
        """From how many addresses they come."""
        return len(self._of)

    def enter(self, door: "Door") -> bool:
        """Lets a connection in, perhaps in place of another; False where there is none that could
        go."""
        own = self._of.get(door.origin, {})
        if len(own) >= self._from_one:
            oldest = next((d for d in own if d in self._new), None) or next(
                (d for d in own if d in self._idle), None
            )
            if not self._close(oldest, "address"):
                return False
        if len(self._all) >= self._most:
            oldest = next(iter(self._new), None) or next(iter(self._idle), None)
            if not self._close(oldest, "total"):
                return False
        self._all.add(door)
        self._new[door] = None
        if door.origin:
            self._of.setdefault(door.origin, {})[door] = None
        return True

    def leave(self, door: "Door") -> None:
        self._all.discard(door)
        self._new.pop(door, None)
        self._idle.pop(door, None)
        if own := self._of.get(door.origin):
            own.pop(door, None)
            if not own:
                del self._of[door.origin]

    def answering(self, door: "Door") -> None:
        """A whole request is there: until it was `answered` nobody closes this one."""
        self._new.pop(door, None)
        self._idle.pop(door, None)

    def answered(self, door: "Door") -> None:
        """It may ask again."""
        if door in self._all:
            self._idle[door] = None

    def origin(self, transport: asyncio.BaseTransport) -> bytes:
        peer = transport.get_extra_info("peername")
        address = str(peer[0]) if isinstance(peer, tuple) else ""
        if not address or self._proxies.include(address):
            return b""
        return hashlib.blake2b(network_of(address).encode(), key=self._key, digest_size=16).digest()

    def _close(self, door: "Door | None", why: str) -> bool:
        self.refused(why)
        if door is None:
            return False
        self.leave(door)
        door.force_close()
        return True

    def refused(self, why: str) -> None:
        """One line a minute at most, however many it are: no stranger writes our log."""
        metrics.WEB_CONNECTIONS_REFUSED.labels(why).inc()
        self._untold += 1
        if time.monotonic() - self._told_at >= TOLD_EVERY:
            log.warning(
                "%d connections were refused or closed: there are too many (%s)", self._untold, why
            )
            self._told_at, self._untold = time.monotonic(), 0

    def accept_failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """The loop's handler of faults: it would tell each time, with a traceback, that no more
        files can be opened."""
        error = context.get("exception")
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
            self.refused("files")
        else:
            loop.default_exception_handler(context)


class Door(web.RequestHandler):
    """One connection."""

    def __init__(self, doors: Doors, refusal: Refusal, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.doors = doors
        self._refusal = refusal
        self.origin = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.origin = self.doors.origin(transport)
        admitted = self.doors.enter(self)
        super().connection_made(transport)
        if (raw := transport.get_extra_info("socket")) and hasattr(socket, "TCP_USER_TIMEOUT"):
            with contextlib.suppress(OSError):  # whoever does not read the answer is not waited for
                milliseconds = int(2 * SILENT_SECONDS * 1000)
                raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
        if not admitted:
            cast(asyncio.Transport, transport).write(_BUSY)
            self.force_close()

    def connection_lost(self, exc: BaseException | None) -> None:
        self.doors.leave(self)
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """What was no HTTP gets the page that everybody gets, and nothing of it back."""
        log_it = self.logger.info if status < 500 else self.logger.error
        log_it("a request could not be read: %s", type(exc).__name__ if exc else status)
        response = self._refusal(request, status)
        response.force_close()
        return response


class Runner(web.AppRunner):
    """Serves an application through `Doors`."""

    def __init__(self, app: web.Application, doors: Doors, **more: Any) -> None:
        super().__init__(
            app,
            keepalive_timeout=SILENT_SECONDS,
            lingering_time=LINGERING_SECONDS,
            auto_decompress=False,  # nobody sends us anything packed
            **more,
        )
        self._doors = doors
        self._refusal = app.get(REFUSAL, lambda _request, status: Nameless(status=status))

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Server(self._doors, self._refusal, made, self._kwargs)

    async def listen(self, host: str, port: int) -> None:
        """Raises `OSError`."""
        asyncio.get_running_loop().set_exception_handler(self._doors.accept_failed)
        await web.TCPSite(self, host, port, backlog=BACKLOG).start()


class _Server(web.Server):
    def __init__(
        self, doors: Doors, refusal: Refusal, made: web.Server, settings: dict[str, Any]
    ) -> None:
        cancels = made.handler_cancellation
        super().__init__(
            made.request_handler, request_factory=made.request_factory, handler_cancellation=cancels
        )
        self._doors = doors
        self._refusal = refusal
        self._settings = {
            name: value for name, value in settings.items() if name != "handler_cancellation"
        }

    def __call__(self) -> web.RequestHandler:
        return Door(
            self._doors, self._refusal, self, loop=asyncio.get_running_loop(), **self._settings
        )


@web.middleware
async def while_answering(request: web.Request, handler: Handler) -> web.StreamResponse:
    door = request.protocol
    if not isinstance(door, Door):  # another server than ours
        return await handler(request)
    door.doors.answering(door)
    try:
        return await handler(request)
    finally:
        door.doors.answered(door)
