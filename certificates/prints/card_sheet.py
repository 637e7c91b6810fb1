"""The questions of a module as cards to cut out, eight on an A4 page, a key with the right answers
and why, and then the stories and self-tests to play.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from certificates.labels import Labels
from certificates.prints.beside import activities
from certificates.prints.content import Deck, ModuleFacts, Question
from certificates.prints.flow import Block, Column, Line, columns, flow, height
from certificates.prints.paper import (
    BLACK,
    DARK,
    HEIGHT,
    INNER,
    MARGIN,
    SMALLEST,
    WIDTH,
    Paper,
    fits,
    foot,
)
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.sheet import Align, Sheet, Style

ACROSS, DOWN = 2, 4
CARD_WIDTH, CARD_HEIGHT = WIDTH / ACROSS, HEIGHT / DOWN
PADDING = 9.0
"""Printers leave up to 6 mm at the edge of the paper white."""
QUESTION = Style(12.5, bold=True, colour=BLACK, leading=1.25)
OPTION = Style(12, colour=BLACK, leading=1.3)
SMALL = Style(9, colour=DARK)
HINT = Style(10.5, colour=DARK, leading=1.25)
KEY = Style(10.5, colour=BLACK, leading=1.3)
KEY_BOLD = Style(10.5, bold=True, colour=BLACK, leading=1.3)
KEY_HEADING = Style(12.5, bold=True, colour=BLACK, leading=1.3)
NUMBER = 7.0
SCALES = [1.2 * 0.97**step for step in range(60)]
KEY_SCALES = [scale for scale in SCALES if scale * KEY.size >= SMALLEST]
Numbered = tuple[int, Deck, Question]


def card_sheet(facts: ModuleFacts, fonts: Fonts) -> bytes:
    """A4 pages of eight cards with lines to cut along, then the answer key, then stories and
    self-tests if there are any. Raises `MissingGlyphs`."""
    paper = Paper(facts.title, facts.language, facts.made, fonts)
    questions = [
        (number, deck, question)
        for number, (deck, question) in enumerate(
            ((deck, question) for deck in facts.decks for question in deck.questions), 1
        )
    ]
    waiting = iter(questions)
    while page := list(islice(waiting, ACROSS * DOWN)):
        sheet = paper.page()
        _cut_lines(sheet)
        for place, card in enumerate(page):
            _card(
                sheet,
                card,
                facts,
                paper.labels,
                place % ACROSS * CARD_WIDTH,
                place // ACROSS * CARD_HEIGHT,
            )
    _key(paper, facts, questions)
    if played := list(activities(facts, paper.labels, KEY_HEADING, KEY_BOLD, KEY)):
        _on_pages(paper, facts, played, 0)
    return paper.save()


def _cut_lines(sheet: Sheet) -> None:
    across = [[(0.0, CARD_HEIGHT * row), (WIDTH, CARD_HEIGHT * row)] for row in range(1, DOWN)]
    for points in [[(CARD_WIDTH, 0.0), (CARD_WIDTH, HEIGHT)], *across]:
        sheet.path(points, stroke=BLACK, thickness=0.9, closed=False, dash=4)


def _card(
    sheet: Sheet, card: Numbered, facts: ModuleFacts, labels: Labels, x: float, y: float
) -> None:
    number, deck, question = card
    x, y, width = x + PADDING, y + PADDING - 2, CARD_WIDTH - 2 * PADDING
    bottom = y + CARD_HEIGHT - 2 * PADDING + 2
    fits(sheet, deck.title, SMALL, x, y, width - NUMBER * 2)
    sheet.write(
        str(number),
        Style(14, bold=True, colour=BLACK, align=Align.END),
        x + width - NUMBER * 2,
        y - 1.6,
        NUMBER * 2,
    )
    fits(sheet, labels.joined((facts.title, facts.project)), SMALL, x, bottom, width)
    _front(question, labels, Column(sheet, x, y + 7, width, bottom - 1.5))


def _front(question: Question, labels: Labels, at: Column) -> None:
    """The question, how to answer if that is not plain, and its numbered options; what they are
    matched with stands below them or, where it is larger so, beside them."""
    hint = (Line(labels.text(question.hint), HINT, before=0.6),) if question.hint else ()
    head = Block((Line(question.text, QUESTION), *hint))
    numbered = enumerate(question.options, 1)
    options = Block(tuple(Line(text, OPTION, f"{number}.", NUMBER) for number, text in numbered), 2)
    meanings = Block(tuple(Line(text, OPTION, "•", NUMBER) for text in question.meanings), 2)
    if not question.meanings:
        flow([head, options], [at], SCALES)
        return
    type = at.sheet.type
    for scale in SCALES:
        if flow([head, options, meanings], [at], [scale]):
            return
        below = at.top + height(head, type, at.width, scale) + 2 * scale
        sides = columns(at.sheet, 2, at.x, below, at.width, at.bottom, 4)
        lower = max(height(each, type, sides[0].width, scale) for each in (options, meanings))
        if below + lower <= at.bottom:
            flow([head], [at], [scale])
            flow([options], sides[:1], [scale])
            flow([meanings], sides[1:], [scale])
            return


def _key(paper: Paper, facts: ModuleFacts, questions: Sequence[Numbered]) -> None:
    _ = paper.labels.text
    sheet = _on_pages(paper, facts, list(_answers(questions, paper.labels)), 18)
    y = fits(sheet, _("Answer key"), Style(20, bold=True, colour=BLACK), MARGIN, MARGIN - 2, INNER)
    fits(sheet, _("The number of the card, the right answer, and why"), SMALL, MARGIN, y, INNER)


def _on_pages(paper: Paper, facts: ModuleFacts, blocks: Sequence[Block], head: float) -> Sheet:
    """In two columns, on as many pages as it takes in type that can be read; `head` mm stay free on
    the first, which is returned."""
    sheets = [paper.page()]
    while True:
        into = [
            column
            for place, sheet in enumerate(sheets)
            for column in columns(
                sheet, 2, MARGIN, MARGIN + (0 if place else head), INNER, HEIGHT - 16
            )
        ]
        if flow(blocks, into, KEY_SCALES):
            break
        sheets.append(paper.page())
    for sheet in sheets:
        foot(sheet, (facts.title, facts.project), paper.labels)
    return sheets[0]


def _answers(questions: Iterable[Numbered], labels: Labels) -> Iterable[Block]:
    """By deck: the number of the card, the right options, and why."""
    before: Deck | None = None
    for number, deck, question in questions:
        heading = (Line(deck.title, KEY_HEADING),) if deck is not before else ()
        yield Block(
            (
                *heading,
                Line(answer(question, labels), KEY_BOLD, str(number), NUMBER),
                Line(question.reason, KEY, "", NUMBER),
            ),
            4.5 if heading else 2,
        )
        before = deck


def answer(question: Question, labels: Labels) -> str:
    """The right options by number and text, in their order; in a match each one and what belongs to
    it."""
    if question.meanings:
        pairs = zip(question.options, question.right, strict=True)
        return labels.joined(
            f"{labels.isolated(option)} = {labels.isolated(question.meanings[own])}"
            for option, own in pairs
        )
    chosen = (
        labels.isolated(f"{place + 1}.\u00a0{question.options[place]}") for place in question.right
    )
    return question.between.join(chosen)
