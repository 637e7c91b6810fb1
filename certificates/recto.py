"""The first page: who finished what, signed, and how it is checked."""

from collections.abc import Sequence

import segno

from certificates.facts import Facts, Signatory
from certificates.look import Look
from certificates.page import (
    CENTRED,
    FOOT_RECTO,
    GUTTER,
    INNER,
    MARGIN,
    OVERLINE,
    QR_MASK,
    QR_SIZE,
    SMALL,
    draw_disclaimer,
    write_line,
)
from certificates.typesetting.sheet import GREY, PALE, TEAL, WIDTH, Align, Sheet, Style
from certificates.wording import Detail, Paper, Recto

LOGOS_WIDTH, DATE_WIDTH = INNER * 0.4, 62.0


def draw_recto(sheet: Sheet, paper: Paper, facts: Facts, look: Look) -> None:
    recto, verify_url = paper.recto, facts.verify_url
    if look.frame != "none":
        sheet.frame(9, 1.6, TEAL)
    if look.frame == "double":
        sheet.frame(11, 0.4, PALE)
    beside = _draw_logos(sheet, look)
    width = MARGIN + INNER - DATE_WIDTH - beside
    write_line(sheet, recto.project, Style(13, bold=True, colour=TEAL), beside, 18.5, width)
    write_line(sheet, recto.reference, SMALL, beside, 25, width)
    write_line(
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
    draw_disclaimer(
        sheet, paper.disclaimer, FOOT_RECTO, INNER - (QR_SIZE + GUTTER if verify_url else 0)
    )


def _draw_logos(sheet: Sheet, look: Look) -> float:
    """One beside the other where reading starts. Returns where the text beside them begins."""
    x = MARGIN
    for logo in look.logos:
        x += sheet.picture(logo, x, 17, LOGOS_WIDTH / len(look.logos) - 4, look.logo_height) + 4
    return x


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
