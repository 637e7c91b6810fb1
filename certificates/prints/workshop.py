"""A plan for a trainer: a module as a meeting of people who learn together, with phones or without
(seed 07).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certificates.labels import Labels
from certificates.prints.content import Deck, ModuleFacts, Question
from certificates.prints.flow import Block, Line, columns, flow
from certificates.prints.paper import (
    BLACK,
    DARK,
    HEIGHT,
    INNER,
    MARGIN,
    Paper,
    draw_code,
    fits,
    foot,
    rule_rest,
)
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.sheet import Align, Sheet, Style

CODE = 26.0
BODY = Style(11, colour=BLACK, leading=1.34)
BOLD = Style(11, bold=True, colour=BLACK, leading=1.34)
SMALL = Style(9.5, colour=DARK, leading=1.25)
HEADING = Style(14, bold=True, colour=BLACK, leading=1.3)
INDENT = 6.0
SCALES = [1.2 * 0.97**step for step in range(60)]
ALOUD = 2
"""In pairs, reading aloud and talking, a deck takes about twice as long as alone."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Minutes of a meeting. `decks` is how many decks the pair work has time for, at least one."""

    welcome: int
    pairs: int
    together: int
    closing: int
    decks: int

    @property
    def minutes(self) -> int:
        return self.welcome + self.pairs + self.together + self.closing


def plan(minutes: int, decks: Sequence[Deck]) -> Plan:
    """How a meeting of so many minutes is divided: a sixth to begin, a quarter to talk together, a
    sixth to end, and the rest for pair work."""
    welcome, together, closing = minutes // 6, minutes // 4 // 5 * 5, minutes // 6
    pairs = minutes - welcome - together - closing
    used = count = 0
    for deck in decks:
        used += ALOUD * deck.minutes
        count += used <= pairs
    return Plan(welcome, pairs, together, closing, max(count, 1))


def workshop(facts: ModuleFacts, fonts: Fonts) -> bytes:
    """Two A4 pages: goals, time plan, opening question, pair work, what to talk about, without
    phones, closing.

    Raises `MissingGlyphs`.
    """
    paper = Paper(facts.title, facts.language, facts.made, fonts)
    labels = paper.labels
    _ = labels.text
    sheets = paper.page(), paper.page()
    top = _plans(sheets[0], facts, labels, _head(sheets[0], facts, labels))
    pages = (top, _before(facts, labels)), (MARGIN, _after(facts, labels))
    two_pages(sheets, pages, (_("Workshop"), facts.title, facts.project), labels)
    return paper.save()


def two_pages(
    sheets: tuple[Sheet, Sheet],
    pages: tuple[tuple[float, Iterable[Block]], tuple[float, Iterable[Block]]],
    below: tuple[str, ...],
    labels: Labels,
) -> None:
    """Each page from its top (mm) on, room for notes at the end, and what stands below both."""
    _ = labels.text
    for sheet, (top, blocks) in zip(sheets, pages, strict=True):
        into = columns(sheet, 1, MARGIN, top, INNER, HEIGHT - 16)
        end = flow(list(blocks), into, SCALES)
        if sheet is sheets[1] and end:
            rule_rest(into, end, _("My notes"))
    for number, sheet in enumerate(sheets, 1):
        foot(sheet, (*below, f"{number}/2"), labels)


def _head(sheet: Sheet, facts: ModuleFacts, labels: Labels) -> float:
    _ = labels.text
    width = INNER - CODE - 10
    draw_code(sheet, facts.url, MARGIN + INNER - CODE, MARGIN, CODE)
    y = fits(
        sheet,
        labels.joined((_("Workshop: a plan for the trainer"), facts.project)),
        Style(10, colour=DARK),
        MARGIN,
        MARGIN - 1,
        width,
    )
    y = (
        fits(
            sheet,
            facts.title,
            Style(24, bold=True, colour=BLACK, leading=1.2),
            MARGIN,
            y,
            width,
            lines=2,
        )
        + 1
    )
    y = sheet.write(_("Goals"), BOLD, MARGIN, y, width)
    for objective in facts.objectives:
        sheet.write("•", BODY, MARGIN, y, INDENT)
        y = sheet.write(objective, BODY, MARGIN + INDENT, y, width - INDENT)
    return max(y, MARGIN + CODE) + 4


