"""A broadcast as plain data: what is said, to whom, when, how surely. Pure."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from bot.model.figures import FEWEST_IN_STATISTICS
from bot.model.query import Query

T = TypeVar("T")


EASTERNMOST = 14 * 3600
"""Seconds by which the first clocks of a day are ahead of UTC (Kiribati)."""


class Reached(StrEnum):
    """How far somebody is with a module."""

    BEGUN = "begun"
    DONE = "done"
    NOT_BEGUN = "not-begun"


class MediaKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


class Steering(StrEnum):
    """What an admin does with a broadcast that is there. The values stand on buttons."""

    APPROVE = "approve"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    LIST = "list"
    """Asks who did not get it, and changes nothing."""


class Guarantee(StrEnum):
    """The Bot API cannot tell a repeated message from a new one, so one of two things may happen
    when a process dies: a few people get nothing and are listed, or a few get it twice."""

    AT_MOST_ONCE = "at-most-once"
    AT_LEAST_ONCE = "at-least-once"


class State(StrEnum):
    """draft is in the author's hands; then, perhaps, a second admin's yes; then it is sent, can
    pause, and ends."""

    APPROVAL = "approval"
    WAITING = "waiting"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Media:
    """A picture or a file that the author sent; `file_id` is that of the messenger on which they
    did."""

    kind: MediaKind
    file_id: str
    channel: str = "telegram"


@dataclass(frozen=True)
class Audience:
    """Everybody, or those to whom all of this applies. Never who people are (product.md, Privacy
    7)."""

    languages: tuple[str, ...] = ()
    group: int | None = None
    module: str | None = None
    state: Reached | None = None
    channel: str | None = None


@dataclass(frozen=True)
class Draft:
    """`texts` are HTML by language. `day`, `hour` and `minute` are those of each learner's own
    clock; without an hour it is sent now, without a day (an older version's) when it is that hour
    next."""

    texts: Mapping[str, str] = field(default_factory=dict)
    media: Media | None = None
    audience: Audience = Audience()
    hour: int | None = None
    guarantee: Guarantee = Guarantee.AT_MOST_ONCE
    day: date | None = None
    minute: int = 0
    tested: bool = False
    """Whether the author had it sent to themselves: they do not get it twice."""

    @property
    def time(self) -> tuple[int, int] | None:
        return None if self.hour is None else (self.hour, self.minute)

    @property
    def clock(self) -> str:
        return f"{self.hour or 0:02}:{self.minute:02}"

    @property
    def starts(self) -> int:
        """When it is time for the first learners, wherever on earth they are; 0 is now. Seconds
        since the epoch."""
        if self.day is None or self.hour is None:
            return 0
        there = datetime(
            self.day.year, self.day.month, self.day.day, self.hour, self.minute, tzinfo=UTC
        )
        return int(there.timestamp()) - EASTERNMOST

    def at(self, day: date | None, time: tuple[int, int] | None) -> "Draft":
        """The same for another day and time of the learners."""
        hour, minute = time or (None, 0)
        return replace(self, day=day, hour=hour, minute=minute)


@dataclass(frozen=True)
class Counts:
    """Who would get it, and why others would not. `night` get it too, in the morning; `page` on
    their web page, when they come; `costly` by a messenger where each message costs money, of those
    `template` did not write lately and agreed. `closed` did not, or the text is too long for a
    template: they are left out."""

    will_get: int = 0
    night: int = 0
    page: int = 0
    blocked: int = 0
    stopped: int = 0
    no_language: int = 0
    no_channel: int = 0
    costly: int = 0
    template: int = 0
    closed: int = 0


@dataclass(frozen=True)
class Progress:
    """How far a broadcast is. `rate` is messages a second lately, `seconds_left` None where it
    cannot be told; `due` is when the next of those who wait gets it, once they are known (seconds
    since the epoch)."""

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
    page: int = 0
    """On a page that waits for its reader."""
    another_day: int = 0
    """Of those who wait, for whom a messenger lets no more be begun with today."""
    rate: float = 0.0
    seconds_left: int | None = None
    due: int | None = None

    @property
    def waiting(self) -> int:
        return self.total - self.sent - self.failed - self.unknown - self.skipped - self.page

    @property
    def listed(self) -> bool:
        """Whether there is a list of who did not get it: not of so few of a part of the learners
        that they could be told apart."""
        number = self.failed + self.unknown
        return number >= (1 if self.draft.audience == Audience() else FEWEST_IN_STATISTICS)


def plain(text: str) -> str:
    """HTML as Telegram takes it -> text."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def readable(text: str) -> str:
    """The same for a channel that has bold letters and no links: the address stands behind its
    words."""

    def link(found: "re.Match[str]") -> str:
        return found[2] if found[1] == found[2] else f"{found[2]} ({found[1]})"

    text = re.sub(r'<a href="([^"]*)">(.*?)</a>', link, text, flags=re.DOTALL)
    return plain(re.sub(r"<(b|strong)>([^<*\n]+)</\1>", r"**\2**", text))


# --- what a flow may ask of the store


class BroadcastQuery(Query[T]):
    pass


@dataclass(frozen=True)
class DryRun(BroadcastQuery[Counts]):
    """Who would get a draft: its audience, and the languages in which there is a text; not
    `besides`, the author who has it already. In the languages `too_long` the text does not fit into
    a template."""

    audience: Audience
    languages: tuple[str, ...]
    besides: int = 0
    too_long: tuple[str, ...] = ()


@dataclass(frozen=True)
class SpentThisMonth(BroadcastQuery[int]):
    """How many messages were sent this month on channels where each costs money."""


@dataclass(frozen=True)
class BroadcastById(BroadcastQuery[Progress | None]):
    id: int


@dataclass(frozen=True)
class UnreadableBroadcasts(BroadcastQuery[int]):
    """How many cannot be read: they are in no list, and stand still."""


@dataclass(frozen=True)
class AllBroadcasts(BroadcastQuery[tuple[Progress, ...]]):
    """Those of the last thirty days, newest first."""
