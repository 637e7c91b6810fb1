"""A screen -> what a page of the web channel shows. Pure. No script, no cookie."""

import re
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from bot.conversation.action import Home, encode
from bot.conversation.screen import BACK, NEXT, Answered, Button, Link, Mark, Screen, Way
from bot.flows.account.actions import SpeakLanguage
from bot.flows.certificates.actions import Claim
from bot.flows.learning.actions import Begin, Cover, Next, Review, Submit
from bot.flows.learning.kinds.base import TYPE_A_NUMBER
from bot.flows.resources.actions import FoundHelp
from bot.i18n.catalogues import Catalogues, is_rtl, name_of, without_bidi
from bot.model.words import InLanguage, Msg, Words
from bot.web import signs
from bot.web.unbroken import unbroken
from cards.collection import Category
from cards.picture import Picture
from cards.recording import Recording
from cards.text import Text

NOTHING = Markup()
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
    """A button (`do`) or a link (`url`). `theme` is the category whose colour it has, `sign` what
    is drawn for it."""

    label: Line
    do: str = ""
    url: str = ""
    main: bool = False
    """The way on that most people want here: one a page at most."""
    about: Line | None = None
    theme: str = ""
    sign: Markup = NOTHING
    mark: Mark = Mark.OPEN

    @property
    def pressed(self) -> str:
        return {Mark.TICKED: "true", Mark.UNTICKED: "false"}.get(self.mark, "")

    @property
    def used(self) -> bool:
        return self.mark is Mark.USED


@dataclass(frozen=True)
class Row:
    """Buttons side by side. A `quiet` one leads away from here."""

    choices: tuple[Choice, ...]
    quiet: bool = False

    @property
    def main(self) -> bool:
        return any(choice.main for choice in self.choices)


@dataclass(frozen=True)
class Stones:
    """The way through a deck: of each step whether it is a question, and where one is."""

    title: Line
    at: int
    asks: tuple[bool, ...]


@dataclass(frozen=True)
class Answer:
    """An option after the answer."""

    label: Line
    right: bool
    mine: bool
    note: Line | None


@dataclass(frozen=True)
class Verdict:
    right: bool
    reason: Line
    question: Line
    options: tuple[Answer, ...]
    placed: bool


@dataclass(frozen=True)
class Drawing:
    """A picture's address and what it shows."""

    url: str
    alt: str


@dataclass(frozen=True)
class Sound:
    """Something to listen to: nothing of it is loaded before it is played."""

    url: str
    label: Line
    name: str


@dataclass(frozen=True)
class Page:
    language: str
    title: str
    heading: Line
    notes: tuple[Line, ...]
    lines: tuple[Line, ...]
    options: tuple[Choice, ...]
    rows: tuple[Row, ...]
    typing: str
    likely: tuple[Choice, ...] = ()
    """What was perhaps meant: right under the note that says so."""
    lead: Row | None = None
    """The way on, where it stands before the options."""
    more: tuple[Line, ...] = ()
    """What can be read behind it."""
    writes: bool = False
    """To type is the way on here, and not one beside the buttons."""
    takes_file: str = ""
    """The label of a field for a file, where one may be sent."""
    services: tuple[Choice, ...] = ()
    """What stands at the foot of the menu."""
    theme: str = ""
    sign: Markup = NOTHING
    way: Stones | None = None
    verdict: Verdict | None = None
    picture: Drawing | None = None
    sounds: tuple[Sound, ...] = ()
    won: tuple[bool, ...] | None = None
    card: bool = False

    @property
    def direction(self) -> Literal["rtl", "ltr"]:
        return "rtl" if is_rtl(self.language) else "ltr"


