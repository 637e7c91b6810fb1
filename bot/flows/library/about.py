"""What is said of each find: its language, how much it is to read, how old it is; and the papers
that can be made, which stand in no programme.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.action import Action
from bot.conversation.turn import Turn
from bot.flows.elsewhere.actions import MeetOthers
from bot.flows.learning.size import kilobytes, size_of
from bot.flows.papers.actions import MyPapers
from bot.model.papers import PaperKind
from bot.model.words import Msg, Words, _
from cards.faq import Answer
from cards.library import Entry, Shelf
from cards.model import Module, Programme, texts
from cards.resources import Resource
from cards.text import Text

SIZE = _("{size} KB")
SMALL = 20
"""Kilobytes: what is less is no weight for anybody, and is said once for all of it."""
OF_MODULES = (Shelf.MODULE, Shelf.DECK, Shelf.WORD, Shelf.CARD, Shelf.TASK)
PAPER_SIZE = 40
"""Kilobytes that no paper to fill in is larger than."""
NAMES = ("what", "size", "day", "looked")
SOURCE = "en"
"""The language of an answer that is not translated."""
INTERFACE = "interface"
"""The context of texts that are messages of the interface."""


def _typed(action: type[Action]) -> tuple[Text, ...]:
    """What people type to get there."""
    words = action.command.words if action.command else None
    return (Text(words.source, INTERFACE),) if isinstance(words, Msg) else ()


# Translators: words that people type who look for a letter to an employer, or for what to say or
# write to one; separated by |, also short sentences.
LETTER = _(
    "letter|application letter|cover letter|motivation letter|apply for a job|phone script|"
    "phone call|call an employer|e-mail|email to an employer"
)
# Translators: words that people type who look for a list of what they can do.
PROFILE = _("profile|skills profile|my skills|what I can do")
# Translators: words that people type who are alone, or look for friends and others to talk to;
# separated by |, also short sentences: "I am alone".
ALONE = _(
    "alone|I am alone|lonely|I feel lonely|loneliness|friend|friends|make friends|find friends|"
    "nobody to talk to|isolated|meet people"
)
# Translators: words that people type who look for residence papers, as the countries call them.
RESIDENCE = _("residence permit|residence papers|permit to stay|right to stay|permit|visa|asylum")
# Translators: words that people type who look for work.
WORK = _("work|job|jobs|find work|find a job|look for work|vacancy|employment")
# Translators: words that people type who are beaten, threatened or abused, at home or at work, or
# who look for a place that is safe; separated by |. Whole sentences stand in `crisis.yaml`.
DANGER = _(
    "danger|violence|violent husband|domestic violence|beaten|beat|hit|threat|threatened|abuse|"
    "rape|harassment|women's shelter|safe place|forced marriage"
)
TOPICS = {"alone": ALONE, "papers": RESIDENCE, "job": WORK, "danger": DANGER}
"""Id of an answer -> words by which it is sought in every language, also where the answers are not
translated."""
PAPERS = (
    Entry(Shelf.PAPER, (PaperKind.CV,), Text("📄 My CV", INTERFACE), _typed(MyPapers)),
    Entry(
        Shelf.PAPER,
        (PaperKind.LETTER,),
        Text("✉ Letter, phone, e-mail", INTERFACE),
        (Text(LETTER.source, INTERFACE),),
    ),
    Entry(
        Shelf.PAPER,
        (PaperKind.PROFILE,),
        Text("🧩 Skills profile", INTERFACE),
        (Text(PROFILE.source, INTERFACE),),
    ),
)
"""As `bot.flows.papers.menu` calls them."""
OTHERS = Entry(
    Shelf.PEOPLE,
    (),
    Text("👥 Meet others", INTERFACE),
    (*_typed(MeetOthers), Text(ALONE.source, INTERFACE)),
)
"""As `bot.flows.elsewhere.meet` calls them."""


def others_for(answer: Answer) -> tuple[Entry, ...]:
    """Others to talk to, for who is alone."""
    return (OTHERS,) if TOPICS.get(answer.id) is ALONE else ()


def in_all_words(entry: Entry) -> Entry:
    """An answer with the words of its topic."""
    words = TOPICS.get(entry.id[0]) if entry.shelf is Shelf.ANSWER else None
    return replace(entry, also=(*entry.also, Text(words.source, INTERFACE))) if words else entry


def worded(text: Text) -> Words:
    """A message of the interface as such."""
    return Msg(text.source) if text.context == INTERFACE else text


def about(entry: Entry, turn: Turn) -> Words:
    """`English · 32 KB · text of 2026-11-02`, and of what somebody looked at since, that day too:
    each day says what it is of. A size that `is_small` is not in it."""
    parts = list(_parts(entry, turn))
    return Msg(" · ".join(f"{{{place}}}" for place in NAMES[: len(parts)])).of(
        **dict(zip(NAMES, parts, strict=False))
    )


def is_small(entry: Entry, turn: Turn) -> bool:
    """Whether its size is not said of it, but of all such finds in one line."""
    return _size(entry, turn) < SMALL


def _size(entry: Entry, turn: Turn) -> int:
    """Kilobytes; of a group of modules all of them."""
    programme = turn.programme
    match entry.shelf:
        case Shelf.PAPER | Shelf.PEOPLE:
            return PAPER_SIZE
        case Shelf.MODULE | Shelf.CATEGORY | Shelf.PATHWAY:
            return sum(size_of(module, turn) for module in _modules(entry, programme))
        case Shelf.DECK:
            deck = programme.offered[entry.id[0]].by_id[entry.id[1]]
            return kilobytes((deck.title, *(t for item in deck.items for t in texts(item))), turn)
        case Shelf.HELP:
            one = _resource(entry, programme)
            return kilobytes((*one.texts(), Text(one.name, "")), turn)
    return kilobytes(map(worded, (entry.title, *entry.body)), turn)


def _modules(entry: Entry, programme: Programme) -> tuple[Module, ...]:
    """The module that it is or belongs to; of a group of modules all of them."""
    if entry.shelf in (Shelf.CATEGORY, Shelf.PATHWAY):
        groups = programme.categories if entry.shelf is Shelf.CATEGORY else programme.pathways
        ids = next(group.modules for group in groups if group.id == entry.id[0])
        return tuple(programme.modules[id] for id in ids)
    return (programme.offered[entry.id[0]],) if entry.shelf in OF_MODULES else ()


def _resource(entry: Entry, programme: Programme) -> Resource:
    return next(one for one in programme.resources if one.id == entry.id[0])


def _parts(entry: Entry, turn: Turn) -> Iterator[Words | str]:
    world, programme, language = turn.world, turn.programme, turn.language
    if entry.shelf is Shelf.PAPER:
        yield ", ".join(map(world.name_of, world.paper_languages))
        yield _("at most {size} KB").of(size=PAPER_SIZE)
        yield _("made on the day you ask for it")
        return
    modules = _modules(entry, programme)
    if entry.shelf is Shelf.HELP:
        yield _resource(entry, programme).about
        yield ", ".join(map(world.name_of, _resource(entry, programme).languages)) or "–"
    elif entry.shelf in OF_MODULES:
        yield world.name_of(world.taught_in(entry.id[0], language))
    else:
        translated = world.say(entry.title, language) != entry.title.source
        yield world.name_of(language if translated else SOURCE)
    if (size := _size(entry, turn)) >= SMALL:
        yield SIZE.of(size=size)
    if entry.shelf is Shelf.HELP:
        yield _("checked on {day}").of(day=_resource(entry, programme).checked)
        return
    answers = programme.answers if entry.shelf is Shelf.ANSWER else ()
    days = [each.modified for each in modules]
    days += [each.modified for each in answers if each.id == entry.id[0]]
    if written := max(filter(None, days), default=None):
        yield _("text of {day}").of(day=written)
    if entry.shelf in OF_MODULES and modules[0].reviewed_on:
        yield _("reviewed on {day}").of(day=modules[0].reviewed_on)
