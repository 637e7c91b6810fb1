"""Order: a list with numbers, in the right order; the learner sees it mixed."""

from collections.abc import Iterator

from cards.kinds.base import Arranged, Fault, Written, _, plain
from cards.question import Option


class Order(Arranged):
    name = "order"
    on_paper = _("What comes first? Put them in order.")
    between = " > "

    def fits(self, written: Written) -> bool:
        return written.ordered

    def options(self, written: Written) -> tuple[Option, ...]:
        return tuple(Option(written.text(line.text)) for line in written.lines)

    def faults(self, written: Written) -> Iterator[Fault]:
        yield from plain(written)
        for line in written.lines:
            if line.marked is not None:
                message = (
                    "`1.` makes an order, where nothing is marked: write `- [ ]` for an option"
                )
                yield Fault(line.number, message)


ORDER = Order()
