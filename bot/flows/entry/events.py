"""What happens to the path that one follows."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner


@dataclass(frozen=True)
class PathChosen(Event):
    """A pathway or a category; none where it is empty. Nothing says why."""

    path: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, path=self.path)
