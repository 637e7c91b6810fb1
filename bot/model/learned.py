"""The time that somebody learned, module by module, as a certificate states it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.model.group import is_sensitive
from bot.model.learner import Learner, ModuleProgress, learning_minutes
from cards.model import Module, Programme


@dataclass(frozen=True)
class Learned:
    module: Module
    progress: ModuleProgress
    minutes: int


def finished(
    courses: Iterable[str], learner: Learner, programme: Programme
) -> tuple[tuple[Module, ModuleProgress], ...]:
    """Those of the courses in a CV's answers that its papers may name: a file that came back names
    whatever somebody wrote into it."""
    return tuple(
        (programme.modules[id], learner.modules[id])
        for id in courses
        if id in programme.modules
        and learner.done(id)
        and not is_sensitive(programme.modules[id], programme)
    )


def learned(learner: Learner, programme: Programme) -> tuple[Learned, ...]:
    """The modules with learning time, in the order in which they were begun. The minutes add up to
    those of all (`learning_minutes`). Modules that nobody has to know of are left out: the paper
    is for employers."""
    of = [
        (programme.modules[id], progress)
        for id, progress in learner.modules.items()
        if id in programme.modules
        and progress.seconds
        and not is_sensitive(programme.modules[id], programme)
    ]
    of.sort(key=lambda one: one[1].first_day)
    minutes = [progress.seconds // 60 for _module, progress in of]
    left = learning_minutes(progress for _module, progress in of) - sum(minutes)
    by_rest = sorted(range(len(of)), key=lambda n: -(of[n][1].seconds % 60))
    for n in by_rest[:left]:
        minutes[n] += 1
    return tuple(
        Learned(module, progress, m) for (module, progress), m in zip(of, minutes, strict=True) if m
    )
