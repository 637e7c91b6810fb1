"""The questions of a CV on paper, in two languages side by side: two A4 pages that two people fill
in together. Lengths are millimetres.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from certificates.prints.paper import BLACK, DARK, HEIGHT, WIDTH, Paper, foot
from certificates.prints.profile import COLUMN, GAP, MARGIN, Pair, Part
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.sheet import TEAL, Sheet, Style

TOP, BOTTOM = 12.0, HEIGHT - 16.0
TITLE = Style(17, bold=True, colour=BLACK, leading=1.2)
HEADING = Style(11, bold=True, colour=TEAL, leading=1.25)
LINE = Style(10, colour=BLACK, leading=1.25)
ASKED = Style(10, bold=True, colour=BLACK, leading=1.25)
SMALL = Style(9, colour=DARK, leading=1.25)
SCALES = tuple(0.97**step for step in range(40))
WRITTEN, ABOVE = 8.0, 2.6
"""Room for a line that is written by hand, and above a question."""
PAGES = 2


@dataclass(frozen=True, slots=True)
class Asked(Pair):
    """A question within a question."""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """`parts` are the questions: what to choose from, and after it the empty lines (`Pair("", "")`)
    to write on."""

    mine: str
    theirs: str
    title: Pair
    hint: Pair
    made: date
    parts: tuple[Part, ...]
    foot: str


def cv_sheet(facts: SheetFacts, fonts: Fonts) -> bytes:
    """Two pages, in the largest type at which all of it fits. Raises `MissingGlyphs`."""
    scale = next((s for s in SCALES if _Drawing(facts, fonts, s).draw() <= PAGES), SCALES[-1])
    drawing = _Drawing(facts, fonts, scale)
    drawing.draw()
    return drawing.paper.save()


class _Drawing:
    """One try at one scale. A question stays on one page."""

    def __init__(self, facts: SheetFacts, fonts: Fonts, scale: float) -> None:
        self._facts, self._scale = facts, scale
        self.paper = Paper(facts.title.theirs, facts.theirs, facts.made, fonts)
        self._pages: list[tuple[Sheet, Sheet]] = []
        self._y = TOP

    def draw(self) -> int:
        """How many pages it takes."""
        facts = self._facts
        self._turn()
        self._pair(facts.title, TITLE)
        self._pair(facts.hint, SMALL)
        for part in facts.parts:
            if self._y + self._height(part) > BOTTOM:
                self._turn()
            self._part(part)
        for number, (page, _mine) in enumerate(self._pages, 1):
            foot(page, (facts.foot, f"{number}/{len(self._pages)}"), self.paper.labels)
        return len(self._pages)

    def _turn(self) -> None:
        page = self.paper.page()
        self._pages.append((page, self.paper.also(page, self._facts.mine)))
        self._y = TOP

    def _part(self, part: Part) -> None:
        page, _mine = self._pages[-1]
        self._y += ABOVE * self._scale
        page.rule(MARGIN, self._y, WIDTH - 2 * MARGIN, 0.6, TEAL)
        self._y += 0.8 * self._scale
        self._pair(part.heading, HEADING)
        for line in part.lines:
            if line.mine or line.theirs:
                self._pair(line, _style(line))
            else:
                self._y += WRITTEN * self._scale
                page.rule(MARGIN, self._y, WIDTH - 2 * MARGIN, 0.4, DARK)

    def _height(self, part: Part) -> float:
        lines = sum(self._of(line, _style(line)) for line in part.lines)
        return (ABOVE + 0.8) * self._scale + self._of(part.heading, HEADING) + lines

    def _of(self, pair: Pair, style: Style) -> float:
        if not (pair.mine or pair.theirs):
            return WRITTEN * self._scale
        return max(
            sheet.type.height(text, style.scaled(self._scale), COLUMN)
            for text, sheet in self._both(pair)
        )

    def _both(self, pair: Pair) -> Iterator[tuple[str, Sheet]]:
        theirs, mine = self._pages[-1]
        yield pair.mine, mine
        yield pair.theirs, theirs

    def _pair(self, pair: Pair, style: Style) -> None:
        scaled, ends = style.scaled(self._scale), [self._y]
        for (text, sheet), left in zip(
            self._both(pair), (MARGIN, MARGIN + COLUMN + GAP), strict=True
        ):
            x = WIDTH - left - COLUMN if sheet.type.rtl else left
            ends.append(sheet.write(text, scaled, x, self._y, COLUMN) if text else self._y)
        self._y = max(ends)


def _style(line: Pair) -> Style:
    return ASKED if isinstance(line, Asked) else LINE
