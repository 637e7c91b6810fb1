"""The first screen, and the choice of a language, however many there are.

Each is said in its own words, and how much of the programme is taught in it. A screen holds the
likeliest: what one reads already, the language of the device, that of the country, then those with
the most lessons. The others are one tap behind it, and any name or code can be typed.
"""

from functools import lru_cache

from bot.conversation.action import Action, Back, Welcome
from bot.conversation.event import Event, Told, Went
from bot.conversation.lexicon import Say
from bot.conversation.registry import (
    Said,
    When,
    does,
    first_language,
    follows,
    prepares,
    shows,
    understands,
)
from bot.conversation.screen import (
    LANGUAGES,
    MORE_LANGUAGES,
    RETURN,
    Button,
    Page,
    Screen,
    paged,
)
from bot.conversation.turn import Decision, Turn, World
from bot.conversation.typed_greeting import GREETINGS, spoken
from bot.conversation.typed_language import typed_language
from bot.flows.account.actions import Languages, MoreLanguages, SpeakLanguage
from bot.flows.account.events import COMMANDS, Greeted, LanguageChosen
from bot.flows.learning.actions import Lesson
from bot.flows.learning.next_step import read_instead
from bot.flows.reading.offer import can_you_read
from bot.model.message import note
from bot.model.roles import Role
from bot.model.words import _, verbatim
from cards.folding import folded, script
from cards.text import ENGLISH

HELLO = _("👣 Hello, I am Pasito.")
FREE = _(
    "With me you learn in small steps, for work and daily life. It is free. I do not ask who you "
    "are."
)
ALL_THERE = 7
"""So many stand on the first screen, which needs no other way on then."""


@shows(Welcome)
def show_welcome(_place: Welcome, turn: Turn) -> Screen:
    """The very first screen, in the language of the client."""
    page = _page(0, turn)
    return Screen(
        title=HELLO,
        lines=(FREE, _("Which language would you like?")),
        options=_options(page, turn),
        rows=(page.row,) if page.row else (),
    )


@shows(Languages)
def show_languages(_place: Languages, turn: Turn) -> Screen:
    return _choice(0, turn)


@shows(MoreLanguages)
def show_more_languages(place: MoreLanguages, turn: Turn) -> Screen:
    return _choice(place.page, turn)


def _choice(number: int, turn: Turn) -> Screen:
    """A page of it; somebody who has no language yet has no place to return to."""
    page = _page(number, turn)
    back = (Button(RETURN, Back()),) if turn.learner.language else ()
    return Screen(
        title=_("🌐 Language"),
        lines=(_("You keep your place and your progress."),) if back else (),
        options=_options(page, turn),
        rows=(*((button,) for button in _reads(turn)), (*page.row, *back)),
    )


def _page(number: int, turn: Turn) -> Page[str]:
    likely, speaks = likeliest(turn), turn.learner.language
    size = LANGUAGES - len(_reads(turn))
    if len(likely) == ALL_THERE and not speaks:
        size = ALL_THERE

    def to(page: int) -> Action:
        return MoreLanguages(page) if page else Languages() if speaks else Welcome()

    return paged(likely, number, size, to, more=MORE_LANGUAGES)


def _reads(turn: Turn) -> tuple[Button, ...]:
    """Whoever has a language may look whether they can read that of the country."""
    return can_you_read(turn) if turn.learner.language else ()


def likeliest(turn: Turn) -> list[str]:
    """All languages, those first that this person probably reads."""
    world = turn.world
    likely = world.proposed(turn.likely)
    beside = _of_script(likely, world) if turn.learner.greeted else ()
    first = (turn.learner.language, likely, *beside, world.country)
    most = sorted(world.languages, key=lambda language: -_lessons(world, language))
    return list(dict.fromkeys((*(x for x in first if x in world.languages), *most)))


def _of_script(language: str, world: World) -> tuple[str, ...]:
    """Those that are written like it, because a greeting may be of any of them; of those in Latin
    letters it tells one."""
    wrote = script(world.name_of(language)[:1])
    if wrote == "LATIN":
        return ()
    return tuple(each for each in world.languages if script(world.name_of(each)[:1]) == wrote)


def _lessons(world: World, language: str) -> int:
    """Of how many modules all is in it."""
    return sum(world.taught_in(module, language) == language for module in world.programme.modules)


def _options(page: Page[str], turn: Turn) -> tuple[Button, ...]:
    return tuple(_button(turn.world, language) for language in page.items)


