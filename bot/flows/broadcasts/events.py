"""What happens to broadcasts."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.broadcast import Draft, Steering
from bot.model.learner import Learner
from bot.model.message import Traits, kind

KEPT_SECONDS = 30 * 24 * 3600
"""How long a broadcast and what became of it can be looked at."""
APPROVAL = kind("approval", Traits(asked_for=True, for_staff=True))
ANNOUNCEMENT = kind("announcement", Traits(asked_for=True, announces=True))
"""As its author asked to see it."""
BROADCAST = kind("broadcast", Traits(seconds=KEPT_SECONDS))
"""On a page that waits for its reader."""


@dataclass(frozen=True)
class BroadcastDrafted(Event):
    """What an admin is writing; None when it was sent or thrown away."""

    draft: Draft | None

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, broadcast=self.draft)


@dataclass(frozen=True)
class BroadcastBegun(Event):
    """A draft is to be sent; with `approval` only after a second admin agreed."""

    id: int
    draft: Draft
    approval: bool


@dataclass(frozen=True)
class BroadcastSteered(Event):
    id: int
    what: Steering
