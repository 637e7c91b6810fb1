"""How many people pass a module without having learned anything: the guess test of `pasito lint`.

Theory. A way of guessing gives each question a distribution of worths: what a random tapper gets,
or somebody who always takes the longest option. Questions are independent, so the mark's
distribution is the convolution of theirs; nothing is simulated. Worths are counted in twelfths of a
question, which are whole for 2, 3 and 4 parts. Options are mixed anew each time, so "always the
first" is chance but where they are fixed.
"""

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple
from unicodedata import combining

from cards.grading import hits, worth
from cards.kinds import kind_of
from cards.kinds.base import Chances, even
from cards.model import Card, Deck, Module
from cards.question import Question
from cards.text import Text

MOST = 0.01
"""The largest share that may pass in one go."""
_UNITS = 12
Say = Callable[[Text], str]
_WORD = re.compile(r"[^\W\d_]{4,}")


class Guess(NamedTuple):
    """A way of guessing, and the share of people who pass a module by it."""

    name: str
    share: float


def guesses(
    module: Module, pass_mark: int, say: Say = lambda text: text.source
) -> tuple[Guess, ...]:
    """What each way of guessing is good for. `say` gives the words of the language that is looked
    at."""
    ways: dict[str, Callable[[Deck, Question], Chances]] = {
        "taps at random": lambda _deck, question: kind_of(question).at_random(question),
        "takes the longest and ticks everything": lambda _deck, question: _longest(question, say),
        "takes the shortest and ticks everything": lambda _deck, question: _longest(
            question, say, -1
        ),
        "takes the first and ticks everything": lambda _deck, question: _first(question),
        "takes the words of the card": lambda deck, question: _overlapping(deck, question, say),
    }
    return tuple(
        Guess(
            name,
            _passing(
                ((q, way(deck, q)) for deck in module.decks for q in deck.questions), pass_mark
            ),
        )
        for name, way in ways.items()
    )


def _best(question: Question, scores: list[float]) -> Chances:
    """One of the options with the highest score."""
    top = [i for i, score in enumerate(scores) if score == max(scores)]
    return even(worth(question, hits(question, (i,))) for i in top)


def _read(question: Question) -> bool:
    """Whether one option is chosen by what stands on it."""
    return question.kind.one and question.kind.worded


def _longest(question: Question, say: Say, sign: int = 1) -> Chances:
    """With a `sign` of -1 the shortest."""
    if _read(question):
        return _best(question, [float(sign * len(say(option.text))) for option in question.options])
    return kind_of(question).greedy(question)


def _first(question: Question) -> Chances:
    if question.mixed:
        return kind_of(question).greedy(question)
    return _best(question, [1.0, *(0.0 for _other in question.options[1:])])


def _overlapping(deck: Deck, question: Question, say: Say) -> Chances:
    if not _read(question):
        return kind_of(question).greedy(question)
    before = deck.items[: deck.items.index(question)]
    cards = [item for item in before if isinstance(item, Card)][-2:]
    known = {
        word for card in cards for text in (card.title, *card.body) for word in _words(say(text))
    }
    return _best(
        question, [float(len(_words(say(option.text)) & known)) for option in question.options]
    )


def _words(text: str) -> set[str]:
    """Without vowel signs, which are no letters and would cut a word in two."""
    bare = "".join(char for char in text.casefold() if not combining(char))
    return set(_WORD.findall(bare))


def _passing(questions: Iterable[tuple[Question, Chances]], pass_mark: int) -> float:
    """How likely the sum reaches the mark, and every required question is right."""
    sums: dict[int, float] = {0: 1.0}
    count = 0
    for question, chances in questions:
        count += 1
        grown: dict[int, float] = {}
        for share, chance in chances.items():
            units = int(share * _UNITS)
            if question.required and units < _UNITS:
                continue
            for so_far, likely in sums.items():
                grown[so_far + units] = grown.get(so_far + units, 0.0) + likely * chance
        sums = grown
    needed = Fraction(pass_mark * count * _UNITS, 100)
    return sum(likely for units, likely in sums.items() if units >= needed)
