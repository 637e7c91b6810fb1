"""What an event writes beside its learner's snapshot: event type -> writer. Each area of `db`
registers its own, and `db.areas` lists the areas.

A transaction has two moments. `@writes`: at once, as soon as the event is decided and before the
screen that follows is made, in a savepoint that is taken back when that fails. `@writes_last`: when
all updates of the transaction are decided, in the order in which the events happened. Most events
change the snapshot alone and have no writer.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.conversation.event import Event

E = TypeVar("E", bound=Event)
Tx = TypeVar("Tx")
Writer = Callable[[Any, int, Any], Awaitable[None]]
LastWriter = Callable[[Any, "Source", Any], Awaitable[None]]
_AT_ONCE: dict[type[Event], Writer] = {}
_LAST: dict[type[Event], LastWriter] = {}
AT_ONCE: Mapping[type[Event], Writer] = _AT_ONCE
LAST: Mapping[type[Event], LastWriter] = _LAST


@dataclass(frozen=True, slots=True)
class Source:
    """Where an event comes from: its learner, the keyed hash of their address, and the event's
    place among those of the same update."""

    learner: int
    address: bytes
    place: int


def writes(
    event: type[E],
) -> Callable[[Callable[[Tx, int, E], Awaitable[None]]], Callable[[Tx, int, E], Awaitable[None]]]:
    """Below it stands `(tx, learner, event)`: what it writes at once."""

    def registered(
        writer: Callable[[Tx, int, E], Awaitable[None]],
    ) -> Callable[[Tx, int, E], Awaitable[None]]:
        if event in _AT_ONCE:
            raise ValueError(f"two writers for {event.__name__}")
        _AT_ONCE[event] = writer
        return writer

    return registered


def writes_last(
    event: type[E],
) -> Callable[
    [Callable[[Tx, Source, E], Awaitable[None]]], Callable[[Tx, Source, E], Awaitable[None]]
]:
    """Below it stands `(tx, source, event)`: what it writes with the whole transaction."""

    def registered(
        writer: Callable[[Tx, Source, E], Awaitable[None]],
    ) -> Callable[[Tx, Source, E], Awaitable[None]]:
        if event in _LAST:
            raise ValueError(f"two last writers for {event.__name__}")
        _LAST[event] = writer
        return writer

    return registered
