"""The web channel: a screen -> what a page shows, a form -> an update. Pure. No script, no cookie:
the private link is the key.

The address of a web learner is a secret token in the link. Each page carries a fresh random text;
with what was pressed or typed on that page it makes the update's id. So a form that is sent twice
counts once, and another button of the same page, seen again through the browser's "back", is an
update of its own. The id is a digest: what was typed cannot be read from it.
"""

import hashlib
import re
import secrets
import string
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from bot.conversation.action import encode
from bot.conversation.screen import Button, Link, Screen
from bot.conversation.update import Doing, Start, Tap, Typed, Update
from bot.flows.account.actions import SpeakLanguage
from bot.flows.certificates.actions import Claim
from bot.flows.learning.actions import Begin, Cover, Next, Review, Submit
from bot.flows.learning.question import NEXT
from bot.i18n.catalogues import Catalogues, is_rtl
from bot.model.words import Msg, Words
from cards.text import Text

CHANNEL = "web"
LONGEST = 1000
"""Characters of a typed text that are looked at."""
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BULLET = "• "
_ONWARD = (Next, Submit, Begin, Claim, Review, Cover)
"""What the big button of a page does, where one of its ways leads on in learning. Never anything
else: "Delete" is no way on.
"""


def new_token() -> str:
    """The secret in a private link: 192 random bits."""
    return secrets.token_urlsafe(24)


# --- what a page shows


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


# --- what a form sends


@dataclass(frozen=True)
class Form:
    """`u` is the page's random text, `do` a button's action, `start` what the link of the first
    page carried, `shown` the letters that the page showed. No form names an address: that is made
    here (session fixation, CWE-384)."""

    u: str = ""
    do: str = ""
    text: str = ""
    start: str = ""
    shown: str = ""


def tapped_or_typed(form: Form, token: str, language: str, sender: str = "") -> Update:
    """A button, or a text. `sender` tells who sends a first form, which has no token yet."""
    text = form.text[:LONGEST]
    doing: Doing = Tap(form.do) if form.do else Typed(text)
    return Update(
        CHANNEL,
        _id(sender or token, form.u, form.do, "" if form.do else text),
        token,
        doing,
        language,
    )


def start(form: Form, token: str, language: str, sender: str = "") -> Update:
    return Update(
        CHANNEL, _id(sender or token, form.u, "start"), token, Start(form.start[:64]), language
    )


def _id(sender: str, u: str, *what: str) -> str:
    """Of this sender, this page and this press alone. A form without a page's text is never a
    repetition."""
    parts = (sender, u or secrets.token_hex(12), *what)
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=15).hexdigest()


def preferred(header: str, offered: Collection[str]) -> str:
    """The tag of Accept-Language that is offered and liked best; where none is offered, the one
    that is liked best."""
    liked: list[tuple[float, str]] = []
    for item in header[:500].split(","):
        tag, *parameters = (part.strip() for part in item.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        if (
            re.fullmatch(r"[A-Za-z0-9-]{1,35}", tag)
            and re.fullmatch(r"[01](\.\d{0,3})?", quality)
            and float(quality)
        ):
            liked.append((-float(quality), tag))
    tags = [tag for _quality, tag in sorted(liked, key=lambda pair: pair[0])]
    return next(
        (tag for tag in tags if tag.split("-")[0].lower() in offered), tags[0] if tags else ""
    )
