"""The phones and pages that are connected to one learner. Nothing about a device is kept: its
channel, and the day it began.
"""

from dataclasses import dataclass
from datetime import date

from bot.model.query import Query
from bot.model.words import Words, _, verbatim

_NAMES: dict[str, Words] = {
    "web": _("Web page"),
    "terminal": _("Terminal"),
    "telegram": verbatim("Telegram"),
    "whatsapp": verbatim("WhatsApp"),
}


@dataclass(frozen=True)
class Connection:
    """`id` names it in buttons and opens nothing; `since` is None where it is older than this was
    kept."""

    id: str
    channel: str
    since: date | None


@dataclass(frozen=True)
class ConnectionsOf(Query[tuple[Connection, ...]]):
    """Those of a learner, the oldest first."""

    learner: int


def name_of_channel(channel: str) -> Words:
    return _NAMES.get(channel) or verbatim(channel.capitalize())
