"""What every kind of question says of itself: how it is written and guessed. How it is judged is
`cards.question.Kind`, because questions carry their kind along.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import ClassVar

from cards.question import Choices, Kind, Option, Question
from cards.text import Text

Chances = dict[Fraction, float]
"""What an answer is worth (0 to 1) -> how likely somebody gets it who guesses."""


@dataclass(frozen=True)
class Line:
    """One option as the author wrote it. `marked` is None where no box stands in front, else
    whether it is ticked; `reason` is what stands under it behind `>`."""

    text: str
    number: int
    marked: bool | None = None
    reason: str = ""


@dataclass(frozen=True)
class Written:
    """What stands under the heading `title` of line `number`. `ordered`: the list has numbers.
    `text` makes a translatable text of words."""

    title: str
    number: int
    lines: tuple[Line, ...]
    ordered: bool
    text: Callable[[str], Text]

    @property
    def boxed(self) -> bool:
        """Whether boxes stand in front of options."""
        return any(line.marked is not None for line in self.lines)

    @property
    def ticked(self) -> int:
        return sum(bool(line.marked) for line in self.lines)


@dataclass(frozen=True)
class Fault:
    """What an author has to mend in line `number`; without `breaks` the question can be used."""

    number: int
    message: str
    breaks: bool = True


def _(source: str) -> str:
    """Marks words on paper for the translators of certificates and prints."""
    return source


class WrittenKind(Kind):
    """A kind as authors write it. The first in `cards.kinds.KINDS` that `fits` reads the lines."""

    on_paper: ClassVar[str] = ""
    """What a printed question says about how to answer."""
    between: ClassVar[str] = " · "
    """What stands between right options in a printed key."""

    @abstractmethod
    def fits(self, written: Written) -> bool:
        """Whether these lines are meant to be a question of this kind."""

    def title(self, written: Written) -> str:
        """What is asked, of the heading."""
        return written.title

    def options(self, written: Written) -> tuple[Option, ...]:
        """The options of lines that fit, as far as they can be read."""
        return tuple(boxed(line, written) for line in written.lines if line.marked is not None)

    def faults(self, written: Written) -> Iterator[Fault]:
        """What is wrong with lines that fit."""
        yield from boxes(written)

    def lint(self, question: Question, say: Callable[[Text], str]) -> Iterator[str]:
        """What is wrong with the words, in the author's language or a translation."""
        return iter(())

    @abstractmethod
    def at_random(self, question: Question) -> Chances:
        """What taps at random bring: any option, any ticks but none at all, any order."""

    def greedy(self, question: Question) -> Chances:
        """What somebody gets who takes all that can be taken."""
        return self.at_random(question)


def boxed(line: Line, written: Written) -> Option:
    """`- [x] mouse | mice`: an option, with other spellings behind strokes."""
    shown, *also = line.text.split(" | ")
    return Option(
        written.text(shown),
        bool(line.marked),
        also=tuple(map(written.text, also)),
        reason=written.text(line.reason) if line.reason else None,
    )


def boxes(written: Written) -> Iterator[Fault]:
    """What is wrong with a list of boxes, whatever the kind."""
    for line in written.lines:
        if line.marked is None:
            yield Fault(line.number, "each option begins with `- [ ]` or `- [x]`")
    if not written.ticked:
        yield Fault(written.number, "no option is right: mark one with [x]")


def one_box(written: Written) -> Iterator[Fault]:
    yield from boxes(written)
    if written.ticked > 1:
        yield Fault(written.number, "only one option can be right here")


def no_spellings(written: Written) -> Iterator[Fault]:
    if any(" | " in line.text for line in written.lines if line.marked is not None):
        yield Fault(
            written.number,
            "` | ` is for the words of a gap `___`: what stands behind it is not shown",
            breaks=False,
        )


def plain(written: Written) -> Iterator[Fault]:
    """Only a box has a reason of its own."""
    if any(line.reason for line in written.lines):
        message = "only an option with `- [ ]` has a reason of its own behind >"
        yield Fault(written.number, message)


def one_in(ways: int) -> Chances:
    return {Fraction(1): 1 / ways, Fraction(0): 1 - 1 / ways}


def even(worths: Iterable[Fraction]) -> Chances:
    """Each of these is as likely as the others."""
    found = list(worths)
    return {worth: found.count(worth) / len(found) for worth in set(found)}


class OneOf(WrittenKind):
    """One option is chosen."""

    one = True

    def at_random(self, question: Question) -> Chances:
        return one_in(len(question.options))


class Arranged(WrittenKind):
    """All options are put into an order; each that stands where it belongs counts its share
    (seed 33)."""

    arranged = True

    def right(self, question: Question) -> Choices:
        return tuple(range(len(question.options)))

    def parts(self, question: Question) -> int:
        return len(question.options)

    def hits(self, question: Question, choices: Choices) -> int:
        return sum(chosen == i for i, chosen in enumerate(choices[: len(question.options)]))

    def possible(self, question: Question, choices: Choices) -> bool:
        return sorted(choices) == list(range(len(question.options)))

    def at_random(self, question: Question) -> Chances:
        orders = permutations(range(len(question.options)))
        return even(self.worth(question, self.hits(question, order)) for order in orders)