@dataclass(frozen=True)
class _Renderer:
    """Of one screen."""

    screen: Screen
    language: str
    words: Catalogues

    @property
    def names(self) -> dict[str, str]:
        """What languages are called in their own words: such a name is in that language."""
        return {name_of(language): language for language in self.words.languages}

    def line(self, said: Words, named: bool = True, without: Category | None = None) -> Line:
        text = self.words.say(said, self.language)
        if without:
            sign = re.escape(without.icon)
            text = re.sub(f"[\u2066-\u2068]{sign}\u2069 ?|{sign} ?", "", text, count=1)
        told = signs.told(said) if named else {}
        names = {sign: self.words.say(name, self.language) for sign, name in told.items()}
        return Line(
            signs.drawn(_html(text.removeprefix(_BULLET)), names),
            _spoken(said, self.language, self.words),
            text.startswith(_BULLET),
        )

    def title(self, said: Words) -> str:
        """As it is read aloud: without signs."""
        text = _BOLD.sub(r"\1", self.words.say(said, self.language))
        category = self.screen.category
        return signs.without(text.replace(category.icon, "", 1) if category else text)

    def heading(self, said: Words) -> Line:
        """With the category's own sign where its coloured square stands."""
        category = self.screen.category
        plain = self.line(said)
        if category is None or category.icon not in plain.text:
            return plain
        text = plain.text.replace(category.icon, _sign_of(category), 1)
        return Line(Markup(text), plain.language)  # noqa: S704 - both were escaped

    def choice(self, button: Button | Link, main: bool = False) -> Choice:
        if isinstance(button, Link):
            return Choice(self.line(button.label), url=button.url)
        category = button.category
        pressed = button.mark in (Mark.TICKED, Mark.UNTICKED)
        label = self.line(button.label, named=not pressed, without=category)
        if spoken := self.names.get(without_bidi(self.words.say(button.label, self.language))):
            label = Line(label.text, spoken)
        elif isinstance(button.action, SpeakLanguage):
            label = Line(label.text, button.action.language)
        return Choice(
            label,
            do=encode(button.action),
            main=main,
            about=self.line(button.about) if button.about else None,
            theme=category.id if category else "",
            sign=_sign_of(category),
            mark=button.mark,
        )

    def rows(self) -> tuple[Row, ...]:
        ways = [b for row in self.screen.rows for b in row if isinstance(b, Button)]
        onward = next(filter(_leads_on, ways), None)
        rows: list[Row] = []
        for row in _apart(self.screen.rows):
            row = tuple(b for b in row if not _elsewhere(b))
            if not row:
                continue
            quiet = bool(rows and rows[-1].quiet) or any(map(_is_home, row))
            rows.append(Row(tuple(self.choice(b, b is onward) for b in row), quiet))
        return tuple(rows)

    def tells(self, line: Words) -> bool:
        """Whether it says more of an option."""
        text = self.title(line)
        return any(self.title(option.label) in text for option in self.screen.options)

    def way(self, way: Way) -> Stones:
        return Stones(self.line(way.title), way.at, way.asks)

    def verdict(self, answered: Answered) -> Verdict:
        return Verdict(
            answered.right,
            self.line(answered.reason),
            self.line(answered.question),
            tuple(
                Answer(
                    self.line(shown.label),
                    shown.right,
                    shown.mine,
                    self.line(shown.note) if shown.note else None,
                )
                for shown in answered.options
            ),
            answered.placed,
        )


