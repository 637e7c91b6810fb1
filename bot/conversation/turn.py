"""What a flow is given and what it gives back."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from bot.conversation.action import Place
from bot.conversation.event import Event, Went, evolve_all
from bot.conversation.places import left_of, main_of, place_of
from bot.conversation.screen import Screen
from bot.model.about import Operator
from bot.model.atlas import Atlas
from bot.model.certificate import Certificate
from bot.model.learner import Learner
from bot.model.query import Query
from bot.model.words import Words, _
from cards.model import Module, Programme
from cards.occupations import Work

T = TypeVar("T")
D = TypeVar("D")
Given = ParamSpec("Given")

HERE = _("This is where you are now.")


class NameRefused(ValueError):
    """A name that cannot stand on a certificate; `why` tells the learner what to do."""

    def __init__(self, why: Words) -> None:
        super().__init__(str(why))
        self.why = why


class Wanted(Exception):
    """A flow needs to know something that is not in its moment: it is found, and the flow runs
    again."""

    def __init__(self, query: Query[Any]) -> None:
        super().__init__(type(query).__name__)
        self.query = query


class NameOf(Protocol):
    """What a language is called: in its own words, or in a reader's within a sentence."""

    def __call__(self, language: str, reader: str = "") -> str: ...


@dataclass(frozen=True)
class World:
    """What is the same for every conversation. All of it is pure: words, rules, links."""

    programme: Programme
    languages: tuple[str, ...]
    say: Callable[[Words, str], str]
    taught_in: Callable[[str, str], str]
    proposed: Callable[[str], str]
    name_of: NameOf
    checked_name: Callable[[str], str]
    """A name as it will stand on a certificate; raises `NameRefused`."""
    serial: Callable[[int, str, str, str], str]
    """The number on a certificate, of learner id, kind, subject and name: another spelling has
    another number."""
    serial_of: Callable[[str], str | None]
    """The number of the genuine certificate whose link stands in a text."""
    two_admins: bool
    """Whether a broadcast needs a second admin's yes."""
    explains: bool
    """Whether the programme has an annex: a description of its project for employers."""
    links: Mapping[str, str]
    """Channel -> address of a start link, to which a payload is appended; only channels that are
    on."""
    begins: Mapping[str, int] = field(default_factory=dict)
    """Channel -> how many people may be begun to be written to in 24 hours, where that is limited.
    """
    country: str = ""
    """The language of the country, where the operator named one."""
    zone: str = "UTC"
    """The time zone of those who told none."""
    proof: Callable[[Learner, Programme, Certificate, str], str] = lambda *_given: ""
    """The address that proves a certificate, in a language; empty where the name is not kept."""
    work: Work = field(default_factory=Work)
    """Jobs, tasks and lists of the papers for work."""
    paper_languages: tuple[str, ...] = ()
    """Those in which papers for work are made: their words are complete."""
    placement_link: Callable[[int, str], str] = lambda _learner, _token: ""
    """The address at which somebody confirms a placement of a learner, by its token."""
    operator: Operator = field(default_factory=Operator)
    atlas: Atlas = field(default_factory=Atlas)
    unprintable: Callable[[str], str] = lambda _text: ""
    """The signs of a text that no font of ours has."""


class Spare(Protocol):
    """What nobody has yet. Read twice, it is the same."""

    @property
    def code(self) -> str:
        """Ten digits."""

    @property
    def token(self) -> str:
        """The secret of a link to be made."""


@dataclass(frozen=True)
class Drawn:
    """A `Spare` that is known from the beginning."""

    code: str = ""
    token: str = ""


@dataclass(frozen=True)
class Moment:
    """What is different for each update. `found` is the learner whose code was typed."""

    now: int
    channel: str = "web"
    language: str = ""
    wrote: str = ""
    """The language of what was just written, where a channel tells it by that alone."""
    spare: Spare = Drawn()
    found: Learner | None = None
    may_guess: bool = True
    """Whether another code can be tried: not after too many wrong ones."""
    here: str = ""
    """The `bot.model.connection.Connection` that this comes from."""
    admin: bool = False
    """Whether the settings name this address as an admin's."""
    entry: str = ""
    """What PASITO_ADMINS would call this person: `<channel>:<id>`."""
    costly: bool = False
    """Each message to them costs money: what can be said in one is."""
    known: Mapping[Query[Any], Any] = field(default_factory=dict)
    """What was asked of the store and found."""


