"""What goes wrong on the way to a bot, and how fast it may write."""

import asyncio
import json
import math
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from telegram.constants import (
    FloodLimit,
)

from tests.fakes.telegram.args import Args
from tests.fakes.telegram.chat import Chat
from tests.fakes.telegram.refusal import JSON, WORDS, Refusal, too_many

Drop = Literal["before", "after"]


@dataclass(slots=True)
class Call:
    """A call of the bot. `at` and `done` are `time.monotonic()`; `error` is the HTTP status of a
    refusal.

    `dropped` tells that the bot saw a broken connection instead of an answer; the work is done if
    `worked`.
    """

    method: str
    params: JSON
    at: float
    chat_id: int = 0
    done: float = 0.0
    error: int = 0
    description: str = ""
    dropped: bool = False
    worked: bool = False
    in_webhook: bool = False

    @property
    def paced(self) -> bool:
        """Whether it counts as a message: what is sent, copied, forwarded or edited."""
        return (
            self.method.startswith(("send", "copy", "forward", "edit"))
            and self.method != "sendChatAction"
        )


@dataclass(slots=True)
class Fault:
    """What goes wrong: an answer with `code`, a connection dropped before or after the work, a
    delay in s, a `body` that is no answer (with `code` as its status, 200 if none; nothing was
    done), the true answer `cut` off after so many bytes (it was done), or `held` until an event is
    set (it was done, too)."""

    method: str = "*"
    code: int = 0
    times: int = 1
    chat_id: int = 0
    retry_after: float = 0
    description: str = ""
    drop: Drop | None = None
    delay: float = 0.0
    body: bytes | None = None
    cut: int | None = None
    held: asyncio.Event | None = None


class Pace:
    """How fast a bot may write (Bot API FAQ: 1/s in a chat with short bursts, 20/min in a group,
    30/s in all).

    `burst` and the tolerance are ours; Telegram publishes neither. Times are seconds of any steady
    clock.
    """

    def __init__(
        self,
        overall: int = FloodLimit.MESSAGES_PER_SECOND,
        per_group: int = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP,
        burst: float = 5,
        tolerance: float = 0.25,
    ) -> None:
        self.overall, self.per_group, self.burst, self.tolerance = (
            overall,
            per_group,
            burst,
            tolerance,
        )
        self._all: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._private: dict[int, tuple[float, float]] = {}  # chat -> (messages left at, time)

    def wait(self, chat: Chat, now: float, *, edit: bool = False) -> float:
        """Seconds until this chat may get a message; 0: now, and it is counted. For a person an
        edit is no message."""
        left, at = self._private.get(chat.id, (self.burst, now))
        left = min(self.burst, left + (now - at) * FloodLimit.MESSAGES_PER_SECOND_PER_CHAT)
        group = self._groups.setdefault(chat.id, deque())
        wait = max(
            self._over(self._all, self.overall, 1.0, now),
            0.0 if chat.private else self._over(group, self.per_group, 60 - self.tolerance, now),
            (1 - left) if chat.private and left < 1 - self.tolerance and not edit else 0.0,
        )
        if not wait:
            self._all.append(now)
            group.append(now)
            self._private[chat.id] = (left - (not edit), now)
        return wait

    @staticmethod
    def _over(times: deque[float], most: int, window: float, now: float) -> float:
        while times and times[0] <= now - window:
            times.popleft()
        return times[0] + window - now if len(times) >= most else 0.0


class Dropped(Exception):
    """The connection is to be closed without an answer."""


