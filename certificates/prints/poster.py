"""A poster that invites to a group: one A4 page with a large code and three steps in pictures."""

from dataclasses import dataclass

from certificates.labels import Labels
from certificates.prints.content import PosterFacts
from certificates.prints.paper import (
    BLACK,
    DARK,
    HEIGHT,
    INNER,
    MARGIN,
    WIDTH,
    Paper,
    draw_code,
    fits,
    short,
)
from certificates.prints.pictograms import STEPS, Pen, arc
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.pdf import Colour
from certificates.typesetting.sheet import Align, Sheet, Style

CODE = 88.0
"""Millimetres: read from two or three metres away, also by an old camera."""
PICTURE = 36.0
WHITE = Colour(1, 1, 1)
CENTRE = Align.CENTRE


@dataclass(frozen=True, slots=True)
class Said:
    """The words of the poster in one language; `without_app` is empty where it opens in the browser
    anyway."""

    slogan: str
    no_camera: str
    steps: tuple[str, str, str]
    promise: str
    where: str
    without_app: str


def words(facts: PosterFacts, labels: Labels) -> Said:
    _ = labels.text
    return Said(
        slogan=_("Learn in small steps, on your phone."),
        no_camera=_("No camera? Type this address:"),
        steps=(
            _("Point the phone’s camera at the code."),
            _("Tap the link, then the button."),
            _("Start the first card."),
        ),
        promise=_("It is free. We ask for no name and no phone number."),
        where=_where(facts, labels),
        without_app=_("Without an app: {address}", address=short(facts.web))
        if len(facts.apps) == 1 and facts.web
        else "",
    )


def _where(facts: PosterFacts, labels: Labels) -> str:
    _ = labels.text
    match facts.apps:
        case ():
            return _("It opens in the browser. You install nothing.")
        case (app,):
            return _("It opens in {app}.", app=app)
    ways = labels.joined(facts.apps)
    return _("It opens a page. Go on there, or in an app: {apps}.", apps=ways)


def poster(facts: PosterFacts, fonts: Fonts) -> bytes:
    """One A4 page in portrait; the same facts give the same bytes. Raises `MissingGlyphs`."""
    paper = Paper(facts.title, facts.language, facts.made, fonts)
    said = words(facts, paper.labels)
    sheet = paper.page()
    head = paper.labels.joined((facts.organisation, facts.project))
    y = fits(sheet, head, Style(17, bold=True, align=CENTRE), MARGIN, 13, INNER)
    title = sheet.type.fitting(
        facts.title, Style(34, bold=True, align=CENTRE, leading=1.2), INNER, lines=2
    )
    room = 30.0
    high = sheet.type.height(facts.title, title, INNER)
    sheet.write(facts.title, title, MARGIN, y + 2 + (room - high) / 2, INNER)
    fits(sheet, said.slogan, Style(19, align=CENTRE), MARGIN, y + room + 3, INNER)
    draw_code(sheet, facts.url, (WIDTH - CODE) / 2, 77, CODE)
    fits(sheet, said.no_camera, Style(12, align=CENTRE), MARGIN, 174, INNER)
    fits(sheet, short(facts.url), Style(19, bold=True, align=CENTRE), MARGIN, 179.5, INNER)
    _steps(sheet, said.steps, 195)
    _promise(sheet, said.promise, 262)
    small = Style(11, colour=DARK, align=CENTRE)
    fits(sheet, said.where, small, MARGIN, HEIGHT - 18, INNER)
    if said.without_app:
        fits(sheet, said.without_app, small, MARGIN, HEIGHT - 12, INNER)
    return paper.save()


def _steps(sheet: Sheet, texts: tuple[str, ...], y: float) -> None:
    """Side by side in reading order: picture, number, words."""
    gap = 6.0
    width = (INNER - gap * (len(texts) - 1)) / len(texts)
    for place, (text, draw) in enumerate(zip(texts, STEPS, strict=True)):
        x = MARGIN + place * (width + gap)
        draw(Pen(sheet, x + (width - PICTURE) / 2, y, PICTURE))
        badge(sheet, str(place + 1), x, y)
        fits(
            sheet,
            text,
            Style(15, bold=True, align=CENTRE, leading=1.25),
            x,
            y + PICTURE + 3,
            width,
            lines=3,
        )


def badge(sheet: Sheet, number: str, x: float, y: float) -> None:
    """White on black, the corner of its square at x and y."""
    radius = 5.0
    sheet.path(arc(x + radius, y + radius, radius, 0, 4), fill=BLACK)
    style = Style(17, bold=True, colour=WHITE, align=CENTRE)
    sheet.write(number, style, x, y + radius - style.line_height / 2, 2 * radius)


def _promise(sheet: Sheet, text: str, y: float) -> None:
    high = 14.0
    sheet.path(
        [(MARGIN, y), (MARGIN + INNER, y), (MARGIN + INNER, y + high), (MARGIN, y + high)],
        stroke=BLACK,
        thickness=2,
    )
    style = sheet.type.fitting(text, Style(17, bold=True, align=CENTRE), INNER - 8)
    sheet.write(text, style, MARGIN, y + (high - style.line_height) / 2, INNER)
