"""The web channel: a screen -> what a page shows. Pure. No script, no cookie: the private link is the key.

The address of a web learner is a secret token in the link. Each page carries a fresh id; it becomes the update's id, so a form that
is sent twice counts once.
"""

import re
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from bot.action import encode
from bot.i18n import Catalogues, is_rtl
from bot.screen import Button, Link, Screen, Words
from bot.update import Doing, Start, Tap, Typed, Update

CHANNEL = "web"
LONGEST = 1000
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Line:
    """A text and the language it is in, which may not be the page's. `bullet` lines belong into a list."""

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


@dataclass(frozen=True)
class Page:
    language: str
    title: str
    heading: Line | None
    notes: tuple[Line, ...]
    lines: tuple[Line, ...]
    options: tuple[Choice, ...]
    rows: tuple[tuple[Choice, ...], ...]
    typing: str

    @property
    def direction(self) -> Literal["rtl", "ltr"]:
        return "rtl" if is_rtl(self.language) else "ltr"


def render(screen: Screen, language: str, words: Catalogues, typing: Words, toast: Words | None = None) -> Page:
    """The page of a screen. `typing` labels the text field where the screen does not."""

    def line(said: Words) -> Line:
        text = words.say(said, language)
        bullet = text.startswith("• ")
        return Line(_html(text.removeprefix("• ")), words.spoken(said, language), bullet)

    def choice(button: Button | Link) -> Choice:
        if isinstance(button, Link):
            return Choice(line(button.label), url=button.url)
        return Choice(line(button.label), do=encode(button.action))

    heading = screen.title or (screen.lines[0] if screen.lines else typing)
    return Page(
        language=language,
        title=words.say(heading, language),
        heading=line(screen.title) if screen.title else None,
        notes=tuple(map(line, (*((toast,) if toast else ()), *screen.notes))),
        lines=tuple(map(line, screen.lines)),
        options=tuple(map(choice, screen.options)),
        rows=tuple(tuple(map(choice, row)) for row in screen.rows),
        typing=words.say(screen.typing or typing, language),
    )


def _html(text: str) -> Markup:
    return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(text))))  # noqa: S704 - escaped just before


def parse(token: str, update_id: str, do: str, text: str, language: str) -> Update:
    """What a form sent: a button, or a text. Names, files and addresses are not in it."""
    doing: Doing = Tap(do) if do else Typed(text[:LONGEST])
    return Update(CHANNEL, update_id[:64], token, doing, language)


def start(token: str, update_id: str, payload: str, language: str) -> Update:
    return Update(CHANNEL, update_id[:64], token, Start(payload[:64]), language)
