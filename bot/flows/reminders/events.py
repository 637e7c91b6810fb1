"""What happens to a learner's rhythm."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner
from bot.model.message import Traits, kind
from bot.model.reminders import reminded

REMINDER_SECONDS = 3 * 3600
"""A reminder that is late is no reminder."""
REMINDER = kind("reminder", Traits(unasked=True, seconds=REMINDER_SECONDS))
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


@dataclass(frozen=True)
class Reminded(Event):
    """A reminder goes out."""

    by_learner = False

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, rhythm=reminded(learner.rhythm, now, learner.zone, learner.last_at))
