"""How fast the bot writes on Telegram, and what it does when told to wait.

The rules (Bot API FAQ, "My bot is hitting limits"): about one message a second in a chat, short bursts allowed; 20 a
minute in a group; 30 a second in all. One Limiter keeps them for one process. Where several processes write with one token,
each asks for its slots at a `Share` that they have in common: as many as there are messages of people who wait, or a few
for a broadcast, so that a person never waits behind more than those few.

Theory of operation. Each chat has a queue of tickets, first come, first served. Only the first ticket of a chat may be
on its way, so messages arrive in order, and later ones wait while it is repeated. `_pump` is the one place where
tickets set out: it is called when something came, ended or fell due, lets go what may go, and sets one timer for the
rest. A chat whose first ticket has to wait for the chat's own pace is in `_later`, by time; one that only waits for its
share of the overall rate is in `_ready`, by priority and then by arrival. A person's answer thus overtakes a broadcast
everywhere but in its own chat, and there the broadcast before it counts as urgent too.

The pace is kept by GCRA: `tat` is when the bucket would be empty again; each message moves it on by an interval, and
one may set out while `tat` is at most `burst - 1` intervals ahead. For the whole bot the burst is 1: messages are at
least 1/rate apart, so no stretch of a second ever holds more than `rate`.

What is repeated, at most `tries` calls in all:

    RetryAfter      every call, after the wait. The chat that was told waits. Telegram does not tell which limit was
                    hit: when a second chat is told while the first has to wait, it is that of the whole bot, and all
                    messages wait. (A group has a limit of its own that it reaches alone, so it counts for nobody
                    else.) Whoever would wait longer than `longest_wait` gets RetryAfter with what is left to wait.
    NotSent         every call: nothing left the machine
    NotDone         every call, after a second: Telegram says itself that it did nothing
    NetworkError    (a broken connection, no answer in time, one that cannot be read) calls that may happen twice:
                    edit, answer, delete, set, get. A message may have arrived, so its sender decides. After a repetition "message is not
                    modified" or "query is too old" can mean that the first one was done after all.
    all else        never. BadRequest is a kind of NetworkError for the library, and final for us.

Answers to taps, `sendChatAction`, and what has no chat count as nothing and wait for nobody.
"""

import asyncio
import datetime as dtm
import heapq
import logging
import math
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Protocol

from telegram.constants import FloodLimit
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.channels.telegram.answers import NotDone
from bot.channels.telegram.transport import NotSent
from bot.runtime.supervisor import Group

log = logging.getLogger(__name__)
BURST = 3
"""Messages that a quiet chat may get at once; then one a second."""
GRACE = 0.1
"""Seconds waited beyond what RetryAfter says, which is in whole seconds."""
LATE = 0.03
"""Seconds after which a shared slot has passed: sent later, messages of several processes would crowd into one second."""
BACKOFF = 0.5
"""Seconds before the first repetition after a network error; each further one waits twice as long."""
NOT_DONE = 1.0
"""The same where Telegram itself says that it failed."""


class Priority(IntEnum):
    """What goes first when not all can go. Never 0, which the library would take for "not given"."""

    INTERACTIVE = 1
    BULK = 2


class Handle(Protocol):
    def cancel(self) -> None: ...


class Clock(Protocol):
    """The part of an event loop that is used here; a test brings its own."""

    def time(self) -> float: ...

    def call_at(self, when: float, callback: Callable[..., object], /, *args: Any) -> Handle: ...


class Share(Protocol):
    """The overall pace of several processes. Slots follow each other by `interval` seconds."""

    @property
    def interval(self) -> float: ...

    async def reserve(self, slots: int) -> float:
        """Seconds from now until the first of so many slots."""

    async def hold(self, seconds: float) -> None:
        """No slots before so many seconds are over."""


@dataclass(frozen=True, slots=True)
class Pace:
    """One message each `interval` seconds in the long run, `burst` at once after a rest."""

    interval: float
    burst: int = 1

    def ready(self, tat: float) -> float:
        """When the next one may go."""
        return tat - (self.burst - 1) * self.interval


def per_second(rate: float) -> Pace:
    """At most `rate` in any second (a hair less, for the rounding of sums)."""
    return Pace((1 + 1e-6) / rate)


