"""What all printed papers share: the page, its margins, its code, the words at its foot. Lengths
are millimetres.

Everything is black, or a grey that a fax would still show: these pages are printed and copied on
old machines.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import segno

from certificates.labels import Labels
from certificates.page import QR_MASK
from certificates.prints.flow import Column, End
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.pdf import A4_PORTRAIT, Colour, Document
from certificates.typesetting.pdf_a import Attachment
from certificates.typesetting.sheet import Align, Sheet, Style, Typesetter

WIDTH, HEIGHT = 210.0, 297.0
MARGIN = 15.0
INNER = WIDTH - 2 * MARGIN
BLACK = Colour(0, 0, 0)
DARK = Colour(0.25, 0.25, 0.25)
"""Small print: dark enough to stay whole when every point becomes black or white."""

SMALLEST = 8.5
"""Points: smaller type is not read on paper."""

NOTES_FROM, RULED = 22.0, 8.5
"""Room that is worth ruling, and the room between its lines."""


class Paper:
    """A document of A4 portrait pages in one language."""

    def __init__(
        self,
        title: str,
        language: str,
        made: date,
        fonts: Fonts,
        colours: Mapping[Colour, Colour] | None = None,
    ) -> None:
        """`colours` replaces ours: those of an organisation's template."""
        self._colours, self._fonts = colours, fonts
        self.labels = Labels(language)
        self.type = Typesetter(fonts, language, self.labels.rtl)
        self._document = Document(title, self.labels.language, made)

    def also(self, sheet: Sheet, language: str) -> Sheet:
        """The same page, written on in another language."""
        return sheet.typed_by(Typesetter(self._fonts, language, Labels(language).rtl))

    def page(self) -> Sheet:
        return Sheet(self._document.page(A4_PORTRAIT), self.type, self._colours)

    def save(self, attachments: Sequence[Attachment] = ()) -> bytes:
        return self._document.save(attachments)


def draw_code(sheet: Sheet, url: str, x: float, y: float, size: float) -> None:
    """A QR code `size` wide that can be tapped. The quiet zone around it (four of its modules) is
    the layout's business."""
    sheet.squares(
        [bytes(row) for row in segno.make_qr(url, error="m", mask=QR_MASK).matrix], x, y, size, url
    )


def fits(
    sheet: Sheet, text: str, style: Style, x: float, y: float, width: float, lines: int = 1
) -> float:
    """Writes a text in at most so many lines, smaller if need be. Returns where it ends."""
    return sheet.write(text, sheet.type.fitting(text, style, width, lines), x, y, width)


def foot(sheet: Sheet, parts: Sequence[str], labels: Labels) -> None:
    """One small centred line at the end of the page."""
    fits(
        sheet,
        labels.joined(parts),
        Style(8.5, colour=DARK, align=Align.CENTRE),
        MARGIN,
        HEIGHT - 11,
        INNER,
    )


def short(url: str) -> str:
    """An address as people type it: without what browsers add by themselves."""
    return url.removeprefix("https://").removeprefix("http://")


def rule_rest(into: Sequence[Column], end: End, title: str) -> None:
    """Lines to write on in what is left of the columns after a flow."""
    for place in range(end.column, len(into)):
        column = into[place]
        y = end.y + 7 if place == end.column else column.top
        if column.bottom - y < NOTES_FROM:
            continue
        if title:
            y = column.sheet.write(
                title, Style(10.5, bold=True, colour=BLACK), column.x, y, column.width
            )
            title = ""
        while (y := y + RULED) <= column.bottom:
            column.sheet.rule(column.x, y, column.width, 0.5, DARK)