def _button(world: World, language: str) -> Button:
    """In words of that language: its name, and where not all lessons are in it, how many are."""
    label = world.name_of(language)
    here, total = _lessons(world, language), len(world.programme.modules)
    if here < total:
        lessons = _("modules: {count}") if here else _("lessons in {language}")
        instead = next(
            taught
            for module in world.programme.modules
            if (taught := world.taught_in(module, language)) != language
        )
        said = lessons.of(count=f"{here}/{total}", language=world.name_of(instead, language))
        label += f" · {world.say(said, language)}"
    return Button(verbatim(label), SpeakLanguage(language))


@understands(When.TOKEN)
def _chosen(said: Said) -> Action | None:
    """A name or a code where languages are to be chosen, also of one on another page; unless it is
    a button of this one: “Can I read French?” is."""
    turn, place = said.turn, said.turn.place
    if turn.learner.language and not isinstance(place, Languages | MoreLanguages):
        return None
    code = folded(said.text)
    return SpeakLanguage(code) if code in turn.world.languages else _named(said)


@understands(When.LANGUAGE)
def greets(said: Said) -> Decision | None:
    """Somebody new greets: the first screen stands there in words of that language, which is chosen
    on it. English tells nothing: everybody knows its greetings."""
    turn = said.turn
    if turn.learner.language or said.slashed:
        return None
    known = _greetings(turn.world.say, tuple(turn.world.languages)).get(folded(said.text), ())
    told = {*known, spoken(said.text)} & {*turn.world.languages}
    if not told or ENGLISH in told or turn.language in told:
        return None
    first = next(each for each in (spoken(said.text), *known) if each in told)
    return Decision((Greeted(first), Went(Welcome())), fresh=True)


@lru_cache(maxsize=4)
def _greetings(say: Say, languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """What is typed, folded -> the languages in which it greets."""
    found: dict[str, tuple[str, ...]] = {}
    for language in languages:
        for each in dict.fromkeys(map(folded, say(GREETINGS, language).split("|"))):
            found[each] = (*found.get(each, ()), language)
    return found


@understands(When.LANGUAGE)
def wished(said: Said) -> Action | None:
    """A name anywhere else: to whoever reads it already, the choice. Where a question stands that
    speaks of that language, it is an answer that missed."""
    wish = None if said.slashed else _named(said)
    if wish is None or (said.screen.asks and _stands_there(said)):
        return None
    return Languages() if wish.language == said.turn.learner.language else wish


def _named(said: Said) -> SpeakLanguage | None:
    """With a country's own kind of it, too: Dari, British English."""
    code = typed_language(said.text, said.turn).split("-")[0]
    return SpeakLanguage(code) if code in said.turn.world.languages else None


def _stands_there(said: Said) -> bool:
    screen, turn = said.screen, said.turn
    shown = (*screen.lines, *(button.label for button in screen.buttons))
    words = {w for text in shown for w in folded(turn.world.say(text, turn.language)).split()}
    return not words.isdisjoint(folded(said.text).split())


@first_language
def proposed(turn: Turn) -> Event:
    """That of their greeting or client, or the nearest that is offered."""
    return LanguageChosen(turn.language)


@prepares
def greeted(turn: Turn) -> tuple[Event, ...]:
    """It is kept until they choose: a link that they open next tells none."""
    learner, wrote = turn.learner, turn.moment.wrote
    if learner.language or not wrote or wrote == learner.greeted:
        return ()
    return (Greeted(wrote),)


@follows
def commands_of_admin(decision: Decision, turn: Turn) -> tuple[Event, ...]:
    """An admin of the settings sees an admin's commands from the first language on."""
    chosen = any(isinstance(event, LanguageChosen) for event in decision.events)
    if not turn.moment.admin or turn.learner.language is not None or not chosen:
        return ()
    return (Told(turn.learner.id, note(COMMANDS, role=Role.ADMIN)),)


@does(SpeakLanguage)
def speak(tap: SpeakLanguage, turn: Turn) -> Decision:
    """What stood there stands there again, in words of it."""
    if tap.language not in turn.world.languages:
        return Decision((Went(Languages()),))
    chosen, to = LanguageChosen(tap.language), turn.left
    notes = read_instead(turn.after(chosen)) if isinstance(to, Lesson) else ()
    return Decision((chosen, Went(to)), notes=notes)
