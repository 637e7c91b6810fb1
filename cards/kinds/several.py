"""Several: two or more options are right, and all of them have to be found.

It is worth something only when it is exactly right, or "tick everything" would pay.
"""

from collections.abc import Iterator
from fractions import Fraction

from cards.kinds.base import Chances, Fault, Written, WrittenKind, _, boxes, no_spellings, one_in
from cards.question import Choices, Question


class Several(WrittenKind):
    name = "several"
    on_paper = _("More than one is right.")

    def parts(self, question: Question) -> int:
        return len(question.options)

    def hits(self, question: Question, choices: Choices) -> int:
        return sum((i in choices) == option.right for i, option in enumerate(question.options))

    def worth(self, question: Question, hits: int) -> Fraction:
        return Fraction(int(hits >= self.parts(question)))

    def possible(self, question: Question, choices: Choices) -> bool:
        return len(set(choices)) == len(choices) >= 1

    def fits(self, written: Written) -> bool:
        return written.boxed and written.ticked > 1

    def faults(self, written: Written) -> Iterator[Fault]:
        yield from boxes(written)
        yield from no_spellings(written)

    def at_random(self, question: Question) -> Chances:
        return one_in(2 ** len(question.options) - 1)

    def greedy(self, question: Question) -> Chances:
        everything = tuple(range(len(question.options)))
        return {self.worth(question, self.hits(question, everything)): 1.0}


SEVERAL = Several()
