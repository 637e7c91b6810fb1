"""Where each find is looked at, and how its button is called."""

from bot.conversation.action import Action
from bot.conversation.screen import Button
from bot.conversation.turn import Turn
from bot.flows.elsewhere import meet
from bot.flows.elsewhere.actions import MeetOthers
from bot.flows.learning.actions import Begin, CategoryPage, Cover, PathwayPage
from bot.flows.library.about import worded
from bot.flows.library.actions import AnswerPage
from bot.flows.library.card import page_of_card, page_of_word
from bot.flows.papers.menu import way_to
from bot.flows.practice.actions import PracticePage
from bot.flows.resources.actions import HelpCard
from bot.model.papers import PaperKind
from bot.model.words import Msg, Words, _, verbatim
from cards.library import Entry, Shelf
from cards.model import Programme

SIGNS = {
    Shelf.ANSWER: "💬",
    Shelf.PATHWAY: "🧭",
    Shelf.MODULE: "📘",
    Shelf.DECK: "▶",
    Shelf.WORD: "📖",
    Shelf.CARD: "🔖",
    Shelf.TASK: "🛠",
    Shelf.HELP: "📍",
}
_PARTS = (Shelf.DECK, Shelf.CARD, Shelf.TASK)
"""What has the title of a story, a saying or a name: it says in which module it is."""


def way(entry: Entry, turn: Turn) -> Action | None:
    """Where an entry is looked at."""
    match entry.shelf:
        case Shelf.PAPER:
            return way_to(PaperKind(entry.id[0]), turn)
        case Shelf.PEOPLE:
            return MeetOthers() if meet.offer(turn) else None
        case Shelf.ANSWER:
            return AnswerPage(entry.id[0])
        case Shelf.CATEGORY:
            return CategoryPage(entry.id[0])
        case Shelf.PATHWAY:
            return PathwayPage(entry.id[0])
        case Shelf.MODULE:
            return Cover(entry.id[0])
        case Shelf.DECK:
            return Begin(*entry.id)
        case Shelf.WORD:
            return page_of_word(turn.programme.offered[entry.id[0]], entry.id[1])
        case Shelf.CARD:
            return page_of_card(*entry.id)
        case Shelf.TASK:
            return PracticePage(entry.id[0])
        case Shelf.HELP:
            return HelpCard(entry.id[0])


def title(entry: Entry, programme: Programme) -> Words:
    """What it is called; of a part of a module with the module's name."""
    said = worded(entry.title) if entry.title.context else verbatim(entry.title.source)
    if entry.shelf is Shelf.HELP and entry.also:  # a name alone says nothing to who is elsewhere
        return Msg("{title} ({place})").of(title=said, place=entry.also[0])
    if entry.shelf not in _PARTS:
        return said
    lesson = programme.offered[entry.id[0]].short
    return _("{title} – in “{lesson}”").of(title=said, lesson=lesson)


def buttons(likely: tuple[Entry, ...], turn: Turn) -> tuple[Button, ...]:
    return tuple(
        Button(_label(entry, turn.programme), to) for entry in likely if (to := way(entry, turn))
    )


def _label(entry: Entry, programme: Programme) -> Words:
    if entry.shelf in (Shelf.PAPER, Shelf.PEOPLE):  # with a sign of its own
        return title(entry, programme)
    sign = SIGNS.get(entry.shelf) or next(
        (each.icon for each in programme.categories if each.id == entry.id[0]), ""
    )
    return Msg("{sign} {title}").of(sign=sign, title=title(entry, programme))
