"""What employers read about the project behind a certificate (seed M+): as many A4
pages as it takes, in two columns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from certificates.facts import Competence, Hours
from certificates.labels import Labels
from certificates.look import PLAIN, Look
from certificates.prints.flow import Block, Column, Line, columns, flow
from certificates.prints.paper import (
    DARK,
    HEIGHT,
    INNER,
    MARGIN,
    SMALLEST,
    Paper,
    draw_code,
    fits,
    foot,
)
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.sheet import PALE, TEAL, Sheet, Style

BOTTOM = HEIGHT - 16
GUTTER = 9.0
CODE = 22.0
TITLE = Style(22, bold=True, colour=TEAL, leading=1.2)
SECTION = Style(13, bold=True, colour=TEAL, leading=1.3)
ENTRY = Style(10.5, bold=True, leading=1.32)
BODY = Style(10.5, leading=1.35)
NOTE = Style(9.5, colour=DARK, leading=1.3)
INDENT = 4.0
BULLET = "- "
SCALES = [0.97**step for step in range(100)]
READABLE = [scale for scale in SCALES if scale * NOTE.size >= SMALLEST]
"""A little smaller is better than two lines on a page of their own."""


@dataclass(frozen=True, slots=True)
class AnnexSection:
    """A paragraph that begins with "- " is an item of a list."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnexCompetence:
    competence: Competence
    description: str


@dataclass(frozen=True, slots=True)
class AnnexModule:
    title: str
    description: str
    hours: Hours
    trainer: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    name: str
    country: str
    website: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """All texts in one language. `modules` are by category, with its title; `url` leads to the same
    paper."""

    language: str
    title: str
    project: str
    reference: str
    platform: str
    made: date
    sections: tuple[AnnexSection, ...]
    competences: tuple[AnnexCompetence, ...]
    modules: tuple[tuple[str, tuple[AnnexModule, ...]], ...]
    partners: tuple[Partner, ...]
    contact: str
    url: str


def annex(facts: AnnexFacts, fonts: Fonts, look: Look = PLAIN) -> bytes:
    """The PDF; the same facts give the same bytes. CPU work: call it in a thread. Raises
    `MissingGlyphs`."""
    paper = Paper(facts.title, facts.language, facts.made, fonts, look.colours)
    blocks = list(_blocks(facts, paper.labels))
    sheets = [paper.page()]
    top = _head(sheets[0], facts, paper.labels, look)
    while not flow(
        blocks, _columns(sheets, top), READABLE if len(sheets) <= len(blocks) else SCALES
    ):
        sheets.append(paper.page())
    for number, sheet in enumerate(sheets, 1):
        foot(
            sheet,
            (facts.project, facts.reference, facts.platform, f"{number}/{len(sheets)}"),
            paper.labels,
        )
    return paper.save()


def _columns(sheets: Sequence[Sheet], top: float) -> list[Column]:
    """Two on each page, on the first below its head."""
    tops = (top, *(MARGIN for _ in sheets[1:]))
    return [
        c
        for sheet, y in zip(sheets, tops, strict=True)
        for c in columns(sheet, 2, MARGIN, y, INNER, BOTTOM, GUTTER)
    ]


def _head(sheet: Sheet, facts: AnnexFacts, labels: Labels, look: Look) -> float:
    """Whose paper it is, and the code that leads to it. Returns where the columns begin."""
    width, x, y = INNER - CODE - GUTTER, MARGIN, MARGIN - 1
    for logo in look.logos:
        x += sheet.picture(logo, x, y, width / len(look.logos) - 4, look.logo_height) + 4
    y += look.logo_height + 2 if look.logos else 0
    y = fits(sheet, labels.joined((facts.project, facts.reference)), NOTE, MARGIN, y, width)
    y = fits(sheet, facts.title, TITLE, MARGIN, y + 1, width, lines=2) + 3
    draw_code(sheet, facts.url, MARGIN + INNER - CODE, MARGIN - 2, CODE)
    y = max(y, MARGIN + CODE + 1)
    sheet.rule(MARGIN, y, INNER, 1.2, PALE)
    return y + 5


def _blocks(facts: AnnexFacts, labels: Labels) -> Iterable[Block]:
    _ = labels.text
    for section in facts.sections:
        yield from _under(
            section.title, (_paragraph(labels.prose(text)) for text in section.paragraphs)
        )
    yield from _under(_("Competences"), (_competence(entry, labels) for entry in facts.competences))
    for category, modules in facts.modules:
        title = _("Modules: {category}", category=category)
        yield from _under(title, (_module(module, labels) for module in modules))
    yield from _under(_("Partners"), (_partner(partner, labels) for partner in facts.partners))
    if facts.contact:
        yield from _under(_("Contact"), [(Line(labels.prose(facts.contact), BODY),)])


def _under(title: str, entries: Iterable[tuple[Line, ...]]) -> Iterable[Block]:
    """The entries below a heading, which stays with the first of them."""
    heading: tuple[Line, ...] = (Line(title, SECTION),)
    for entry in entries:
        yield Block((*heading, *entry), 6 if heading else 1.8)
        heading = ()


def _paragraph(text: str) -> tuple[Line, ...]:
    listed = text.startswith(BULLET)
    return (Line(text.removeprefix(BULLET), BODY, "•" if listed else "", INDENT if listed else 0),)


def _competence(entry: AnnexCompetence, labels: Labels) -> tuple[Line, ...]:
    _, skill = labels.text, entry.competence.esco_title
    lines = (Line(entry.competence.title, ENTRY), Line(labels.prose(entry.description), BODY))
    return (
        (*lines, Line(_("ESCO: {skill}", skill=labels.isolated(skill)), NOTE)) if skill else lines
    )


def _module(module: AnnexModule, labels: Labels) -> tuple[Line, ...]:
    about = labels.joined((labels.hours(module.hours), module.trainer))
    return (
        Line(module.title, ENTRY),
        Line(labels.prose(module.description), BODY),
        Line(about, NOTE),
    )


def _partner(partner: Partner, labels: Labels) -> tuple[Line, ...]:
    where = labels.joined((partner.country, partner.website))
    about = (Line(labels.prose(partner.about), BODY),) if partner.about else ()
    return (Line(partner.name, ENTRY), Line(where, NOTE), *about)
