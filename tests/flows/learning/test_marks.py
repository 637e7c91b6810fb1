"""A certificate means that somebody learned: guessers do not pass, honest learners do (product.md,
Completion and certificates).
"""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from cards.grading import hits, worth
from cards.guess import MOST, guesses
from cards.kinds.several import SEVERAL
from cards.lint_marks import check_marks
from cards.model import Module, Programme
from cards.question import Question

PLAYED = 6
"""Modules that are played through thousands of times: those where most would go wrong."""
Guesser = Callable[[Question, random.Random], tuple[int, ...]]


def _random(question: Question, dice: random.Random) -> tuple[int, ...]:
    places = range(len(question.options))
    if question.kind is SEVERAL:
        return tuple(i for i in places if dice.random() < 0.5) or (dice.choice(places),)
    return (
        tuple(dice.sample(places, len(places)))
        if question.kind.arranged
        else (dice.choice(places),)
    )


def _honest(share: float) -> Guesser:
    """Knows so many of the questions, and guesses the others."""

    def guess(question: Question, dice: random.Random) -> tuple[int, ...]:
        return question.right if dice.random() < share else _random(question, dice)

    return guess


def _share(module: Module, guesser: Guesser, goes: int, needed: int, runs: int = 2000) -> float:
    """How many pass: one whole go, then always the weakest deck again, as the chat proposes, for so
    many decks as the other goes have. Worths are counted in twelfths, which are whole."""
    dice = random.Random(module.id)
    asked = [deck.questions for deck in module.decks]
    whole = 12 * sum(map(len, asked))

    def go(questions: tuple[Question, ...]) -> int:
        return sum(int(12 * worth(q, hits(q, guesser(q, dice)))) for q in questions)

    passed = 0
    for _ in range(runs):
        results = [go(questions) for questions in asked]
        again = (goes - 1) * len(asked)
        while sum(results) * 100 < needed * whole and again:
            again -= 1
            weakest = min(range(len(asked)), key=lambda d: results[d] / len(asked[d]))
            results[weakest] = go(asked[weakest])
        passed += sum(results) * 100 >= needed * whole
    return passed / runs


@pytest.mark.row("C4")
def test_random_tappers_do_not_pass(shipped: Programme) -> None:
    modules = shipped.modules.values()
    shares = {m.id: guesses(m, shipped.mark_of(m))[0].share for m in modules}
    assert [id for id, share in shares.items() if share > MOST] == []
    for module in sorted(modules, key=lambda m: shares[m.id])[-PLAYED:]:
        assert abs(_share(module, _random, 1, 70) - shares[module.id]) < 0.01, (
            "what is reckoned is what happens"
        )
        assert _share(module, _random, 3, 70) <= 0.03, module.id


def test_honest_learners_pass_at_once(shipped: Programme) -> None:
    """Luck is largest where the fewest questions are."""
    for module in sorted(shipped.modules.values(), key=_questions)[:PLAYED]:
        assert _share(module, _honest(0.9), 1, 70) > 0.97, module.id
        assert _share(module, _honest(0.8), 1, 70) > 0.85, module.id
        assert _share(module, _honest(0.8), 2, 70) > 0.97, "and the same day after one more lesson"


def _questions(module: Module) -> int:
    return sum(len(deck.questions) for deck in module.decks)


def test_more_hours_than_it_offers_are_refused(shipped: Programme) -> None:
    module = shipped.modules["computer"]

    def refused(hours: int) -> list[str]:
        found = check_marks(replace(module, hours=hours), 70, lambda text: text.source)
        return [finding.message for finding in found if finding.fails]

    assert refused(0) == [] and "declares more than the" in refused(3)[0]
