"""Spaced review: every question that was answered comes back before it is forgotten (FSRS,
product.md "Numbers"). Pure.

Theory. FSRS keeps a stability (days until recall falls to 90 %) and a difficulty (1 to 10) of each
question and says when it is asked next. Of each question seven bytes are kept, for there are
hundreds and the snapshot is read on every tap: a code of the question (2), the day it is due (2),
the interval that led there (1), stability (1, on a scale of logarithms) and difficulty (1). The
code is a digest of deck and question; `pasito lint` says where two questions of a module share one.
A question that the programme no longer has is passed over, and forgotten when its module is
answered next.
"""

import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from math import exp, log

from fsrs import Card, Rating, Scheduler, State

from cards.ids import short_code
from cards.model import Module, Programme

RETENTION, LONGEST = 0.85, 120
"""How likely a question is remembered when it comes back, and days between two reviews at most."""
MIDDLING = 5.0
"""The difficulty of a question that nothing is known of."""
_ENTRY = struct.Struct(">HHBBB")
_EPOCH = date(2020, 1, 1).toordinal()
_LEAST, _STEP = 0.05, log(2000 / 0.05) / 255
_scheduler = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST,
    enable_fuzzing=False,
)
Memory = Mapping[str, str]
"""Module id -> what is remembered of its questions, packed."""


class Grade(IntEnum):
    """How an answer went: right at first, right at the repeat, not right."""

    MISSED = Rating.Again
    AT_THE_REPEAT = Rating.Hard
    RIGHT = Rating.Good


@dataclass(frozen=True, slots=True)
class Recall:
    """What is kept of one question."""

    due: date
    interval: int
    """Days; 0 of what was met and never asked."""
    stability: float
    difficulty: float

    @property
    def last(self) -> date:
        """The day it was asked last."""
        return self.due - timedelta(days=self.interval)


def recall(memory: Memory, module: str, deck: str, question: str) -> Recall | None:
    return _unpacked(memory.get(module, "")).get(short_code(deck, question))


def remembered(
    memory: Memory, module: str, deck: str, question: str, grade: Grade, today: date
) -> Memory:
    """The memory after an answer. Two answers of one day count both, and the next time is tomorrow
    at the earliest."""
    entries = _unpacked(memory.get(module, ""))
    before = entries.get(short_code(deck, question))
    return {
        **memory,
        module: _packed({**entries, short_code(deck, question): _next(before, grade, today)}),
    }


def met(memory: Memory, module: str, deck: str, question: str, today: date) -> Memory:
    """The memory with something in it that was never asked, due at once. What is there stays."""
    if recall(memory, module, deck, question):
        return memory
    return kept(memory, module, deck, question, Recall(today, 0, _LEAST, MIDDLING))


def kept(memory: Memory, module: str, deck: str, question: str, entry: Recall) -> Memory:
    """The memory with this entry in it, as it was elsewhere."""
    return {
        **memory,
        module: _packed({**_unpacked(memory.get(module, "")), short_code(deck, question): entry}),
    }


def merged(mine: Memory, other: Memory) -> Memory:
    """Of two people who are one: every question, and of each what was asked last."""

    def newest(module: str) -> str:
        one, two = _unpacked(mine.get(module, "")), _unpacked(other.get(module, ""))
        last = {
            c: one[c] if c not in two or (c in one and one[c].last >= two[c].last) else two[c]
            for c in {**two, **one}
        }
        return _packed(last)

    return {module: newest(module) for module in {**other, **mine}}


def upcoming(memory: Memory, programme: Programme) -> tuple[tuple[date, str], ...]:
    """Day and `module/deck/question` of every question that comes again, soonest first."""
    return tuple(sorted(_upcoming(memory, programme)))


def _upcoming(memory: Memory, programme: Programme) -> Iterator[tuple[date, str]]:
    for module_id, packed in memory.items():
        if module := programme.offered.get(module_id):
            names = _names(module)
            for number, entry in _unpacked(packed).items():
                if number in names:
                    yield entry.due, f"{module_id}/{names[number]}"


@lru_cache(maxsize=256)
def _coded(questions: tuple[tuple[str, str], ...]) -> Mapping[int, str]:
    return {short_code(deck, question): f"{deck}/{question}" for deck, question in questions}


def _names(module: Module) -> Mapping[int, str]:
    return _coded(
        tuple((deck.id, question.id) for deck in module.decks for question in deck.questions)
    )


def _next(before: Recall | None, grade: Grade, today: date) -> Recall:
    noon = datetime.combine(today, time(12), UTC)
    card = Card(card_id=0)
    if before and before.interval:
        last = datetime.combine(min(before.last, today), time(12), UTC)
        card = Card(0, State.Review, None, before.stability, before.difficulty, noon, last)
    card, _log = _scheduler.review_card(card, Rating(grade), noon)
    interval = max(1, (card.due.date() - today).days)
    return Recall(
        today + timedelta(days=interval),
        interval,
        card.stability or _LEAST,
        card.difficulty or MIDDLING,
    )


def _packed(entries: Mapping[int, Recall]) -> str:
    rows = (
        _ENTRY.pack(
            number,
            e.due.toordinal() - _EPOCH,
            min(e.interval, 255),
            _level(e.stability),
            round(e.difficulty * 25),
        )
        for number, e in entries.items()
    )
    return b64encode(b"".join(rows)).decode()


def _unpacked(packed: str) -> dict[int, Recall]:
    return {
        number: Recall(
            date.fromordinal(_EPOCH + due), interval, _LEAST * exp(level * _STEP), difficulty / 25
        )
        for number, due, interval, level, difficulty in _ENTRY.iter_unpack(b64decode(packed))
    }


def _level(stability: float) -> int:
    return min(255, max(0, round(log(max(stability, _LEAST) / _LEAST) / _STEP)))
