"""How a learner of a group is getting on, as far as their counsellor may see it. Pure.

No answers, no times, nothing of sensitive modules without a separate yes (product.md, Privacy 4 and
5).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.model.figures import FEWEST_IN_STATISTICS
from bot.model.group import Group, shares, visible_modules
from bot.model.learner import Learner, day_of
from bot.model.words import Words, _
from cards.model import Deck, Module, Programme

QUIET_DAYS = 10
NEVER_DAYS = 3
"""Days after joining in which nobody is told to call because nothing was begun."""
FAILED_TIMES = 2
NUDGE_PAUSE = 3
"""Days between two nudges of one learner."""


class Need(StrEnum):
    """Why somebody may need a word, the most pressing first."""

    ASKED = "asked"
    FAILED = "failed"
    NEVER = "never"
    QUIET = "quiet"


WHY: dict[Need, Words] = {
    Need.ASKED: _("✉ open question"),
    Need.FAILED: _("failed a deck twice"),
    Need.NEVER: _("joined, never began"),
    Need.QUIET: _("10 quiet days"),
}


@dataclass(frozen=True)
class InHand:
    """A module that was begun and is not finished: `done` of `total` decks were gone through."""

    module: Module
    done: int
    total: int


@dataclass(frozen=True)
class Standing:
    """`done` and `total` count modules, `decks` those that were gone through; `weeks` is how many
    calendar weeks ago the last step was, 0 is this week. `hands` are the modules under way, the
    last one first; `failed` is a deck that did not work out twice."""

    learner: Learner
    done: int
    total: int
    decks: int
    all_decks: int
    weeks: int
    needs: tuple[Need, ...]
    failed: Deck | None
    hands: tuple[InHand, ...]

    @property
    def finished(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def stuck(self) -> bool:
        """Whether they may need a call; a question alone needs an answer."""
        return any(need is not Need.ASKED for need in self.needs)

    @property
    def asked(self) -> bool:
        return Need.ASKED in self.needs

    @property
    def rank(self) -> int:
        """The order in which a counsellor goes through a list: by need, then who is under way, then
        who has finished."""
        order = list(Need)
        return order.index(self.needs[0]) if self.needs else len(order) + self.finished

    def may_nudge(self, group: Group, today: date) -> bool:
        nudged = self.learner.groups[group.id].nudged
        return (
            not group.archived
            and shares(group, self.learner)
            and not self.finished
            and not self.learner.muted
            and (nudged is None or (today - nudged).days >= NUDGE_PAUSE)
        )


def standing(group: Group, learner: Learner, programme: Programme, today: date) -> Standing:
    modules = visible_modules(group, learner, programme)
    mine = learner.groups[group.id]
    done = sum(learner.done(module.id) for module in modules)
    last = day_of(learner.last_at)
    finished = bool(modules) and done == len(modules)
    failed = next(
        (
            d
            for m in modules
            for d in m.decks
            if learner.failed.get(f"{m.id}/{d.id}", 0) >= FAILED_TIMES and not learner.done(m.id)
        ),
        None,
    )
    begun = any(m.id in learner.modules for m in modules)
    true = {
        Need.ASKED: mine.asks > 0,
        Need.FAILED: failed is not None,
        Need.NEVER: bool(modules) and not begun and (today - mine.joined).days >= NEVER_DAYS,
        Need.QUIET: not finished and (today - last).days >= QUIET_DAYS,
    }
    return Standing(
        learner,
        done,
        len(modules),
        sum(_decks_done(learner, m) for m in modules),
        sum(len(m.decks) for m in modules),
        max(0, (_monday(today) - _monday(last)).days // 7),
        tuple(need for need in Need if true[need]),
        failed,
        _hands(learner, modules),
    )


def _decks_done(learner: Learner, module: Module) -> int:
    progress = learner.modules.get(module.id)
    if progress is None:
        return 0
    return (
        len(module.decks)
        if progress.done
        else sum(deck.id in progress.decks for deck in module.decks)
    )


def _hands(learner: Learner, modules: tuple[Module, ...]) -> tuple[InHand, ...]:
    begun = [m for m in modules if m.id in learner.modules and not learner.done(m.id)]
    begun.sort(key=lambda m: learner.modules[m.id].last_day, reverse=True)
    return tuple(InHand(m, _decks_done(learner, m), len(m.decks)) for m in begun)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def by_need(
    group: Group,
    members: tuple[Learner, ...],
    programme: Programme,
    today: date,
    name: Callable[[Learner], str] = lambda _: "",
) -> list[Standing]:
    """The members of a group, those who may need a word first; those who are alike by the `name`
    that the counsellor reads, people without one last, in the order in which they joined."""
    standings = [standing(group, m, programme, today) for m in members if shares(group, m)]

    def place(s: Standing) -> tuple[int, bool, str, int]:
        called = name(s.learner).casefold()
        return s.rank, not called, called, s.learner.groups[group.id].number

    return sorted(standings, key=place)


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
    away = {Need.QUIET, Need.NEVER}
    return Figures(
        joined, sum(not s.finished and not away.intersection(s.needs) for s in standings), finished
    )
