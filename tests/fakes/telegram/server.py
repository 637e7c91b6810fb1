"""The server: what a test arranges and asks, and every call of the bot."""

import asyncio
import math
import random
import re
import time
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from telegram.constants import (
    FileSizeLimit,
)

from tests.fakes.telegram.args import Args, answer_of, read_args
from tests.fakes.telegram.chat import NOT_MET, PATIENCE, Chat, Query
from tests.fakes.telegram.people import User
from tests.fakes.telegram.profile import Profile
from tests.fakes.telegram.refusal import JSON, Refusal
from tests.fakes.telegram.sending import Sending
from tests.fakes.telegram.updates import Updates
from tests.fakes.telegram.weather import Call, Dropped, Odd, Weather


class FakeTelegram(Weather, Sending):
    """Attributes that a test may set at any time:

    calm: seconds without a call after which a chat counts as quiet · privacy: in groups the bot
    gets only commands, mentions and replies · enforce_pace: answer 429 when `pace` is exceeded
    (`violations` counts it either way) · those of `Sending` and of `updates`.
    """

    TOKEN = "4200:AAFake-token_for_tests_0123456789abcdef"

    def __init__(self, token: str = TOKEN, *, enforce_pace: bool = False, seed: int = 0) -> None:
        Weather.__init__(self, enforce_pace=enforce_pace)
        Sending.__init__(self)
        self.token = token
        self.me: JSON = {"id": int(token.split(":")[0]), "is_bot": True, "first_name": "Pasito"}
        self.me["username"] = "pasito_bot"
        self.calm, self.privacy = 0.03, True
        self.users: dict[int, User] = {}
        self.calls: list[Call] = []
        self.port = 0
        self._random = random.Random(seed)
        self._runner: web.AppRunner | None = None
        self.profile = Profile(self.me)
        self.updates = Updates(self._random.randrange(10**8), self.chats, self._call_in_webhook)
        methods = {**self.updates.methods, **self.sending_methods, **self.profile.methods}
        self._methods = {name.lower(): (name, method) for name, method in methods.items()}

    # -- lifetime

    @property
    def api_url(self) -> str:
        """What PASITO_TELEGRAM_API_URL would be; python-telegram-bot's `base_url` is this and
        "/bot"."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self, port: int = 0) -> Self:
        app = web.Application(client_max_size=FileSizeLimit.FILESIZE_UPLOAD + 1_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{kind}/{name}", self._serve_file)
        app.router.add_route("*", "/{rest:.*}", self._not_found)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        await self.updates.start()
        return self

    async def stop(self) -> None:
        await self.updates.stop()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    # -- people and chats

    def user(
        self, id: int, language: str | None = "en", name: str = "", *, met: bool = True
    ) -> User:
        """A person, the same one for the same id. With `met=False` the bot may not write before
        they do."""
        if id not in self.users:
            user = self.users[id] = User(self, id, language, name or f"Name{id}")
            self.chats[id] = user.chat
            user.chat.refusal = "" if met else NOT_MET
        return self.users[id]

    def group(self, id: int, title: str = "Group", kind: str = "supergroup") -> Chat:
        """A group (negative id) that the bot is in."""
        if id >= 0:
            raise ValueError("a group has a negative id")
        return self.chats.setdefault(id, Chat(self, id, kind, title))

    # -- what a test asks and arranges

    def calls_of(self, *methods: str) -> list[Call]:
        return [call for call in self.calls if call.method in methods]

    def worked(self, method: str, since: int) -> bool:
        """Whether a call of this method was done, of those after the first so many."""
        return any(call.worked and call.method == method for call in self.calls[since:])

    def busiest(self, seconds: float = 1.0, chat_id: int | None = None) -> int:
        """The most messages that were accepted in any stretch of so many seconds (of one chat, or
        in all)."""
        times = sorted(
            c.at for c in self.calls if c.paced and c.worked and chat_id in (None, c.chat_id)
        )
        most = first = 0
        for last, at in enumerate(times):
            while times[first] <= at - seconds:
                first += 1
            most = max(most, last - first + 1)
        return most

    def expire_queries(self) -> None:
        """All taps so far grow too old to be answered."""
        for query in self.queries.values():
            query.at = -math.inf

    async def quiet(self, within: float = PATIENCE) -> None:
        """Waits until every chat is quiet. Raises AssertionError after so many seconds."""
        deadline = asyncio.get_running_loop().time() + within
        while not all(chat.quiet for chat in self.chats.values()):
            if asyncio.get_running_loop().time() > deadline:
                busy = {chat.id: chat.unhandled for chat in self.chats.values() if not chat.quiet}
                raise AssertionError(
                    f"not quiet after {within} s; updates not handled by chat: {busy}"
                )
            await asyncio.sleep(0.003)

    def repeat(self, times: int = 1, update_id: int | None = None) -> None:
        """See `Updates.repeat`."""
        self.updates.repeat(times, update_id)

    def raw(self, update: JSON, chat: Chat) -> None:
        """Puts any update on its way (poll, channel_post, …); `update_id` is added."""
        kind = next(iter(update))
        self.push(kind, update[kind], chat)

    def spelled(self, chat: Chat, rest: bytes) -> int:
        """See `Updates.spelled`."""
        return self.updates.spelled(chat, rest)

    @property
    def webhook(self) -> JSON:
        return self.updates.webhook

    @property
    def delivered(self) -> list[tuple[int, int]]:
        return self.updates.delivered

    @property
    def handled(self) -> list[int]:
        return self.updates.handled

    # -- what people set going

    def push(self, kind: str, body: JSON, chat: Chat) -> None:
        self.updates.push(kind, body, chat)

    def new_query(self, user: User, chat: Chat) -> Query:
        id = str(self._random.randrange(10**17, 10**18))
        query = self.queries[id] = Query(id, user, chat, time.monotonic())
        return query

    # -- a call comes in

    async def _not_found(self, request: web.Request) -> web.Response:
        return answer_of(Refusal(404, "Not Found"))

    async def _serve_file(self, request: web.Request) -> web.Response:
        file = self.files.get(request.match_info["name"].partition("_")[0])
        if request.match_info["token"] != self.token or file is None:
            return answer_of(Refusal(404, "Not Found"))
        return web.Response(body=file.content)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        if not re.fullmatch(r"\d+:[\w-]+", token):
            return answer_of(Refusal(404, "Not Found"))
        if token != self.token:
            return answer_of(Refusal(401, "Unauthorized"))
        try:
            args = await read_args(request)
            result = await self._call(method, args)
        except Refusal as refusal:
            return answer_of(refusal)
        except Dropped:
            if request.transport:
                request.transport.close()
            return web.Response()
        except Odd as odd:
            return web.Response(status=odd.status, body=odd.body, content_type="text/html")
        if method == "getUpdates" and (spelled := self.updates.bytes_of(result)):
            return web.Response(body=spelled, content_type="application/json")
        return web.json_response({"ok": True, "result": result})

    async def _call(self, method: str, args: Args, *, in_webhook: bool = False) -> Any:
        if method.lower() not in self._methods:
            self.calls.append(Call(method, args.values, time.monotonic(), error=404))
            raise Refusal(404, "Not Found: method not found")
        name, work = self._methods[method.lower()]
        call = Call(
            name, args.values, time.monotonic(), args.integer("chat_id"), in_webhook=in_webhook
        )
        query = self.queries.get(args.text("callback_query_id"))
        chat = query.chat if query else self.chats.get(call.chat_id)
        self.calls.append(call)
        if chat:
            chat.busy += 1
            chat.stirs()
        try:
            return await self.through(call, work, args, chat)
        except Refusal as refusal:
            call.error, call.description = refusal.code, refusal.description
            raise
        except Dropped:
            call.dropped = True
            raise
        finally:
            call.done = time.monotonic()
            if chat:
                chat.busy -= 1
                chat.stirs()

    async def _call_in_webhook(self, method: str, args: Args) -> None:
        await self._call(method, args, in_webhook=True)
