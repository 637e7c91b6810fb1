"""What a person sees, in no language yet. A channel puts it into words and buttons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from typing import Generic, TypeVar

from bot.conversation.action import Action
from bot.model.words import Msg, Words, _
from cards.collection import Category
from cards.picture import Picture
from cards.recording import Recording

T = TypeVar("T")

NEXT = _("Next ▶")
MORE = _("More ▶")
MENU = _("☰ Menu")
BACK = _("◀ Back")
RETURN = _("◀ To where I was")
MORE_LANGUAGES = _("🌐 More languages")
MOST_ROWS = 7
"""Rows of buttons that a small phone shows with the text; all options need one at least."""
SIDE_BY_SIDE = 3
"""Buttons with words that can be read beside each other on a small phone."""
LANGUAGES = 6
"""Languages on one screen: with a row of ways on it has seven rows."""


class Mark(Enum):
    """What a button is besides its words: to be chosen, ticked or not yet, chosen already; or
    guessed from what was typed."""

    OPEN = auto()
    TICKED = auto()
    UNTICKED = auto()
    USED = auto()
    LIKELY = auto()


@dataclass(frozen=True, slots=True)
class Button:
    """`about` is said below the label and `category` colours it, where a channel has room. `also`
    are lists of words that are typed for it besides its label, separated by |; `lasts` are the
    months, first and last, that it stands for where it is a length of time."""

    label: Words
    action: Action
    about: Words | None = None
    category: Category | None = None
    mark: Mark = Mark.OPEN
    sound: Recording | None = None
    """What it plays: where a channel can, it is played in place."""
    also: tuple[Words, ...] = ()
    lasts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a page outside the chat."""

    label: Words
    url: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A link or a code that stands in the text, to be copied by one tap where a channel can."""

    label: Words
    text: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where one is in a deck: in words, and as steps of which the one at `at`, counted from 1, is
    on the screen. `asks` says of each step whether it is a question."""

    words: Words
    title: Words
    at: int
    asks: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An option after the answer: whether it is right, whether it was chosen, and a word on it."""

    label: Words
    right: bool
    mine: bool
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The question that an answer was given to, for channels where it is not in sight any more.
    The options stand as they stood, or, where they had to be `placed`, as they belong."""

    right: bool
    reason: Words
    way: Way
    question: Words
    options: tuple[Shown, ...]
    placed: bool


@dataclass(frozen=True, slots=True)
class Won:
    """What a deck brought: of each question whether its first answer was right."""

    first: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `options` are numbered in the text and can be typed; `rows` are ways on,
    unnumbered.

    `fresh` asks for a new message instead of an edit: what was there before stays readable.
    `typing` says that free text is expected here, and names what for.
    """

    title: Words | None = None
    lines: tuple[Words, ...] = ()
    options: tuple[Button, ...] = ()
    rows: tuple[tuple[Button | Link, ...], ...] = ()
    typing: Words | None = None
    fresh: bool = False
    notes: tuple[Words, ...] = ()
    """Said before everything else: what just happened."""
    asks: bool = False
    """A question waits for its answer: no button is guessed from a word that is only near."""
    category: Category | None = None
    """What this belongs to, and whose colour it has."""
    picture: Picture | None = None
    way: Way | None = None
    answered: Answered | None = None
    won: Won | None = None
    copied: Copy | None = None

    above: tuple["Screen", ...] = ()
    """Read before it, in the same message: where each message costs money."""
    takes_file: Words | None = None
    """A file may be sent here, and what for: a page asks for it with a field of its own."""
    typed: bool = False
    """The options make one answer together: where each tap costs money, they are typed at once."""

    @property
    def buttons(self) -> tuple[Button, ...]:
        return (*self.options, *(b for row in self.rows for b in row if isinstance(b, Button)))


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """What of a list stands on one screen. `row` turns the page; nothing where there is one."""

    number: int
    items: tuple[T, ...]
    row: tuple[Button, ...]


def paged(
    items: Sequence[T], wanted: int, size: int, to: Callable[[int], Action], more: Words = MORE
) -> Page[T]:
    """The page that was asked for, counted from 0; the last one where the list is shorter now."""
    number = max(0, min(wanted, (len(items) - 1) // size))
    here = tuple(items[number * size : (number + 1) * size])
    back = (Button(BACK, to(number - 1)),) if number else ()
    onward = (Button(more, to(number + 1)),) if (number + 1) * size < len(items) else ()
    return Page(number, here, (*back, *onward))


def side_by_side(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        tuple(buttons[at : at + SIDE_BY_SIDE]) for at in range(0, len(buttons), SIDE_BY_SIDE)
    )


def suggesting(screen: Screen, likely: Sequence[Button], *more: Button) -> Screen | None:
    """The screen with all its own buttons, and below them these ways on, the likeliest first. Where
    not all of them have room, the last one that has is beside `more`. None where none has."""
    own = [row for row in screen.rows if row]
    large = sum(bool(option.about) for option in screen.options)  # each has a row of its own
    room = MOST_ROWS - len(own) - large - (len(screen.options) > large)
    if room < 1:
        return None
    guessed = [replace(button, mark=Mark.LIKELY) for button in likely]
    rows: list[tuple[Button, ...]] = [(button,) for button in guessed[:room]]
    if len(guessed) > room:
        rows[-1] = (*rows[-1], *(replace(button, mark=Mark.LIKELY) for button in more))
    return replace(screen, rows=(*own, *rows))


def in_words(screen: Screen) -> Screen:
    """Without its picture: what that shows is the first line."""
    if screen.picture is None:
        return screen
    sign, alt = screen.picture.symbol or "🖼", screen.picture.alt
    line = Msg("{sign} {alt}").of(sign=sign, alt=alt)
    return replace(screen, picture=None, lines=(line, *screen.lines))


def ratio(done: int, total: int) -> str:
    """`3/8` as one value, so that it stays in one piece where lines run from the right."""
    return f"{done}/{total}"


@lru_cache(maxsize=4096)
def bar(done: int, total: int, width: int = 5) -> Msg:
    """`▰▰▰▱▱ 3/5`: the digits carry the meaning, the bar is for the eye. Never full before all is
    done, never empty after the first."""
    filled = (
        0
        if done <= 0 or total <= 0
        else width
        if done >= total
        else max(1, min(width - 1, done * width // total))
    )
    return Msg("{bar} {count}").of(
        bar="▰" * filled + "▱" * (width - filled), count=ratio(done, total)
    )
