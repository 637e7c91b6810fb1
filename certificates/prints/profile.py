"""A skills profile in two languages, line by line: the person's own on the left, the country's on
the right. One A4 page, for two people who talk over it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from certificates.labels import RLM, Labels
from certificates.prints.cv import CONTACT, HEADING, NOTE
from certificates.prints.paper import BLACK, DARK, HEIGHT, WIDTH, Paper
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.sheet import PALE, TEAL, Sheet, Style

MARGIN, GAP = 15.0, 8.0
COLUMN = (WIDTH - 2 * MARGIN - GAP) / 2
TOP, BOTTOM = 13.0, HEIGHT - 12.0
TITLE = Style(19, bold=True, colour=BLACK, leading=1.25)
LINE = Style(10, colour=BLACK, leading=1.32)
SMALL = Style(9, colour=DARK, leading=1.25)
SCALES = tuple(0.96**step for step in range(24))


@dataclass(frozen=True, slots=True)
class Pair:
    """The same in both languages. `link` is opened by tapping it."""

    mine: str
    theirs: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its lines."""

    heading: Pair
    lines: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """`link` stands at the end, with its address to be read."""

    mine: str
    theirs: str
    title: Pair
    name: str
    made: date
    parts: tuple[Part, ...]
    foot: tuple[Pair, ...]
    link: str = ""
    example: str = ""


def profile(facts: ProfileFacts, fonts: Fonts) -> bytes:
    """PDF/A-3B of one page; the same facts give the same bytes. Raises `MissingGlyphs`."""
    title = " – ".join(filter(None, (facts.title.theirs, facts.name)))
    scale = next(
        (s for s in SCALES if _Drawing(facts, title, fonts, s).draw() <= BOTTOM), SCALES[-1]
    )
    drawing = _Drawing(facts, title, fonts, scale)
    drawing.draw()
    return drawing.paper.save()


class _Drawing:
    """One try at one scale: the columns stand left and right whatever their languages."""

    def __init__(self, facts: ProfileFacts, title: str, fonts: Fonts, scale: float) -> None:
        self._facts, self._scale = facts, scale
        self.paper = Paper(title, facts.theirs, facts.made, fonts)
        page = self.paper.page()
        self._mine = self.paper.also(page, facts.mine)
        self._theirs = page

    def draw(self) -> float:
        facts, y = self._facts, TOP
        if facts.example:
            y = self._pair(Pair("", facts.example), SMALL, y)
        y = self._pair(facts.title, TITLE, y)
        if facts.name:
            y = self._pair(Pair(facts.name, facts.name), CONTACT, y)
        y += 1.5
        for part in facts.parts:
            self._theirs.rule(MARGIN, y, WIDTH - 2 * MARGIN, 0.8, TEAL)
            y = self._pair(part.heading, HEADING, y + 1.2)
            for line in part.lines:
                y = self._pair(line, LINE, y) + 0.6 * self._scale
            y += 2.2 * self._scale
        self._theirs.rule(MARGIN, y, WIDTH - 2 * MARGIN, 0.8, PALE)
        y += 1.2
        for line in facts.foot:
            y = self._pair(line, SMALL, y)
        if facts.link:
            y = self._pair(Pair("", facts.link, facts.link), NOTE, y)
        return y

    def _pair(self, pair: Pair, style: Style, y: float) -> float:
        scaled = style.scaled(self._scale)
        left = self._write(self._mine, pair.mine, scaled, MARGIN, y)
        right = self._write(self._theirs, pair.theirs, scaled, MARGIN + COLUMN + GAP, y)
        if pair.link:
            self._theirs.link(self._x(MARGIN + COLUMN + GAP), y, COLUMN, right - y, pair.link)
        return max(left, right)

    def _write(self, sheet: Sheet, text: str, style: Style, left: float, y: float) -> float:
        """`left` is counted from the left edge, also where reading starts at the right."""
        x = WIDTH - left - COLUMN if sheet.type.rtl else left
        return sheet.write(text, style, x, y, COLUMN) if text else y

    def _x(self, left: float) -> float:
        return WIDTH - left - COLUMN if self._theirs.type.rtl else left


def profile_text(facts: ProfileFacts) -> str:
    """The same as text: each line in both languages, one below the other."""
    lines: list[str] = []
    for part in (Part(facts.title, ()), *facts.parts, Part(Pair("", ""), facts.foot)):
        lines += ["", *_both(part.heading, facts)]
        for line in part.lines:
            lines += _both(line, facts)
    return "\n".join(lines).strip()


def _both(pair: Pair, facts: ProfileFacts) -> Sequence[str]:
    said = ((pair.mine, facts.mine), (pair.theirs, facts.theirs), (pair.link, ""))
    return [RLM + text if of and Labels(of).rtl else text for text, of in said if text]
