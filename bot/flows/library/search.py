"""What is typed, found: three ways on, and always one to a human.

The text is looked at and forgotten: no place, event or log holds it.
"""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import islice

from bot.conversation.action import Home, Place
from bot.conversation.event import Went
from bot.conversation.lexicon import Say
from bot.conversation.registry import Said, When, reads, shows, understands
from bot.conversation.screen import MENU, MORE, Button, Screen, suggesting
from bot.conversation.turn import Decision, Turn
from bot.conversation.typed_text import command, commands
from bot.flows.elsewhere import meet
from bot.flows.elsewhere.actions import MeetOthers
from bot.flows.learning.actions import Cover, Levels
from bot.flows.learning.levels import TITLE as BY_LEVEL
from bot.flows.library.about import OTHERS, PAPERS, about, worded
from bot.flows.library.actions import AnswerPage, Found, Library, Questions
from bot.flows.library.answers import HELP_NEAR
from bot.flows.library.card import handout_of, page_of_card, page_of_word
from bot.flows.library.human import contact, counsellors
from bot.flows.papers.actions import MyPapers
from bot.flows.practice.actions import PracticePage
from bot.flows.resources.actions import FindHelp, HelpCard
from bot.model.words import Msg, Words, _, verbatim
from cards.library import Entry, Index, Shelf, entries
from cards.model import Programme

MOST, FAR = 3, 20
LANGUAGES = 16
"""Indexes that are kept: about a megabyte for each language that somebody searched in."""
SIGNS = {
    Shelf.ANSWER: "💬",
    Shelf.MODULE: "📘",
    Shelf.WORD: "📖",
    Shelf.CARD: "🔖",
    Shelf.TASK: "🛠",
    Shelf.HELP: "📍",
}
NOT_OF_MODULES = (Shelf.ANSWER, Shelf.HELP, Shelf.PAPER, Shelf.PEOPLE)
PERHAPS = _("I am not sure what you mean. Perhaps this helps. You are here:")


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
    """Made when somebody searches in the language for the first time."""
    return Index(_all(here), lambda text: here.say(worded(text), language), language)


def _all(here: _Here) -> tuple[Entry, ...]:
    return (*PAPERS, OTHERS, *entries(here.programme))


@lru_cache(maxsize=1)
def _coded(here: _Here) -> dict[int, Entry]:
    return {code_of(entry): entry for entry in _all(here)}


def code_of(entry: Entry) -> int:
    """Five bytes that stand for an entry: four of them fit into a place."""
    said = "/".join((entry.shelf, *entry.id)).encode()
    return int.from_bytes(blake2b(said, digest_size=5).digest())


def found(text: str, turn: Turn) -> tuple[Entry, ...]:
    """The three likeliest, and a paper to fill in that is not far behind. `/faq`, `library`
    and the like in front are no words to look for."""
    _first, _space, rest = text.strip().partition(" ")
    wanted = rest if rest and _asks(text, turn) else text
    here = _Here(turn.programme, turn.world.say)
    known = _index(here, turn.language).find(wanted, FAR)
    ranked = [entry for entry in known if entry is not OTHERS or meet.offer(turn)]
    papers = (entry for entry in ranked[MOST:] if entry.shelf is Shelf.PAPER)
    return (*ranked[:MOST], *islice(papers, 1))


def _asks(text: str, turn: Turn) -> bool:
    """Whether it begins with a word for searching: with its slash in any language offered."""
    first = text.split()[0]
    if first.startswith("/"):
        named = command(first, turn.world.languages, turn.world.say)
    else:
        named = commands().get(first.casefold())
    return isinstance(named, Library | Questions)


def _way(entry: Entry, turn: Turn) -> Place | None:
    """Where an entry is looked at."""
    match entry.shelf:
        case Shelf.PAPER:
            return MyPapers()
        case Shelf.PEOPLE:
            return MeetOthers() if meet.offer(turn) else None
        case Shelf.ANSWER:
            return AnswerPage(entry.id[0])
        case Shelf.MODULE:
            return Cover(entry.id[0])
        case Shelf.WORD:
            return page_of_word(turn.programme.offered[entry.id[0]], entry.id[1])
        case Shelf.CARD:
            return page_of_card(*entry.id)
        case Shelf.TASK:
            return PracticePage(entry.id[0])
        case Shelf.HELP:
            return HelpCard(entry.id[0])


def _buttons(likely: tuple[Entry, ...], turn: Turn) -> tuple[Button, ...]:
    return tuple(Button(_label(entry), way) for entry in likely if (way := _way(entry, turn)))


def _label(entry: Entry) -> Words:
    if entry.shelf in (Shelf.PAPER, Shelf.PEOPLE):  # with a sign of its own
        return _title(entry)
    return Msg("{sign} {title}").of(sign=SIGNS[entry.shelf], title=_title(entry))


def _title(entry: Entry) -> Words:
    return worded(entry.title) if entry.title.context else verbatim(entry.title.source)


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


@reads(Library, Questions)
def searched(_place: Library | Questions, text: str, turn: Turn) -> Decision:
    return _looked_for(text, turn)


@reads(Found)
def searched_again(_place: Found, text: str, turn: Turn) -> Decision:
    return _looked_for(text, turn)


def _looked_for(text: str, turn: Turn) -> Decision:
    return Decision((Went(Found(*map(code_of, found(text, turn)))),), fresh=True)


@understands(When.BEHIND)
def asked_at_once(said: Said) -> Decision | None:
    """`/faq interview`, `/library cv`, `/chercher cv`."""
    if not said.slashed or not said.turn.learner.language or len(said.text.split()) < 2:
        return None
    return _looked_for(said.text, said.turn) if _asks(said.text, said.turn) else None


def _told(likely: tuple[Entry, ...], turn: Turn) -> Iterator[Words]:
    """Of each find, by its title, what one gets: nothing that looks like an option."""
    for entry in likely:
        if _way(entry, turn) and entry is not OTHERS:
            yield Msg("• {title} – {about}").of(title=_title(entry), about=about(entry, turn))


@shows(Found)
def show_found(place: Found, turn: Turn) -> Screen:
    """Three ways on, the first module of them on paper, and who can be asked."""
    coded = _coded(_Here(turn.programme, turn.world.say))
    codes = (place.first, place.second, place.third, place.fourth)
    likely = tuple(coded[code] for code in codes if code in coded)
    modules = (turn.programme.offered.get(e.id[0]) for e in likely if e.shelf not in NOT_OF_MODULES)
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
        options=(*_buttons(likely, turn), *ask),
        rows=(
            *paper,
            *((button,) for button in counsellors(turn)),
            (Button(HELP_NEAR, FindHelp()), Button(MENU, Home())),
        ),
        typing=_("What do you look for?"),
    )


@understands(When.SOUGHT)
def perhaps(said: Said) -> Decision | None:
    """Words that nothing else understood, anywhere but at a question: where they are, and what the
    library has of it."""
    if said.screen.asks or said.slashed:
        return None
    known = found(said.text, said.turn)
    likely = _buttons(known[:MOST], said.turn)
    if not likely:
        return None
    screen = suggesting(said.screen, likely, Button(MORE, Found(*map(code_of, known))))
    return Decision(notes=(PERHAPS,), fresh=True, screen=screen) if screen else None
