"""What happens to a practical task."""

from dataclasses import dataclass, replace
from datetime import date

from bot.conversation.event import Event
from bot.model.learner import HomeTask, Learner, active, day_of, with_changes
from bot.model.message import Traits, kind

PRACTICE_DAY = kind("practice-day", Traits(unasked=True, seconds=3 * 3600))
SHOWN = kind("practice-shown", Traits(of_group=True, asked_for=True, from_learner=True))
CONFIRMED = kind("practice-confirmed", Traits(of_group=True, asked_for=True))


@dataclass(frozen=True)
class PracticeTicked(Event):
    """The learner says that the practical task of a module is done, or takes it back: then what a
    counsellor confirmed of it does not hold either."""

    module: str
    done: bool

    def apply(self, learner: Learner, now: int) -> Learner:
        learner = active(learner, self.module, now)
        day = day_of(now) if self.done else None
        progress = replace(learner.modules[self.module], practised=day)
        learner = with_changes(learner, modules={**learner.modules, self.module: progress})
        return _of_task(learner, self.module, now, on=None, left=False, confirmed=None)


@dataclass(frozen=True)
class PracticeNoted(Event):
    """It will be done on this day, or on none that is known."""

    module: str
    day: date | None

    def apply(self, learner: Learner, now: int) -> Learner:
        return _of_task(learner, self.module, now, on=self.day, left=False)


@dataclass(frozen=True)
class PracticeLeft(Event):
    module: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return _of_task(learner, self.module, now, on=None, left=True)


@dataclass(frozen=True)
class PracticeShown(Event):
    """The counsellor of a group was told that it is done."""

    module: str
    group: int

    def apply(self, learner: Learner, now: int) -> Learner:
        return _of_task(
            learner,
            self.module,
            now,
            shown=(*learner.modules[self.module].home.shown, self.group),
        )


@dataclass(frozen=True)
class PracticeConfirmed(Event):
    """A counsellor says so, too."""

    module: str

    def apply(self, learner: Learner, now: int) -> Learner:
        if self.module not in learner.modules:
            return learner
        return _of_task(learner, self.module, now, confirmed=day_of(now))


def _of_task(learner: Learner, module: str, now: int, **changes: object) -> Learner:
    if module not in learner.modules:
        learner = active(learner, module, now)
    progress = learner.modules[module]
    task: HomeTask | None = replace(progress.home, **changes)  # type: ignore[arg-type]
    progress = replace(progress, task=None if task == HomeTask() else task)
    return with_changes(learner, modules={**learner.modules, module: progress})
