"""What happens to a learner's rhythm."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner
from bot.model.message import Traits, kind

REMINDER_SECONDS = 3 * 3600
"""A reminder that is late is no reminder."""
IDLE = kind("idle", Traits(unasked=True))


@dataclass(frozen=True)
class ZoneTold(Event):
    """The learner's time zone (IANA)."""

    zone: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, zone=self.zone)


@dataclass(frozen=True)
class ReminderSet(Event):
    """The hour of the day, where the learner is; None for no reminders."""

    hour: int | None

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, rhythm=replace(learner.rhythm, hour=self.hour, unanswered=0))


@dataclass(frozen=True)
class GoalSet(Event):
    """Decks a week; 0 for none."""

    steps: int

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, rhythm=replace(learner.rhythm, goal=self.steps))
