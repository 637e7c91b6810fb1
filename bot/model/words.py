"""A text in no language yet: named for the translators, put into words when a screen is
rendered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cards.text import Text


@dataclass(frozen=True, slots=True)
class Msg:
    """A text of the interface and the values that go into it: `_("{done} of {total}").of(done=3,
    total=8)`."""

    source: str
    plural: str | None = None
    count: int = 0
    values: tuple[tuple[str, Value], ...] = ()
    at: int = 0
    """The moment that it names, in seconds since the epoch: some messengers take it into a calendar
    from there."""

    def of(self, **values: Value) -> Msg:
        told = (*self.values, *values.items())
        return Msg(self.source, self.plural, self.count, told, self.at)


@dataclass(frozen=True, slots=True)
class InLanguage:
    """Words that are read in this language, whatever the language of the screen."""

    words: Msg | Text
    language: str


Words = Msg | Text | InLanguage
"""Something that has a translation."""
Value = str | int | date | Words
"""What can be inserted into a message. A day is said as the reader's language writes it."""


def _(source: str) -> Msg:
    """Marks a text for the translators. Nothing is translated before a screen is rendered."""
    return Msg(source)


def ngettext(singular: str, plural: str, count: int) -> Msg:
    """A message with a plural; `{count}` in it is the number."""
    return Msg(singular, plural, count, (("count", count),))


def minutes(count: int) -> Msg:
    return ngettext("{count} minute", "{count} minutes", count)


def quoted(text: Value) -> Msg:
    """What a person wrote or chose, in the marks of the reader's language, so that nobody takes it
    for a word of ours."""
    return _("“{text}”").of(text=text)


def verbatim(text: str) -> Msg:
    """A text that is the same in every language: a symbol, a name, a number."""
    return Msg("{text}").of(text=text)
