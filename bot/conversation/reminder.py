"""What comes by itself, at a time of the learner's own: each reminder says when, what, and what is
different once it went out.

    @reminds
    class Waiting(Reminder):
        def next_at(self, learner: Learner, now: int) -> int | None: ...

The learner keeps the time of the earliest one (`Rhythm.due`); by it the store finds who is due.
"""

from abc import ABC, abstractmethod

from bot.model.learner import Learner, with_changes
from bot.model.message import Note


class Reminder(ABC):
    """One thing that people are reminded of. Its times are outside of the quiet hours."""

    @abstractmethod
    def next_at(self, learner: Learner, now: int) -> int | None:
        """When it is due next, later than `now`, both in seconds since the epoch; None where it is
        not wanted. It depends on nothing but these two."""

    @abstractmethod
    def note(self, learner: Learner, now: int) -> Note:
        """What they read. `learner` is as `after` gave them."""

    @abstractmethod
    def after(self, learner: Learner, now: int) -> Learner:
        """The learner once it went out."""


_REMINDERS: list[Reminder] = []


def reminds(cls: type[Reminder]) -> type[Reminder]:
    _REMINDERS.append(cls())
    return cls


def planned(learner: Learner, now: int) -> Learner:
    """With the earliest reminder where it belongs."""
    times = (reminder.next_at(learner, now) for reminder in _REMINDERS)
    due = min((time for time in times if time is not None), default=None)
    if due == learner.rhythm.due:
        return learner
    return with_changes(learner, rhythm=with_changes(learner.rhythm, due=due))


def reminded(learner: Learner, now: int) -> tuple[Learner, tuple[Note, ...]]:
    """The learner after what was due at their time went out, and what they read: the first one,
    however many are due."""
    due = learner.rhythm.due
    if due is None:
        return planned(learner, now), ()
    times = [(reminder.next_at(learner, due - 1), reminder) for reminder in _REMINDERS]
    wanted = [(at, reminder) for at, reminder in times if at is not None and at <= now]
    if not wanted:
        return planned(learner, now), ()
    _at, reminder = min(wanted, key=lambda each: each[0])
    after = reminder.after(learner, now)
    return planned(after, now), (reminder.note(after, now),)
