"""A typed name -> the name on paper, or a kind sentence that says what to do."""

from collections.abc import Callable
from unicodedata import category

import certificates as paper
from bot.conversation.turn import NameRefused
from bot.model.words import Words, _

_REASONS: dict[paper.Reason, Words] = {
    paper.Reason.EMPTY: _("I could not read a name there. Please type your name with letters."),
    paper.Reason.NO_LETTERS: _(
        "A name needs letters. Please type your first name and family name."
    ),
    paper.Reason.TOO_LONG: _(
        "This name is too long for the paper. Please type at most 100 letters."
    ),
    paper.Reason.TOO_MANY_MARKS: _(
        "This name has too many marks on one letter. Please type it with plain letters."
    ),
    paper.Reason.SIGNS: _(
        "A name has no figures, brackets, slashes or addresses. Please type only your name."
    ),
    paper.Reason.MIXED: _(
        "One word has letters of two alphabets. Please type it again with one keyboard."
    ),
}
_NO_GLYPH = _("I cannot print this sign: {signs} Please type your name with other letters.")


def unprintable(fonts: paper.Fonts) -> Callable[[str], str]:
    """The signs of a text for which no font is there, with spaces between them."""
    printable = frozenset[str]().union(*(face.characters for face in fonts.regular))

    def missing(text: str) -> str:
        signs = (s for s in text if not s.isspace() and category(s) != "Cf")
        return " ".join(sorted({sign for sign in signs if sign not in printable}))

    return missing


def checker(fonts: paper.Fonts) -> Callable[[str], str]:
    """The function that flows use. It also refuses letters for which no font is there: better now
    than on a blank paper."""

    missing = unprintable(fonts)

    def checked(text: str) -> str:
        try:
            name = paper.clean_name(text)
        except paper.NameRefused as refused:
            raise NameRefused(_REASONS[refused.reason]) from refused
        if signs := missing(name):
            raise NameRefused(_NO_GLYPH.of(signs=signs))
        return name

    return checked