@dataclass(frozen=True)
class Turn:
    """One learner's turn: what every function of a flow is given besides its action."""

    learner: Learner
    world: World
    moment: Moment

    @cached_property
    def programme(self) -> Programme:
        """What there is for somebody like them."""
        return self.world.programme.seen_by(self.learner.audience)

    @property
    def now(self) -> int:
        """Seconds since the epoch."""
        return self.moment.now

    @property
    def language(self) -> str:
        """What they read: the language they chose, or the one that their device speaks."""
        return self.learner.language or self.world.proposed(self.likely)

    @property
    def likely(self) -> str:
        """The language, as a BCP 47 tag, of who chose none: that of their greeting, or of their
        device; empty where nothing tells it."""
        return self.learner.greeted or self.moment.language

    @cached_property
    def place(self) -> Place:
        """Where they are."""
        return place_of(self.learner)

    @property
    def main(self) -> Place:
        """Where `*` leads back to."""
        return main_of(self.learner)

    @property
    def left(self) -> Place:
        """What stands again after a choice on the way: where they are, elsewhere than at one."""
        return left_of(self.learner) if self.place.aside else self.place

    def module(self, id: str) -> Module:
        """Raises `Gone` where the programme has none of this id."""
        module = self.programme.offered.get(id)
        if module is None:
            raise Gone
        return module

    def after(self, *happened: Event) -> "Turn":
        """The same turn, once this has happened to the learner."""
        if not happened:
            return self
        return replace(self, learner=evolve_all(self.learner, happened, self.now))

    def ask(self, query: Query[T]) -> T:
        """What the store knows. The flow is a function all the same: where the answer is not there
        yet, `Wanted` tells the dispatcher to find it and to call again."""
        try:
            return cast(T, self.moment.known[query])
        except KeyError:
            raise Wanted(query) from None


@dataclass(frozen=True)
class Decision:
    """What happened, and what to say about it. The screen that follows is that of the place where
    the learner is then; `screen` replaces it where there is no such place (after deletion), or
    where more is offered than there (`suggest`)."""

    events: tuple[Event, ...] = ()
    notes: tuple[Words, ...] = ()
    toast: Words | None = None
    fresh: bool = False
    screen: Screen | None = None


STAY = Decision(toast=HERE)


class Otherwise(Exception):
    """Something else is done than was asked for: `decision`. `bot.conversation.decide` sees to
    it."""

    def __init__(self, decision: Decision = STAY) -> None:
        super().__init__(decision)
        self.decision = decision


class Gone(Otherwise):
    """What an action or a place is about is not there any more, or was never theirs. On a screen
    stands the place `instead` then, with the decision's notes; without one the menu."""

    def __init__(self, decision: Decision = STAY, instead: Place | None = None) -> None:
        super().__init__(decision)
        self.instead = instead


class NotUsable(Otherwise):
    """A typed text that cannot be taken; `why` tells what to do. They stay where they are, or at
    `instead`. Where a word of a list was asked for, `sought` is said above what the library has of
    the text."""

    def __init__(
        self, why: Words, *, sought: Words | None = None, instead: Place | None = None
    ) -> None:
        went = (Went(instead),) if instead else ()
        super().__init__(Decision(went, notes=(why,), fresh=True))
        self.sought = sought


def or_otherwise(do: Callable[Given, D], *given: Given.args, **named: Given.kwargs) -> D | Decision:
    """What a function of a feature answers, or what is done otherwise."""
    try:
        return do(*given, **named)
    except Otherwise as other:
        return other.decision


async def knowing(
    ask: Callable[[Query[Any]], Awaitable[Any]], moment: Moment, flow: Callable[[Moment], T]
) -> T:
    """The flow's result. What it wants to know is asked for, and it is called again: it ends
    because it never asks twice."""
    while True:
        try:
            return flow(moment)
        except Wanted as wanted:
            if wanted.query in moment.known:
                raise
            known = {**moment.known, wanted.query: await ask(wanted.query)}
            moment = replace(moment, known=known)
