"""Spaced review: every question comes back, later each time it is known; nothing is due twice or
lost.
"""

import zlib
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.certificate import Certificate, Earned
from bot.model.learner import Due, Learner, ModuleProgress
from bot.model.older import carried_over
from bot.model.spaced import LONGEST, Grade, Memory, Recall, merged, recall, remembered, upcoming
from cards.model import Programme
from db.sealed import LARGE, decoded, encode, open_learner, seal_learner
from db.vault import Vault

TODAY = date(2026, 3, 9)
_answers = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(list(Grade)), st.integers(0, 200)),
    max_size=20,
)


def _recall(memory: Memory, question: str) -> Recall:
    found = recall(memory, "m", "d", question)
    assert found
    return found


def test_intervals_grow_while_a_question_is_known() -> None:
    memory: Memory = {}
    day, intervals = TODAY, []
    for _ in range(8):
        memory = remembered(memory, "m", "d", "q", Grade.RIGHT, day)
        entry = _recall(memory, "q")
        assert entry.last == day
        intervals.append(entry.interval)
        day = entry.due
    assert intervals == sorted(intervals) and intervals[-1] == LONGEST and intervals[0] <= 5


def test_what_was_missed_comes_sooner_than_what_was_known() -> None:
    due = {grade: _recall(remembered({}, "m", "d", "q", grade, TODAY), "q").due for grade in Grade}
    assert TODAY < due[Grade.MISSED] <= due[Grade.AT_THE_REPEAT] <= due[Grade.RIGHT]
    known = remembered(
        remembered({}, "m", "d", "q", Grade.RIGHT, TODAY),
        "m",
        "d",
        "q",
        Grade.RIGHT,
        TODAY + timedelta(days=4),
    )
    missed = remembered(known, "m", "d", "q", Grade.MISSED, TODAY + timedelta(days=30))
    assert _recall(missed, "q").interval < _recall(known, "q").interval


@given(_answers)
@settings(max_examples=60, deadline=None)
def test_every_answered_question_is_due_once_and_never_on_the_same_day(
    answers: list[tuple[str, Grade, int]],
) -> None:
    memory: Memory = {}
    day = TODAY
    for question, grade, days in answers:
        day += timedelta(days=days)
        memory = remembered(memory, "m", "d", question, grade, day)
        entry = _recall(memory, question)
        assert day < entry.due <= day + timedelta(days=LONGEST) and 1 <= entry.difficulty <= 10.2
    for question in {question for question, _, _ in answers}:
        assert recall(memory, "m", "d", question)


@given(_answers, _answers)
@settings(max_examples=40, deadline=None)
def test_nothing_is_lost_when_accounts_join(
    one: list[tuple[str, Grade, int]], two: list[tuple[str, Grade, int]]
) -> None:
    memories: list[Memory] = []
    for answers in (one, two):
        memory: Memory = {}
        for question, grade, days in answers:
            memory = remembered(memory, "m", "d", question, grade, TODAY + timedelta(days=days))
        memories.append(memory)
    both = merged(*memories)
    for question in "abc":
        mine, theirs = (recall(memory, "m", "d", question) for memory in memories)
        found = recall(both, "m", "d", question)
        assert found == max(
            (r for r in (mine, theirs) if r), key=lambda r: r.last, default=None
        ) or (found and found.last == max(r.last for r in (mine, theirs) if r))


def test_reviews_of_an_older_version_are_carried_over(programme: Programme) -> None:
    ref = "computer/meet-the-computer/which-part-shows-the-text"
    old = Learner(1, reviews={ref: Due(TODAY, box=2), "gone/x/y": Due(TODAY)})
    new = carried_over(old)
    assert not new.reviews and carried_over(new) is new
    assert upcoming(new.memory, programme) == ((TODAY, ref),)


def test_the_snapshot_stays_small(programme: Programme) -> None:
    """3 KB after six modules, 10 KB after forty (what is read and written on every tap)."""
    vault = Vault(b"a secret for tests only")
    for modules, most in ((6, 3_000), (40, 10_000)):
        memory: Memory = {}
        done: dict[str, ModuleProgress] = {}
        for number in range(modules * 16):
            module, grade = f"a-module-{number // 16}", list(Grade)[number * 7 % 3]
            day = TODAY + timedelta(days=number * 37 % 90)
            memory = remembered(
                memory, module, f"deck-{number // 4 % 4}", f"question-{number % 4}", grade, day
            )
            done[module] = ModuleProgress(
                TODAY, day, 1200 + number, done=day, mark=70 + number % 30, rule=70
            )
        earned = tuple(
            Certificate(Earned.MODULE, m, TODAY, f"{hash(m) & (1 << 64) - 1:016x}", 1 << 61)
            for m in done
        )
        learner = Learner(1, modules=done, memory=memory, earned=earned)
        stored = seal_learner(vault, 1, encode(learner))
        assert len(stored) < most
        assert decoded(open_learner(vault, 1, stored)) == learner and len(encode(learner)) > LARGE
        of_before = vault.seal(zlib.compress(encode(learner), 1), b"learner" + (1).to_bytes(8))
        assert open_learner(vault, 1, b"\x02" + of_before) == encode(learner), "packed by zlib"
