"""Updates on their way to the bot: by long polling, or posted to its webhook."""

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from telegram.constants import (
    PollingLimit,
    WebhookLimit,
)

from tests.fakes.telegram.args import Args
from tests.fakes.telegram.chat import Chat
from tests.fakes.telegram.refusal import JSON, WORDS, Refusal, bad_request

UNASKED_UPDATES = ("chat_member", "message_reaction", "message_reaction_count")
"""Kinds of update that come only when `allowed_updates` names them (Bot API, getUpdates)."""

Update = tuple[JSON, Chat]


class Updates:
    """A test may set `backoff`: seconds before the webhook is tried again, doubled each time up to
    20 times as much; and `webhook_timeout`: seconds the webhook may take."""

    def __init__(
        self, first_id: int, chats: dict[int, Chat], call: Callable[[str, Args], Awaitable[None]]
    ) -> None:
        """`call` does the one call that a webhook's answer may carry."""
        self.backoff, self.webhook_timeout = 0.05, 60.0
        self.webhook: JSON = {"url": ""}
        self.delivered: list[tuple[int, int]] = []
        """(update id, HTTP status or 0) of every try at the webhook."""
        self.handled: list[int] = []
        """Update ids in the order they were acknowledged."""
        self.history: list[Update] = []
        self.waiting: dict[int, Update] = {}
        """Not acknowledged, by id, in order."""
        self._chats, self._call_in_webhook = chats, call
        self._last_id = first_id
        self._spelled: dict[int, bytes] = {}
        self._allowed: list[str] = []
        self._lanes: dict[tuple[str, int], deque[Update]] = {}  # for the webhook
        self._workers: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._poll: asyncio.Event | None = None  # the long poll that waits: set to wake it
        self._terminated: set[asyncio.Event] = set()
        self._closing = False
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(40)

    @property
    def methods(self) -> dict[str, Callable[[Args], Awaitable[Any]]]:
        return {
            "getUpdates": self.get_updates,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": self.get_webhook_info,
        }

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def stop(self) -> None:
        self._closing = True
        if self._poll:
            self._poll.set()
        for worker in self._workers.values():
            worker.cancel()
        await asyncio.gather(*self._workers.values(), return_exceptions=True)
        if self._session:
            await self._session.close()

    def repeat(self, times: int = 1, update_id: int | None = None) -> None:
        """Posts an update (the last one) to the webhook again with its old id, as Telegram does
        when it is unsure."""
        if not self.webhook["url"]:
            raise AssertionError("only a webhook gets an acknowledged update again")
        update, chat = next(
            pair for pair in reversed(self.history) if update_id in (None, pair[0]["update_id"])
        )
        for _ in range(times):
            self.enqueue(update, chat)

    def spelled(self, chat: Chat, rest: bytes) -> int:
        """Puts an update on its way whose bytes are these behind its id, JSON or not (getUpdates
        only). Returns the id."""
        self._last_id += 1
        id = self._last_id
        self._spelled[id] = b'{"update_id":%d,%s' % (id, rest)
        self.enqueue({"update_id": id}, chat)
        return id

    def push(self, kind: str, body: JSON, chat: Chat) -> None:
        allowed = kind in self._allowed if self._allowed else kind not in UNASKED_UPDATES
        chat.stirs()
        if not allowed:
            return
        self._last_id += 1
        self.history.append(({"update_id": self._last_id, kind: body}, chat))
        self.enqueue(*self.history[-1])

    def enqueue(self, update: JSON, chat: Chat) -> None:
        self.waiting[update["update_id"]] = (update, chat)
        chat.unhandled += 1
        if self.webhook["url"]:
            self._to_webhook(update, chat)
        elif self._poll:
            self._poll.set()

    def _to_webhook(self, update: JSON, chat: Chat) -> None:
        kind = next(key for key in update if key != "update_id").removeprefix("edited_")
        lane = (kind, update[kind]["from"]["id"] if kind == "callback_query" else chat.id)
        self._lanes.setdefault(lane, deque()).append((update, chat))
        if lane not in self._workers or self._workers[lane].done():
            self._workers[lane] = asyncio.create_task(self._deliver(self._lanes[lane]))

    async def _deliver(self, lane: deque[tuple[JSON, Chat]]) -> None:
        """Posts the updates of a lane one after another, each until it is answered with a 2xx."""
        delay = self.backoff
        while lane:
            first = update, chat = lane[0]
            if not await self._post(update):
                await asyncio.sleep(delay)
                delay = min(delay * 2, self.backoff * 20)
                continue
            delay = self.backoff
            if lane and lane[0] is first:  # not dropped meanwhile
                lane.popleft()
                self._acknowledged(update["update_id"], chat)

    async def _post(self, update: JSON) -> bool:
        assert self._session
        headers = (
            {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret"]}
            if self.webhook.get("secret")
            else {}
        )
        timeout = aiohttp.ClientTimeout(total=self.webhook_timeout)
        status, body = 0, b""
        try:
            async with (
                self._slots,
                self._session.post(
                    self.webhook["url"], json=update, headers=headers, timeout=timeout
                ) as response,
            ):
                status, kind, body = response.status, response.content_type, await response.read()
                error = f"Wrong response from the webhook: {status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            refused = isinstance(problem, aiohttp.ClientConnectorError)
            error = "Connection refused" if refused else "Read timeout expired"
        self.delivered.append((update["update_id"], status))
        if not 200 <= status <= 299:
            self.webhook |= {"last_error_date": int(time.time()), "last_error_message": error}
            return False
        if body and kind == "application/json":
            await self._call_in_answer(body)
        return True

    async def _call_in_answer(self, body: bytes) -> None:
        """Does the one call that a webhook's answer may carry; its result and its error are
        nobody's."""
        try:
            values = json.loads(body)
        except ValueError:
            return
        method = str(values.pop("method", "")) if isinstance(values, dict) else ""
        if (
            method
            and not method.lower().startswith("get")
            and method.lower() not in ("setwebhook", "deletewebhook")
        ):
            with suppress(Refusal):
                await self._call_in_webhook(method, Args(values))

    def bytes_of(self, result: Sequence[JSON]) -> bytes | None:
        """The answer of getUpdates as bytes, where an update in it was spelled by a test."""
        if not any(update["update_id"] in self._spelled for update in result):
            return None
        spelled = (
            self._spelled.get(update["update_id"]) or json.dumps(update).encode()
            for update in result
        )
        return b'{"ok":true,"result":[%s]}' % b",".join(spelled)

    # -- the bot's calls

    async def get_updates(self, args: Args) -> list[JSON]:
        if self.webhook["url"]:
            text = (
                "can't use getUpdates method while webhook is active; use deleteWebhook to "
                "delete the webhook first"
            )
            raise Refusal(409, f"Conflict: {text}")
        offset, timeout = args.integer("offset"), min(max(args.integer("timeout"), 0), 50)
        limit = min(
            max(args.integer("limit", PollingLimit.MAX_LIMIT), PollingLimit.MIN_LIMIT),
            PollingLimit.MAX_LIMIT,
        )
        self._allow(args)
        if self._poll:  # only one may wait: the newer call ends the older one
            self._terminated.add(self._poll)
            self._poll.set()
            self._poll = None
        if offset < 0:
            offset = ([0, *self.waiting][offset:] or [0])[0]
        for id in [id for id in self.waiting if id < offset]:
            self._acknowledged(id, self.waiting[id][1])
        if not self.waiting and timeout and not self._closing:
            await self._long_poll(timeout)
        return [update for update, _ in list(self.waiting.values())[:limit]]

    async def _long_poll(self, timeout: int) -> None:
        event = self._poll = asyncio.Event()
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), timeout)
        if self._poll is event:
            self._poll = None
        if event in self._terminated:
            self._terminated.discard(event)
            by = (
                "setWebhook request"
                if self.webhook["url"]
                else WORDS[409].removeprefix("Conflict: terminated by ")
            )
            raise Refusal(409, f"Conflict: terminated by {by}")

    def _acknowledged(self, update_id: int, chat: Chat) -> None:
        self.waiting.pop(update_id, None)
        self.handled.append(update_id)
        chat.unhandled -= 1
        chat.stirs()

    def _drop_pending(self) -> None:
        self.waiting.clear()
        self._stop_posting()

    def _stop_posting(self) -> None:
        """Updates that are not acknowledged stay, for getUpdates or the next webhook."""
        for lane in self._lanes.values():
            lane.clear()
        for chat in self._chats.values():
            chat.unhandled = sum(of is chat for _, of in self.waiting.values())

    def _allow(self, args: Args) -> None:
        allowed = args.parsed("allowed_updates", "allowed updates")
        if isinstance(allowed, list):
            self._allowed = [str(kind) for kind in allowed]

    async def set_webhook(self, args: Args) -> bool:
        url, secret = args.text("url"), args.text("secret_token")
        if not url:
            return await self.delete_webhook(args)
        if urlsplit(url).scheme not in ("http", "https"):
            raise bad_request("invalid webhook URL specified")
        if len(secret) > WebhookLimit.MAX_SECRET_TOKEN_LENGTH:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        self._allow(args)
        if args.flag("drop_pending_updates"):
            self._drop_pending()
        self._stop_posting()
        most = args.integer("max_connections", 40)
        self.webhook = {"url": url, "secret": secret, "max_connections": most}
        self._slots = asyncio.Semaphore(most)
        if self._poll:
            self._terminated.add(self._poll)
            self._poll.set()
        for update, chat in self.waiting.values():
            self._to_webhook(update, chat)
        return True

    async def delete_webhook(self, args: Args) -> bool:
        self.webhook = {"url": ""}
        self._stop_posting()
        if args.flag("drop_pending_updates"):
            self._drop_pending()
        return True

    async def get_webhook_info(self, args: Args) -> JSON:
        info = {key: value for key, value in self.webhook.items() if key != "secret"}
        return info | {"has_custom_certificate": False, "pending_update_count": len(self.waiting)}
