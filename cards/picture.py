"""A picture on a card or a cover: a symbol of the set that comes along, or a file of the author's.

    ![Two hands meet](🤝)
    ![The button with a circle](power-button.svg)

Whoever does not see it is told what it shows. A symbol is also a letter: where no picture can be
shown, it stands in the text.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from cards.text import Text

ALT = 80
"""Characters of what a picture shows."""
BYTES = 8_000
FOLDER = "pictures"
"""Where the files lie, beside programme.yaml."""
ENDINGS = (".svg", ".png", ".jpg", ".webp")
_PICTURE = re.compile(r"!\[(?P<alt>[^\[\]]*)\]\((?P<source>[^()\s]+)\)")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,40}\.[a-z]{3,4}")


@dataclass(frozen=True, slots=True)
class Picture:
    """`source` is a symbol, or the name of a file in `FOLDER`."""

    source: str
    alt: Text

    @property
    def symbol(self) -> str:
        """The picture as a letter; empty for a file of the author's."""
        return "" if _PLAIN.fullmatch(self.source) else self.source

    @property
    def file(self) -> str:
        """The file's name: that of a symbol is made of its code points, as OpenMoji has them."""
        points = (f"{ord(char):04X}" for char in self.symbol if char != "\ufe0f")
        return f"{'-'.join(points)}.svg" if self.symbol else self.source


def is_picture(paragraph: str) -> bool:
    return paragraph.startswith("![")


def read_picture(paragraph: str, context: str) -> Picture | str:
    """The picture that a paragraph is, or what is wrong with it."""
    found = _PICTURE.fullmatch(paragraph.strip())
    if found is None:
        return "write a picture as `![what it shows](🤝)`, in a line of its own"
    alt = " ".join(found["alt"].split())
    if not alt:
        return "say between [ and ] what the picture shows: not everybody sees it"
    if len(alt) > ALT:
        return f"what a picture shows has at most {ALT} characters"
    picture = Picture(found["source"], Text(alt, context))
    if not picture.symbol and PurePosixPath(picture.source).suffix not in ENDINGS:
        return f"a picture is a symbol or a file that ends in {', '.join(ENDINGS)}"
    if picture.symbol and (len(picture.symbol) > 8 or picture.symbol.isascii()):
        return "a picture is one symbol, or a file in small letters, digits and hyphens"
    return picture
