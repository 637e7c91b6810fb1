"""Where things stand on the two pages. All lengths are millimetres on A4 landscape, sizes of type
are points.

Whatever the facts, a certificate has two pages: what is long is set smaller until it fits.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Literal

import segno

from certificates.facts import Facts, Kind, Signatory
from certificates.labels import Labels
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.pdf import Colour, Document, Picture
from certificates.typesetting.pdf_a import Attachment
from certificates.typesetting.sheet import GREY, PALE, TEAL, WIDTH, Align, Sheet, Style, Typesetter
from certificates.wording import Detail, Entry, Paper, Recto, Section, Verso, put_into_words

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
BODY = Style(10.5)
BODY_HEADING = Style(11, bold=True, colour=TEAL)
ENTRY_TITLE = Style(10.5, bold=True, leading=1.3)
ENTRY_NOTE = Style(9.5, colour=GREY, leading=1.3)
CLOSING = Style(10)
CLOSING_HEADING = Style(10, bold=True, colour=TEAL)
CENTRED = Align.CENTRE
SECTION_GAP, ENTRY_GAP = 3.5, 2.0
CLOSING_LABEL = 44.0
BULLET_INDENT, NUMBER_INDENT = 4.0, 7.0
"""Where the text of a list begins; there is room for a number of two digits."""
DIGIT = 2.2
LOGOS_WIDTH, DATE_WIDTH = INNER * 0.4, 62.0

SCALES = [1.12 * 0.97**step for step in range(64)]
"""Type in the body of the verso is a little larger than drawn above, or smaller: the first of these
at which all fits.
"""


Frame = Literal["double", "single", "none"]


@dataclass(frozen=True)
class Look:
    """What an organisation's template changes. `colours` replaces ours, `signatures` are pictures
    by file name; sizes in points, `logo_height` in millimetres."""

    colours: Mapping[Colour, Colour] = field(default_factory=dict)
    logos: tuple[Picture, ...] = ()
    logo_height: float = 12
    signatures: Mapping[str, Picture] = field(default_factory=dict)
    frame: Frame = "double"
    heading_size: float = 27
    name_size: float = 34
    title_size: float = 22


PLAIN = Look()


def render(
    facts: Facts, fonts: Fonts, look: Look = PLAIN, attachments: Sequence[Attachment] = ()
) -> bytes:
    """The certificate as PDF/A-3B of two A4 landscape pages; the same facts give the same bytes.

    This is work for the processor (20-40 ms): call it in a thread. Raises `MissingGlyphs`.
    """
    labels = Labels(facts.language)
    paper = put_into_words(facts, labels)
    typesetter = Typesetter(fonts, facts.language, labels.rtl)
    document = Document(f"{paper.recto.heading} – {facts.name}", labels.language, facts.issued)
    _draw_recto(Sheet(document.page(), typesetter, look.colours), paper, facts, look)
    _draw_verso(Sheet(document.page(), typesetter, look.colours), paper, facts, look)
    return document.save(attachments)


def _draw_recto(sheet: Sheet, paper: Paper, facts: Facts, look: Look) -> None:
    recto, verify_url = paper.recto, facts.verify_url
    if look.frame != "none":
        sheet.frame(9, 1.6, TEAL)
    if look.frame == "double":
        sheet.frame(11, 0.4, PALE)
    beside = _draw_logos(sheet, look)
    width = MARGIN + INNER - DATE_WIDTH - beside
    _line(sheet, recto.project, Style(13, bold=True, colour=TEAL), beside, 18.5, width)
    _line(sheet, recto.reference, SMALL, beside, 25, width)
    _line(
        sheet,
        recto.issued,
        Style(11, align=Align.END),
        MARGIN + INNER - DATE_WIDTH + 4,
        19.2,
        DATE_WIDTH - 4,
    )
    _draw_award(sheet, recto, look)
    _draw_details(sheet, recto.details, 126.5)
    _draw_signatories(
        sheet, recto.signatories, 157, INNER - (QR_SIZE + GUTTER if verify_url else 0), look
    )
    if verify_url:
        _draw_check(sheet, paper, verify_url, facts.serial)
    _draw_disclaimer(
        sheet, paper.disclaimer, FOOT_RECTO, INNER - (QR_SIZE + GUTTER if verify_url else 0)
    )


def _draw_logos(sheet: Sheet, look: Look) -> float:
    """One beside the other where reading starts. Returns where the text beside them begins."""
    x = MARGIN
    for logo in look.logos:
        x += sheet.picture(logo, x, 17, LOGOS_WIDTH / len(look.logos) - 4, look.logo_height) + 4
    return x


def _line(sheet: Sheet, text: str, style: Style, x: float, y: float, width: float) -> None:
    """One line, smaller where it is too long."""
    sheet.write(text, sheet.type.fitting(text, style, width), x, y, width)


def _draw_award(sheet: Sheet, recto: Recto, look: Look) -> None:
    """From the heading to the title: one centred column whose name and title give way to what is
    long."""
    quiet = Style(12.5, colour=GREY, align=CENTRED)
    _write_fitting(
        sheet,
        recto.heading,
        Style(look.heading_size, bold=True, colour=TEAL, align=CENTRED),
        36,
        15,
    )
    sheet.write(recto.awarded, quiet, MARGIN, 51.5, INNER)
    _write_fitting(
        sheet, recto.name, Style(look.name_size, bold=True, align=CENTRED), 59.5, 20, is_name=True
    )
    sheet.rule(WIDTH / 2 - 45, 80.5, 90, 0.8, PALE)
    sheet.write(recto.reason, quiet, MARGIN, 84, INNER)
    title = sheet.type.fitting(
        recto.title,
        Style(look.title_size, bold=True, colour=TEAL, align=CENTRED, leading=1.3),
        INNER,
        lines=2,
    )
    title = sheet.type.filling(recto.title, title, INNER, 22)
    below = sheet.write(recto.title, title, MARGIN, 92, INNER)
    sheet.write(
        recto.offered,
        sheet.type.fitting(recto.offered, Style(11.5, align=CENTRED), INNER),
        MARGIN,
        below + 1.5,
        INNER,
    )


def _write_fitting(
    sheet: Sheet, text: str, style: Style, y: float, height: float, is_name: bool = False
) -> None:
    """One centred line as large as it may be in a place of this height; a smaller one stays on the
    middle of its place."""
    style = style.scaled(min(1, height / style.line_height))
    fitting = sheet.type.fitting(text, style, INNER, is_name=is_name)
    sheet.write(
        text, fitting, MARGIN, y + (style.line_height - fitting.line_height) / 2, INNER, is_name
    )


def _draw_details(sheet: Sheet, details: Sequence[Detail], y: float) -> None:
    """Duration, learning time, result, organisation side by side, between two hairlines."""
    sheet.rule(MARGIN, y - 3.5, INNER, 0.5, PALE)
    sheet.rule(MARGIN, y + 22, INNER, 0.5, PALE)
    gap = 8.0
    width = (INNER - gap * (len(details) - 1)) / len(details)
    for place, detail in enumerate(details):
        x = MARGIN + place * (width + gap)
        sheet.write(detail.label, sheet.type.fitting(detail.label, OVERLINE, width), x, y, width)
        place_for_it = 6.0 if detail.note else 16.5
        value = sheet.type.filling(
            detail.value, Style(13, bold=True, leading=1.25), width, place_for_it
        )
        below = sheet.write(detail.value, value, x, y + 4.8, width)
        if detail.note:
            sheet.write(
                detail.note,
                sheet.type.fitting(detail.note, SMALL, width, lines=2),
                x,
                below + 0.6,
                width,
            )


def _draw_signatories(
    sheet: Sheet, signatories: Sequence[Signatory], y: float, width: float, look: Look
) -> None:
    """Who answers for this, in columns: name over a line to sign on, organisation, country."""
    if not signatories:
        return
    gap = 6.0
    column = (width - gap * (len(signatories) - 1)) / len(signatories)
    named = any(signatory.name for signatory in signatories)
    for place, signatory in enumerate(signatories):
        x = MARGIN + place * (column + gap)
        top = y
        if picture := look.signatures.get(signatory.image):
            sheet.picture(picture, x, y - 8, column, 7.5)
        if signatory.name:
            style = sheet.type.filling(
                signatory.name, Style(11, bold=True, leading=1.25), column, 6, is_name=True
            )
            sheet.write(signatory.name, style, x, top, column, is_name=True)
        if named:
            top = y + 7.2
        if signatory.name or signatory.image:  # a line without a name looks forgotten
            sheet.rule(x, y + 6.2, column, 0.5, GREY)
        style = Style(10 if named else 11, bold=not named)
        top = sheet.write(
            signatory.organisation,
            sheet.type.fitting(signatory.organisation, style, column, 2),
            x,
            top,
            column,
        )
        place_and_role = ", ".join(filter(None, (signatory.role, signatory.country)))
        sheet.write(
            place_and_role, sheet.type.fitting(place_and_role, SMALL, column), x, top, column
        )


def _draw_check(sheet: Sheet, paper: Paper, url: str, serial: str) -> None:
    x, y = MARGIN + INNER - QR_SIZE, 152.5
    matrix = [bytes(row) for row in segno.make_qr(url, error="m", mask=QR_MASK).matrix]
    sheet.squares(matrix, x, y, QR_SIZE, url)
    caption = sheet.type.fitting(
        paper.verify, Style(8.5, bold=True, colour=TEAL, align=CENTRED), QR_SIZE
    )
    below = sheet.write(paper.verify, caption, x, y + QR_SIZE + 1.2, QR_SIZE)
    number = (
        f"№ {' '.join(serial[place : place + 4] for place in range(0, len(serial), 4))}"
        if serial
        else ""
    )
    sheet.write(number, Style(6.5, colour=GREY, align=CENTRED), x, below, QR_SIZE)


def _draw_disclaimer(sheet: Sheet, lines: Sequence[str], y: float, width: float) -> None:
    for line in lines:
        style = sheet.type.fitting(line, Style(8.5, colour=GREY), width, lines=2)
        y = sheet.write(line, style, MARGIN, y, width) + 0.8


def _draw_verso(sheet: Sheet, paper: Paper, facts: Facts, look: Look) -> None:
    verso = paper.verso
    if look.frame != "none":
        sheet.frame(9, 0.8, TEAL)
    _line(sheet, verso.project, Style(11, bold=True, colour=TEAL), MARGIN, 16, INNER / 2 - 2)
    _line(
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
    body = _module_body(verso) if facts.kind is Kind.MODULE else _list_body(verso)
    _fill(sheet, body, y, bottom)
    _draw_disclaimer(sheet, paper.disclaimer, FOOT_VERSO, INNER)
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
