"""How a learner of a group is getting on, as far as their counsellor may see it. Pure.

No answers, no times, nothing of sensitive modules without a separate yes (product.md, Privacy 4 and 5).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.group import FEWEST_IN_STATISTICS, Group, visible_modules
from bot.learner import Learner, day_of
from cards.model import Deck, Programme

QUIET_DAYS = 10
FAILED_TIMES = 2
NUDGE_PAUSE = 3
"""Days between two nudges of one learner."""


@dataclass(frozen=True)
class Standing:
    """`done` and `total` count modules, `weeks` is how many calendar weeks ago the last step was, 0 is this week.

    `quiet` and `failed` say why somebody may need a call: no step for ten days; a deck that was failed twice.
    """

    learner: Learner
    done: int
    total: int
    weeks: int
    quiet: bool
    failed: Deck | None

    @property
    def finished(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def stuck(self) -> bool:
        return self.quiet or self.failed is not None

    def may_nudge(self, group: Group, today: date) -> bool:
        nudged = self.learner.groups[group.id].nudged
        return not self.finished and not self.learner.muted and (nudged is None or (today - nudged).days >= NUDGE_PAUSE)


def standing(group: Group, learner: Learner, programme: Programme, today: date) -> Standing:
    modules = visible_modules(group, learner, programme)
    done = sum(learner.done(module.id) for module in modules)
    last = day_of(learner.last_at)
    finished = bool(modules) and done == len(modules)
    failed = next(
        (d for m in modules for d in m.decks if learner.failed.get(f"{m.id}/{d.id}", 0) >= FAILED_TIMES and not learner.done(m.id)),
        None,
    )
    weeks = (_monday(today) - _monday(last)).days // 7
    return Standing(learner, done, len(modules), max(0, weeks), (today - last).days >= QUIET_DAYS and not finished, failed)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def by_need(group: Group, members: tuple[Learner, ...], programme: Programme, today: date) -> list[Standing]:
    """The members of a group, those who may need a call first, then those who are under way, then who has finished."""
    standings = [standing(group, m, programme, today) for m in members if group.id in m.groups]
    return sorted(standings, key=lambda s: (not s.stuck, s.finished, -s.weeks))


@dataclass(frozen=True)
class Figures:
    """About a whole group. None where it has fewer than five people."""

    joined: int
    learning: int | None
    finished: int | None


def figures(standings: list[Standing]) -> Figures:
    joined = len(standings)
    if joined < FEWEST_IN_STATISTICS:
        return Figures(joined, None, None)
    finished = sum(s.finished for s in standings)
    return Figures(joined, sum(not s.finished and not s.quiet for s in standings), finished)
