"""Two learners become one. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.model.certificate import Certificate, PapersIn
from bot.model.learner import HomeTask, Learner, ModuleProgress, as_handed_over, best
from bot.model.pairs import AboutMe
from bot.model.reminders import joined
from bot.model.roles import Role
from bot.model.spaced import merged


def merge(mine: Learner, other: Learner) -> Learner:
    """One learner out of two: progress of both, nothing lost. Where only one can stay (language,
    place) mine does."""
    mine, other = as_handed_over(mine), as_handed_over(other)
    renumbered = {
        k: replace(attempt, id=mine.attempts_begun + attempt.id)
        for k, attempt in other.attempts.items()
        if k not in mine.attempts
    }
    earned = (*mine.earned, *(c for c in other.earned if not _has(mine.earned, c)))
    owed = tuple(c for c in mine.owed if not _has(earned, c))
    owed += tuple(c for c in other.owed if not _has((*earned, *owed), c))
    return replace(
        mine,
        language=mine.language or other.language,
        attempts_begun=mine.attempts_begun + other.attempts_begun,
        attempts={**mine.attempts, **renumbered},
        modules={**other.modules, **mine.modules}
        | {
            m: _merge_modules(mine.modules[m], other.modules[m])
            for m in mine.modules.keys() & other.modules.keys()
        },
        memory=merged(mine.memory, other.memory),
        owed=owed,
        earned=earned,
        name=mine.name or other.name,
        papers=tuple(sorted({*mine.papers, *other.papers})),
        explained=tuple(sorted({*mine.explained, *other.explained})),
        papers_in=other.papers_in if mine.papers_in is PapersIn.MINE else mine.papers_in,
        sure={**other.sure, **mine.sure},
        opinions=tuple(dict.fromkeys((*mine.opinions, *other.opinions))),
        path=mine.path or other.path,
        also=mine.also or other.also,
        about_me=_about(mine.about_me, other.about_me),
        muted=mine.muted or other.muted,
        role=other.role if mine.role == Role.LEARNER else mine.role,
        staff_name=mine.staff_name or other.staff_name,
        groups={**other.groups, **mine.groups},
        failed={**other.failed, **mine.failed},
        zone=mine.zone or other.zone,
        rhythm=joined(mine.rhythm, other.rhythm),
        code=None,
        joined=True,
        **_spent(mine, other),
    )


def _spent(mine: Learner, other: Learner) -> dict[str, Any]:
    """What both learned on the later of their last days."""
    day = max((each.spent_on for each in (mine, other) if each.spent_on), default=None)
    spent = sum(each.spent for each in (mine, other) if each.spent_on == day)
    return {"spent_on": day, "spent": spent}


def _about(mine: AboutMe, other: AboutMe) -> AboutMe:
    """Pairs of both; of what was said of oneself, mine."""
    said = mine if mine.name or mine.rules else other
    return replace(said, pairs=tuple(dict.fromkeys((*other.pairs, *mine.pairs))))


def _has(certificates: Iterable[Certificate], wanted: Certificate) -> bool:
    return any((c.kind, c.subject) == (wanted.kind, wanted.subject) for c in certificates)


def _merge_modules(a: ModuleProgress, b: ModuleProgress) -> ModuleProgress:
    done = min((day for day in (a.done, b.done) if day), default=None)
    return ModuleProgress(
        first_day=min(a.first_day, b.first_day),
        last_day=max(a.last_day, b.last_day),
        seconds=a.seconds + b.seconds,
        decks={}
        if done
        else {
            d: best(a.decks.get(d, {}), b.decks.get(d, {})) for d in a.decks.keys() | b.decks.keys()
        },
        done=done,
        mark=max(a.mark, b.mark),
        tested=a.tested or b.tested,
        rule=(a if a.mark >= b.mark else b).rule,
        practised=min((day for day in (a.practised, b.practised) if day), default=None),
        task=_merge_tasks(a, b),
    )


def _merge_tasks(a: ModuleProgress, b: ModuleProgress) -> HomeTask | None:
    """A task that is done has no day to come and is not left."""
    if not a.task or not b.task:
        task = a.task or b.task
    else:
        task = HomeTask(
            a.task.on or b.task.on,
            a.task.left and b.task.left,
            tuple(sorted({*a.task.shown, *b.task.shown})),
            a.task.confirmed or b.task.confirmed,
        )
    return replace(task, on=None, left=False) if task and (a.practised or b.practised) else task
