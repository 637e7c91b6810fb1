"""Which function does, shows and reads what: each feature says it beside the function.

    @shows(LeaveGroup)
    def show_leave(place: LeaveGroup, turn: Turn) -> Screen: ...

mypy checks a function against its action. A second function for the same thing is refused at
import; `complete` refuses an action that nothing does and a place that nothing shows. Where a
conversation needs a feature before or after everything else, the feature registers for that, too
(`prepares`, `follows`, `understands`, `waits`, `opens`, `receives_elsewhere`, `first_language`),
and for what it makes once for a language (`makes_ready`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Any, TypeVar

from bot.conversation.action import REGISTERED, Action, Place
from bot.conversation.event import Event
from bot.conversation.rights import may
from bot.conversation.screen import Screen
from bot.conversation.turn import Decision, Otherwise, Turn, World
from bot.conversation.typed_text import command
from bot.conversation.update import Sent

A = TypeVar("A", bound=Action)
P = TypeVar("P", bound=Place)
Q = TypeVar("Q", bound=Place)
U = TypeVar("U", bound=Decision | Action | None)

Doer = Callable[[A, Turn], Decision]
Shower = Callable[[P, Turn], Screen]
TextReader = Callable[[P, str, Turn], Decision]
Receiver = Callable[[P, Sent, Turn], Decision | None]
ReceiverElsewhere = Callable[[Sent, Turn], Decision | None]
Opener = Callable[[str, Turn], Decision | None]


@dataclass(frozen=True)
class Reads:
    """How a place reads what is typed there: as `html` where it is `formatted`. What it cannot read
    (`NotUsable`) is a command where it is the word of one and the place has `commands`: nothing is
    lost there by leaving."""

    read: TextReader[Any]
    formatted: bool = False
    commands: bool = False


class When(IntEnum):
    """The order in which a typed text is understood."""

    CRISIS = -1
    """It says that somebody is in danger, wherever it is typed."""
    REPLY = 0
    """It answers a message by the reply gesture."""
    START = 1
    """`/start`, on channels that have no other way to say it."""
    BEHIND = 2
    """A command with words behind it that are looked for."""
    SLASH = 3
    """Another command with its slash."""
    ANSWER = 4
    """To the question on the screen."""
    BUTTON = 5
    """A sign of the menu, or a button of this screen."""
    TOKEN = 6
    """A code or a link of ours."""
    COMMAND = 7
    BETWEEN = 8
    """Something came between the question and the text."""
    WELCOME = 9
    """Any text is welcome here."""
    LANGUAGE = 10
    """It is the name of a language that one can read here."""
    NEAR = 11
    """A button that is nearly it."""
    LETTER = 12
    """It stands right under a letter."""
    POLITE = 13
    """A greeting, or thanks."""
    NOBODY = 14
    """They have no language yet, or no right to be here any more."""
    SHORT = 15
    """It answers a question, and none stands there."""
    WHERE = 16
    """The name of a place."""
    SOUGHT = 17
    """What the library has of it."""
    LOST = 18
    """What was perhaps meant: a module or a command."""


@dataclass(frozen=True)
class Said:
    """A typed text, and where it was typed. `reads` is how the place reads it, where any text is
    welcome; `screen` what stands there."""

    text: str
    html: str
    reply_to: str
    turn: Turn
    show: Callable[[Turn], Screen]

    @property
    def slashed(self) -> bool:
        return self.text.strip().startswith("/")

    @cached_property
    def reads(self) -> Reads | None:
        if not self.turn.learner.language or not may(self.turn.place, self.turn):
            return None
        return READERS.get(type(self.turn.place))

    def read(self) -> Decision | None:
        """As the place reads it, slash or not. Raises what that raises (`Otherwise`)."""
        if self.reads is None:
            return None
        text = self.html if self.reads.formatted else self.text
        return self.reads.read(self.turn.place, text, self.turn)

    @cached_property
    def refused(self) -> Otherwise | None:
        """What the place says that reads only what it knows, where this is nothing of it."""
        if self.reads is None or not self.reads.commands:
            return None
        try:
            self.read()
        except Otherwise as otherwise:
            return otherwise
        return None

    @property
    def missed(self) -> bool:
        """Whether it is understood as anywhere else: a way elsewhere loses nothing."""
        return self.refused is not None

    @cached_property
    def screen(self) -> Screen:
        return self.show(self.turn)

    @cached_property
    def command(self) -> Action | None:
        """The command that it is in any language, of whoever may do it."""
        return command(self.text, self.turn.world.languages, self.turn.world.say)


@dataclass(frozen=True)
class OpenQuestion:
    """A question that came by itself and waits for its answer: where it is read and answered, and
    when it came, in seconds since the epoch; 0 where that is not known."""

    place: Place
    since: int = 0


Understander = Callable[[Said], Decision | Action | None]
Waits = Callable[[Turn], Iterable[OpenQuestion]]
Prepares = Callable[[Turn], tuple[Event, ...]]
Follows = Callable[[Decision, Turn], tuple[Event, ...]]
FirstLanguage = Callable[[Turn], Event]
MakesReady = Callable[[World, str], object]
M = TypeVar("M", bound=MakesReady)

DOERS: dict[type[Action], Doer[Any]] = {}
SHOWERS: dict[type[Place], Shower[Any]] = {}
READERS: dict[type[Place], Reads] = {}
RECEIVERS: dict[type[Place], Receiver[Any]] = {}
RECEIVERS_ELSEWHERE: list[ReceiverElsewhere] = []
OPENERS: dict[str, tuple[Opener, bool]] = {}
UNDERSTANDERS: list[tuple[When, Understander]] = []
WAITS: list[Waits] = []
PREPARES: list[Prepares] = []
FOLLOWS: list[Follows] = []
MAKES_READY: list[MakesReady] = []
_FIRST_LANGUAGE: dict[str, FirstLanguage] = {}


def _once(table: dict[Any, Any], key: Any, value: Any, verb: str) -> None:
    if key in table:
        name = getattr(key, "__name__", key)
        raise TypeError(f"two functions {verb} {name}: {table[key]} and {value}")
    table[key] = value


def does(action: type[A]) -> Callable[[Doer[A]], Doer[A]]:
    """What happens when this button is tapped. A place without one is gone to."""

    def register(function: Doer[A]) -> Doer[A]:
        _once(DOERS, action, function, "do")
        return function

    return register


def shows(place: type[P]) -> Callable[[Shower[P]], Shower[P]]:
    """The screen of a place. Raises `Gone` where what it is about does not exist any more."""

    def register(function: Shower[P]) -> Shower[P]:
        _once(SHOWERS, place, function, "show")
        return function

    return register


def reads(
    place: type[P], other: type[Q] | None = None, *, formatted: bool = False, commands: bool = False
) -> Callable[[TextReader[P | Q]], TextReader[P | Q]]:
    """What is typed where any text is welcome."""

    def register(function: TextReader[P | Q]) -> TextReader[P | Q]:
        _once(READERS, place, Reads(function, formatted, commands), "read")
        if other:
            _once(READERS, other, Reads(function, formatted, commands), "read")
        return function

    return register


def receives(place: type[P]) -> Callable[[Receiver[P]], Receiver[P]]:
    """A picture, a file or a voice note that is sent where one is asked for; None where it is none
    of those."""

    def register(function: Receiver[P]) -> Receiver[P]:
        _once(RECEIVERS, place, function, "receive at")
        return function

    return register


def receives_elsewhere(function: ReceiverElsewhere) -> ReceiverElsewhere:
    """What is sent where nothing of the kind is asked for."""
    RECEIVERS_ELSEWHERE.append(function)
    return function


def opens(kind: str, *, speechless: bool = False) -> Callable[[Opener], Opener]:
    """What a start link `kind-value` does; the empty kind is `/start` alone. None where the value
    means nothing. Somebody new is given a language before, unless it is `speechless`."""

    def register(function: Opener) -> Opener:
        _once(OPENERS, kind, (function, speechless), "open")
        return function

    return register


def understands(when: When) -> Callable[[Callable[[Said], U]], Callable[[Said], U]]:
    """What a typed text means: an action, a decision, or None where it is for another reader."""

    def register(function: Callable[[Said], U]) -> Callable[[Said], U]:
        UNDERSTANDERS.append((when, function))
        UNDERSTANDERS.sort(key=lambda each: each[0])  # stable
        return function

    return register


def waits(function: Waits) -> Waits:
    """The questions of a feature that came by themselves and are not answered yet."""
    WAITS.append(function)
    return function


def prepares(function: Prepares) -> Prepares:
    """What happened to the learner meanwhile: comes before every update."""
    PREPARES.append(function)
    return function


def follows(function: Follows) -> Follows:
    """What a decision brings with it."""
    FOLLOWS.append(function)
    return function


def makes_ready(function: M) -> M:
    """Makes what is slow to make and is kept for a language: called in a thread before anybody asks
    for it. Whoever asks earlier makes it then."""
    MAKES_READY.append(function)
    return function


def first_language(function: FirstLanguage) -> FirstLanguage:
    """The event that gives a language to somebody who chose none."""
    _once(_FIRST_LANGUAGE, "the first language", function, "give")
    return function


def speaks(turn: Turn) -> tuple[Event, ...]:
    """The event of a first language; nothing for somebody who has one."""
    return () if turn.learner.language else (_FIRST_LANGUAGE["the first language"](turn),)


def complete() -> None:
    """Raises `TypeError` for an action that nothing does and a place that nothing shows."""
    for cls in REGISTERED.values():
        if issubclass(cls, Place):
            if cls not in SHOWERS:
                raise TypeError(f"nothing shows {cls.__name__}: @shows({cls.__name__})")
        elif cls not in DOERS:
            raise TypeError(f"nothing does {cls.__name__}: @does({cls.__name__})")
