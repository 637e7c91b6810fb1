"""What both pages of a certificate share: margins, styles of type, the line at the foot. All
lengths are millimetres on A4 landscape, sizes of type are points."""

from collections.abc import Sequence

from certificates.typesetting.sheet import GREY, TEAL, WIDTH, Align, Sheet, Style

MARGIN = 24.0
INNER = WIDTH - 2 * MARGIN
GUTTER = 12.0
QR_SIZE = 29.0
QR_MASK = 2
"""Any of the eight masks makes a valid code; finding the best one takes 16 ms more."""


FOOT_RECTO, FOOT_VERSO = 184.0, 185.0
"""Where the disclaimer begins."""


OVERLINE = Style(9.5, bold=True, colour=TEAL)
SMALL = Style(9, colour=GREY)
CENTRED = Align.CENTRE


def write_line(sheet: Sheet, text: str, style: Style, x: float, y: float, width: float) -> None:
    """One line, smaller where it is too long."""
    sheet.write(text, sheet.type.fitting(text, style, width), x, y, width)


def draw_disclaimer(sheet: Sheet, lines: Sequence[str], y: float, width: float) -> None:
    for line in lines:
        style = sheet.type.fitting(line, Style(8.5, colour=GREY), width, lines=2)
        y = sheet.write(line, style, MARGIN, y, width) + 0.8
