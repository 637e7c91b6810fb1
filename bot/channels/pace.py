"""Pace, priority and place in the queue: the plain data of `bot.channels.rate`."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Any, Protocol

Key = int | str
"""What names a chat."""


class Priority(IntEnum):
    """What goes first when not all can go. Never 0, which a library may take for "not given"."""

    INTERACTIVE = 1
    BULK = 2


class Weight(Enum):
    """What a call is to the pace: a message, a change of one, or nothing that is counted."""

    MESSAGE = "message"
    EDIT = "edit"
    FREE = "free"


class Cause(Enum):
    """What the error of a call means for its repetition; the table in `bot.channels.rate`."""

    WAIT = "wait"
    NOT_SENT = "not sent"
    NOT_DONE = "not done"
    UNSURE = "unsure"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as the pace sees it. `seconds` is how long the messenger asks to wait (WAIT),
    `everybody` whether it says itself that the whole account has to."""

    cause: Cause
    seconds: float = 0.0
    everybody: bool = False


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
    """One message each `interval` seconds in the long run, `burst` at once after a rest. In a
    `group` edits count as messages, and a wait that it is told says nothing about others."""

    interval: float
    burst: int = 1
    group: bool = False

    def ready(self, tat: float) -> float:
        """When the next one may go."""
        return tat - (self.burst - 1) * self.interval


INEXACT = 0.002
"""Seconds by which two moments may lie nearer to each other than the clock says: it tells whole
milliseconds, and a timer is believed that is half a one early (`rate.EARLY`)."""


def per_second(rate: float) -> Pace:
    """At most `rate` in any second, by whatever clock: a hair less."""
    return Pace((1 + INEXACT) / rate)


def per_minute(most: int, burst: int, group: bool = False) -> Pace:
    """At most `most` in any minute, of which `burst` at once."""
    return Pace(60 / (most - burst), burst, group)


@dataclass(eq=False, slots=True)
class Ticket:
    """A call that waits for its turn. `counts`: it is one of the messages that its chat's pace is
    about."""

    number: int
    chat: "Chat"
    priority: Priority
    counts: bool
    turn: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    @property
    def waits(self) -> bool:
        """Whether it is the first of its chat and has not set out."""
        tickets = self.chat.tickets
        return bool(tickets) and tickets[0] is self and not self.turn.done()

    def fail(self, error: Exception) -> None:
        if not self.turn.done():
            self.turn.set_exception(error)


@dataclass(eq=False, slots=True)
class Chat:
    """A chat that something waits for, or whose pace is not yet forgotten."""

    key: Key
    pace: Pace
    tat: float = 0.0
    hold: float = 0.0
    """Until when it was told to wait."""
    tickets: deque[Ticket] = field(default_factory=deque)

    def ready(self, ticket: Ticket) -> float:
        return max(self.hold, self.pace.ready(self.tat) if ticket.counts else 0.0)
