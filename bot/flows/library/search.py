"""What is typed, found: three ways on, and always one to a human.

The text is looked at and forgotten: no place, event or log holds it.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from itertools import islice

from bot.conversation.action import Action, Home
from bot.conversation.decide import NOTHING_ASKS
from bot.conversation.event import Event, Went
from bot.conversation.everyday import says_yes_or_no
from bot.conversation.lexicon import Say, empty
from bot.conversation.registry import Said, When, makes_ready, reads, shows, understands
from bot.conversation.screen import MENU, MORE, Button, Screen, suggesting
from bot.conversation.turn import Decision, NotUsable, Turn, World
from bot.conversation.typed_language import learns_language
from bot.conversation.typed_text import command, commands
from bot.flows.account.languages import wished
from bot.flows.elsewhere import meet
from bot.flows.learning.actions import Levels
from bot.flows.learning.levels import TITLE as BY_LEVEL
from bot.flows.learning.suggest import commands_meant
from bot.flows.library.about import (
    OF_MODULES,
    OTHERS,
    PAPERS,
    SMALL,
    SOURCE,
    about,
    in_all_words,
    is_small,
    worded,
)
from bot.flows.library.actions import Found, Library, Questions
from bot.flows.library.answers import HELP_NEAR
from bot.flows.library.card import handout_of
from bot.flows.library.human import contact, counsellor_named, counsellors
from bot.flows.library.ways import buttons, title, way
from bot.flows.resources.actions import FindHelp
from bot.model.words import Msg, Words, _, quoted
from cards.folding import folded, visible
from cards.library import Entry, Finds, Index, Shelf, entries
from cards.model import Programme
from cards.text import Text

MOST, FAR = 3, 20
DANGER, COURSE = "danger", "course"
"""The ids of the answers for who is in danger, and for who wants to learn a language."""
LANGUAGES = 16
"""Indexes that are kept: about a megabyte for each language."""
PERHAPS = _("I am not sure what you mean. Perhaps this helps. You are here:")
ONLY = _("I found nothing about all of this. Only about {word}:")
MENTIONED = _("I have no answer to this. It is mentioned here:")
NO_SIZE = _("Without a size: less than {size} KB.").of(size=SMALL)


class _Here:
    """A programme and how it is said, as they are in this process: the same only as itself."""

    def __init__(self, programme: Programme, say: Say) -> None:
        self.programme, self.say = programme, say

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Here) and other.programme is self.programme and other.say == self.say
        )

    def __hash__(self) -> int:
        return id(self.programme)


@lru_cache(maxsize=LANGUAGES)
def _index(here: _Here, language: str) -> Index:
    """A tenth of a second and more to make."""

    def say(text: Text) -> str:
        return here.say(worded(text), language)

    answers = here.programme.answers
    translated = all(say(one.question) != one.question.source for one in answers)
    spoken = (language,) if translated else (language, SOURCE)
    return Index(
        _all(here), say, language, frozenset().union(*(empty(here.say, each) for each in spoken))
    )


@makes_ready
def index_of_learners(world: World, language: str) -> Index:
    return _index(_Here(world.programme, world.say), language)


def _all(here: _Here) -> tuple[Entry, ...]:
    return (*PAPERS, OTHERS, *map(in_all_words, entries(here.programme)))


@lru_cache(maxsize=1)
def _coded(here: _Here) -> dict[int, Entry]:
    return {code_of(entry): entry for entry in _all(here)}


def code_of(entry: Entry) -> int:
    """Five bytes that stand for an entry: four of them fit into a place."""
    said = "/".join((entry.shelf, *entry.id)).encode()
    return int.from_bytes(blake2b(said, digest_size=5).digest())


def found(text: str, turn: Turn) -> Finds:
    """The three likeliest, and a paper to fill in that is not far behind. `/faq`, `library`
    and the like in front are no words to look for."""
    _first, _space, rest = text.strip().partition(" ")
    wanted = rest if rest and _asks(text, turn) else text
    here = _Here(turn.programme, turn.world.say)
    known = _index(here, turn.language).look(wanted, FAR)
    ranked = [entry for entry in known.entries if entry is not OTHERS]
    if len(ranked) < len(known.entries) and meet.offer(turn):  # people before words on people
        ranked.insert(0, OTHERS)
    if turn.programme.crisis.threatened(wanted) and (danger := answer_of(DANGER, turn)):
        others = (entry for entry in ranked if entry != danger)  # no time for what else it says
        return Finds((danger, *islice(others, MOST - 1)))
    if (name := learns_language(wanted, turn)) and (course := answer_of(COURSE, turn)):
        called = (e for e in ranked if e != course and name in _called(e, turn))
        return Finds((course, *islice(called, MOST - 1)))
    papers = (entry for entry in ranked[MOST:] if entry.shelf is Shelf.PAPER)
    return replace(known, entries=(*ranked[:MOST], *islice(papers, 1)))


def answer_of(id: str, turn: Turn) -> Entry | None:
    """The answer that has this id, where the programme has it."""
    return next(
        (e for e in entries(turn.programme) if (e.shelf, e.id) == (Shelf.ANSWER, (id,))), None
    )


def _called(entry: Entry, turn: Turn) -> str:
    return folded(turn.world.say(worded(entry.title), turn.language))


def _asks(text: str, turn: Turn) -> bool:
    """Whether it begins with a word for searching: with its slash in any language offered."""
    first = text.split()[0]
    if first.startswith("/"):
        named = command(first, turn.world.languages, turn.world.say)
    else:
        named = commands().get(first.casefold())
    return isinstance(named, Library | Questions)


@shows(Library)
def show_library(_place: Library, turn: Turn) -> Screen:
    return Screen(
        title=_("🔎 Find"),
        lines=(
            _("Type one or two words: CV, stress, contract. I look in all lessons and answers."),
        ),
        options=(
            Button(_("💬 Questions and answers"), Questions()),
            Button(HELP_NEAR, FindHelp()),
            Button(BY_LEVEL, Levels()),
            *meet.offer(turn),
        ),
        rows=((Button(MENU, Home()),),),
        typing=_("What do you look for?"),
    )


@understands(When.BETWEEN)
def named_language(said: Said) -> Action | None:
    """The name of a language is one where words are looked for, too."""
    return wished(said) if isinstance(said.turn.place, Library | Questions | Found) else None


@reads(Library, Questions)
def searched(_place: Library | Questions, text: str, turn: Turn) -> Decision:
    return _looked_for(text, turn)


@reads(Found)
def searched_again(_place: Found, text: str, turn: Turn) -> Decision:
    return _looked_for(text, turn)


def _looked_for(text: str, turn: Turn) -> Decision:
    if says_yes_or_no(text, turn.world.languages, turn.world.say):
        return Decision(notes=(NOTHING_ASKS,), fresh=True)
    if named := counsellor_named(text, turn):
        return Decision((Went(named),), fresh=True)
    finds = found(text, turn)
    notes: tuple[Words, ...] = (MENTIONED,) if finds.mentioned and finds.entries else ()
    if finds.only and finds.entries:
        notes = tuple(ONLY.of(word=quoted(word)) for word in finds.only)
    return Decision((Went(Found(*map(code_of, finds.entries))),), notes=notes, fresh=True)


@understands(When.BEHIND)
def asked_at_once(said: Said) -> Decision | None:
    """`/faq interview`, `/library cv`, `/chercher cv`."""
    if not said.slashed or not said.turn.learner.language or len(said.text.split()) < 2:
        return None
    return _looked_for(said.text, said.turn) if _asks(said.text, said.turn) else None


def _told(likely: tuple[Entry, ...], turn: Turn) -> Iterator[Words]:
    """Of each find, by its title, what one gets: nothing that looks like an option."""
    for entry in likely:
        if entry is not OTHERS and way(entry, turn):
            said = title(entry, turn.programme)
            yield Msg("• {title} – {about}").of(title=said, about=about(entry, turn))
    if any(is_small(entry, turn) for entry in likely):
        yield NO_SIZE


@shows(Found)
def show_found(place: Found, turn: Turn) -> Screen:
    """Three ways on, the first module of them on paper, and who can be asked."""
    coded = _coded(_Here(turn.programme, turn.world.say))
    codes = (place.first, place.second, place.third, place.fourth)
    likely = tuple(coded[code] for code in codes if code in coded)
    modules = (turn.programme.offered.get(e.id[0]) for e in likely if e.shelf in OF_MODULES)
    module = next(filter(None, modules), None)
    paper = ((handout_of(module),),) if module else ()
    nothing = (
        _("Try another word, or a shorter one. Or ask a person."),
        *((_("Look at what is asked often."),) if turn.programme.answers else ()),
    )
    ask = () if likely else (Button(_("💬 Questions and answers"), Questions()),)
    return Screen(
        title=_("🔎 This may help you") if likely else _("🔎 I found nothing for that"),
        lines=(*_told(likely, turn), *(() if likely else nothing), *contact(turn)),
        options=(*buttons(likely, turn), *ask),
        rows=(
            *paper,
            *((button,) for button in counsellors(turn)),
            (Button(HELP_NEAR, FindHelp()), Button(MENU, Home())),
        ),
        typing=_("What do you look for?"),
    )


@understands(When.SOUGHT)
def perhaps(said: Said) -> Decision | Action | None:
    """Words that nothing else understood, anywhere but at a question: where they are, and what the
    library has of it; all the words of such a button lead on like it. Where a place reads only what
    it knows, it says whether that helps."""
    note: Words = PERHAPS
    events: tuple[Event, ...] = ()
    turn = said.turn
    if refused := said.refused:
        if not isinstance(refused, NotUsable) or refused.sought is None:
            return None
        note, events = refused.sought, refused.decision.events
    if said.screen.asks or said.slashed:
        return None
    finds = found(said.text, turn)
    if not finds.entries or finds.only or finds.mentioned:
        return None
    likely = (*commands_meant(said.text, turn), *buttons(finds.entries, turn))[:MOST]
    typed = visible(said.text).strip().casefold()
    labels = {b.action: visible(turn.world.say(b.label, turn.language)).casefold() for b in likely}
    # with its sign, which not everybody has a key for, or without
    meant = {way for way, label in labels.items() if typed in (label, label.partition(" ")[2])}
    if len(meant) == 1 and not refused:
        return meant.pop()
    here = said.show(turn.after(*events))
    screen = suggesting(here, likely, Button(MORE, Found(*map(code_of, finds.entries))))
    return Decision(events, notes=(note,), fresh=True, screen=screen) if screen else None
