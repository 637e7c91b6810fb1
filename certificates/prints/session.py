"""A sheet for a conversation round: a few people who learn a language talk about a module, with
one who leads and some who speak it well (seed 38).
"""

from collections.abc import Iterable, Sequence

from certificates.labels import Labels
from certificates.prints.content import ModuleFacts
from certificates.prints.flow import Block, Line
from certificates.prints.handout import case
from certificates.prints.paper import (
    BLACK,
    DARK,
    INNER,
    MARGIN,
    Paper,
    draw_code,
    fits,
)
from certificates.prints.workshop import BODY, CODE, HEADING, INDENT, prompt, two_pages
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.sheet import Sheet, Style

OPENING, WORDS, TALK, OURSELVES, CLOSING = 10, 10, 25, 10, 5
"""Minutes of each part: an hour."""


def session(facts: ModuleFacts, fonts: Fonts) -> bytes:
    """Two A4 pages: how we talk, helpful sentences, words, situations to talk about, closing.

    Raises `MissingGlyphs`.
    """
    paper = Paper(facts.title, facts.language, facts.made, fonts)
    labels = paper.labels
    _ = labels.text
    sheets = paper.page(), paper.page()
    top = _head(sheets[0], facts, labels)
    pages = (top, _before(facts, labels)), (MARGIN, _talk(facts, labels))
    two_pages(sheets, pages, (_("Conversation round"), facts.title, facts.project), labels)
    return paper.save()


def _head(sheet: Sheet, facts: ModuleFacts, labels: Labels) -> float:
    _ = labels.text
    width = INNER - CODE - 10
    draw_code(sheet, facts.url, MARGIN + INNER - CODE, MARGIN, CODE)
    above = labels.joined((_("Conversation round"), facts.project, facts.level))
    y = fits(sheet, above, Style(10, colour=DARK), MARGIN, MARGIN - 1, width)
    large = Style(24, bold=True, colour=BLACK, leading=1.2)
    y = fits(sheet, facts.title, large, MARGIN, y, width, lines=2) + 1
    y = sheet.write(
        _(
            "For four to eight people and one who leads, about an hour. Those who speak the "
            "language well sit beside those who learn it."
        ),
        BODY,
        MARGIN,
        y,
        width,
    )
    return max(y, MARGIN + CODE) + 4


def _before(facts: ModuleFacts, labels: Labels) -> Iterable[Block]:
    """Manners, sentences to hold on to, the beginning, words."""
    _ = labels.text
    yield from _part(
        _("How we talk"),
        "",
        (
            _("One speaks, the others listen. Speak slowly, in short sentences."),
            _("You may pass. You may think in your own language and find the words together."),
            _("Nobody is corrected who does not ask for it."),
        ),
    )
    yield from _part(
        _("Helpful sentences"),
        "",
        (
            _("Please say it again, more slowly."),
            _("What does this word mean?"),
            _("For me it is different, because …"),
        ),
    )
    asked = _(
        "Write it where all can see it: “{title}: when did you last need this? What was easy, "
        "what was hard?”",
        title=facts.title,
    )
    free = _(
        "Everybody thinks for a minute. Who wants to, answers. Nobody has to tell their own story."
    )
    yield from _part(_timed(_("Opening question"), OPENING, labels), asked, (free,))
    yield from _part(
        _timed(_("Words"), WORDS, labels),
        _("Read a word and what it means. Who has an example from work or from daily life?"),
        [f"{labels.isolated(word.term)} – {word.meaning}" for word in facts.glossary],
    )


def _talk(facts: ModuleFacts, labels: Labels) -> Iterable[Block]:
    """What there is to talk about, and the end."""
    _ = labels.text
    yield from _part(
        _timed(_("Talk together"), TALK, labels),
        _(
            "One reads a situation aloud. Each says what they would do, and why. There may be "
            "several good answers."
        ),
        [asked.text for deck in facts.decks if (asked := prompt(deck.questions))],
    )
    yield from case(facts.stories[:1], labels)
    yield from _part(
        _timed(_("From your own life"), OURSELVES, labels),
        "",
        (
            _("How is this where you lived before? How is it here?"),
            _("What has helped you? What would you say to a friend who begins?"),
        ),
    )
    yield from _part(
        _timed(_("Closing"), CLOSING, labels),
        _("Each person says one thing that they will do this week. For example:"),
        [line for deck in facts.decks if deck.task for line in deck.task.lines[:1]],
    )


def _timed(title: str, minutes: int, labels: Labels) -> str:
    said = labels.plural("{count} minute", "{count} minutes", minutes)
    return labels.joined((title, said))


def _part(heading: str, lead: str, lines: Sequence[str]) -> Iterable[Block]:
    """The heading stays with what stands first below it."""
    items = [Line(text, BODY, "•", INDENT) for text in lines]
    first = Line(lead, BODY) if lead else items.pop(0)
    yield Block((Line(heading, HEADING), first), 5)
    yield from (Block((item,), 0.6) for item in items)
