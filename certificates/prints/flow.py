"""Texts that flow through columns and pages, in the largest type at which all of them fit. Lengths
are millimetres.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from certificates.typesetting.sheet import INK, Sheet, Style, Typesetter

BOX = "□"
"""A mark that is drawn: an empty square to tick."""
BAR, BAR_GAP = 1.2, 2.4
"""How wide a bar is and how far the text is from it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `mark` ("1.", "•") stands before it, in the first `indent` mm; `before` is the
    room above it; `link` is opened by tapping it."""

    text: str
    style: Style
    mark: str = ""
    indent: float = 0
    before: float = 0
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What stays together in a column: lines, `before` mm below the block over it, beside a bar if
    it is to stand out."""

    lines: tuple[Line, ...]
    before: float = 0
    bar: bool = False


class Column(NamedTuple):
    sheet: Sheet
    x: float
    top: float
    width: float
    bottom: float


class End(NamedTuple):
    """Where a flow ended: the place of the column in their order, how far down, and at which
    scale."""

    column: int
    y: float
    scale: float


def columns(
    sheet: Sheet, count: int, x: float, top: float, width: float, bottom: float, gap: float = 8
) -> list[Column]:
    """Columns of equal width, side by side in reading order."""
    each = (width - gap * (count - 1)) / count
    return [Column(sheet, x + place * (each + gap), top, each, bottom) for place in range(count)]


def flow(blocks: Sequence[Block], into: Sequence[Column], scales: Sequence[float]) -> End | None:
    """Draws the blocks at the first of `scales` (largest first) at which they fit; None, and
    nothing drawn, if at none."""
    first = bisect_left(scales, True, key=lambda scale: _placed(blocks, into, scale) is not None)
    if first == len(scales) or (places := _placed(blocks, into, scales[first])) is None:
        return None
    scale, column, y = scales[first], 0, into[0].top
    for block, (column, top) in zip(blocks, places, strict=True):
        y = _draw(block, into[column], top, scale)
    return End(column, y, scale)


def fit(blocks: Sequence[Block], into: Sequence[Column], scale: float) -> bool:
    return _placed(blocks, into, scale) is not None


def height(block: Block, type: Typesetter, width: float, scale: float) -> float:
    indented = width - (BAR + BAR_GAP if block.bar else 0)
    return sum(
        line.before * scale
        + type.height(line.text, line.style.scaled(scale), indented - line.indent * scale)
        for line in block.lines
    )


def _placed(
    blocks: Sequence[Block], into: Sequence[Column], scale: float
) -> list[tuple[int, float]] | None:
    """The column and the top of each block, or None where they do not fit."""
    places: list[tuple[int, float]] = []
    column, y = 0, into[0].top
    for block in blocks:
        at = into[column]
        top = y if y == at.top else y + block.before * scale
        high = height(block, at.sheet.type, at.width, scale)
        while top + high > at.bottom:
            column += 1
            if column == len(into):
                return None
            at = into[column]
            top, high = at.top, height(block, at.sheet.type, at.width, scale)
        places.append((column, top))
        y = top + high
    return places


def _draw(block: Block, at: Column, top: float, scale: float) -> float:
    x, width, y = at.x, at.width, top
    if block.bar:
        x, width = x + BAR + BAR_GAP, width - BAR - BAR_GAP
    for line in block.lines:
        style, indent = line.style.scaled(scale), line.indent * scale
        y += line.before * scale
        if line.mark == BOX:
            _box(at.sheet, x, y, style.size)
        elif line.mark:
            at.sheet.write(line.mark, style, x, y, indent)
        top_of_line = y
        y = at.sheet.write(line.text, style, x + indent, y, width - indent)
        if line.link:
            at.sheet.link(x + indent, top_of_line, width - indent, y - top_of_line, line.link)
    if block.bar:
        at.sheet.path([(at.x, top), (at.x + BAR, top), (at.x + BAR, y), (at.x, y)], fill=INK)
    return y


def _box(sheet: Sheet, x: float, y: float, size: float) -> None:
    """As high as a large letter of the line, whose type is `size` points."""
    high, top = size * 0.27, y + size * 0.11
    corners = [(x, top), (x + high, top), (x + high, top + high), (x, top + high)]
    sheet.path(corners, stroke=INK, thickness=1)
