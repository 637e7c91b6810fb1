"""Is this answer right, and what is it worth? Pure.

An answer has `hits` of `parts`. Choice, true/false and fill-in have one part. Several has a part
for each option (ticked or left as it should be), order one for each place, match one for each pair.
Order and match are worth their share (seed 33); several is worth something only when it is exactly
right, or "tick everything" would pay.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from rapidfuzz.distance import OSA

from cards.folding import folded, match, script
from cards.model import Kind, Module, Question, Text

Choices = tuple[int, ...]
Hits = int
ALPHABETS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN")


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


def fill_in(
    question: Question, typed: str, translate: Callable[[Text], str], language: str = ""
) -> Choices | None:
    """What was typed into a gap, as a choice; None when it is none of the words. Forgiven is what
    `folding` forgives, and one typo in five letters of an alphabet, as long as that points to one
    option alone."""
    options = [
        [translate(spelling) for spelling in (option.text, *option.also)]
        for option in question.options
    ]
    found = match(typed, options, language)
    if found is not None:
        return (found,)
    wanted = folded(typed, language)
    near = {
        i
        for i, spellings in enumerate(options)
        for spelling in spellings
        if _one_slip(wanted, folded(spelling, language))
    }
    return (near.pop(),) if len(near) == 1 else None


def _one_slip(typed: str, word: str) -> bool:
    """Whether one key was missed in a word of five letters or more. Only in alphabets: elsewhere
    one sign is a syllable or a vowel, and a figure is never a slip."""
    if len(word) < 5 or not all(map(_slips, typed)) or not all(map(_slips, word)):
        return False
    return OSA.distance(typed, word, score_cutoff=1) == 1


def _slips(char: str) -> bool:
    return char in " -'" or (char.isalpha() and script(char) in ALPHABETS)
