"""What waits to be sent to one chat: the newest screen, and what the screens before it said that
looking again would not show.

Theory. An update is decided and durable before it comes here, with what its answer tells, so
nothing in a mailbox is lost with it: what was not marked as answered is told and shown again by the
next process. One answer of a chat is under way at a time. What is decided meanwhile is laid on top:
only the newest screen is sent, and what the ones below it told (a verdict, a note, what was earned)
is said in front of it, each once. A mailbox knows which message is live since it sent it, because
what a transaction read may be older than that.
"""

import asyncio
from dataclasses import dataclass, replace

from bot.conversation.update import Update
from bot.model.words import Words
from bot.outcome import Outcome, Result, says
from db.arrivals import Live

MOST_TOLD, MOST_UPDATES = 50, 200
"""What one chat can have waiting: beyond it the oldest updates stay unanswered in the database,
with what they told, until later.
"""


@dataclass(frozen=True)
class Skipped:
    """An update whose screen is not sent any more, and what that told."""

    update: Update
    told: tuple[Words, ...]


@dataclass
class Parcel:
    """One answer: the newest outcome, and in front of it what those before it told, oldest
    first."""

    newest: Outcome
    begun: float
    before: tuple[Skipped, ...] = ()
    fresh: bool = False

    def under(self, newer: "Parcel") -> "Parcel":
        """Both in one: the newer screen, and this one's words in front of it."""
        mine = Skipped(self.newest.update, self.newest.told)
        before = (*self.before, mine, *newer.before)[1 - MOST_UPDATES :]
        fresh = self.fresh or newer.fresh or self._asks_for_a_new_message
        both = Parcel(newer.newest, self.begun, before, fresh)
        while len(both.told) > MOST_TOLD:
            both.before = both.before[1:]
        return both

    @property
    def told(self) -> list[Words]:
        """What is said in front of the newest screen, which does not say it itself."""
        return self.told_by(len(self.before))

    def told_by(self, first: int) -> list[Words]:
        """The part of it that the first so many told."""
        if not first:
            return []
        theirs = dict.fromkeys(words for one in self.before[:first] for words in one.told)
        newest = {*self.newest.told, *(says(self.newest.screen) if self.newest.screen else ())}
        return [words for words in theirs if words not in newest]

    @property
    def updates(self) -> list[Update]:
        """Those that it answers."""
        return [*(skipped.update for skipped in self.before), self.newest.update]

    def gone_ahead(self, went: int) -> list[Update]:
        """What the first so many told was said in a message of its own, and is not said again.
        Returns the updates that this answered."""
        over, first = frozenset(self.told_by(went)), self.before[:went]
        self.before = tuple(
            replace(one, told=tuple(words for words in one.told if words not in over))
            for one in self.before[went:]
        )
        return [one.update for one in first if one.update is not self.newest.update]

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
        again = outcome.result is Result.REPEATED and outcome.told
        before = (Skipped(update, outcome.told),) if again else ()
        parcel = Parcel(replace(outcome, told=()) if again else outcome, begun, before)
        self.waiting = self.waiting.under(parcel) if self.waiting else parcel
        return True

    def holds(self, id: str) -> bool:
        return any(
            update.id == id
            for parcel in (self.waiting, self.under_way)
            if parcel
            for update in parcel.updates
        )

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
