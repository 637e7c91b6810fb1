"""A screen -> messages within WhatsApp's limits. Pure, so that every screen is tried without a
network.

A screen is one message wherever it fits. At most three ways whose words fit on a button are
buttons; up to ten are a list, where a label that is too long for a row stands whole in its
description; all others are read in the text and typed. What has a sign of its own (`0` is the menu)
gives way to others, and the last line says the sign.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.channels.whatsapp.markup import bold, length, marked, plain
from bot.conversation.action import Action, Back, Home, encode
from bot.conversation.screen import Button, Link, Mark, Screen
from bot.i18n.catalogues import FSI, PDI, RLI, RLM, Catalogues, is_rtl, numbered
from bot.model.clean_text import whole
from bot.model.words import Msg, Words, _

TEXT, BODY, FOOTER = 4096, 1024, 60
BUTTONS, TITLE = 3, 20
ROWS, ROW, DESCRIPTION, OPENER = 10, 24, 72, 20
ONWARD = 2
"""Rows that are left to ways on, however many options there are."""
REPLY_ID, ROW_ID = 256, 200
OPEN = _("Choose")
OPEN_LINK = _("Open")
HERE = _("👇 Go on here:")
_ISOLATES = (FSI, RLI, "\u2066")
SIGNS: dict[type[Action], Words] = {Home: _("0 = menu"), Back: _("* = back")}
"""What the last line says of ways that can be typed with a sign, in this order."""


Say = Callable[[Words], str]


@dataclass(frozen=True)
class Choice:
    """A button, or the row of a list: `description` is the whole label where `title` is not."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class Message:
    """One message: text, and buttons, or a list behind its `opener`, or a link."""

    body: str
    footer: str = ""
    buttons: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    opener: str = ""
    link: tuple[str, str] | None = None
    """Label and address."""
    header: Mapping[str, Any] | None = None
    """A picture or file above it, as `POST /messages` takes it."""

    @property
    def interactive(self) -> bool:
        return bool(self.buttons or self.rows or self.link)

    def content(self) -> dict[str, Any]:
        """As `POST /messages` takes it, without whom it goes to."""
        if self.header and not self.interactive:
            kind = self.header["type"]
            return {"type": kind, kind: self.header[kind]}
        if not self.interactive:
            whole = f"{self.body}\n\n{self.footer}" if self.footer else self.body
            return {"type": "text", "text": {"body": whole, "preview_url": False}}
        if self.link:
            label, url = self.link
            action = {"name": "cta_url", "parameters": {"display_text": label, "url": url}}
            return self._interactive("cta_url", action)
        if self.buttons:
            replies = [
                {"type": "reply", "reply": {"id": each.id, "title": each.title}}
                for each in self.buttons
            ]
            return self._interactive("button", {"buttons": replies})
        rows = [
            {"id": each.id, "title": each.title}
            | ({"description": each.description} if each.description else {})
            for each in self.rows
        ]
        return self._interactive("list", {"button": self.opener, "sections": [{"rows": rows}]})

    def _interactive(self, kind: str, action: dict[str, Any]) -> dict[str, Any]:
        said = {"type": kind, "body": {"text": self.body}, "action": action}
        if self.header:
            said["header"] = dict(self.header)
        if self.footer:
            said["footer"] = {"text": self.footer}
        return {"type": "interactive", "interactive": said}

    def typed(self) -> "Message":
        """The same without buttons, for a message that was refused: everything can be typed."""
        ways = [each.description or each.title for each in (*self.buttons, *self.rows)]
        if self.link:
            ways.append(self.link[1])
        body = "\n".join((self.body, "", *ways))
        return Message(whole(body, TEXT - FOOTER - 2), self.footer)


def render(screen: Screen, language: str, words: Catalogues) -> tuple[Message, ...]:
    """The messages of a screen in their order: one, but where its text is longer than a message
    with buttons holds."""
    say = partial(words.say, language=language)
    ways, footer = _ways(screen, say)
    links = [each for row in screen.rows for each in row if isinstance(each, Link)]
    last = _choosing(ways, links, say(OPEN), say(OPEN_LINK))
    body = _body(screen, _written(ways, links, last), language, words)
    if not last.interactive:
        pieces = pages(body, TEXT - FOOTER - 2)
        return (*map(Message, pieces[:-1]), Message(pieces[-1], footer))
    before, end = ("", body) if length(body) <= BODY else _divided(body)
    last = replace(last, body=end or words.line(HERE, language), footer=footer)
    return (*map(Message, pages(before, TEXT) if before else ()), last)


