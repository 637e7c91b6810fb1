"""Is this answer right, and what is it worth? Pure.

An answer has `hits` of `parts`. Choice, true/false and fill-in have one part. Several has a part for each option (ticked or left as
it should be), order one for each place, match one for each pair. Order and match are worth their share (seed 33); several is worth
something only when it is exactly right, or "tick everything" would pay.
"""

import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction

from cards.model import Kind, Module, Question, Text

Choices = tuple[int, ...]
Hits = int


def parts(question: Question) -> int:
    return len(question.options) if question.kind in (Kind.SEVERAL, Kind.ORDER, Kind.MATCH) else 1


def hits(question: Question, choices: Choices) -> Hits:
    """How many parts of the answer are right, 0 to `parts(question)`."""
    if question.kind is Kind.SEVERAL:
        return sum((i in choices) == option.right for i, option in enumerate(question.options))
    if question.kind in (Kind.ORDER, Kind.MATCH):
        return sum(chosen == i for i, chosen in enumerate(choices[: len(question.options)]))
    return int(len(choices) == 1 and choices[0] in question.right)


def is_right(question: Question, choices: Choices) -> bool:
    return hits(question, choices) == parts(question)


def worth(question: Question, hits: Hits) -> Fraction:
    """What so many hits count towards the mark, 0 to 1."""
    whole = parts(question)
    if question.kind is Kind.SEVERAL:
        return Fraction(int(hits >= whole))
    return Fraction(min(hits, whole), whole)


def mark(module: Module, answers: Mapping[str, Mapping[str, Hits]]) -> Fraction:
    """The mark of a module, 0 to 1: the mean worth of all its questions. What was not answered is worth nothing.

    `answers` is deck id -> question id -> hits. Exact, so that 50.0 % passes and 49.9 % does not (seed 28).
    """
    questions = [(deck.id, question) for deck in module.decks for question in deck.questions]
    if not questions:
        return Fraction(1)
    worths = (worth(question, answers.get(deck, {}).get(question.id, 0)) for deck, question in questions)
    return sum(worths, Fraction()) / len(questions)


def failed_tests(module: Module, answers: Mapping[str, Mapping[str, Hits]]) -> tuple[Question, ...]:
    """The required questions that have not been answered right yet. `answers` are as for `mark`."""
    asked = ((deck.id, question) for deck in module.decks for question in deck.questions if question.required)
    return tuple(q for deck, q in asked if answers.get(deck, {}).get(q.id, 0) < parts(q))


def plain(text: str) -> str:
    """A text as it is compared: no case, no accents, no marks, no punctuation, single spaces."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    kept = (c if c.isalnum() else " " for c in folded if not unicodedata.combining(c) and c != "\N{ARABIC TATWEEL}")
    return " ".join("".join(kept).split())


def fill_in(question: Question, typed: str, translate: Callable[[Text], str]) -> Choices | None:
    """What was typed into a gap, as a choice; None when it is none of the words. Case, accents and one typo in five letters
    are forgiven, as long as the word is not another option's."""
    wanted = plain(typed)
    spellings = {
        plain(translate(spelling)): i for i, option in enumerate(question.options) for spelling in (option.text, *option.also)
    }
    if wanted in spellings:
        return (spellings[wanted],)
    near = {i for spelling, i in spellings.items() if len(spelling) >= 5 and _one_edit_apart(wanted, spelling)}
    return (near.pop(),) if len(near) == 1 else None


def _one_edit_apart(a: str, b: str) -> bool:
    """One letter added, left out, changed, or two neighbours swapped."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return (
        a[start + 1 :] == b[start + 1 :]
        or a[start:] == b[start + 1 :]
        or a[start + 1 :] == b[start:]
        or (a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :])
    )
