"""How a module does: begun and done, where people stop, what is hard, how long a step takes, what
is said of it. Nothing about fewer than five people (product.md, Privacy 6); counts of people are
rounded down to fives, as in `db.statistics`.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model.figures import FEWEST_IN_STATISTICS as FEWEST
from bot.model.learner import day_of
from bot.model.opinion import OnModule, OpinionsOn
from cards.model import Module, Programme
from cards.question import Question
from db import tables as t
from db.engine import reading
from db.opinions import on_module
from db.queries import Asked
from db.statistics import enough, snapshots
from db.vault import Vault

STOPPED = timedelta(days=14)
"""Who has begun, is not done and was not at it for so long has stopped."""
Place = tuple[str, str]
"""Ids of a deck and of its card or question; before a deck that was not begun the second is
empty."""


@dataclass(frozen=True)
class Asking:
    """First answers to a question: how many per cent were right, and of each wrong one that five
    people or more gave, how many per cent gave it."""

    right: int
    wrong: Mapping[str, int] = field(default_factory=dict)
    """Indexes of the options, as digits."""


@dataclass(frozen=True)
class Quality:
    """Of one module. None where a figure would be about fewer than five people. `seconds` is what
    half of those who are done needed at most for a card or question."""

    begun: int | None = None
    done: int | None = None
    stopped: int | None = None
    where: Mapping[Place, int] = field(default_factory=dict)
    seconds: int | None = None
    questions: Mapping[Place, Asking] = field(default_factory=dict)
    said: OnModule = field(default_factory=OnModule)


class _Progress(msgspec.Struct):
    last_day: date
    seconds: int = 0
    decks: dict[str, Any] = {}
    done: date | None = None


class _Attempt(msgspec.Struct):
    module: str
    deck: str
    queue: list[str] = []


class _Snapshot(msgspec.Struct):
    """Of a snapshot only what is counted here."""

    modules: dict[str, _Progress] = {}
    attempts: dict[str, _Attempt] = {}


@dataclass
class _Counted:
    begun: int = 0
    done: int = 0
    stopped: Counter[Place] = field(default_factory=Counter)
    seconds: list[int] = field(default_factory=list)


async def quality(
    engine: AsyncEngine, vault: Vault, programme: Programme, now: int
) -> dict[str, Quality]:
    """Of each module of the programme."""
    today = day_of(now)
    counted = {id: _Counted() for id in programme.modules}
    async with reading(engine).connect() as db:
        async for learner in snapshots(db, vault, _Snapshot):
            for id, progress in learner.modules.items():
                if id in counted:
                    _count(counted[id], programme.modules[id], progress, learner, today)
        first = await _first_answers(db)
        asked = Asked(db, vault, (), "UTC", now, {})
        said = {id: await on_module(asked, OpinionsOn(id)) for id in counted}
    return {
        id: Quality(
            begun=enough(one.begun),
            done=enough(one.done),
            stopped=enough(one.stopped.total()),
            where={place: n for place, count in one.stopped.items() if (n := enough(count))},
            seconds=_per_step(one.seconds, programme.modules[id]),
            questions=_asked(first, programme.modules[id]),
            said=said[id],
        )
        for id, one in counted.items()
    }


def _count(
    counted: _Counted, module: Module, progress: _Progress, learner: _Snapshot, today: date
) -> None:
    counted.begun += 1
    if progress.done:
        counted.done += 1
        counted.seconds.append(progress.seconds)
    elif today - progress.last_day >= STOPPED:
        counted.stopped[_stopped_at(module, progress, learner)] += 1


def _stopped_at(module: Module, progress: _Progress, learner: _Snapshot) -> Place:
    """What was on the screen of the deck that is the furthest; else the deck that comes next."""
    here = {a.deck: a for a in learner.attempts.values() if a.module == module.id}
    for deck in reversed(module.decks):
        if deck.id in here:
            return deck.id, next(iter(here[deck.id].queue), "")
    left = (deck.id for deck in module.decks if deck.id not in progress.decks)
    return next(left, module.decks[-1].id), ""


def _per_step(seconds: list[int], module: Module) -> int | None:
    steps = sum(len(deck.cards) + len(deck.questions) for deck in module.decks)
    return round(median(seconds) / steps) if len(seconds) >= FEWEST and steps else None


First = Mapping[tuple[str, str, str], Mapping[tuple[str, bool], int]]
"""Module, deck and question -> choices, and whether they are right -> how many people."""


async def _first_answers(db: AsyncConnection) -> First:
    answer = t.answer.c
    first = sa.select(sa.func.min(answer.id)).group_by(
        answer.learner_id, answer.module, answer.deck, answer.question
    )
    given = (answer.module, answer.deck, answer.question, answer.choices, answer.right)
    rows = await db.execute(
        sa.select(*given, sa.func.count()).where(answer.id.in_(first)).group_by(*given)
    )
    found: dict[tuple[str, str, str], dict[tuple[str, bool], int]] = defaultdict(dict)
    for module, deck, question, choices, right, people in rows:
        found[module, deck, question][choices, right] = people
    return found


def _asked(first: First, module: Module) -> dict[Place, Asking]:
    """The hardest first. Sisters come only when a question comes again: none of them is here."""
    found: dict[Place, Asking] = {}
    for deck in module.all_decks:
        for question in deck.questions:
            given = first.get((module.id, deck.id, question.id), {})
            people = sum(given.values())
            if people >= FEWEST:
                found[deck.id, question.id] = _asking(given, people, question)
    return dict(sorted(found.items(), key=lambda each: each[1].right))


def _asking(given: Mapping[tuple[str, bool], int], people: int, question: Question) -> Asking:
    right = sum(count for (_choices, hit), count in given.items() if hit)
    wrong = {
        choices: round(100 * count / people)
        for (choices, hit), count in sorted(given.items(), key=lambda each: -each[1])
        if not hit and count >= FEWEST and not question.kind.arranged
    }
    return Asking(round(100 * right / people), wrong)