def render(
    screen: Screen,
    language: str,
    words: Catalogues,
    typing: Words,
    toast: Words | None = None,
    picture_url: Callable[[Picture], str] = lambda picture: "",
    sound_url: Callable[[Recording], str] = lambda recording: "",
) -> Page:
    """The page of a screen. `typing` labels the text field where the screen does not. Without a
    title the first line is the heading."""
    made = _Renderer(screen, language, words)
    category, answered, picture = screen.category, screen.answered, screen.picture
    heading, *rest = (
        (screen.title, *screen.lines)
        if screen.title
        else (*screen.lines, typing)[: len(screen.lines) or 1]
    )
    way = answered.way if answered else screen.way
    rows = made.rows()
    lead = next((row for row in rows if row.main and screen.options and not screen.asks), None)
    said = tuple(map(made.line, rest))
    told = [n for n, line in enumerate(rest) if said[n].bullet and made.tells(line)]
    cut = _before_lists(said) if lead else min(told, default=len(said))
    hub = bool(screen.options) and not any(row.quiet for row in rows) and not screen.typing
    services = tuple(c for row in rows if hub and not row.main for c in row.choices)
    url = picture_url(picture) if picture else ""
    return Page(
        language=language,
        title=made.title(heading),
        heading=made.heading(heading),
        notes=tuple(map(made.line, (*((toast,) if toast else ()), *screen.notes))),
        lines=said[:cut],
        lead=lead,
        more=said[cut:],
        options=tuple(map(made.choice, screen.options)),
        rows=tuple(r for r in rows if r is not lead and (r.main or not services)),
        typing=words.say(screen.typing or typing, language),
        likely=tuple(made.choice(b) for b in screen.buttons if b.mark is Mark.LIKELY),
        writes=screen.typing is not None and screen.typing != TYPE_A_NUMBER,
        takes_file=words.say(screen.takes_file, language) if screen.takes_file else "",
        services=services,
        theme=category.id if category else "",
        sign=_sign_of(category),
        way=made.way(way) if way else None,
        verdict=made.verdict(answered) if answered else None,
        picture=Drawing(url, words.say(picture.alt, language)) if picture and url else None,
        sounds=tuple(
            Sound(sound_url(button.sound), made.line(button.label), made.title(button.label))
            for button in screen.buttons
            if button.sound
        ),
        won=screen.won.first if screen.won else None,
        card=bool(category or way or not screen.options),
    )


def _elsewhere(button: Button | Link) -> bool:
    """It is played in place, or stands under the note."""
    return isinstance(button, Button) and (bool(button.sound) or button.mark is Mark.LIKELY)


def _leads_on(button: Button) -> bool:
    return button.label == NEXT or (isinstance(button.action, _ONWARD) and button.label != BACK)


def _apart(rows: Iterable[Sequence[Button | Link]]) -> Iterator[Sequence[Button | Link]]:
    """The way to what was looked for does not stand with the quiet ones, as it may on a phone."""
    for row in rows:
        first, *others = row or (None,)
        if (
            isinstance(first, Button)
            and isinstance(first.action, FoundHelp)
            and first.label != BACK
            and any(map(_is_home, others))
        ):
            yield row[:1]
            row = row[1:]
        yield row


def _is_home(button: Button | Link) -> bool:
    return isinstance(button, Button) and isinstance(button.action, Home)


def _before_lists(lines: tuple[Line, ...]) -> int:
    """Where the lists begin, with the line that says of what the first one is."""
    first = next((n for n, line in enumerate(lines) if line.bullet), len(lines) + 1)
    return max(first - 1, 0)


def _sign_of(category: Category | None) -> Markup:
    """What a category's colour stands for; a plain shape where its author named no symbol that is
    drawn here."""
    if category is None:
        return Markup()
    return signs.drawing(category.symbol or "▫") or signs.drawing("▫")


def _spoken(said: Words, language: str, words: Catalogues) -> str:
    """The language of a line. A message that only puts signs around other words (`{icon} {title}`)
    is in the language of those."""
    if isinstance(said, InLanguage):
        return _spoken(said.words, said.language, words)
    if isinstance(said, Msg) and said.plural is None:
        literals = "".join(literal for literal, *_rest in string.Formatter().parse(said.source))
        inside = {
            _spoken(v, language, words)
            for _name, v in said.values
            if isinstance(v, Text | InLanguage)
            or (isinstance(v, Msg) and any(map(str.isalpha, v.source)))
        }
        if len(inside) == 1 and not any(map(str.isalpha, literals)):
            return inside.pop()
    return words.spoken(said, language)


def _html(text: str) -> Markup:
    said = str(unbroken(escape(text)))
    return Markup(_BOLD.sub(r"<strong>\1</strong>", said))  # noqa: S704 - escaped just before


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
    return Page(language, head, Line(escape(head), language), (), lines, (), (), "", card=True)
