"""A module on one sheet of paper, for people who learn without a phone, or want to keep what they
learned. A story begins on it as a case to talk about; whole stories and self-tests are on the sheet
of question cards.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence

from certificates.labels import Labels
from certificates.prints.beside import practice
from certificates.prints.content import Deck, Idea, ModuleFacts, Story, Word
from certificates.prints.flow import Block, Line, columns, fit, flow
from certificates.prints.paper import (
    BLACK,
    DARK,
    HEIGHT,
    INNER,
    MARGIN,
    SMALLEST,
    Paper,
    draw_code,
    fits,
    foot,
    rule_rest,
)
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.sheet import Align, Sheet, Style

CODE = 28.0
BOTTOM = HEIGHT - 16
GUTTER = 9.0
BODY = Style(10.5, colour=BLACK, leading=1.32)
TITLE = Style(10.5, bold=True, colour=BLACK, leading=1.32)
DECK = Style(13.5, bold=True, colour=BLACK, leading=1.3)
AIM = Style(10, colour=DARK, leading=1.3)
INDENT = 4.5
BULLET = "• "
"""What an item of a list begins with."""
MORE = "[…]"
"""Stands where a card was shortened."""
Cut = Callable[[Idea], Idea]
"""What stays of a card."""
SCALES = [1.25 * 0.97**step for step in range(80)]
READABLE = [scale for scale in SCALES if scale * AIM.size >= SMALLEST]
"""Type is a little larger than drawn above, or smaller: the first of these at which all fits."""


def handout(facts: ModuleFacts, fonts: Fonts) -> bytes:
    """Always two A4 pages: what you will learn, the cards, the practical task, the glossary, the
    code back to the module, room for notes.

    Where the words are too many for type that can be read, as few cards as possible keep only their
    titles, first sentences and lists, the longest before others; where that is still too much, all
    of them, without lists. A sign stands where more was said. Raises `MissingGlyphs`.
    """
    paper = Paper(facts.title, facts.language, facts.made, fonts)
    labels = paper.labels
    first, second = paper.page(), paper.page()
    top = _head(first, facts, labels)
    into = [
        *columns(first, 2, MARGIN, top, INNER, BOTTOM, GUTTER),
        *columns(second, 2, MARGIN, MARGIN, INNER, BOTTOM, GUTTER),
    ]
    task = practice(facts.practice, labels, DECK, BODY) if facts.practice else ()
    rest = [*task, *case(facts.stories[:1], labels), *_glossary(facts.glossary, labels)]

    def with_shortened(cut: Cut, cards: Collection[Idea]) -> list[Block]:
        note = [_shortened(labels)] if cards else []
        return [
            *_decks(facts.decks, lambda idea: cut(idea) if idea in cards else idea),
            *rest,
            *note,
        ]

    longest = sorted((i for d in facts.decks for i in d.ideas), key=_spared, reverse=True)
    longest = [idea for idea in longest if _spared(idea)]
    count = bisect_left(
        range(len(longest)),
        True,
        key=lambda n: fit(with_shortened(_brief, longest[:n]), into, READABLE[-1]),
    )
    if end := (
        flow(with_shortened(_brief, longest[:count]), into, READABLE)
        or flow(with_shortened(_least, [i for d in facts.decks for i in d.ideas]), into, SCALES)
    ):
        rule_rest(into, end, labels.text("My notes"))
    for number, sheet in enumerate((first, second), 1):
        foot(sheet, (facts.title, facts.project, facts.organisation, f"{number}/2"), labels)
    return paper.save()


def _head(sheet: Sheet, facts: ModuleFacts, labels: Labels) -> float:
    """Title, what you will learn and the code. Returns where the columns begin."""
    _ = labels.text
    width = INNER - CODE - GUTTER
    draw_code(sheet, facts.url, MARGIN + INNER - CODE, MARGIN, CODE)
    caption = Style(9, bold=True, colour=BLACK, align=Align.CENTRE, leading=1.2)
    code_end = fits(
        sheet,
        _("Learn on your phone"),
        caption,
        MARGIN + INNER - CODE - 4,
        MARGIN + CODE + 3,
        CODE + 8,
        lines=2,
    )
    y = fits(
        sheet,
        labels.joined((facts.project, facts.category)),
        Style(10, colour=DARK),
        MARGIN,
        MARGIN - 1,
        width,
    )
    y = fits(
        sheet,
        facts.title,
        Style(24, bold=True, colour=BLACK, leading=1.2),
        MARGIN,
        y,
        width,
        lines=2,
    )
    y = (
        sheet.write(facts.description, Style(10.5, colour=BLACK, leading=1.3), MARGIN, y + 1, width)
        + 2
    )
    y = sheet.write(_("What you will learn"), TITLE, MARGIN, y, width) + 0.3
    for objective in facts.objectives:
        sheet.write("•", BODY, MARGIN, y, INDENT)
        y = sheet.write(objective, BODY, MARGIN + INDENT, y, width - INDENT)
    y = max(y, code_end) + 2.5
    sheet.rule(MARGIN, y, INNER, 1.2, BLACK)
    return y + 3.5


def _decks(decks: Iterable[Deck], cut: Cut) -> Iterable[Block]:
    for number, deck in enumerate(decks, 1):
        heading = [Line(deck.title, DECK, f"{number}.", 8.5)]
        heading += [Line(deck.aim, AIM)] if deck.aim else []
        for idea in deck.ideas:
            yield Block((*heading, *_idea(cut(idea), 1.2 if heading else 0)), 6 if heading else 2.2)
            heading = []
        if deck.memo:
            yield Block((*heading, *_idea(deck.memo, 0)), 2.6, bar=True)
        if deck.task:
            yield Block(tuple(_idea(deck.task, 0)), 2.6, bar=True)


def case(stories: Iterable[Story], labels: Labels) -> Iterable[Block]:
    """How the first story begins, and what one could do: to talk about, without an answer."""
    _ = labels.text
    for story in stories:
        scene = story.scenes[0]
        heading = Line(_("A case: what would you do?"), DECK)
        told = (Line(line, BODY) for line in scene.lines)
        ways = (Line(way.label, BODY, "•", INDENT) for way in scene.ways)
        yield Block((heading, Line(story.title, TITLE, before=1.2), *told, *ways), 6)


def _idea(idea: Idea, before: float) -> Iterable[Line]:
    yield Line(idea.title, TITLE, before=before)
    for line in idea.lines:
        listed = line.startswith(BULLET)
        yield Line(line.removeprefix(BULLET), BODY, "•" if listed else "", INDENT if listed else 0)


def _brief(idea: Idea) -> Idea:
    """The first sentence, and lists: “Prepare five things:” says nothing without the five."""
    listed = (line for line in idea.lines[1:] if line.startswith(BULLET))
    return _marked(idea, (*map(_first_sentence, idea.lines[:1]), *listed))


def _least(idea: Idea) -> Idea:
    return _marked(idea, tuple(map(_first_sentence, idea.lines[:1])))


def _marked(idea: Idea, kept: tuple[str, ...]) -> Idea:
    """With the sign that there is more, where there is."""
    if not kept or kept == idea.lines:
        return idea
    return Idea(idea.title, (*kept[:-1], f"{kept[-1]} {MORE}"))


def _spared(idea: Idea) -> int:
    """By how many characters it can be shortened."""
    return sum(map(len, idea.lines)) - sum(map(len, _brief(idea).lines))


def _shortened(labels: Labels) -> Block:
    _ = labels.text
    return Block((Line(_("The lesson says more here: scan the code."), AIM, MORE, 6),), 4)


def _first_sentence(text: str) -> str:
    ends = [place + 1 for mark in ".!?؟۔።" if (place := text.find(mark + " ")) >= 0]
    return text[: min(ends, default=len(text))]


def _glossary(words: Sequence[Word], labels: Labels) -> Iterable[Block]:
    _ = labels.text
    heading = [Line(_("Words"), DECK)]
    for word in words:
        yield Block(
            (*heading, Line(word.term, TITLE), Line(word.meaning, BODY)), 6 if heading else 1.4
        )
        heading = []
