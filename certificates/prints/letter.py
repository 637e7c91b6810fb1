"""A letter to an employer: one A4 page of sentences, with room to sign."""

from dataclasses import dataclass
from datetime import date

from certificates.prints.cv import BODY, INNER, MARGIN, NAME, NOTE, TOP
from certificates.prints.flow import Block, Column, Line, flow
from certificates.prints.paper import BLACK, HEIGHT, Paper
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.sheet import TEAL, Style

TEXT = Style(11.5, colour=BLACK, leading=1.45)
SIGNED = Style(12, bold=True, colour=BLACK, leading=1.3)
SCALES = tuple(0.97**step for step in range(16))
HAND = 14.0
"""Room above the name for a signature."""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """`paragraphs` are sentences that belong together; `end` stands above the name."""

    language: str
    title: str
    made: date
    name: str
    contact: tuple[str, ...]
    company: str
    greeting: str
    paragraphs: tuple[str, ...]
    end: str
    example: str = ""


def letter(facts: LetterFacts, fonts: Fonts) -> bytes:
    """PDF/A-3B of one page; the same facts give the same bytes. Raises `MissingGlyphs`."""
    title = " – ".join(filter(None, (facts.title, facts.name)))
    paper = Paper(title, facts.language, facts.made, fonts)
    sheet, y = paper.page(), TOP
    if facts.example:
        sheet.write(facts.example, NOTE, MARGIN, y - 5, INNER)
    if facts.name:
        style = sheet.type.fitting(facts.name, NAME.scaled(0.75), INNER, is_name=True)
        y = sheet.write(facts.name, style, MARGIN, y, INNER, is_name=True)
    if facts.contact:
        y = sheet.write(paper.labels.joined(facts.contact), BODY, MARGIN, y, INNER)
    sheet.rule(MARGIN, y + 1.5, INNER, 1.2, TEAL)
    head = [Line(paper.labels.day(facts.made), NOTE)]
    head += [Line(facts.company, TEXT)] if facts.company else []
    blocks = [
        Block(tuple(head), 4),
        Block((Line(facts.greeting, TEXT),), 8),
        *(Block((Line(paragraph, TEXT),), 4) for paragraph in facts.paragraphs),
        Block((Line(facts.end, TEXT),), 6),
        *([Block((Line(facts.name, SIGNED, before=HAND),), 0)] if facts.name else []),
    ]
    flow(blocks, [Column(sheet, MARGIN, y + 6, INNER, HEIGHT - 20)], SCALES)
    return paper.save()


def letter_text(facts: LetterFacts) -> str:
    """The same to copy."""
    return "\n\n".join(
        filter(None, (facts.greeting, *facts.paragraphs, f"{facts.end}\n{facts.name}".strip()))
    )
