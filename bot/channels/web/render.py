"""A screen -> what a page of the web channel shows. Pure. No script, no cookie."""

import re
import string
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from bot.conversation.action import encode
from bot.conversation.screen import NEXT, Button, Link, Screen
from bot.flows.account.actions import SpeakLanguage
from bot.flows.certificates.actions import Claim
from bot.flows.learning.actions import Begin, Cover, Next, Review, Submit
from bot.i18n.catalogues import Catalogues, is_rtl
from bot.model.words import Msg, Words
from cards.text import Text

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BULLET = "• "
_ONWARD = (Next, Submit, Begin, Claim, Review, Cover)
"""What the big button of a page does, where one of its ways leads on in learning. Never anything
else: "Delete" is no way on.
"""


@dataclass(frozen=True)
class Line:
    """A text and the language it is in, which may not be the page's. `bullet` lines belong into a
    list."""

    text: Markup
    language: str
    bullet: bool = False

    @property
    def direction(self) -> Literal["rtl", "ltr"]:
        return "rtl" if is_rtl(self.language) else "ltr"


@dataclass(frozen=True)
class Choice:
    """A button (`do`) or a link (`url`)."""

    label: Line
    do: str = ""
    url: str = ""
    main: bool = False
    """The way on that most people want here: one a page at most."""


@dataclass(frozen=True)
class Page:
    language: str
    title: str
    heading: Line
    notes: tuple[Line, ...]
    lines: tuple[Line, ...]
    options: tuple[Choice, ...]
    rows: tuple[tuple[Choice, ...], ...]
    typing: str

    @property
    def direction(self) -> Literal["rtl", "ltr"]:
        return "rtl" if is_rtl(self.language) else "ltr"


def render(
    screen: Screen, language: str, words: Catalogues, typing: Words, toast: Words | None = None
) -> Page:
    """The page of a screen. `typing` labels the text field where the screen does not. Without a
    title the first line is the heading."""

    def line(said: Words) -> Line:
        text = words.say(said, language)
        return Line(
            _html(text.removeprefix(_BULLET)),
            _spoken(said, language, words),
            text.startswith(_BULLET),
        )

    def choice(button: Button | Link) -> Choice:
        if isinstance(button, Link):
            return Choice(line(button.label), url=button.url)
        label = line(button.label)
        if isinstance(button.action, SpeakLanguage):  # a language's name is in that language
            label = Line(label.text, button.action.language)
        return Choice(label, do=encode(button.action), main=button is onward)

    ways = [button for row in screen.rows for button in row if isinstance(button, Button)]
    onward = next(
        (button for button in ways if button.label == NEXT or isinstance(button.action, _ONWARD)),
        None,
    )

    heading, *rest = (
        (screen.title, *screen.lines)
        if screen.title
        else (*screen.lines, typing)[: len(screen.lines) or 1]
    )
    return Page(
        language=language,
        title=_BOLD.sub(r"\1", words.say(heading, language)),
        heading=line(heading),
        notes=tuple(map(line, (*((toast,) if toast else ()), *screen.notes))),
        lines=tuple(map(line, rest)),
        options=tuple(map(choice, screen.options)),
        rows=tuple(tuple(map(choice, row)) for row in screen.rows if row),
        typing=words.say(screen.typing or typing, language),
    )


def _spoken(said: Words, language: str, words: Catalogues) -> str:
    """The language of a line. A message that only puts signs around other words (`{icon} {title}`)
    is in the language of those."""
    if isinstance(said, Msg) and said.plural is None:
        literals = "".join(literal for literal, *_rest in string.Formatter().parse(said.source))
        inside = {
            _spoken(v, language, words)
            for _name, v in said.values
            if isinstance(v, Text) or (isinstance(v, Msg) and v.values)
        }
        if len(inside) == 1 and not any(map(str.isalpha, literals)):
            return inside.pop()
    return words.spoken(said, language)


def _html(text: str) -> Markup:
    return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(text))))  # noqa: S704 - escaped just before


def page_of_text(text: str, title: str, language: str) -> Page:
    """A text with its paragraphs as a page: the first line is the heading. Each line has its own
    direction."""
    first, *rest = [p for p in text.replace("\u200f", "").split("\n\n") if p.strip()] or [title]
    head, _newline, tail = first.partition("\n")
    paragraphs = [tail, *rest] if tail else rest
    lines = tuple(
        Line(Markup("<br>").join(map(Markup("<bdi>{}</bdi>").format, p.split("\n"))), language)
        for p in paragraphs
    )
    return Page(language, head, Line(escape(head), language), (), lines, (), (), "")
