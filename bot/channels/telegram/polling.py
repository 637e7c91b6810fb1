"""Long polling that loses nothing: the next batch is asked for, and the last one thereby acknowledged, only after every update of
it is durable. (`telegram.ext.Updater` acknowledges first; what it held in memory dies with the process.)"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.parse import ALLOWED_UPDATES
from bot.supervisor import Supervised, supervise

log = logging.getLogger(__name__)

HOLD = 25
"""Seconds that Telegram holds an empty answer open."""


class Polling:
    """The loop that fetches updates. `receive` returns when an update is durable and raises when it is not."""

    def __init__(self, bot: Bot, receive: Callable[[dict[str, Any]], Awaitable[object]]) -> None:
        self._bot = bot
        self._receive = receive
        self._task: Supervised | None = None

    async def start(self) -> None:
        self._task = supervise("telegram polling", self._run)

    async def stop(self) -> None:
        """What was fetched and is not durable yet stays with Telegram."""
        if self._task:
            await self._task.stop()
            self._task = None

    async def _run(self) -> None:
        offset, pause = 0, 1.0
        while True:
            if self._task:
                self._task.beat()
            try:
                updates = await self._fetch(offset)
                offset = await self._work_through(updates, offset)
                pause = 1.0
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
            except InvalidToken:
                log.error("Telegram does not know this token any more: check PASITO_TELEGRAM_TOKEN")
                await asyncio.sleep(60)
            except Conflict:
                log.error("another process polls with this token: only one may, or use PASITO_TELEGRAM_MODE=webhook")
                await asyncio.sleep(10)
            except (TelegramError, OSError) as error:
                log.warning("Telegram cannot be reached (%s), trying again in %d s", type(error).__name__, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 60)

    async def _fetch(self, offset: int) -> list[dict[str, Any]]:
        updates = await self._bot.get_updates(offset, timeout=HOLD, allowed_updates=ALLOWED_UPDATES, read_timeout=10)
        return [update.to_dict() for update in updates]

    async def _work_through(self, updates: list[dict[str, Any]], offset: int) -> int:
        """Hands all of them in at once, so that they share transactions; each chat's stay in order.

        The offset moves up to the first one that did not become durable: Telegram sends that one, and those behind it, again.
        """
        results = await asyncio.gather(*(self._receive(update) for update in updates), return_exceptions=True)
        for update, result in zip(updates, results, strict=True):
            if isinstance(result, asyncio.CancelledError):
                raise result
            if isinstance(result, Exception) and not isinstance(result, KeyError | TypeError | ValueError):
                log.error("update %s was not saved and comes again: %s", update["update_id"], type(result).__name__)
                await asyncio.sleep(1)
                return offset
            if isinstance(result, Exception):  # an update of a shape we do not know: never for ever again
                log.error("update %s cannot be understood: %s", update["update_id"], type(result).__name__)
            offset = int(update["update_id"]) + 1
        return offset


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()
