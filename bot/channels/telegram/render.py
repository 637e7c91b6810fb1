"""A screen -> text and keyboard within Telegram's limits. Pure, so that every screen is checked
without a network.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from telegram.constants import CallbackQueryLimit, MessageLimit

from bot.channels.telegram.extras import TIME
from bot.conversation.action import Action, encode
from bot.conversation.screen import (
    NEXT,
    SIDE_BY_SIDE,
    Answered,
    Button,
    Copy,
    Link,
    Screen,
    in_words,
)
from bot.flows.account.actions import Erase
from bot.i18n.catalogues import Catalogues, is_rtl, numbered
from bot.model.clean_text import whole
from bot.model.words import Msg, Words
from cards.picture import Picture

TEXT = int(MessageLimit.MAX_TEXT_LENGTH)
TOAST = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
WIDE = 26
"""Characters of an option that still fit on a button beside its number on a small phone; a longer
one is read in the text.
"""
COPIED = 256
"""Characters that a button copies at most (CopyTextButton)."""
ROWS = 7
"""Rows of buttons that a small phone shows together with the text."""
FEW, MANY, NUMBER = 5, 8, 3
"""Numbers side by side: as a thumb likes them, and as many as Telegram takes; their length."""
_STYLES: dict[type[Action], str] = {Erase: "danger"}
"""Of ways on; never of options, which would be told apart by it."""
_BOLD = re.compile(r"\*\*(.+?)\*\*")


Key = dict[str, Any]
"""An InlineKeyboardButton as the Bot API has it: `text`, and `callback_data`, `url`, `copy_text` or
`disabled`;
perhaps a `style`."""


@dataclass(frozen=True)
class Message:
    """One sendMessage or editMessageText: HTML and its keyboard."""

    text: str
    keyboard: list[list[Key]]
    preview: str = ""
    """Address of the picture above the text."""


def render(
    screen: Screen,
    language: str,
    words: Catalogues,
    picture_url: Callable[[Picture], str] = lambda picture: "",
) -> Message:
    """The whole screen as one message. A picture without an address is said in words."""
    preview = picture_url(screen.picture) if screen.picture else ""
    if not preview:
        screen = in_words(screen)
    parts = [_html(words.line(note, language)) for note in screen.notes]
    if screen.way:
        parts.append(_html(words.line(screen.way.words, language)))
    if screen.title:
        parts.append(f"<b>{_html(words.line(screen.title, language), bold=False)}</b>")
    lines = [_line(line, language, words) for line in screen.lines]
    lines += [
        _line(Msg("{label}: {url}").of(label=button.label, url=button.url), language, words)
        for row in screen.rows
        for button in row
        if isinstance(button, Link) and _said(button)
    ]
    body = "\n".join(filter(None, lines))
    options = "\n".join(
        _html(numbered(number, words.line(option.label, language)))
        for number, option in enumerate(screen.options, 1)
    )
    text = "\n\n".join(part for part in (*parts, body, options) if part)
    return Message(shorten(text, TEXT), keyboard(screen, language, words), preview)


def _line(line: Words, language: str, words: Catalogues) -> str:
    """A moment can be taken into a calendar from there, and reads as it would without."""
    text = _html(words.line(line, language))
    at = line.at if isinstance(line, Msg) else 0
    return TIME.format(at=at, text=text) if at else text


def keyboard(screen: Screen, language: str, words: Catalogues) -> list[list[Key]]:
    """Options first, then the ways on; in a right-to-left language each row runs from the right."""
    short = screen.copied and len(screen.copied.text) <= COPIED
    copied = [[_copy(screen.copied, words, language)]] if screen.copied and short else []
    opening = [[button for button in row if not _said(button)] for row in screen.rows]
    ways = copied + [
        part
        for row in opening
        for part in _readable([_way(button, words, language) for button in row])
    ]
    rows = [*_options(screen, language, words, ROWS - len(ways)), *ways]
    if is_rtl(language):
        rows = [row[::-1] for row in rows]
    return [row for row in rows if row]


def _readable(row: list[Key]) -> list[list[Key]]:
    """A row of words in parts that are as wide as can be read; numbers stay side by side."""
    if len(row) <= SIDE_BY_SIDE:
        return [row]
    short = all(len(key["text"]) <= NUMBER for key in row)
    across = MANY if short else SIDE_BY_SIDE
    return [row[at : at + across] for at in range(0, len(row), across)]


def _options(screen: Screen, language: str, words: Catalogues, room: int) -> list[list[Key]]:
    """A row each, in at most `room` rows: where there is not so much, all but the large ones are
    their numbers, side by side; their words stand in the text."""
    if not screen.options:
        return []
    labels = [words.say(option.label, language) for option in screen.options]
    each = list(zip(map(str, range(1, len(labels) + 1)), screen.options, labels, strict=True))
    wordless = bool(labels) and all(len(label) > WIDE for label in labels)
    if not wordless and len(labels) <= room:
        return [
            [_button(f"{n}. {label}" if len(label) <= WIDE * 2 else n, option)]
            for n, option, label in each
        ]
    large = [one for one in each if one[1].about and not wordless]
    small = [_button(n, option) for n, option, _label in each if wordless or not option.about]
    left = max(1, room - len(large))
    across = next((a for a in (FEW, MANY) if ceil(len(small) / a) <= left), MANY)
    across = ceil(len(small) / ceil(len(small) / across)) if small else across  # rows alike
    return [
        *([_button(whole(f"{n}. {label}", WIDE * 2), option)] for n, option, label in large),
        *(small[at : at + across] for at in range(0, len(small), across)),
    ]


def _button(label: str, button: Button) -> Key:
    return {"text": label, "callback_data": encode(button.action)}


def _said(button: Button | Link) -> bool:
    """Whether it is a link that Telegram takes on no button: that of a machine without a domain."""
    return isinstance(button, Link) and "." not in (urlsplit(button.url).hostname or "")


def _copy(copied: Copy, words: Catalogues, language: str) -> Key:
    return {"text": words.say(copied.label, language), "copy_text": {"text": copied.text}}


def _way(button: Button | Link, words: Catalogues, language: str) -> Key:
    label = words.say(button.label, language)
    if isinstance(button, Link):
        return {"text": label, "url": button.url}
    style = "primary" if button.label == NEXT else _STYLES.get(type(button.action))
    return _button(label, button) | ({"style": style} if style else {})


def closed(answered: Answered, language: str, words: Catalogues) -> list[list[Key]]:
    """The keyboard of a question that was answered: its options can be read and do nothing, the
    right one is marked. None of what had to be put in its place: that is told in the feedback."""
    if answered.placed:
        return []
    rows: list[list[Key]] = []
    for n, shown in enumerate(answered.options, 1):
        label = words.say(shown.label, language)
        text = f"{n}. {label}" if len(label) <= WIDE * 2 else str(n)
        key: Key = {"text": f"✓ {text}", "style": "success"} if shown.right else {"text": text}
        rows.append([key | {"disabled": {}}])
    return rows


def _html(text: str, bold: bool = True) -> str:
    escaped = html.escape(text, quote=False)
    if "**" not in escaped:
        return escaped
    return _BOLD.sub(r"<b>\1</b>" if bold else r"\1", escaped)


def shorten(text: str, limit: int) -> str:
    """Whole lines within the limit: never half a tag. Counted in UTF-16 units with the tags, which
    is stricter than Telegram."""
    if len(text) <= limit // 2 - 1:  # a character is two units at most
        return text
    kept: list[str] = []
    used = 0
    for line in text.split("\n"):
        used += len(line.encode("utf-16-le")) // 2 + 1
        if used > limit - 2:
            return "\n".join([*kept, "…"])
        kept.append(line)
    return text


def toast(words_: Words, language: str, words: Catalogues) -> str:
    return whole(words.say(words_, language), TOAST)
