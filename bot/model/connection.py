"""The phones and pages that are connected to one learner. Nothing about a device is kept: its
channel, and the day it began.
"""

from dataclasses import dataclass
from datetime import date

from bot.model.query import Query


@dataclass(frozen=True)
class Connection:
    """`id` names it in buttons and opens nothing; `since` is None where it is older than this was
    kept."""

    id: str
    channel: str
    since: date | None


@dataclass(frozen=True)
class NewsAgreed(Query[bool]):
    """Whether a learner agreed to be written to on a channel although they did not write for
    long."""

    learner: int
    channel: str


@dataclass(frozen=True)
class ConnectionsOf(Query[tuple[Connection, ...]]):
    """Those of a learner, the oldest first."""

    learner: int
