"""Match: lines of `word = meaning`; the learner joins them one by one."""

from collections.abc import Iterator

from cards.kinds.base import Arranged, Fault, Written, _, plain
from cards.question import Option


class Match(Arranged):
    name = "match"
    on_paper = _("Find the pairs.")

    def fits(self, written: Written) -> bool:
        return not written.boxed and not written.ordered

    def options(self, written: Written) -> tuple[Option, ...]:
        pairs = (line.text.split(" = ") for line in written.lines)
        return tuple(
            Option(written.text(left), pair=written.text(right[0]) if right else None)
            for left, *right in pairs
        )

    def faults(self, written: Written) -> Iterator[Fault]:
        yield from plain(written)
        for line in written.lines:
            if line.text.count(" = ") != 1:
                message = (
                    "write options as `- [ ] text`, pairs as `- word = meaning`, an order as "
                    "`1. first`"
                )
                yield Fault(line.number, message)


MATCH = Match()
