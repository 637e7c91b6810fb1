"""The poster in two languages on one page, side by side: one code, one address, three pictures
between the words of both.
"""

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
from certificates.prints.pictograms import STEPS, Pen
from certificates.prints.poster import CENTRE, badge, words
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.sheet import Sheet, Style

CODE, PICTURE, NUMBER, GAP = 78.0, 22.0, 12.0, 6.0
"""`NUMBER` is the room of a step's number beside its picture."""
COLUMN = (INNER - GAP) / 2
BESIDE = (INNER - PICTURE - NUMBER - GAP) / 2
"""The width of a column of words beside the pictures."""
STEPS_FROM, STEP = 167.0, 26.0


def poster_pair(facts: PosterFacts, second: str, fonts: Fonts) -> bytes:
    """One A4 page in portrait, in the language of `facts` and in `second`; the same facts give the
    same bytes. Raises `MissingGlyphs`."""
    paper = Paper(facts.title, facts.language, facts.made, fonts)
    sheet = paper.page()
    other = paper.also(sheet, second)
    pair = ((sheet, paper.labels), (other, Labels(second)))
    if sheet.type.rtl != other.type.rtl:  # each on the side where its reading starts
        left, right = sorted(pair, key=lambda one: one[0].type.rtl)
    else:
        left, right = reversed(pair) if sheet.type.rtl else pair
    said = [(on, words(facts, labels)) for on, labels in (left, right)]

    def both(
        texts: list[str], style: Style, y: float, lines: int = 1, width: float = COLUMN
    ) -> None:
        for (on, _), text, x in zip(said, texts, (MARGIN, WIDTH - MARGIN - width), strict=True):
            fits(on, text, style, _at(on, x, width), y, width, lines)

    y = fits(
        sheet,
        paper.labels.joined((facts.organisation, facts.project)),
        Style(16, bold=True, align=CENTRE),
        MARGIN,
        12,
        INNER,
    )
    title = sheet.type.fitting(
        facts.title, Style(32, bold=True, align=CENTRE, leading=1.2), INNER, lines=2
    )
    sheet.write(
        facts.title,
        title,
        MARGIN,
        y + 1 + (22 - sheet.type.height(facts.title, title, INNER)) / 2,
        INNER,
    )
    both([each.slogan for _, each in said], Style(15, bold=True, align=CENTRE), 44, lines=2)
    draw_code(sheet, facts.url, (WIDTH - CODE) / 2, 66, CODE)
    both([each.no_camera for _, each in said], Style(12, align=CENTRE), 152)
    fits(sheet, short(facts.url), Style(18, bold=True, align=CENTRE), MARGIN, 157, INNER)
    for place, draw in enumerate(STEPS):
        top = STEPS_FROM + place * STEP
        x = (WIDTH - PICTURE - NUMBER) / 2
        draw(Pen(sheet, x + NUMBER, top, PICTURE))
        badge(sheet, str(place + 1), x, top)
        both(
            [each.steps[place] for _, each in said],
            Style(15, bold=True, align=CENTRE, leading=1.25),
            top + 5,
            3,
            BESIDE,
        )
    for (on, each), x in zip(said, (MARGIN, WIDTH - MARGIN - COLUMN), strict=True):
        _promise(on, each.promise, _at(on, x, COLUMN), 247)
    small = Style(10.5, colour=DARK, align=CENTRE)
    below = any(each.without_app for _, each in said)
    both([each.where for _, each in said], small, HEIGHT - 29, 1 if below else 2)
    for line, (on, each) in enumerate(said):
        if each.without_app:
            fits(on, each.without_app, small, MARGIN, HEIGHT - 22 + 6 * line, INNER)
    return paper.save()


def _at(sheet: Sheet, left: float, width: float) -> float:
    """Where that is for this sheet, which counts from the side where its reading starts."""
    return WIDTH - left - width if sheet.type.rtl else left


def _promise(sheet: Sheet, text: str, x: float, y: float) -> None:
    high = 16.0
    sheet.path(
        [(x, y), (x + COLUMN, y), (x + COLUMN, y + high), (x, y + high)], stroke=BLACK, thickness=2
    )
    style = sheet.type.fitting(text, Style(13, bold=True, align=CENTRE), COLUMN - 6, lines=2)
    sheet.write(
        text, style, x + 3, y + (high - sheet.type.height(text, style, COLUMN - 6)) / 2, COLUMN - 6
    )