def per_minute(most: int, burst: int) -> Pace:
    """At most `most` in any minute, of which `burst` at once."""
    return Pace(60 / (most - burst), burst)


@dataclass(eq=False, slots=True)
class Ticket:
    """A call that waits for its turn. `counts`: it is one of the messages that its chat's pace is about."""

    number: int
    chat: "Chat"
    priority: Priority
    counts: bool
    turn: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


@dataclass(eq=False, slots=True)
class Chat:
    """A chat that something waits for, or whose pace is not yet forgotten."""

    key: int | str
    pace: Pace
    tat: float = 0.0
    hold: float = 0.0  # its own RetryAfter
    tickets: deque[Ticket] = field(default_factory=deque)

    def ready(self, ticket: Ticket) -> float:
        return max(self.hold, self.pace.ready(self.tat) if ticket.counts else 0.0)


class Limiter(BaseRateLimiter[Priority]):
    """Give it to `ApplicationBuilder().rate_limiter(…)`. `rate` is messages per second of this process.

    `tries` is the number of calls made at most for one request, `longest_wait` the seconds of a RetryAfter that are
    waited. `clock` is the running event loop if not given. With a `share` the rate is that of all who share it.
    """

    def __init__(
        self,
        rate: float = 28,
        *,
        tries: int = 3,
        longest_wait: float = 60.0,
        share: Share | None = None,
        clock: Clock | None = None,
    ) -> None:
        if rate <= 0:
            raise ValueError("the rate has to be more than 0 messages per second")
        self._pace, self._tat, self._hold = per_second(rate), 0.0, 0.0
        self._private = Pace(1 / FloodLimit.MESSAGES_PER_SECOND_PER_CHAT, BURST)
        self._group = per_minute(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP, BURST)
        self._tries, self._longest_wait = tries, longest_wait
        self._given_clock = clock
        self._chats: dict[int | str, Chat] = {}
        self._ready: dict[Priority, list[tuple[int, Ticket]]] = {each: [] for each in Priority}
        self._later: list[tuple[float, int, Ticket]] = []
        self._timer: Handle | None = None
        self._arrivals = 0
        self._share, self._few = share, max(1, round(rate / 40))
        self._slots: deque[float] = deque()  # of the share, by this clock
        self._asking: asyncio.Task[None] | None = None
        self._bulk_closed = False
        self._warned: dict[
            int | str, float
        ] = {}  # persons' chats that were told to wait, and until when
        self._telling = Group()

    @property
    def waiting(self) -> int:
        """Calls in the queues, those on their way included (for /metrics)."""
        return sum(len(chat.tickets) for chat in self._chats.values())

    async def initialize(self) -> None:
        """Nothing to open; works again after `shutdown`."""

    async def shutdown(self) -> None:
        """Gives up all that waits for its turn: its callers get NotSent. Calls on their way go on."""
        for chat in list(self._chats.values()):
            for ticket in chat.tickets:
                _fail(ticket, NotSent("the limiter was shut down"))
        if self._timer:
            self._timer.cancel()

    def give_up_bulk(self) -> None:
        """The process stops: broadcasts that wait for their turn get NotSent, now and from now on."""
        self._bulk_closed = True
        for chat in list(self._chats.values()):
            for ticket in chat.tickets:
                if ticket.priority is Priority.BULK:
                    _fail(ticket, NotSent("the process stops"))

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Priority | None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """Makes the call when its turn has come, and again when that helps. See the top of this file."""
        if self._bulk_closed and rate_limit_args is Priority.BULK:
            raise NotSent("the process stops")
        ticket = self._enter(endpoint, data, rate_limit_args or Priority.INTERACTIVE)
        try:
            tried = 0
            while True:
                if ticket:
                    await ticket.turn
                tried += 1
                try:
                    return await callback(*args, **kwargs)
                except BadRequest:
                    raise
                except RetryAfter as error:
                    wait = _seconds(error)
                    self._told_to_wait(_chat_key(data.get("chat_id")), wait, endpoint)
                    if tried >= self._tries or wait > self._longest_wait:
                        raise
                    if not ticket:
                        await self._sleep(wait + GRACE)
                except NetworkError as error:
                    if tried >= self._tries or not (
                        isinstance(error, NotSent | NotDone) or may_repeat(endpoint)
                    ):
                        raise
                    await self._sleep(
                        (NOT_DONE if isinstance(error, NotDone) else BACKOFF) * 2 ** (tried - 1)
                    )
                if ticket:
                    self._again(ticket)
        finally:
            if ticket:
                self._leave(ticket)

    # -- the queues

    @property
    def _clock(self) -> Clock:
        if self._given_clock is None:
            self._given_clock = asyncio.get_running_loop()
        return self._given_clock

    def _enter(self, endpoint: str, data: dict[str, Any], urgency: Priority) -> Ticket | None:
        key = _chat_key(data.get("chat_id"))
        if key is None or is_free(endpoint):
            return None
        edits = endpoint.startswith("edit")
        if (
            edits
            and not _is_group(key)
            and key not in self._chats
            and self._hold <= self._clock.time()
        ):
            return None  # no new message: nothing that the pace is about, and nobody of this chat to wait for
        chat = self._chat(key)
        self._arrivals += 1
        # an edit is no new message for a person, but Telegram counts it in a group
        ticket = Ticket(self._arrivals, chat, urgency, counts=not edits or chat.pace is self._group)
        chat.tickets.append(ticket)
        self._give_up([chat])
        if chat.tickets[0].priority > urgency or len(chat.tickets) == 1:
            self._schedule(chat)  # the first of all, or made urgent by one behind it
        self._pump()
        return ticket

    def _chat(self, key: int | str) -> Chat:
        return self._chats.setdefault(
            key, Chat(key, self._group if _is_group(key) else self._private)
        )

    def _again(self, ticket: Ticket) -> None:
        """The call was made and has to be made once more; it is still the first of its chat."""
        ticket.turn = asyncio.get_running_loop().create_future()
        self._give_up([ticket.chat])
        self._schedule(ticket.chat)
        self._pump()

    def _leave(self, ticket: Ticket) -> None:
        chat = ticket.chat
        chat.tickets.remove(ticket)
        if chat.tickets:
            self._schedule(chat)
        else:
            self._clock.call_at(max(chat.tat, chat.hold), self._forget, chat)
        self._pump()

    def _forget(self, chat: Chat) -> None:
        """An idle chat whose bucket is empty is as good as one never seen."""
        if (
            not chat.tickets
            and max(chat.tat, chat.hold) <= self._clock.time()
            and self._chats.get(chat.key) is chat
        ):
            del self._chats[chat.key]

    def _schedule(self, chat: Chat) -> None:
        """Puts the first ticket of a chat where it has to wait. What it left elsewhere is passed over by `_waits`."""
        first = chat.tickets[0]
        if not _waits(first):
            return
        ready = chat.ready(first)
        if ready > self._clock.time():
            heapq.heappush(self._later, (ready, first.number, first))
        else:
            urgency = min(ticket.priority for ticket in chat.tickets)
            heapq.heappush(self._ready[urgency], (first.number, first))

    def _pump(self) -> None:
        """Lets go what may go now, and comes back when the next one may."""
        now = self._clock.time()
        if self._timer:
            self._timer.cancel()
            self._timer = None
        while self._later and (self._later[0][0] <= now or not _waits(self._later[0][2])):
            _, _, ticket = heapq.heappop(self._later)
            if _waits(ticket):
                self._schedule(ticket.chat)
        while (heap := self._next_heap()) and self._may_go(now) <= now:
            _, ticket = heapq.heappop(heap)
            self._take_slot(now)
            if ticket.counts:
                ticket.chat.tat = max(now, ticket.chat.tat) + ticket.chat.pace.interval
            ticket.turn.set_result(None)
        times = [self._may_go(now)] if self._next_heap() else []
        times += [self._later[0][0]] if self._later else []
        if times and min(times) < math.inf:
            self._timer = self._clock.call_at(min(times), self._pump)

    # -- the overall pace

    def _may_go(self, now: float) -> float:
        """When the next message may set out; never, while its slot is being asked for. More are asked for in good time."""
        if self._share is None:
            return max(self._tat, self._hold)
        while self._slots and self._slots[0] < now - LATE:
            self._slots.popleft()
        if len(self._slots) <= self._few // 2 and self._asking is None:
            self._asking = self._telling.spawn("asking for slots", self._ask(self._share))
        return max(self._slots[0], self._hold) if self._slots else math.inf

    def _take_slot(self, now: float) -> None:
        if self._share is None:
            self._tat = now + self._pace.interval
        else:
            self._slots.popleft()

    async def _ask(self, share: Share) -> None:
        """Slots for all who wait for an answer, or for a few of a broadcast."""
        people = sum(_waits(ticket) for _, ticket in self._ready[Priority.INTERACTIVE])
        slots = people or self._few
        try:
            wait = await share.reserve(slots)
        except Exception as error:  # the database is away: nothing is lost, it is asked again
            log.warning("no slots for messages, asking again: %s", type(error).__name__)
            await asyncio.sleep(BACKOFF)
            slots, wait = 0, 0.0
        first = self._clock.time() + wait
        self._slots.extend(first + place * share.interval for place in range(slots))
        self._asking = None
        self._pump()

    def _next_heap(self) -> list[tuple[int, Ticket]] | None:
        """The heap whose first ticket is next, without those in front that wait no more."""
        for heap in self._ready.values():
            while heap and not _waits(heap[0][1]):
                heapq.heappop(heap)
            if heap:
                return heap
        return None

    # -- being told to wait

    def _told_to_wait(self, key: int | str | None, seconds: float, endpoint: str) -> None:
        if key is None or is_free(endpoint):
            return
        now = self._clock.time()
        until = now + seconds + GRACE
        chat = self._chat(key)
        chat.hold = max(chat.hold, until)
        self._give_up([chat])
        if not chat.tickets:
            self._clock.call_at(max(chat.tat, chat.hold), self._forget, chat)
        if chat.pace is self._group:
            return
        self._warned = {
            other: over for other, over in self._warned.items() if over > now and other != key
        }
        if self._warned:
            self._hold = max(self._hold, until, *self._warned.values())
            if self._share:
                self._slots.clear()
                self._tell(self._share.hold(self._hold - now))
            self._give_up(self._chats.values())
        self._warned[key] = until

    def _give_up(self, chats: Iterable[Chat]) -> None:
        """Nobody waits too long: those in these queues get the RetryAfter as well."""
        for chat in chats:
            wait = max(self._hold, chat.hold) - self._clock.time()
            if wait > self._longest_wait + GRACE:
                for ticket in chat.tickets:
                    _fail(ticket, RetryAfter(math.ceil(wait)))

    def _tell(self, work: Coroutine[Any, Any, None]) -> None:
        self._telling.spawn("telling the others to wait", work)

    async def _sleep(self, seconds: float) -> None:
        over = asyncio.Event()
        timer = self._clock.call_at(self._clock.time() + seconds, over.set)
        try:
            await over.wait()
        finally:
            timer.cancel()


