"""Three steps in pictures: a phone reads a code, a finger taps a button, the first card is there.

Drawn in a box of 100 by 100, from the side where reading starts, in strong black lines on white.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from certificates.prints.paper import BLACK
from certificates.typesetting.pdf import Colour
from certificates.typesetting.sheet import Sheet

WHITE = Colour(1, 1, 1)
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on a sheet in a square of `size` mm at x, y. Corners are arcs of short lines."""

    sheet: Sheet
    x: float
    y: float
    size: float

    def outline(
        self,
        points: Points,
        thickness: float = 3.4,
        closed: bool = True,
    ) -> None:
        self.sheet.path(
            self._placed(points),
            fill=WHITE if closed else None,
            stroke=BLACK,
            thickness=thickness * self.size / 40,
            closed=closed,
        )

    def solid(self, points: Points, colour: Colour = BLACK) -> None:
        self.sheet.path(self._placed(points), fill=colour)

    def _placed(self, points: Points) -> list[tuple[float, float]]:
        return [(self.x + x * self.size / 100, self.y + y * self.size / 100) for x, y in points]


def arc(x: float, y: float, radius: float, start: float, end: float) -> list[tuple[float, float]]:
    """A part of a circle around x, y; angles in quarters of a turn, 0 is right, 1 is down."""
    count = max(int(abs(end - start) * 6), 1)
    angles = [(start + (end - start) * step / count) * pi / 2 for step in range(count + 1)]
    return [(x + radius * cos(angle), y + radius * sin(angle)) for angle in angles]


def rounded(
    x: float, y: float, width: float, height: float, radius: float
) -> list[tuple[float, float]]:
    right, bottom = x + width - radius, y + height - radius
    left, top = x + radius, y + radius
    return [
        *arc(right, top, radius, -1, 0),
        *arc(right, bottom, radius, 0, 1),
        *arc(left, bottom, radius, 1, 2),
        *arc(left, top, radius, 2, 3),
    ]


def box(x: float, y: float, width: float, height: float) -> Points:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def _phone(pen: Pen, x: float, y: float, width: float, height: float) -> None:
    pen.outline(rounded(x, y, width, height, 8))
    pen.outline([(x + width / 2 - 5, y + 7), (x + width / 2 + 5, y + 7)], 2.6, closed=False)


def _code(pen: Pen, x: float, y: float, size: float) -> None:
    """Three eyes and some dots: everybody knows it for a QR code, and no camera can read it."""
    step = size / 11
    for left, top in ((0, 0), (7, 0), (0, 7)):
        pen.solid(box(x + left * step, y + top * step, 4 * step, 4 * step))
        pen.solid(box(x + (left + 1) * step, y + (top + 1) * step, 2 * step, 2 * step), WHITE)
    for left, top in (
        (5, 0),
        (5, 3),
        (7, 5),
        (9, 6),
        (5, 6),
        (0, 5),
        (2, 5),
        (6, 9),
        (8, 8),
        (10, 10),
        (8, 10),
        (10, 8),
    ):
        pen.solid(box(x + left * step, y + top * step, step, step))


def scan(pen: Pen) -> None:
    """A paper with a code, and a phone that has the code on its screen."""
    pen.outline(rounded(2, 30, 38, 46, 3), 2.6)
    _code(pen, 8, 38, 26)
    for y in (40, 53, 66):
        pen.outline([(45, y), (50, y)], 2.6, closed=False)
    _phone(pen, 55, 6, 42, 88)
    _code(pen, 64, 38, 24)
    for x, y, right, down in ((60, 33, 1, 1), (92, 33, -1, 1), (60, 67, 1, -1), (92, 67, -1, -1)):
        pen.outline([(x + 7 * right, y), (x, y), (x, y + 7 * down)], 2.2, closed=False)


def tap(pen: Pen) -> None:
    """A finger on the button of a phone."""
    _phone(pen, 16, 6, 48, 88)
    for y, width in ((24, 32), (33, 26)):
        pen.outline([(24, y), (24 + width, y)], 2.6, closed=False)
    pen.solid(rounded(23, 46, 34, 15, 5))
    for radius in (9, 14):
        pen.outline(arc(52, 52, radius, -1.75, -0.25), 1.8, closed=False)
    _hand(pen, 47, 54)


def _hand(pen: Pen, x: float, y: float) -> None:
    """A pointing finger, its tip at x + 5, y, and the fist under it."""
    pen.outline(
        [
            *arc(x + 5, y + 5, 5, 2, 4),
            (x + 10, y + 21),
            *arc(x + 15, y + 21, 5, 2, 4)[2:],
            *arc(x + 25, y + 23, 5, 2, 4)[2:],
            *arc(x + 35, y + 25, 5, 2, 4)[2:],
            (x + 40, y + 36),
            (x + 36, y + 46),
            (x + 10, y + 46),
            (x - 6, y + 30),
            *arc(x - 5, y + 26, 4, 1.6, 3.2),
            (x, y + 28),
        ],
        3,
    )


def begin(pen: Pen) -> None:
    """A card with a picture and lines on a phone, and the way on."""
    _phone(pen, 26, 6, 48, 88)
    pen.outline(rounded(33, 20, 34, 42, 4), 2.6)
    pen.solid(box(38, 26, 24, 5))
    for y, width in ((39, 24), (46, 24), (53, 15)):
        pen.outline([(38, y), (38 + width, y)], 2.2, closed=False)
    pen.solid(rounded(33, 68, 34, 15, 5))
    pen.solid([(47, 71.5), (54.5, 75.5), (47, 79.5)], WHITE)


STEPS: tuple[Callable[[Pen], None], ...] = (scan, tap, begin)
