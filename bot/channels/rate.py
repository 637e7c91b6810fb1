"""How fast a messenger is written to, and what is done when it says: wait. It knows no messenger
and no library.

One Limiter keeps the pace of one process: so many messages a second in all, and a `Pace` for each
chat. Where several processes write with one account, each asks for its slots at a `Share` that they
have in common: as many as there are messages of people who wait, or a few for a broadcast, so that
a person never waits behind more than those few.

Theory of operation. Each chat has a queue of tickets, first come, first served. Only the first
ticket of a chat may be on its way, so messages arrive in order, and later ones wait while it is
repeated. `_pump` is the one place where tickets set out: it is called when something came, ended or
fell due, lets go what may go, and sets one timer for the rest. A chat whose first ticket has to
wait for the chat's own pace is in `_later`, by time; one that only waits for its share of the
overall rate is in `_ready`, by priority and then by arrival. A person's answer thus overtakes a
broadcast everywhere but in its own chat, and there the broadcast before it counts as urgent too.

The pace is kept by GCRA: `tat` is when the bucket would be empty again; each message moves it on by
an interval, and one may set out while `tat` is at most `burst - 1` intervals ahead. For the whole
account the burst is 1: messages are at least 1/rate apart, so no stretch of a second ever holds
more than `rate`.

What is repeated, at most `tries` calls in all, by what its error means (`Failure`):

    WAIT        every call, after the wait. The chat that was told waits. A messenger may say that
                the whole account was too fast (`everybody`); of one that does not tell which limit
                was hit it is believed when a second chat is told while the first has to wait. (A
                group has a limit of its own that it reaches alone, so it counts for nobody else.)
                Whoever would wait longer than `longest_wait` gets the error, or `TooLong` with what
                is left to wait.
    NOT_SENT    every call: nothing left the machine
    NOT_DONE    every call, after a second: the messenger says itself that it did nothing
    UNSURE      (a broken connection, no answer in time, one that cannot be read) calls that may
                happen twice. A message may have arrived, so its sender decides.
    FINAL       never

Calls whose weight is FREE, and those about no chat, count as nothing and wait for nobody.
"""

import asyncio
import heapq
import logging
import math
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, TypeVar

from bot.channels.pace import (
    Cause,
    Chat,
    Clock,
    Failure,
    Handle,
    Key,
    Pace,
    Priority,
    Share,
    Ticket,
    Weight,
    per_second,
)
from bot.runtime.supervisor import Group

log = logging.getLogger(__name__)
T = TypeVar("T")
GRACE = 0.1
"""Seconds waited beyond what a messenger asks for, which may be rounded."""
LATE = 0.03
"""Seconds after which a shared slot has passed: sent later, messages of several processes would
crowd into one second.
"""
EARLY = 0.0006
"""Seconds by which a timer may come too early: uvloop counts in whole milliseconds. Taken at its
word it would be set again and again until the millisecond is over, and an idle chat would never be
forgotten.
"""
BACKOFF = 0.5
"""Seconds before the first repetition after a network error; each further one waits twice as long.
"""
NOT_DONE = 1.0
"""The same where the messenger itself says that it failed."""


