"""True or false: a sentence, and whether it holds. The two options are words of the interface."""

from collections.abc import Iterator

from cards.kinds.base import Fault, OneOf, Written, one_box

WORDS = ["True", "False"]


class TrueFalse(OneOf):
    name = "true_false"
    worded = False

    def fits(self, written: Written) -> bool:
        return written.boxed and [line.text for line in written.lines] == WORDS

    def faults(self, written: Written) -> Iterator[Fault]:
        yield from one_box(written)


TRUE_FALSE = TrueFalse()