def is_free(endpoint: str) -> bool:
    """Whether a call about a chat is no message in it and may go at once."""
    return endpoint.startswith(("get", "set", "answer")) or endpoint == "sendChatAction"


def may_repeat(endpoint: str) -> bool:
    """Whether a call that happens twice leaves things as one does."""
    return (
        endpoint.startswith(("get", "set", "answer", "edit", "delete"))
        or endpoint == "sendChatAction"
    )


def _chat_key(chat_id: Any) -> int | str | None:
    try:
        return int(chat_id)
    except (TypeError, ValueError):
        return chat_id if isinstance(chat_id, str) else None


def _is_group(key: int | str) -> bool:
    return isinstance(key, str) or key < 0


def _waits(ticket: Ticket) -> bool:
    """Whether it is the first of its chat and has not set out."""
    return bool(ticket.chat.tickets) and ticket.chat.tickets[0] is ticket and not ticket.turn.done()


def _fail(ticket: Ticket, error: Exception) -> None:
    if not ticket.turn.done():
        ticket.turn.set_exception(error)


def _seconds(error: RetryAfter) -> float:
    """The library gives a number or a timedelta, depending on PTB_TIMEDELTA."""
    wait: float | dtm.timedelta = error.retry_after
    return wait.total_seconds() if isinstance(wait, dtm.timedelta) else float(wait)
