"""Long polling that loses nothing and that nothing from outside ends: the next batch is asked for,
and the last one thereby acknowledged, only after every update of it is durable.
(`telegram.ext.Updater` acknowledges first; what it held in memory dies with the process.)

A getUpdates that cannot be read is a trouble of that one call: told once by its kind, then tried
again. An update that cannot be understood is stepped over. A fault of ours never moves the offset.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from telegram.error import Conflict, InvalidToken, RetryAfter

from bot.channels.telegram import metrics
from bot.channels.telegram.answers import Fetched
from bot.channels.telegram.parse import NotUnderstood
from bot.runtime.supervisor import SILENT_SECONDS, Supervised, supervise

log = logging.getLogger(__name__)

HOLD = 5
"""Seconds that Telegram holds an empty answer open. Short: a connection that went silent is noticed
soon behind it, and until then nobody's updates come in.
"""
PAUSE, LONGEST_PAUSE = 1.0, 8.0
"""Seconds before the next try: at first, and after several. Whoever waits for us waits no longer
than this after a bad spell.
"""
TROUBLED_SECONDS, SILENT_FOR = 5.0, HOLD + 20.0
"""So long every getUpdates may fail, and so long none may come back, before we are not ready."""
_KNOWN = {
    InvalidToken: "Telegram does not know this token any more: check PASITO_TELEGRAM_TOKEN",
    Conflict: "another process polls with this token: only one may, or use "
    "PASITO_TELEGRAM_MODE=webhook",
}


class NotFetched(Exception):
    """What people write does not come in; the text is why, in a word."""


class Updates(Protocol):
    async def fetch_updates(self, offset: int, hold: float) -> list[Fetched]:
        """The updates from `offset` on, which acknowledges all before it."""


class Polling:
    """The loop that fetches updates. `receive` returns when an update is durable and raises when it
    is not."""

    def __init__(
        self, bot: Updates, receive: Callable[[dict[str, Any]], Awaitable[object]]
    ) -> None:
        self._bot = bot
        self._receive = receive
        self._task: Supervised | None = None
        self._trouble = ""
        self.last_through: float | None = None
        """When a getUpdates last went through, or polling began, by `time.monotonic`."""
        self._in_trouble_since: float | None = None

    def check(self) -> None:
        """Raises `NotFetched` when what people write does not come in: for seconds each getUpdates
        was refused, or none came back."""
        now = time.monotonic()
        if self._task is None or self.last_through is None:
            return
        if self._in_trouble_since is not None and now - self._in_trouble_since > TROUBLED_SECONDS:
            raise NotFetched(self._trouble)
        if now - self.last_through > SILENT_FOR:
            raise NotFetched("silence")

    async def start(self) -> None:
        self.last_through = time.monotonic()
        self._task = supervise("telegram polling", self._run)

    async def stop(self) -> None:
        """What was fetched and is not durable yet stays with Telegram."""
        if self._task:
            await self._task.stop()
            self._task = None

    async def _run(self) -> None:
        offset, pause = 0, PAUSE
        while True:
            self._beat()
            begun = time.monotonic()
            try:
                updates = await self._bot.fetch_updates(offset, HOLD)
            except Exception as error:  # whatever it is, it is of this one call
                self._tell(error)
                took = time.monotonic() - begun
                if isinstance(error, RetryAfter):
                    wait = _seconds(error)
                else:
                    wait = max(PAUSE, pause - took)
                self._beat(wait + SILENT_SECONDS)
                await asyncio.sleep(wait)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            if self._trouble:
                log.info("getUpdates goes through again")
            self._trouble, pause, self.last_through = "", PAUSE, time.monotonic()
            self._in_trouble_since = None
            offset = await self._work_through(updates, offset)

    def _beat(self, within: float = SILENT_SECONDS) -> None:
        if self._task:
            self._task.beat(within)

    def _tell(self, error: Exception) -> None:
        """The same trouble once, however often."""
        kind = type(error).__name__
        if kind != self._trouble:
            log.warning(
                "getUpdates did not go through (%s), trying again", _KNOWN.get(type(error), kind)
            )
        self._trouble = kind
        if self._in_trouble_since is None:
            self._in_trouble_since = time.monotonic()

    async def _work_through(self, updates: Sequence[Fetched], offset: int) -> int:
        """Hands all of them in at once, so that they share transactions; each chat's stay in order.

        The offset moves up to the first one that did not become durable: Telegram sends that one,
        and those behind it, again.
        """
        results = await asyncio.gather(
            *(self._hand_in(update) for update in updates), return_exceptions=True
        )
        for update, result in zip(updates, results, strict=True):
            if isinstance(result, NotUnderstood):
                step_over(update.id, result)
            elif isinstance(result, Exception):
                log.error(
                    "update %s was not saved and comes again: %s", update.id, type(result).__name__
                )
                await asyncio.sleep(PAUSE)
                return offset
            elif isinstance(result, BaseException):  # we are being stopped
                raise result
            if update.id is not None:
                offset = max(offset, update.id + 1)
        return offset

    async def _hand_in(self, update: Fetched) -> None:
        if update.raw is None or update.id is None:
            raise NotUnderstood("no object with an id, or too deep")
        await self._receive(update.raw)


def step_over(id: int | None, why: NotUnderstood) -> None:
    """Tells of an update that nobody will ever answer, without what stood in it."""
    metrics.TELEGRAM_STEPPED_OVER.inc()
    log.warning("update %s was stepped over: %s", "without an id" if id is None else id, why)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()
