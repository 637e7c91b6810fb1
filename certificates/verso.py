"""The second page: what was learned, set as large as it fits."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from math import ceil

from certificates.facts import Facts
from certificates.look import Look
from certificates.page import (
    FOOT_VERSO,
    GUTTER,
    INNER,
    MARGIN,
    OVERLINE,
    draw_disclaimer,
    write_line,
)
from certificates.typesetting.sheet import GREY, PALE, TEAL, Align, Sheet, Style
from certificates.wording import Entry, Paper, Section, Verso

BODY = Style(10.5)
BODY_HEADING = Style(11, bold=True, colour=TEAL)
ENTRY_TITLE = Style(10.5, bold=True, leading=1.3)
ENTRY_NOTE = Style(9.5, colour=GREY, leading=1.3)
CLOSING = Style(10)
CLOSING_HEADING = Style(10, bold=True, colour=TEAL)
SECTION_GAP, ENTRY_GAP = 3.5, 2.0
CLOSING_LABEL = 44.0
BULLET_INDENT, NUMBER_INDENT = 4.0, 7.0
"""Where the text of a list begins; there is room for a number of two digits."""


DIGIT = 2.2
SCALES = [1.12 * 0.97**step for step in range(64)]
"""Type in the body of the verso is a little larger than drawn above, or smaller: the first of these
at which all fits.
"""


def draw_verso(sheet: Sheet, paper: Paper, facts: Facts, look: Look) -> None:
    verso = paper.verso
    if look.frame != "none":
        sheet.frame(9, 0.8, TEAL)
    write_line(sheet, verso.project, Style(11, bold=True, colour=TEAL), MARGIN, 16, INNER / 2 - 2)
    write_line(
        sheet,
        verso.origin,
        Style(9, colour=GREY, align=Align.END),
        MARGIN + INNER / 2,
        16.6,
        INNER / 2,
    )
    sheet.rule(MARGIN, 22.5, INNER, 0.5, PALE)
    sheet.write(verso.kind, OVERLINE, MARGIN, 25, INNER / 2)
    if paper.about:
        style = sheet.type.fitting(paper.about, Style(9, colour=GREY, align=Align.END), INNER / 2)
        sheet.write(paper.about, style, MARGIN + INNER / 2, 25, INNER / 2)
        sheet.link(MARGIN + INNER / 2, 25, INNER / 2, 5, facts.annex_url)
    title = sheet.type.fitting(verso.title, Style(18, bold=True, leading=1.3), INNER)
    y = sheet.write(verso.title, title, MARGIN, 29.5, INNER)
    y = (
        sheet.write(
            verso.subtitle,
            sheet.type.fitting(verso.subtitle, Style(10.5, colour=GREY), INNER),
            MARGIN,
            y,
            INNER,
        )
        + 4
    )
    bottom = FOOT_VERSO - 2.5
    if verso.summary:
        summary = Style(10, bold=True, colour=TEAL)
        bottom -= summary.line_height + 2
        sheet.write(
            verso.summary,
            sheet.type.fitting(verso.summary, summary, INNER),
            MARGIN,
            bottom + 2,
            INNER,
        )
    body = _module_body(verso) if facts.kind.single else _list_body(verso)
    _fill(sheet, body, y, bottom)
    draw_disclaimer(sheet, paper.disclaimer, FOOT_VERSO, INNER)
    if paper.link and facts.verify_url:
        width = INNER / 2
        sheet.write(
            paper.link, Style(8, colour=GREY, align=Align.END), MARGIN + INNER - width, 194.5, width
        )
        sheet.link(MARGIN + INNER - width, 194.5, width, 4, facts.verify_url)


Body = Callable[[Sheet, float, float, bool], float]
"""Lays something out from y on at a scale, draws it if asked to, and returns where it ends."""


def _fill(sheet: Sheet, body: Body, top: float, bottom: float) -> None:
    """Draws the body at the largest scale at which it ends above `bottom`."""
    first = bisect_left(SCALES, True, key=lambda scale: body(sheet, top, scale, False) <= bottom)
    body(sheet, top, SCALES[min(first, len(SCALES) - 1)], True)


def _module_body(verso: Verso) -> Body:
    """Two columns: what the module is about, and what was learned."""
    width = (INNER - GUTTER) / 2

    def body(sheet: Sheet, y: float, scale: float, draw: bool) -> float:
        return max(
            _sections(sheet, verso.left, MARGIN, y, width, scale, draw),
            _sections(sheet, verso.right, MARGIN + width + GUTTER, y, width, scale, draw),
        )

    return body


def _list_body(verso: Verso) -> Body:
    """An introduction, the modules in columns of equal rows, and who taught them."""
    columns = _columns(verso.entries)
    gap = 8.0
    width = (INNER - gap * (columns - 1)) / columns
    rows = ceil(len(verso.entries) / columns)
    indent = NUMBER_INDENT + DIGIT * max(0, len(str(len(verso.entries))) - 2)

    def body(sheet: Sheet, y: float, scale: float, draw: bool) -> float:
        if verso.introduction:
            y = (
                _text(sheet, verso.introduction, BODY.scaled(scale), MARGIN, y, INNER, draw)
                + SECTION_GAP * scale
            )
        end = y
        for column in range(columns):
            x, below = MARGIN + column * (width + gap), y
            for number in range(column * rows, min((column + 1) * rows, len(verso.entries))):
                entry = verso.entries[number]
                below = (
                    _entry(sheet, f"{number + 1}.", indent, entry, x, below, width, scale, draw)
                    + ENTRY_GAP * scale
                )
            end = max(end, below)
        return _closing(sheet, verso.closing, end + ENTRY_GAP * scale, scale, draw)

    return body


def _columns(entries: Sequence[Entry]) -> int:
    if any(entry.description for entry in entries):
        return 2 if len(entries) <= 12 else 3
    return 2 if len(entries) <= 12 else 3 if len(entries) <= 48 else 4


def _entry(
    sheet: Sheet,
    number: str,
    indent: float,
    entry: Entry,
    x: float,
    y: float,
    width: float,
    scale: float,
    draw: bool,
) -> float:
    indent *= scale
    _text(sheet, number, ENTRY_TITLE.scaled(scale), x, y, indent, draw)
    x, width = x + indent, width - indent
    y = _text(sheet, entry.title, ENTRY_TITLE.scaled(scale), x, y, width, draw)
    y = _text(sheet, entry.note, ENTRY_NOTE.scaled(scale), x, y, width, draw)
    return (
        _text(sheet, entry.description, BODY.scaled(scale * 0.92), x, y, width, draw)
        if entry.description
        else y
    )


def _closing(
    sheet: Sheet, sections: Sequence[Section], y: float, scale: float, draw: bool
) -> float:
    """Label and text side by side, which is flatter than one over the other."""
    x, width = MARGIN + CLOSING_LABEL, INNER - CLOSING_LABEL
    for section in sections:
        label = sheet.type.fitting(
            section.heading, CLOSING_HEADING.scaled(scale), CLOSING_LABEL - 3
        )
        _text(sheet, section.heading, label, MARGIN, y, CLOSING_LABEL, draw)
        for line in section.lines:
            y = _text(sheet, line, CLOSING.scaled(scale), x, y, width, draw)
        y += ENTRY_GAP * scale
    return y


def _sections(
    sheet: Sheet,
    sections: Sequence[Section],
    x: float,
    y: float,
    width: float,
    scale: float,
    draw: bool,
) -> float:
    for section in sections:
        y = (
            _text(sheet, section.heading, BODY_HEADING.scaled(scale), x, y, width, draw)
            + 0.5 * scale
        )
        if section.marks:
            y = _list(sheet, section, x, y, width, scale, draw)
        else:
            for line in section.lines:
                y = _text(sheet, line, BODY.scaled(scale), x, y, width, draw)
        y += SECTION_GAP * scale
    return y - SECTION_GAP * scale if sections else y


def _list(
    sheet: Sheet, section: Section, x: float, y: float, width: float, scale: float, draw: bool
) -> float:
    style = BODY.scaled(scale)
    indent = (BULLET_INDENT if section.marks[0] == "•" else NUMBER_INDENT) * scale
    for mark, line in zip(section.marks, section.lines, strict=True):
        _text(sheet, mark, style, x, y, indent, draw)
        y = _text(sheet, line, style, x + indent, y, width - indent, draw) + 0.6 * scale
    return y


def _text(
    sheet: Sheet, text: str, style: Style, x: float, y: float, width: float, draw: bool
) -> float:
    return (
        sheet.write(text, style, x, y, width) if draw else y + sheet.type.height(text, style, width)
    )