@dataclass(frozen=True)
class _Way:
    """A button of a screen; an option has a `number`, a way on has none. One that is `likely` was
    guessed from what was typed."""

    id: str
    label: str
    number: int = 0
    likely: bool = False


def _ways(screen: Screen, say: Say) -> tuple[list[_Way], str]:
    """What is to be tapped, each once, and what the last line says of those that give way."""
    typed = screen.options if screen.typed else ()
    options = [
        _Way(encode(option.action), say(option.label).strip(), number)
        for number, option in enumerate(screen.options, 1)
        if option not in typed
    ]
    buttons = [each for row in screen.rows for each in row if isinstance(each, Button)]
    signed = {type(each.action) for each in buttons} & set(SIGNS)
    others = [each for each in buttons if type(each.action) not in SIGNS]
    linked = any(isinstance(each, Link) for row in screen.rows for each in row)
    room = len(buttons) <= BUTTONS and all(length(say(b.label)) <= TITLE for b in buttons)
    if not screen.options and not linked and (room or not others):
        others, signed = buttons, set()
    onward = [
        _Way(encode(each.action), say(each.label).strip(), likely=each.mark is Mark.LIKELY)
        for each in others
    ]
    found = [*options, *onward]
    once = {way.id: way for way in reversed(found)}
    footer = " · ".join(say(SIGNS[sign]) for sign in SIGNS if sign in signed)
    return [way for way in found if once[way.id] is way], footer


def _choosing(ways: Sequence[_Way], links: Sequence[Link], opener: str, open_link: str) -> Message:
    """A message without words as yet."""
    if not ways and len(links) == 1:
        return Message("", link=(open_link, links[0].url))
    if buttons := _buttons(ways):
        return Message("", buttons=buttons)
    onward = [way for way in ways if not way.number]
    options = [way for way in ways if way.number][: ROWS - min(len(onward), ONWARD)]
    room = ROWS - len(options)
    if len(onward) > room:  # the others can be typed, as they could before
        onward = sorted(onward, key=lambda way: not way.likely)[:room]
    rows = _told_apart([_row(way) for way in (*options, *onward)])
    return Message("", rows=rows, opener=opener if rows else "")


def _buttons(ways: Sequence[_Way]) -> tuple[Choice, ...]:
    """Words of their own where all fit, else numbers for options; nothing where a list is
    needed."""
    if len(ways) > BUTTONS:
        return ()
    options = [way.label for way in ways if way.number]
    short = all(0 < length(label) <= TITLE for label in options)
    short = short and len(set(options)) == len(options)
    titles = [way.label if short or not way.number else str(way.number) for way in ways]
    if len(set(titles)) < len(titles) or not all(0 < length(title) <= TITLE for title in titles):
        return ()
    return tuple(Choice(way.id, title) for way, title in zip(ways, titles, strict=True))


def _row(way: _Way) -> Choice:
    title = f"{way.number}. {way.label}" if way.number else way.label
    if length(title) <= ROW:
        return Choice(way.id, title or "…")
    description = way.label if length(way.label) <= DESCRIPTION else ""
    name, apart, _told = title.partition(" · ")  # a name, and what is told of it
    name += PDI * _opened(name)
    if not (apart and description and length(name) <= ROW):
        name = beginning(title, ROW)
    return Choice(way.id, name, description)


def _told_apart(rows: Sequence[Choice]) -> tuple[Choice, ...]:
    """No title twice, which WhatsApp refuses."""
    told: list[Choice] = []
    for row in rows:
        title, number = row.title, 2
        while any(title == other.title for other in told):
            title = f"{beginning(row.title, ROW - 3)} {number}"
            number += 1
        told.append(replace(row, title=title))
    return tuple(told)


def _written(ways: Sequence[_Way], links: Sequence[Link], last: Message) -> list[str | Words]:
    """Ways on that cannot be read whole on a button or in a list: they are typed."""
    whole = {each.title for each in (*last.buttons, *last.rows)}
    whole |= {each.description for each in last.rows}
    unread = [f"• {way.label}" for way in ways if not way.number and way.label not in whole]
    if last.link:
        return [links[0].label]
    return [*unread, *(Msg("{label}: {url}").of(label=link.label, url=link.url) for link in links)]


