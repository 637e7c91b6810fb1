"""What happens to the languages of a card."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner


@dataclass(frozen=True)
class AlsoChosen(Event):
    """Cards come in this language, too; in one's own alone where it is empty."""

    language: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, also=self.language)
