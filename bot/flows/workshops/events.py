"""What happens to workshops that a learner leads: they stand in the membership of the group, and
are gone with it."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner, Workshop
from bot.model.message import Traits, kind

ASKED = kind("workshop-asked", Traits(of_group=True))
OVER = kind("workshop-over", Traits(of_group=True))
ANSWERED = kind("workshop-answered", Traits(asked_for=True, for_staff=True))


@dataclass(frozen=True)
class WorkshopChanged(Event):
    """A learner of a group is asked, or leads it; none where it is over."""

    group: int
    workshop: Workshop | None

    def apply(self, learner: Learner, now: int) -> Learner:
        mine = learner.groups.get(self.group)
        if mine is None:
            return learner
        kept = replace(mine, workshop=self.workshop)
        return replace(learner, groups={**learner.groups, self.group: kept})
