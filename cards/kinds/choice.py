"""Choice: 2 to 4 options, one of them right."""

from collections.abc import Iterator

from cards.kinds.base import Fault, OneOf, Written, boxes, no_spellings


class Choice(OneOf):
    name = "choice"

    def fits(self, written: Written) -> bool:
        return written.boxed

    def faults(self, written: Written) -> Iterator[Fault]:
        yield from boxes(written)
        yield from no_spellings(written)


CHOICE = Choice()
