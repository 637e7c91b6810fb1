"""What waits to be sent to one chat: the newest screen, and what the screens before it said that
looking again would not show.

Theory. An update is decided and durable before it comes here, so nothing in a mailbox is lost with
it: what was not marked as answered is shown again by the next process. One answer of a chat is
under way at a time. What is decided meanwhile is laid on top: only the newest screen is sent, and
what the ones below it told (a verdict, a note, what was earned) is said in front of it, each once.
A mailbox knows which message is live since it sent it, because what a transaction read may be older
than that.
"""

import asyncio
from dataclasses import dataclass, field, replace

from bot.conversation.update import Update
from bot.model.words import Words
from bot.outcome import Outcome, Result
from db.arrivals import Live

MOST_TOLD, MOST_UPDATES = 50, 200
"""What one chat can have waiting: beyond it the oldest words go, and the oldest updates stay
unanswered in the database until later.
"""


@dataclass
class Parcel:
    """One answer: the newest outcome, what is told in front of it, and the updates that it
    answers."""

    newest: Outcome
    begun: float
    told: list[Words] = field(default_factory=list)
    updates: dict[str, Update] = field(default_factory=dict)
    fresh: bool = False

    def under(self, newer: "Parcel") -> "Parcel":
        """Both in one: the newer screen, and this one's words in front of it."""
        told = list(dict.fromkeys((*self.told, *self.newest.told, *newer.told)))
        updates = list({**self.updates, **newer.updates}.items())[-MOST_UPDATES:]
        fresh = self.fresh or newer.fresh or self._asks_for_a_new_message
        return Parcel(newer.newest, self.begun, told[-MOST_TOLD:], dict(updates), fresh)

    @property
    def _asks_for_a_new_message(self) -> bool:
        return bool(self.newest.screen and self.newest.screen.fresh) or bool(self.newest.told)


@dataclass
class Mailbox:
    """See the theory at the top. Forgotten when nothing is decided, waits or is under way."""

    deciding: int = 0
    waiting: Parcel | None = None
    under_way: Parcel | None = None
    task: "asyncio.Task[None] | None" = None
    live: Live | None = None
    """What we sent last; None while the mailbox sent nothing."""

    def put(self, outcome: Outcome, begun: float) -> bool:
        """Lays an outcome on top. False for one that is to show nothing, or waits here already."""
        update = outcome.update
        if (
            outcome.screen is None
            or outcome.shown
            or (outcome.result is Result.REPEATED and self.holds(update.id))
        ):
            return False
        parcel = Parcel(outcome, begun, updates={update.id: update})
        self.waiting = self.waiting.under(parcel) if self.waiting else parcel
        return True

    def holds(self, id: str) -> bool:
        return any(id in parcel.updates for parcel in (self.waiting, self.under_way) if parcel)

    def take(self) -> Parcel | None:
        """What goes out now."""
        self.under_way, self.waiting = self.waiting, None
        return self.under_way

    def give_back(self, parcel: Parcel) -> bool:
        """It did not go out. True when something newer lies on it by now: that may be tried at
        once."""
        newer = self.waiting
        self.under_way, self.waiting = None, parcel.under(newer) if newer else parcel
        return newer is not None

    def live_for(self, outcome: Outcome) -> Live | None:
        return self.live or outcome.live

    def forget_shown(self) -> None:
        """Nobody knows what the live message shows: it may have been edited or not."""
        if live := self.live or (self.under_way and self.under_way.newest.live):
            self.live = replace(live, shown=None)

    @property
    def idle(self) -> bool:
        return not self.deciding and self.waiting is None and self.under_way is None
