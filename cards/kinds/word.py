"""Word: a definition with `= ?` behind it; the word that it explains is chosen, or typed."""

from collections.abc import Iterator

from cards.kinds.base import Fault, OneOf, Written, _, one_box

ASKED = "= ?"


class Word(OneOf):
    name = "word"
    on_paper = _("Which word is it?")

    def fits(self, written: Written) -> bool:
        return written.boxed and written.title.rstrip().endswith(ASKED)

    def title(self, written: Written) -> str:
        return written.title.rstrip().removesuffix(ASKED)

    def faults(self, written: Written) -> Iterator[Fault]:
        yield from one_box(written)


WORD = Word()
