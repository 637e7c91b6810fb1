"""A question as plain data, and how its kind judges an answer."""

from abc import ABC
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from cards.text import Text

Choices = tuple[int, ...]
"""What was chosen: indexes into the options. In an order or a match all of them, in their order."""


class Kind(ABC):
    """How a question is asked and its answer judged (seed 27 and 33). Each kind is a file in
    `cards.kinds`.

    An answer has `hits` of `parts`, and is worth its share of them unless the kind says otherwise.
    """

    name: ClassVar[str]
    one: ClassVar[bool] = False
    """One option is chosen."""
    arranged: ClassVar[bool] = False
    """An answer is an order of all options, chosen one by one."""
    worded: ClassVar[bool] = True
    """The options are the author's words. Else they are words of the interface and always stand in
    the same order."""

    def __repr__(self) -> str:
        """Stands in the versions of decks (`cards.module_file`): it may not change."""
        return f"<Kind.{self.name.upper()}: '{self.name}'>"

    def right(self, question: "Question") -> Choices:
        return tuple(i for i, option in enumerate(question.options) if option.right)

    def parts(self, question: "Question") -> int:
        return 1

    def hits(self, question: "Question", choices: Choices) -> int:
        """How many parts of the answer are right, 0 to `parts`."""
        return int(len(choices) == 1 and choices[0] in question.right)

    def worth(self, question: "Question", hits: int) -> Fraction:
        """What so many hits count towards the mark, 0 to 1."""
        whole = self.parts(question)
        return Fraction(min(hits, whole), whole)

    def possible(self, question: "Question", choices: Choices) -> bool:
        """Whether this can be an answer; all choices are options that exist."""
        return len(choices) == 1


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. In an order question the options stand in the right order; in a match
    `pair` is what belongs to it. `also` are other spellings that count when a gap is filled by
    typing."""

    text: Text
    right: bool = False
    pair: Text | None = None
    also: tuple[Text, ...] = ()
    reason: Text | None = None
    """Why this one is not enough; without it the question's own reason is told."""


class Ease(StrEnum):
    """Of a sister, beside its question."""

    SAME = ""
    HARDER = "harder"
    EASIER = "easier"


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    kind: Kind
    text: Text
    options: tuple[Option, ...]
    reason: Text
    line: int = 0
    required: bool = False
    """A mandatory test: the module is not done before this was answered right (seed C11)."""
    sister_of: str = ""
    """The question that this one stands in for when it comes again: the same aim, another case."""
    ease: Ease = Ease.SAME
    pinned: bool = False
    """Its options stand as the author wrote them: times, sizes. All others are mixed anew each
    time."""

    @property
    def right(self) -> Choices:
        """The right choices as indexes into `options`; for order and match each option in its
        place."""
        return self.kind.right(self)

    @property
    def mixed(self) -> bool:
        """Whether the options stand in another order each time."""
        return self.kind.arranged or not (self.pinned or not self.kind.worded)