def _plans(sheet: Sheet, facts: ModuleFacts, labels: Labels, y: float) -> float:
    """A table: what to do, and how long in a meeting of 60 and of 90 minutes."""
    _, ngettext = labels.text, labels.plural
    short, long = plan(60, facts.decks), plan(90, facts.decks)

    def decks(count: int) -> str:
        return ngettext("{count} deck", "{count} decks", count)

    rows = [
        (
            _("Time plan"),
            *(ngettext("{count} minute", "{count} minutes", p.minutes) for p in (short, long)),
        ),
        (_("Welcome and opening question"), str(short.welcome), str(long.welcome)),
        (_("Pair work with the cards"), *(f"{p.pairs} ({decks(p.decks)})" for p in (short, long))),
        (_("Talk together"), str(short.together), str(long.together)),
        (_("Closing"), str(short.closing), str(long.closing)),
    ]
    cell, room = 38.0, INNER - 2 * 38.0
    for place, (what, *times) in enumerate(rows):
        style = BODY if place else BOLD
        sheet.rule(MARGIN, y, INNER, 0.5 if place else 1.2, BLACK)
        fits(sheet, what, style, MARGIN + 1, y + 1, room - 2)
        for column, time in enumerate(times):
            fits(
                sheet,
                time,
                Style(style.size, style.bold, BLACK, Align.CENTRE, style.leading),
                MARGIN + room + column * cell,
                y + 1,
                cell,
            )
        y += 7.2
    sheet.rule(MARGIN, y, INNER, 1.2, BLACK)
    said = ngettext(
        "This module has {count} deck.", "This module has {count} decks.", len(facts.decks)
    )
    if len(facts.decks) > long.decks:
        said += " " + _("What there is no time for is for a second meeting.")
    return sheet.write(said, BODY, MARGIN, y + 1.5, INNER) + 6


def _before(facts: ModuleFacts, labels: Labels) -> Iterable[Block]:
    """From what is needed to the pair work."""
    _ = labels.text
    yield from _section(
        _("You need"),
        (
            _("One card sheet for each pair, cut into cards, and its answer key for you"),
            _("One handout for each person, pens, a clock"),
        ),
        "•",
    )
    yield from _section(
        _("Opening question"),
        (
            _(
                "Write it where all can see it: “{title}: when did you last need this? What was "
                "easy, what was hard?”",
                title=facts.title,
            ),
            _(
                "Everybody thinks for a minute. Who wants to, answers. Nobody has to tell their "
                "own story."
            ),
        ),
    )
    yield from _section(
        _("Pair work with the cards"),
        (
            _(
                "Two people sit together, if they like with a language in common. They take the "
                "cards of one deck."
            ),
            _("One reads the question aloud. The other answers and says why. Then they change."),
            _("They look into the handout if they are not sure. The trainer has the answer key."),
            _(
                "Cards that were hard go onto a pile of their own. They come back when all talk "
                "together."
            ),
        ),
        "1.",
    )


def _after(facts: ModuleFacts, labels: Labels) -> Iterable[Block]:
    """From talking together to the end."""
    _ = labels.text
    yield Block(
        (
            Line(_("Talk together"), HEADING),
            Line(
                _("Read a question aloud and collect answers before you say what the card says."),
                BODY,
            ),
        ),
        5,
    )
    for deck in facts.decks:
        if asked := prompt(deck.questions):
            said = _("The card says: {reason}", reason=asked.reason)
            lines = (
                Line(deck.title, SMALL, "", INDENT),
                Line(asked.text, BOLD, "•", INDENT),
                Line(said, BODY, "", INDENT),
            )
            yield Block(lines, 1.8)
    yield from _section(
        _("Without phones"),
        (
            _("Handout and cards are enough: everything that is asked stands on them."),
            _(
                "A person who does not read yet works with one who reads aloud. Options can be "
                "shown with one, two or three fingers."
            ),
            _(
                "Those who have a phone can go on at home: the code on the first page leads to the "
                "module."
            ),
        ),
        "•",
    )
    tasks = [line for deck in facts.decks if deck.task for line in deck.task.lines[:1]]
    yield from _section(
        _("Closing"), (_("Each person says one thing that they will do this week. For example:"),)
    )
    yield from (Block((Line(task, BODY, "•", INDENT),), 0.6) for task in tasks)


def _section(heading: str, lines: Sequence[str], mark: str = "") -> Iterable[Block]:
    """The heading stays with the first line."""
    numbered = mark == "1."
    for place, text in enumerate(lines):
        line = Line(text, BODY, f"{place + 1}." if numbered else mark, INDENT if mark else 0)
        yield Block((line,), 0.6) if place else Block((Line(heading, HEADING), line), 5)


def prompt(questions: Iterable[Question]) -> Question | None:
    """The question of a deck that gives most to talk about: where one is chosen among several, the
    longest situation."""
    choices = [question for question in questions if question.one]
    return max(choices, key=lambda question: len(question.text), default=None)
