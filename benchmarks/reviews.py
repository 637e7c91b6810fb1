"""A year of reviews: `python -m benchmarks.reviews [LEARNERS]`. How many come back a day, and how
large a snapshot grows.

Ten thousand learners go through modules of the size that ships, each at a pace of their own, forget
as FSRS says that people forget, and do the five that are offered when they come back. Nothing is
timed.
"""

import random
import statistics
import sys
from datetime import date, timedelta

from bot.model.certificate import Certificate, Earned
from bot.model.learner import Learner, ModuleProgress
from bot.model.spaced import RETENTION, Grade, Memory, recall, remembered
from db.sealed import encode, seal_learner
from db.vault import Vault

DAYS, OFFERED = 365, 5
MODULES, DECKS, QUESTIONS = 40, 4, 4
START = date(2026, 1, 1)
_VAULT = Vault(b"a key for this benchmark only")


def year(dice: random.Random) -> tuple[list[int], Learner]:
    """Reviews done on each day on which the learner came, and the learner after a year."""
    comes, finishes = dice.uniform(0.1, 0.9), dice.uniform(0.1, 1.0)
    memory: Memory = {}
    due: dict[tuple[str, str, str], date] = {}
    modules: dict[str, ModuleProgress] = {}
    done: list[int] = []
    deck = 0
    for number in range(DAYS):
        today = START + timedelta(days=number)
        if dice.random() > comes:
            continue
        waiting = sorted((day, ref) for ref, day in due.items() if day <= today)[:OFFERED]
        for _day, ref in waiting:
            grade = Grade.RIGHT if dice.random() < RETENTION else Grade.MISSED
            memory = remembered(memory, *ref, grade, today)
            due[ref] = entry.due if (entry := recall(memory, *ref)) else today
        done.append(len(waiting))
        if dice.random() < finishes and deck < MODULES * DECKS:
            module, deck_id = f"module-number-{deck // DECKS}", f"deck-with-a-name-{deck % DECKS}"
            for question in range(QUESTIONS):
                ref = (module, deck_id, f"what-is-asked-here-{question}")
                grade = Grade.RIGHT if dice.random() < 0.8 else Grade.MISSED
                memory = remembered(memory, *ref, grade, today)
                due[ref] = entry.due if (entry := recall(memory, *ref)) else today
            first = modules[module].first_day if module in modules else today
            modules[module] = ModuleProgress(
                first, today, 1200, done=today if deck % DECKS == DECKS - 1 else None, mark=85
            )
            deck += 1
    return done, _learner(modules, memory)


def _learner(modules: dict[str, ModuleProgress], memory: Memory) -> Learner:
    finished = [module for module, progress in modules.items() if progress.done]
    earned = tuple(
        Certificate(Earned.MODULE, module, START, f"{i:016x}", 1 << 61)
        for i, module in enumerate(finished)
    )
    return Learner(1, language="en", modules=modules, memory=memory, earned=earned)


def main() -> None:
    learners = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    dice = random.Random(1)
    a_day: list[float] = []
    sizes: dict[int, list[int]] = {}
    for _ in range(learners):
        done, learner = year(dice)
        if done:
            a_day.append(statistics.mean(done))
        finished = sum(progress.done is not None for progress in learner.modules.values())
        sizes.setdefault(finished, []).append(
            len(seal_learner(_VAULT, learner.id, encode(learner)))
        )
    print(
        f"{learners} learners, {DAYS} days: {statistics.mean(a_day):.1f} reviews on a day on which "
        "somebody comes"
    )
    print(
        f"  half of them at most {statistics.median(a_day):.1f}, nine of ten at most "
        f"{statistics.quantiles(a_day, n=10)[-1]:.1f}"
    )
    for finished in (6, 20, 40):
        if found := sizes.get(finished):
            print(
                f"  a snapshot after {finished} modules: {max(found)} bytes at most ({len(found)} "
                "learners)"
            )


if __name__ == "__main__":
    main()