class Odd(Exception):
    """The answer is this instead."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(status)
        self.status, self.body = status, body


class Weather:
    """Faults that a test orders, at random or by name, and the pace."""

    def __init__(self, *, enforce_pace: bool = False) -> None:
        self.enforce_pace, self.pace, self.violations = enforce_pace, Pace(), 0
        self._faults: list[Fault] = []
        self._chaos: tuple[random.Random, float, tuple[str, ...], tuple[str, ...]] | None = None
        self._flood: dict[int, float] = {}  # chat id (0: all) -> until (monotonic)

    def fail_next(self, method: str = "*", code: int = 0, **fault: Any) -> None:
        """The next call of this method (`*`: any but getUpdates) goes wrong. The other fields are
        those of `Fault`:

        `fail_next("sendMessage", 429, retry_after=2)`, `fail_next("sendMessage", drop="after")`
        (the work is done and the bot does not learn it), `fail_next("*", 502, times=3)`,
        `fail_next("getMe", delay=1)`, `chat_id=…`.
        """
        self._faults.append(Fault(method, code, **fault))

    @property
    def faults_left(self) -> int:
        """Faults of `fail_next` that have met no call yet."""
        return len(self._faults)

    def no_faults(self) -> None:
        """What was ordered is over; calls that hang already go on hanging."""
        self._faults.clear()

    def chaos(
        self,
        seed: int,
        rate: float = 0.1,
        kinds: Iterable[str] = ("429", "500", "502", "before", "after", "delay"),
        methods: Iterable[str] = ("send", "edit", "answer", "delete"),
    ) -> None:
        """From now on a share of the calls whose names begin so goes wrong at random, alike for the
        same seed."""
        self._chaos = (random.Random(seed), rate, tuple(kinds), tuple(methods))

    def no_chaos(self) -> None:
        self._chaos = None

    def flood(self, seconds: float, chat_id: int = 0) -> None:
        """For so many seconds every message (to this chat, or to all) is refused with 429 and what
        is left to wait."""
        self._flood[chat_id] = time.monotonic() + seconds

    async def through(
        self, call: Call, work: Callable[[Args], Awaitable[Any]], args: Args, chat: Chat | None
    ) -> Any:
        if (
            chat and call.paced
        ):  # first: what is refused for its pace does not use up what else goes wrong
            self._check_pace(chat, edit=call.method.startswith("edit"))
        fault = self._fault(call)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.drop == "before":
            raise Dropped
        if fault.body is not None:
            raise Odd(fault.code or 200, fault.body)
        if fault.code:
            if fault.code == 429:
                raise too_many(fault.retry_after or 1)
            raise Refusal(fault.code, fault.description or WORDS.get(fault.code, "Error"))
        result = await work(args)
        call.worked = True
        if fault.held:
            await fault.held.wait()
        if fault.drop == "after":
            raise Dropped
        if fault.cut is not None:
            raise Odd(200, json.dumps({"ok": True, "result": result}).encode()[: fault.cut])
        return result

    def _fault(self, call: Call) -> Fault:
        for fault in self._faults:
            named = fault.method == call.method or (
                fault.method == "*" and call.method != "getUpdates"
            )
            if named and fault.chat_id in (0, call.chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        if self._chaos:
            dice, rate, kinds, methods = self._chaos
            if call.method.startswith(methods) and dice.random() < rate:
                kind = dice.choice(kinds)
                if kind == "delay":
                    return Fault(delay=dice.uniform(0.01, 0.1))
                if kind.isdigit():
                    return Fault(code=int(kind), retry_after=1)
                if kind == "html":
                    return Fault(body=b"<html>502 Bad Gateway</html>")
                if kind == "null":
                    return Fault(body=b'{"ok":true,"result":null}')
                if kind == "cut":
                    return Fault(cut=17)
                return Fault(drop="after" if kind == "after" else "before")
        return Fault()

    def _check_pace(self, chat: Chat, *, edit: bool) -> None:
        now = time.monotonic()
        until = max(self._flood.get(0, 0), self._flood.get(chat.id, 0))
        if until > now:
            raise too_many(math.ceil(until - now))
        if wait := self.pace.wait(chat, now, edit=edit):
            self.violations += 1
            if self.enforce_pace:
                raise too_many(math.ceil(wait))
