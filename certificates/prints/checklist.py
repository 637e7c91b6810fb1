"""A checklist: one A4 page to hang up, with a box to tick before each line. Lengths are
millimetres."""

from dataclasses import dataclass
from datetime import date

from certificates.prints.flow import BOX, Block, Column, Line, flow
from certificates.prints.paper import BLACK, DARK, HEIGHT, INNER, MARGIN, Paper, foot
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.sheet import Style

TITLE = Style(22, bold=True, colour=BLACK, leading=1.25)
SECTION = Style(14, bold=True, colour=BLACK, leading=1.3)
BODY = Style(13, colour=BLACK, leading=1.4)
SCALES = [1.1 * 0.97**step for step in range(60)]
INDENT = 8.0


@dataclass(frozen=True, slots=True)
class ChecklistFacts:
    """`parts` are headings with what is to be ticked; `foot` one small line at the end."""

    language: str
    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    foot: str
    made: date


def checklist(facts: ChecklistFacts, fonts: Fonts) -> bytes:
    """Raises `MissingGlyphs`."""
    paper = Paper(facts.title, facts.language, facts.made, fonts)
    sheet = paper.page()
    style = sheet.type.fitting(facts.title, TITLE, INNER)
    top = sheet.write(facts.title, style, MARGIN, MARGIN, INNER) + 2
    sheet.rule(MARGIN, top, INNER, 1.2, DARK)
    blocks = [
        Block(
            (
                Line(heading, SECTION),
                *(Line(line, BODY, BOX, INDENT, before=0.6) for line in lines),
            ),
            5,
        )
        for heading, lines in facts.parts
    ]
    flow(blocks, [Column(sheet, MARGIN, top + 5, INNER, HEIGHT - 16)], SCALES)
    foot(sheet, (facts.foot,), paper.labels)
    return paper.save()