class TooLong(Exception):
    """It would have to wait `seconds`, longer than anybody waits."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class GivenUp(Exception):
    """It never set out, because the process stops."""


class Limiter:
    """The pace of one messenger's account. `rate` is messages a second of this process, `pace_of` a
    chat's own, `read` what an error means.

    `tries` is the number of calls made at most for one request, `longest_wait` the seconds of a
    WAIT that are waited. `clock` is the running event loop if not given. With a `share` the rate is
    that of all who share it.
    """

    def __init__(
        self,
        rate: float,
        pace_of: Callable[[Key], Pace],
        read: Callable[[Exception], Failure],
        *,
        tries: int = 3,
        longest_wait: float = 60.0,
        share: Share | None = None,
        clock: Clock | None = None,
    ) -> None:
        if rate <= 0:
            raise ValueError("the rate has to be more than 0 messages per second")
        self._pace, self._tat, self._hold = per_second(rate), 0.0, 0.0
        self._pace_of, self._read = pace_of, read
        self._tries, self._longest_wait = tries, longest_wait
        self._given_clock = clock
        self._chats: dict[Key, Chat] = {}
        self._ready: dict[Priority, list[tuple[int, Ticket]]] = {each: [] for each in Priority}
        self._later: list[tuple[float, int, Ticket]] = []
        self._timer: Handle | None = None
        self._arrivals = 0
        self._share, self._few = share, max(1, round(rate / 40))
        self._slots: deque[float] = deque()
        """Of the share, by this clock."""
        self._asking: asyncio.Task[None] | None = None
        self._bulk_closed = False
        self._warned: dict[Key, float] = {}
        """Persons' chats that were told to wait, and until when."""
        self._telling = Group()

    @property
    def waiting(self) -> int:
        """Calls in the queues, those on their way included (for /metrics)."""
        return sum(len(chat.tickets) for chat in self._chats.values())

    @property
    def idle(self) -> bool:
        """Nothing waits, and every chat may have its burst again."""
        return not (self._chats or self._later or any(self._ready.values()))

    def give_up(self) -> None:
        """Ends all that waits for its turn with `GivenUp`. Calls on their way go on."""
        for chat in list(self._chats.values()):
            for ticket in chat.tickets:
                ticket.fail(GivenUp("the limiter was shut down"))
        if self._timer:
            self._timer.cancel()

    def give_up_bulk(self) -> None:
        """The process stops: broadcasts that wait for their turn get `GivenUp`, now and from now
        on."""
        self._bulk_closed = True
        for chat in list(self._chats.values()):
            for ticket in chat.tickets:
                if ticket.priority is Priority.BULK:
                    ticket.fail(GivenUp("the process stops"))

    async def run(
        self,
        call: Callable[[], Awaitable[T]],
        chat: Key | None,
        weight: Weight = Weight.MESSAGE,
        priority: Priority = Priority.INTERACTIVE,
        may_repeat: bool = False,
    ) -> T:
        """Makes the call when its turn has come, and again when that helps: the table at the top.
        `may_repeat`: done twice it leaves things as once."""
        if self._bulk_closed and priority is Priority.BULK:
            raise GivenUp("the process stops")
        ticket = self._enter(chat, weight, priority)
        try:
            tried = 0
            while True:
                if ticket:
                    await ticket.turn
                tried += 1
                try:
                    return await call()
                except Exception as error:
                    failure = self._read(error)
                    if failure.cause is Cause.WAIT:
                        self._told_to_wait(chat, weight, failure)
                    pause = self._pause(failure, tried, may_repeat)
                    if pause is None:
                        raise
                if pause and not (ticket and failure.cause is Cause.WAIT):
                    await self._sleep(pause)  # a chat that was told to wait holds its tickets
                if ticket:
                    self._again(ticket)
        finally:
            if ticket:
                self._leave(ticket)

    def _pause(self, failure: Failure, tried: int, may_repeat: bool) -> float | None:
        """Seconds until the call is made again; None where it is not."""
        if tried >= self._tries:
            return None
        match failure.cause:
            case Cause.WAIT:
                return None if failure.seconds > self._longest_wait else failure.seconds + GRACE
            case Cause.NOT_DONE:
                return float(NOT_DONE * 2 ** (tried - 1))
            case Cause.NOT_SENT:
                return float(BACKOFF * 2 ** (tried - 1))
            case Cause.UNSURE if may_repeat:
                return float(BACKOFF * 2 ** (tried - 1))
            case _:
                return None

    # -- the queues

    @property
    def _clock(self) -> Clock:
        if self._given_clock is None:
            self._given_clock = asyncio.get_running_loop()
        return self._given_clock

    def _enter(self, key: Key | None, weight: Weight, priority: Priority) -> Ticket | None:
        if key is None or weight is Weight.FREE:
            return None
        edits = weight is Weight.EDIT
        nobody_waits = key not in self._chats and self._hold <= self._clock.time()
        if edits and nobody_waits and not self._pace_of(key).group:
            return None  # no new message, and nobody of this chat to wait for
        chat = self._chat(key)
        self._arrivals += 1
        ticket = Ticket(self._arrivals, chat, priority, counts=not edits or chat.pace.group)
        chat.tickets.append(ticket)
        self._give_up([chat])
        if chat.tickets[0].priority > priority or len(chat.tickets) == 1:
            self._schedule(chat)  # the first of all, or made urgent by one behind it
        self._pump()
        return ticket

    def _chat(self, key: Key) -> Chat:
        if key not in self._chats:
            self._chats[key] = Chat(key, self._pace_of(key))
        return self._chats[key]

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
        over = self._is_due(max(chat.tat, chat.hold))
        if not chat.tickets and over and self._chats.get(chat.key) is chat:
            del self._chats[chat.key]

    def _is_due(self, at: float) -> bool:
        return at <= self._clock.time() + EARLY

    def _schedule(self, chat: Chat) -> None:
        """Puts the first ticket of a chat where it has to wait. What it left elsewhere is passed
        over (`Ticket.waits`)."""
        first = chat.tickets[0]
        if not first.waits:
            return
        ready = chat.ready(first)
        if self._is_due(ready):
            urgency = min(ticket.priority for ticket in chat.tickets)
            heapq.heappush(self._ready[urgency], (first.number, first))
        else:
            heapq.heappush(self._later, (ready, first.number, first))

    def _pump(self) -> None:
        """Lets go what may go now, and comes back when the next one may."""
        now = self._clock.time()
        if self._timer:
            self._timer.cancel()
            self._timer = None
        while self._later and (self._is_due(self._later[0][0]) or not self._later[0][2].waits):
            _, _, ticket = heapq.heappop(self._later)
            if ticket.waits:
                self._schedule(ticket.chat)
        while (heap := self._next_heap()) and self._is_due(self._may_go(now)):
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
        """When the next message may set out; never, while its slot is being asked for. More are
        asked for in good time."""
        if self._share is None:
            return max(self._tat, self._hold)
        while self._slots and self._slots[0] < now - LATE:
            self._slots.popleft()
        if len(self._slots) <= self._few // 2 and self._asking is None:
            self._asking = self._telling.spawn("asking for slots", self._ask(self._share))
        return max(self._slots[0], self._hold) if self._slots else math.inf

    def _take_slot(self, now: float) -> None:
        if self._share is None:
            self._tat = max(now, self._tat) + self._pace.interval
        else:
            self._slots.popleft()

    async def _ask(self, share: Share) -> None:
        """Slots for all who wait for an answer, or for a few of a broadcast."""
        people = sum(ticket.waits for _, ticket in self._ready[Priority.INTERACTIVE])
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
            while heap and not heap[0][1].waits:
                heapq.heappop(heap)
            if heap:
                return heap
        return None

    # -- being told to wait

    def _told_to_wait(self, key: Key | None, weight: Weight, failure: Failure) -> None:
        if key is None or weight is Weight.FREE:
            return
        now = self._clock.time()
        until = now + failure.seconds + GRACE
        if failure.everybody:
            self._all_wait(until, now)
            return
        chat = self._chat(key)
        chat.hold = max(chat.hold, until)
        self._give_up([chat])
        if not chat.tickets:
            self._clock.call_at(max(chat.tat, chat.hold), self._forget, chat)
        if chat.pace.group:
            return
        self._warned = {
            other: over for other, over in self._warned.items() if over > now and other != key
        }
        if self._warned:
            self._all_wait(max(until, *self._warned.values()), now)
        self._warned[key] = until

    def _all_wait(self, until: float, now: float) -> None:
        self._hold = max(self._hold, until)
        if self._share:
            self._slots.clear()
            self._tell(self._share.hold(self._hold - now))
        self._give_up(self._chats.values())

    def _give_up(self, chats: Iterable[Chat]) -> None:
        """Nobody waits too long: those in these queues get `TooLong`."""
        for chat in chats:
            wait = max(self._hold, chat.hold) - self._clock.time()
            if wait > self._longest_wait + GRACE:
                for ticket in chat.tickets:
                    ticket.fail(TooLong(wait))

    def _tell(self, work: Coroutine[Any, Any, None]) -> None:
        self._telling.spawn("telling the others to wait", work)

    async def _sleep(self, seconds: float) -> None:
        over = asyncio.Event()
        timer = self._clock.call_at(self._clock.time() + seconds, over.set)
        try:
            await over.wait()
        finally:
            timer.cancel()
