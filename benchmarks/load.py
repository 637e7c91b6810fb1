"""A fake Bot API and people who tap, in a process of its own: `python -m benchmarks.load HOOK_PORT
API_PORT CHATS SECONDS [PAUSE [any]]`.

Each chat is a closed loop: it posts a tap to the webhook and waits until the bot has answered the
tap and changed or sent a message; then, after PAUSE seconds, it taps the first button of that
message; with `any` as sixth word any of its buttons. Prints one line of JSON: taps a second,
percentiles of the time of a tap in milliseconds, calls by method, and which taps changed nothing to
be seen within 5 seconds: by the code of their button, and whether their spinner was stopped.
Protocols are written by hand, so that this side is never what is measured.
"""

import asyncio
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import unquote_plus

import uvloop

LENGTH = re.compile(rb"(?i)content-length:\s*(\d+)")
CHUNKED = re.compile(rb"(?i)transfer-encoding:\s*chunked")
CHAT = re.compile(r"chat_id\W+(?:[\s\S]{0,80}?\W)??(\d+)")
QUERY = re.compile(r"callback_query_id\W+(?:[\s\S]{0,80}?\W)??q(\d+)-")
DATA = re.compile(r"callback_data\W+([^\"\\]+)")
SECRET = "benchmark"
WARM = 2.0


class State:
    def __init__(self) -> None:
        self.shown: dict[int, asyncio.Future[list[str]]] = {}
        self.tapped: dict[int, asyncio.Future[None]] = {}
        self.message: dict[int, int] = {}
        self.calls: Counter[str] = Counter()
        self.next_message = 1


state = State()


def reply(body: str) -> bytes:
    raw = body.encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
        len(raw),
        raw,
    )


ME = '{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"b","username":"bench_bot",'
ME += '"can_join_groups":true,"can_read_all_group_messages":false,"supports_inline_queries":false}}'
TRUE = reply('{"ok":true,"result":true}')


class Http(asyncio.Protocol):
    """Cuts a stream into messages with a head and a body."""

    def __init__(self) -> None:
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (cut := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:cut]
            if CHUNKED.search(head):
                end = self.buffer.find(b"0\r\n\r\n", cut + 4)
                if end < 0:
                    return
                end += 5
            else:
                length = LENGTH.search(head)
                end = cut + 4 + (int(length[1]) if length else 0)
                if len(self.buffer) < end:
                    return
            body, self.buffer = self.buffer[cut + 4 : end], self.buffer[end:]
            self.message(head, body)

    def message(self, head: bytes, body: bytes) -> None:
        raise NotImplementedError


class Api(Http):
    """Answers what a bot calls."""

    def message(self, head: bytes, body: bytes) -> None:
        method = head[: head.find(b" HTTP")].rsplit(b"/", 1)[1].decode()
        state.calls[method] += 1
        self.transport.write(answer(method, body))  # type: ignore[attr-defined]


def answer(method: str, body: bytes) -> bytes:
    if method == "getMe":
        return reply(ME)
    text = body.decode("utf-8", "replace")
    if "%22" in text:
        text = unquote_plus(text)
    if method == "answerCallbackQuery":
        found = QUERY.search(text)
        waiting = state.tapped.pop(int(found[1]), None) if found else None
        if waiting and not waiting.done():
            waiting.set_result(None)
        return TRUE
    if method in ("sendMessage", "editMessageText"):
        found = CHAT.search(text)
        chat = int(found[1]) if found else 0
        if method == "sendMessage":
            state.next_message += 1
            state.message[chat] = state.next_message
        buttons = DATA.findall(text)
        waiting = state.shown.pop(chat, None)
        if waiting and not waiting.done():
            waiting.set_result(buttons)
        id = state.message.setdefault(chat, 1)
        where = f'"chat":{{"id":{chat},"type":"private","first_name":"A"}}'
        message = f'"message_id":{id},"date":1790000000,{where},"text":"x"'
        return reply(f'{{"ok":true,"result":{{{message}}}}}')
    return TRUE


class Hook(Http):
    """One connection to the webhook."""

    answered: asyncio.Future[bytes]

    def message(self, head: bytes, body: bytes) -> None:
        if b"answerCallbackQuery" in body:  # a call in the webhook's answer
            state.calls["answerCallbackQuery"] += 1
            answer("answerCallbackQuery", body)
        if not self.answered.done():
            self.answered.set_result(head[9:12])

    def connection_lost(self, error: Exception | None) -> None:
        if not self.answered.done():
            self.answered.set_exception(error or ConnectionError())


