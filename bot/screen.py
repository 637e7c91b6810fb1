"""What a person sees, in no language yet. A channel puts it into words and buttons.

`_()` names a text for the translators and gives a `Msg`; nothing is translated before a screen is rendered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.model import Text

if TYPE_CHECKING:
    from bot.action import Action


@dataclass(frozen=True, slots=True)
class Msg:
    """A text of the interface and the values that go into it: `_("{done} of {total}").of(done=3, total=8)`."""

    source: str
    plural: str | None = None
    count: int = 0
    values: tuple[tuple[str, Value], ...] = ()

    def of(self, **values: Value) -> Msg:
        return replace(self, values=(*self.values, *values.items()))


Words = Msg | Text
"""Something that has a translation."""
Value = str | int | Words
"""What can be inserted into a message."""


def _(source: str) -> Msg:
    return Msg(source)


def ngettext(singular: str, plural: str, count: int) -> Msg:
    """A message with a plural; `{count}` in it is the number."""
    return Msg(singular, plural, count, (("count", count),))


def minutes(count: int) -> Msg:
    return ngettext("{count} minute", "{count} minutes", count)


def verbatim(text: str) -> Msg:
    """A text that is the same in every language: a symbol, a name, a number."""
    return Msg("{text}").of(text=text)


@dataclass(frozen=True, slots=True)
class Button:
    label: Words
    action: Action


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a page outside the chat."""

    label: Words
    url: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `options` are numbered in the text and can be typed; `rows` are ways on, unnumbered.

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

    @property
    def buttons(self) -> tuple[Button, ...]:
        return (*self.options, *(b for row in self.rows for b in row if isinstance(b, Button)))


def ratio(done: int, total: int) -> str:
    """`3/8` as one value, so that it stays in one piece where lines run from the right."""
    return f"{done}/{total}"


def bar(done: int, total: int, width: int = 5) -> Msg:
    """`▰▰▰▱▱ 3/5`: the digits carry the meaning, the bar is for the eye. Never full before all is done, never empty after the first."""
    filled = 0 if done <= 0 or total <= 0 else width if done >= total else max(1, min(width - 1, done * width // total))
    return Msg("{bar} {count}").of(bar="▰" * filled + "▱" * (width - filled), count=ratio(done, total))
