"""A placement confirmed: one A4 page of facts that somebody filled in who had the link."""

from dataclasses import dataclass
from datetime import date

from certificates.labels import Labels
from certificates.prints.cv import CONTACT, ENTRY, HEADING, NAME, NOTE
from certificates.prints.flow import Block, Column, Line, flow
from certificates.prints.paper import BLACK, HEIGHT, INNER, MARGIN, Paper
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.sheet import TEAL

SCALES = tuple(1.05 * 0.97**step for step in range(30))
NAME_LINE = 120.0


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """`rows` are labels with what was filled in. Without a `name` there is a line to write one
    on."""

    language: str
    title: str
    name: str
    name_label: str
    rows: tuple[tuple[str, str], ...]
    tasks_label: str
    tasks: tuple[str, ...]
    foot: str
    made: date


def placement(facts: PlacementFacts, fonts: Fonts) -> bytes:
    """Raises `MissingGlyphs`."""
    paper = Paper(facts.title, facts.language, facts.made, fonts)
    sheet = paper.page()
    y = sheet.write(facts.title, sheet.type.fitting(facts.title, NAME, INNER), MARGIN, 16, INNER)
    if facts.name:
        y = sheet.write(facts.name, CONTACT, MARGIN, y + 2, INNER, is_name=True)
    else:
        sheet.write(facts.name_label, NOTE, MARGIN, y + 4, INNER)
        y += 12
        sheet.rule(MARGIN, y, NAME_LINE, 0.6, BLACK)
    sheet.rule(MARGIN, y + 3, INNER, 1.2, TEAL)
    blocks = [
        *(Block((Line(label, NOTE), Line(said, ENTRY)), 2.4) for label, said in facts.rows),
        Block(
            (
                Line(facts.tasks_label, HEADING),
                *(Line(task, CONTACT, "•", 4.5) for task in facts.tasks),
            ),
            4,
        ),
        Block((Line(facts.foot, NOTE),), 8),
    ]
    flow(blocks, [Column(sheet, MARGIN, y + 7, INNER, HEIGHT - 16)], SCALES)
    return paper.save()


def placement_text(facts: PlacementFacts) -> str:
    labels = Labels(facts.language)
    rows = [labels.named(label, said) for label, said in facts.rows]
    tasks = [f"• {task}" for task in facts.tasks]
    whole = (facts.title, facts.name, "", *rows, "", facts.tasks_label, *tasks, "", facts.foot)
    return "\n".join(whole)
