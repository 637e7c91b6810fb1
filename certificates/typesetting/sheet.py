"""A page to write on: millimetres from the top, in the reading direction of the language.

`x` counts from the side where reading starts, left in French and right in Arabic, so that a layout
is written once. The direction of each text is its own: a Latin name stays Latin on an Arabic page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from certificates.typesetting.bidi import reads_from_the_right
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.pdf import Colour, Page, Picture
from certificates.typesetting.shaping import Paragraph, first_strong_is_rtl, paragraph

POINTS = 72 / 25.4
"""Points in a millimetre."""
WIDTH = 297.0
"""Of A4 landscape."""
LEADING = 1.4
ASCENT = 1.06
"""Of a line's height in em: how far below its top the baseline is."""

INK = Colour(0.12, 0.16, 0.22)
TEAL = Colour(0.06, 0.37, 0.35)
GREY = Colour(0.36, 0.41, 0.46)
PALE = Colour(0.72, 0.82, 0.81)


class Align(Enum):
    START = "start"
    CENTRE = "centre"
    END = "end"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks. `size` in points, `leading` in em."""

    size: float
    bold: bool = False
    colour: Colour = INK
    align: Align = Align.START
    leading: float = LEADING

    def scaled(self, scale: float) -> "Style":
        return Style(self.size * scale, self.bold, self.colour, self.align, self.leading)

    @property
    def line_height(self) -> float:
        """In millimetres."""
        return self.size * self.leading / POINTS


class Typesetter:
    """Texts in the fonts and the direction of a language. Raises `MissingGlyphs`."""

    def __init__(self, fonts: Fonts, language: str, rtl: bool) -> None:
        self._fonts, self._language, self.rtl = fonts, language, rtl

    def paragraph(self, text: str, bold: bool, is_name: bool = False) -> Paragraph:
        """A name goes by its first letter, other texts by `reads_from_the_right`."""
        rtl = self._name_direction(text) if is_name else self._text_direction(text)
        return paragraph(
            text, self._fonts.bold if bold else self._fonts.regular, rtl, self._language
        )

    def height(self, text: str, style: Style, width: float, is_name: bool = False) -> float:
        """How high a text is when it is set into `width`; both in millimetres."""
        return (
            len(self.paragraph(text, style.bold, is_name).lines(width * POINTS / style.size))
            * style.line_height
        )

    def fitting(
        self, text: str, style: Style, width: float, lines: int = 1, is_name: bool = False
    ) -> Style:
        """The style, smaller if the text would need more than so many lines of `width`
        millimetres."""
        paragraph = self.paragraph(text, style.bold, is_name)
        if lines == 1 and paragraph.width:
            return style.scaled(min(1, width * POINTS / style.size / paragraph.width))
        while len(paragraph.lines(width * POINTS / style.size)) > lines and style.size > 1:
            style = style.scaled(0.96)
        return style

    def filling(
        self, text: str, style: Style, width: float, height: float, is_name: bool = False
    ) -> Style:
        """The style, smaller if the text would need more than `height` millimetres at this width:
        as many lines as fit."""
        while self.height(text, style, width, is_name) > height and style.size > 1:
            style = style.scaled(0.96)
        return style

    def _name_direction(self, text: str) -> bool:
        direction = first_strong_is_rtl(text)
        return self.rtl if direction is None else direction

    def _text_direction(self, text: str) -> bool:
        return reads_from_the_right(text, self.rtl)


class Sheet:
    """One page of `width` and `height`, with a typesetter for its language."""

    def __init__(
        self, page: Page, typesetter: Typesetter, colours: Mapping[Colour, Colour] | None = None
    ) -> None:
        """`colours` replaces ours: those of an organisation's template."""
        self._page, self.type, self._colours = page, typesetter, colours or {}
        self.width, self.height = (edge / POINTS for edge in page.size)

    def typed_by(self, typesetter: Typesetter) -> "Sheet":
        """The same page with another typesetter."""
        return Sheet(self._page, typesetter, self._colours)

    def write(
        self, text: str, style: Style, x: float, y: float, width: float, is_name: bool = False
    ) -> float:
        """A text of as many lines as it needs, its top at `y`. Returns where it ends."""
        paragraph = self.type.paragraph(text, style.bold, is_name)
        left = self._left(x, width)
        for start, end in paragraph.lines(width * POINTS / style.size):
            line = paragraph.line(start, end)
            spare = width - line.width * style.size / POINTS
            baseline = y + style.size * ASCENT / POINTS
            self._page.text(
                line,
                style.size,
                (left + spare * self._share_before(style.align)) * POINTS,
                (self.height - baseline) * POINTS,
                self._coloured(style.colour),
            )
            y += style.line_height
        return y

    def rule(self, x: float, y: float, width: float, thickness: float, colour: Colour) -> None:
        """A horizontal line; `thickness` in points."""
        left = self._left(x, width)
        level = (self.height - y) * POINTS
        self._page.line(
            left * POINTS, level, (left + width) * POINTS, level, thickness, self._coloured(colour)
        )

    def frame(self, margin: float, thickness: float, colour: Colour) -> None:
        width, height = (edge - 2 * margin * POINTS for edge in self._page.size)
        self._page.frame(
            margin * POINTS, margin * POINTS, width, height, thickness, self._coloured(colour)
        )

    def path(
        self,
        points: Sequence[tuple[float, float]],
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        thickness: float = 1,
        closed: bool = True,
        dash: float = 0,
    ) -> None:
        """A shape of straight lines, mirrored where reading starts at the right; `thickness` and
        `dash` in points."""
        placed = [
            ((self.width - x if self.type.rtl else x) * POINTS, (self.height - y) * POINTS)
            for x, y in points
        ]
        self._page.path(
            placed, fill=fill, stroke=stroke, thickness=thickness, closed=closed, dash=dash
        )

    def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> float:
        """As large as it fits into a box, at the side where reading starts and on its lower edge.
        Returns its width."""
        scale = min(width / picture.width, height / picture.height)
        wide, high = picture.width * scale, picture.height * scale
        bottom = (self.height - y - height) * POINTS
        self._page.picture(
            picture, self._left(x, wide) * POINTS, bottom, wide * POINTS, high * POINTS
        )
        return wide

    def squares(self, rows: Sequence[bytes], x: float, y: float, size: float, link: str) -> None:
        """A QR code that can be tapped."""
        left, bottom = self._left(x, size) * POINTS, (self.height - y - size) * POINTS
        self._page.squares(rows, left, bottom, size * POINTS, INK)
        self._page.link(left, bottom, size * POINTS, size * POINTS, link)

    def link(self, x: float, y: float, width: float, height: float, url: str) -> None:
        self._page.link(
            self._left(x, width) * POINTS,
            (self.height - y - height) * POINTS,
            width * POINTS,
            height * POINTS,
            url,
        )

    def _coloured(self, colour: Colour) -> Colour:
        return self._colours.get(colour, colour)

    def _left(self, x: float, width: float) -> float:
        return self.width - x - width if self.type.rtl else x

    def _share_before(self, align: Align) -> float:
        """Which part of the spare room of a line stands to its left."""
        if align is Align.CENTRE:
            return 0.5
        return float((align is Align.END) != self.type.rtl)
