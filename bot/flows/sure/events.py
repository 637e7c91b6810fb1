"""What happens to how sure somebody is."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner


@dataclass(frozen=True)
class SureSaid(Event):
    """1 to 5, before a module or after it."""

    module: str
    after: bool
    value: int

    def apply(self, learner: Learner, now: int) -> Learner:
        before, after = said(learner, self.module)
        both = (before, self.value) if self.after else (self.value, after)
        return replace(learner, sure={**learner.sure, self.module: "".join(map(str, both))})


def said(learner: Learner, module: str) -> tuple[int, int]:
    """What was said before and after; 0 where nothing was."""
    both = learner.sure.get(module, "00")
    return int(both[0]), int(both[1])