update_id = 0


def tap(chat: int, data: str) -> bytes:
    global update_id
    update_id += 1
    person = {
        "id": chat,
        "is_bot": False,
        "first_name": "Ann",
        "last_name": "Lee",
        "username": "annlee",
        "language_code": "en",
    }
    here = {
        "id": chat,
        "first_name": "Ann",
        "last_name": "Lee",
        "username": "annlee",
        "type": "private",
    }
    if data.startswith("/"):
        entities = [{"type": "bot_command", "offset": 0, "length": 6}]
        what = {
            "message": {
                "message_id": 1,
                "from": person,
                "chat": here,
                "date": 1790000000,
                "text": data,
                "entities": entities,
            }
        }
    else:
        bot = {"id": 42, "is_bot": True, "first_name": "b", "username": "bench_bot"}
        message = {
            "message_id": state.message.get(chat, 1),
            "from": bot,
            "chat": here,
            "date": 1790000000,
            "text": "pick",
        }
        query = {
            "id": f"q{chat}-{update_id}",
            "from": person,
            "chat_instance": "77",
            "data": data,
            "message": message,
        }
        what = {"callback_query": query}
    body = json.dumps({"update_id": update_id, **what}, separators=(",", ":")).encode()
    head = (
        "POST /telegram/webhook HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    )
    return f"{head}X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n\r\n".encode() + body


times: list[float] = []
bad = 0
unseen: Counter[str] = Counter()
SEEN = 5.0
"""Seconds after which a tap counts as one that changed nothing to be seen."""


async def person(
    port: int, chat: int, begin: float, end: float, pause: float, dice: random.Random | None
) -> None:
    """Taps until the end. The first updates open the first card."""
    global bad
    loop = asyncio.get_running_loop()
    transport, hook = await loop.create_connection(Hook, "127.0.0.1", port)
    data = "/menu" if dice else "/start m-bench"
    while time.perf_counter() < end:
        shown = state.shown[chat] = loop.create_future()
        tapped = state.tapped[chat] = loop.create_future()
        if data.startswith("/"):
            tapped.set_result(None)
        hook.answered = loop.create_future()
        started = time.perf_counter()
        transport.write(tap(chat, data))
        try:
            if dice:
                await asyncio.wait((shown,), timeout=SEEN)
                if not shown.done():
                    stopped = "stopped" if tapped.done() else "spinning"
                    unseen[f"{data.partition(':')[0]} {stopped}"] += 1
                    shown.set_result([])
            status, buttons, _ = await asyncio.wait_for(
                asyncio.gather(hook.answered, shown, tapped), 20
            )
            data = (dice.choice(buttons) if dice else buttons[0]) if buttons else "/menu"
        except (TimeoutError, ConnectionError):
            bad += 1
            return
        bad += status != b"200"
        now = time.perf_counter()
        if started >= begin and now < end:
            times.append(now - started)
        if pause:
            await asyncio.sleep(pause)
    transport.close()


def percentile(of: list[float], q: float) -> float:
    """In milliseconds."""
    ordered = sorted(of)
    return round(ordered[min(len(of) - 1, int(len(of) * q))] * 1000, 1) if of else 0.0


async def measured(
    api: type[Http], begun: Callable[[float, float], Iterable[Awaitable[None]]]
) -> tuple[float, float, float]:
    """Serves the API, and when the bot runs lets people tap; `begun` is told when counting begins
    and ends. Gives taps a second and when 50 and 99 of 100 were answered."""
    loop = asyncio.get_running_loop()
    await loop.create_server(api, "127.0.0.1", int(sys.argv[2]))
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    begin, seconds = time.perf_counter() + WARM, int(sys.argv[4])
    await asyncio.gather(*begun(begin, begin + seconds))
    return round(len(times) / seconds, 1), percentile(times, 0.5), percentile(times, 0.99)


async def main() -> None:
    port, chats = int(sys.argv[1]), int(sys.argv[3])
    pause = float(sys.argv[5]) if len(sys.argv) > 5 else 0.0
    free = sys.argv[6:] == ["any"]
    taps, p50, p99 = await measured(
        Api,
        lambda begin, end: (
            person(port, 1000 + i, begin, end, pause, random.Random(i) if free else None)
            for i in range(chats)
        ),
    )
    result = {"taps": taps, "p50": p50, "p99": p99, "bad": bad, "unseen": dict(unseen)}
    print(json.dumps({**result, "calls": dict(state.calls)}), flush=True)


if __name__ == "__main__":
    uvloop.run(main())
