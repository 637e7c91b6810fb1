"""What happens to opinions on modules."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner


@dataclass(frozen=True)
class OpinionGiven(Event):
    """`helped` is 0 to 2, not really to much. The learner keeps that they gave one, not which."""

    told_once = True
    module: str
    helped: int
    comment: str = ""

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, opinions=(*learner.opinions, self.module))
