"""Is this answer right, and what is it worth? Pure.

An answer has `hits` of `parts`; what they are is the question's kind's to say (`cards.kinds`).
"""

from collections.abc import Mapping
from fractions import Fraction

from cards.model import Module
from cards.question import Choices, Question

Hits = int


def parts(question: Question) -> int:
    return question.kind.parts(question)


def hits(question: Question, choices: Choices) -> Hits:
    """How many parts of the answer are right, 0 to `parts(question)`."""
    return question.kind.hits(question, choices)


def is_right(question: Question, choices: Choices) -> bool:
    return hits(question, choices) == parts(question)


def worth(question: Question, hits: Hits) -> Fraction:
    """What so many hits count towards the mark, 0 to 1."""
    return question.kind.worth(question, hits)


def mark(module: Module, answers: Mapping[str, Mapping[str, Hits]]) -> Fraction:
    """The mark of a module, 0 to 1: the mean worth of all its questions. What was not answered is
    worth nothing.

    `answers` is deck id -> question id -> hits. Exact, so that 50.0 % passes and 49.9 % does not
    (seed 28).
    """
    questions = [(deck.id, question) for deck in module.decks for question in deck.questions]
    if not questions:
        return Fraction(1)
    worths = (
        worth(question, answers.get(deck, {}).get(question.id, 0)) for deck, question in questions
    )
    return sum(worths, Fraction()) / len(questions)


def failed_tests(module: Module, answers: Mapping[str, Mapping[str, Hits]]) -> tuple[Question, ...]:
    """The required questions that have not been answered right yet. `answers` are as for `mark`."""
    asked = (
        (deck.id, question)
        for deck in module.decks
        for question in deck.questions
        if question.required
    )
    return tuple(q for deck, q in asked if answers.get(deck, {}).get(q.id, 0) < parts(q))
