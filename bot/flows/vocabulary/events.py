"""What happens to one's own words."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner, day_of
from bot.model.spaced import Grade, met, remembered


def shelf(module: str) -> str:
    """Where the memory keeps the words of a module, beside its questions. No module has such an
    id."""
    return f"📖{module}"


@dataclass(frozen=True)
class WordCollected(Event):
    """A word of a module's glossary is one's own. `term` is the word as its author wrote it."""

    module: str
    term: str

    def apply(self, learner: Learner, now: int) -> Learner:
        memory = met(learner.memory, shelf(self.module), "", self.term, day_of(now))
        return replace(learner, memory=memory)


@dataclass(frozen=True)
class WordPractised(Event):
    """A word was asked; it comes again before it is forgotten."""

    told_once = True
    module: str
    term: str
    knew: bool

    def apply(self, learner: Learner, now: int) -> Learner:
        grade = Grade.RIGHT if self.knew else Grade.MISSED
        today = day_of(now)
        memory = remembered(learner.memory, shelf(self.module), "", self.term, grade, today)
        return replace(learner, memory=memory)
