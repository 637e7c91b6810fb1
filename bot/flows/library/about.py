"""What is said of each find: its language, how much it is to read, how old it is; and the papers
that can be made, which stand in no programme.
"""

from collections.abc import Iterator

from bot.conversation.action import Action
from bot.conversation.turn import Turn
from bot.flows.elsewhere.actions import MeetOthers
from bot.flows.learning.size import kilobytes, size_of
from bot.flows.papers.actions import MyPapers
from bot.model.papers import PaperKind
from bot.model.words import Msg, Words, _
from cards.library import Entry, Shelf
from cards.text import Text

SIZE = _("{size} KB")
PAPER_SIZE = 40
"""Kilobytes that no paper to fill in is larger than."""
SOURCE = "en"
"""The language of an answer that is not translated."""
INTERFACE = "interface"
"""The context of texts that are messages of the interface."""
NAMES = ("what", "size", "day", "looked")


def _typed(action: type[Action]) -> tuple[Text, ...]:
    """What people type to get there."""
    words = action.command.words if action.command else None
    return (Text(words.source, INTERFACE),) if isinstance(words, Msg) else ()


PAPERS = (
    Entry(
        Shelf.PAPER,
        (PaperKind.CV,),
        Text("📄 My CV", INTERFACE),
        _typed(MyPapers),
    ),
    Entry(Shelf.PAPER, (PaperKind.LETTER,), Text("✉ Letter, phone, e-mail", INTERFACE)),
    Entry(Shelf.PAPER, (PaperKind.PROFILE,), Text("🧩 Skills profile", INTERFACE)),
)
"""As `bot.flows.papers.menu` calls them."""
OTHERS = Entry(Shelf.PEOPLE, (), Text("👥 Meet others", INTERFACE), _typed(MeetOthers))
"""As `bot.flows.elsewhere.meet` calls them."""


def worded(text: Text) -> Words:
    """A message of the interface as such."""
    return Msg(text.source) if text.context == INTERFACE else text


def about(entry: Entry, turn: Turn) -> Words:
    """`English · 12 KB · text of 2026-11-02`, and of what somebody looked at since, that day too:
    each day says what it is of."""
    parts = list(_parts(entry, turn))
    return Msg(" · ".join(f"{{{place}}}" for place in NAMES[: len(parts)])).of(
        **dict(zip(NAMES, parts, strict=False))
    )


def _parts(entry: Entry, turn: Turn) -> Iterator[Words | str]:
    world, programme, language = turn.world, turn.programme, turn.language
    if entry.shelf is Shelf.PAPER:
        yield ", ".join(map(world.name_of, world.paper_languages))
        yield _("at most {size} KB").of(size=PAPER_SIZE)
        yield _("made on the day you ask for it")
        return
    if entry.shelf is Shelf.HELP:
        one = next(one for one in programme.resources if one.id == entry.id[0])
        yield ", ".join(map(world.name_of, one.languages)) or "–"
        yield SIZE.of(size=kilobytes((*one.texts(), Text(one.name, "")), turn))
        yield _("checked on {day}").of(day=one.checked.isoformat())
        return
    module = programme.offered.get(entry.id[0]) if entry.shelf is not Shelf.ANSWER else None
    if module:
        yield world.name_of(world.taught_in(module.id, language))
    else:
        translated = world.say(entry.title, language) != entry.title.source
        yield world.name_of(language if translated else SOURCE)
    texts = map(worded, (entry.title, *entry.body))
    whole = module if entry.shelf is Shelf.MODULE else None
    yield SIZE.of(size=size_of(whole, turn) if whole else kilobytes(texts, turn))
    answer = next((each for each in programme.answers if each.id == entry.id[0]), None)
    if (written := module or answer) and written.modified:
        yield _("text of {day}").of(day=written.modified.isoformat())
    if module and module.reviewed_on:
        yield _("reviewed on {day}").of(day=module.reviewed_on.isoformat())
