"""A broadcast as plain data: what is said, to whom, when, how surely. Pure."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeVar

from bot.query import Query

T = TypeVar("T")
Reached = Literal["begun", "done", "not-begun"]
"""How far somebody is with a module."""


class Guarantee(StrEnum):
    """The Bot API cannot tell a repeated message from a new one, so one of two things may happen when a process dies: a few people
    get nothing and are listed, or a few get it twice."""

    AT_MOST_ONCE = "at-most-once"
    AT_LEAST_ONCE = "at-least-once"


class State(StrEnum):
    """draft is in the author's hands; then, perhaps, a second admin's yes; then it is sent, can pause, and ends."""

    APPROVAL = "approval"
    WAITING = "waiting"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Media:
    """A picture or a file that the author sent; `file_id` is Telegram's."""

    kind: Literal["photo", "document"]
    file_id: str


@dataclass(frozen=True)
class Audience:
    """Everybody, or those to whom all of this applies. Never who people are (product.md, Privacy 7)."""

    languages: tuple[str, ...] = ()
    group: int | None = None
    module: str | None = None
    state: Reached | None = None
    channel: str | None = None


@dataclass(frozen=True)
class Draft:
    """`texts` are HTML by language; `hour` is that of the learner's day, None means now."""

    texts: Mapping[str, str] = field(default_factory=dict)
    media: Media | None = None
    audience: Audience = Audience()
    hour: int | None = None
    guarantee: Guarantee = Guarantee.AT_MOST_ONCE


@dataclass(frozen=True)
class Counts:
    """Who would get it, and why others would not. `night` get it too, in the morning."""

    will_get: int = 0
    night: int = 0
    blocked: int = 0
    stopped: int = 0
    no_language: int = 0
    no_channel: int = 0


@dataclass(frozen=True)
class Progress:
    """How far a broadcast is. `rate` is messages a second lately, `seconds_left` None where it cannot be told."""

    id: int
    state: State
    author: int
    draft: Draft
    created: int
    total: int = 0
    sent: int = 0
    failed: int = 0
    unknown: int = 0
    skipped: int = 0
    rate: float = 0.0
    seconds_left: int | None = None

    @property
    def waiting(self) -> int:
        return self.total - self.sent - self.failed - self.unknown - self.skipped


def plain(text: str) -> str:
    """HTML as Telegram takes it -> text."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


# --- what a flow may ask of the store


class BroadcastQuery(Query[T]):
    pass


@dataclass(frozen=True)
class DryRun(BroadcastQuery[Counts]):
    """Who would get a draft: its audience, and the languages in which there is a text."""

    audience: Audience
    languages: tuple[str, ...]


@dataclass(frozen=True)
class BroadcastById(BroadcastQuery[Progress | None]):
    id: int


@dataclass(frozen=True)
class AllBroadcasts(BroadcastQuery[tuple[Progress, ...]]):
    """Those of the last thirty days, newest first."""