def _body(screen: Screen, written: Sequence[str | Words], language: str, words: Catalogues) -> str:
    mark = RLM if is_rtl(language) else ""

    def typed(said: str | Words) -> str:
        return plain(mark + said if isinstance(said, str) else words.line(said, language))

    parts = [marked(words.line(note, language)) for note in screen.notes]
    if screen.way:
        parts.append(marked(words.line(screen.way.words, language)))
    for each in (*screen.above, screen):
        lines = [bold(words.line(each.title, language).replace("**", ""))] if each.title else []
        lines += [marked(said) for line in each.lines if (said := words.line(line, language))]
        parts.append("\n".join(lines))
    parts.append(
        "\n".join(
            marked(numbered(number, words.line(option.label, language)))
            for number, option in enumerate(screen.options, 1)
        )
    )
    parts.append("\n".join(map(typed, written)))
    return "\n\n".join(part for part in parts if part.strip())


def _divided(body: str) -> tuple[str, str]:
    """What goes ahead, and the end that fits into a message with buttons: whole paragraphs."""
    paragraphs = body.split("\n\n")
    end: list[str] = []
    while paragraphs and length("\n\n".join((paragraphs[-1], *end))) <= BODY:
        end.insert(0, paragraphs.pop())
    return "\n\n".join(paragraphs), "\n\n".join(end)


def pages(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` units, broken between lines, and inside a line only
    where that is longer by itself."""
    pieces: list[str] = []
    page = ""
    for line in text.split("\n"):
        while length(line) > limit:
            pieces += [page] if page.strip() else []
            page, start = "", whole(line, limit // 2)
            pieces.append(start)
            line = line[len(start) :]
        longer = f"{page}\n{line}" if page else line
        if length(longer) > limit:
            pieces.append(page)
            longer = line
        page = longer
    return [piece for piece in (*pieces, page) if piece.strip()] or [""]


def beginning(text: str, limit: int, more: str = "…") -> str:
    """As much as fits, up to the end of a word where there is one, with a sign that there is more.
    What runs in a direction of its own is closed."""
    room = limit - length(more)
    head = text[: max(0, room)]
    while head and length(head) + _opened(head) > room:
        head = head[:-1]
    head = whole(text, len(head))
    if len(head) < len(text) and (cut := head.rfind(" ")) > room // 2:
        head = head[:cut]
    return head.rstrip() + more + PDI * _opened(head)


def _opened(text: str) -> int:
    """How many isolates are not closed."""
    return sum(map(text.count, _ISOLATES)) - text.count(PDI)


def misfit(message: Message) -> Iterator[str]:
    """Why WhatsApp would refuse it; nothing for one that is well."""
    if not message.interactive and length(message.body) + length(message.footer) + 2 > TEXT:
        yield f"the text has {length(message.body)} characters, {TEXT} are allowed"
    if message.interactive and not 0 < length(message.body) <= BODY:
        yield f"the body has {length(message.body)} characters, {BODY} are allowed"
    if length(message.footer) > FOOTER:
        yield f"the last line has {length(message.footer)} characters, {FOOTER} are allowed"
    if len(message.rows) > ROWS or len(message.buttons) > BUTTONS:
        yield "there are more choices than WhatsApp shows"
    if message.rows and not 0 < length(message.opener) <= OPENER:
        yield f"the word that opens the list is longer than {OPENER} characters"
    for each, title in [(b, TITLE) for b in message.buttons] + [(r, ROW) for r in message.rows]:
        if not 0 < length(each.title) <= title:
            yield f"“{each.title}” is longer than {title} characters"
        if length(each.description) > DESCRIPTION:
            yield f"“{each.description}” is longer than {DESCRIPTION} characters"
    titles = [each.title for each in (*message.buttons, *message.rows)]
    if len(set(titles)) < len(titles):
        yield "two choices are called the same"
    if message.link and not 0 < length(message.link[0]) <= TITLE:
        yield f"“{message.link[0]}” is longer than {TITLE} characters"


def toast(said: Words, screen: Screen) -> Screen:
    """There are no toasts: what one says is the first line."""
    if said in screen.notes:
        return screen
    return replace(screen, notes=(Msg("{said}").of(said=said), *screen.notes))
