"""A Bot API server for tests. It plays Telegram, and refuses what Telegram refuses, in Telegram's
own words.

A test reads like a chat:

    async with FakeTelegram() as fake:                  # listens on a free loopback port
        bot = Bot(fake.token, base_url=fake.api_url + "/bot")
        amal = fake.user(1001, language="ar")
        await amal.says("/start")                       # an update, fetched by long polling or
        posted to the webhook
        (welcome,) = await amal.expects(1)              # one message was sent or visibly edited,
        and then all was quiet
        await amal.taps("Next")                         # the button on the newest message that has
        it; `taps(2)` too
        await amal.expects(1)
        assert "first card" in amal.screen and amal.screen.labels == ["1", "2", "3"]
        assert amal.toasts == [] and amal.spinning == 0 # every tap was answered

How it works. One aiohttp handler takes all calls; each method is one `_do_…` coroutine that never
awaits before it has changed the state (getUpdates apart), so a call happens wholly or not at all.
What a person does becomes an update in a queue: `getUpdates` reads it and forgets what the next
offset acknowledges; with a webhook, updates are posted again until a 2xx, in lanes, each one after
another. As on Telegram's own server, a chat's messages are one lane, a person's taps another and
joining or leaving a third: a text and a tap of one person may be posted at once and overtake.

Where the texts come from: github.com/tdlib/telegram-bot-api (Client.cpp, WebhookActor.cpp) and
github.com/tdlib/td (MessageEntity.cpp, MessageContent.cpp, misc.cpp, ReplyMarkup.cpp), read in
their version of Bot API 10; numbers from `telegram.constants`. Where the real server is lenient or
silent, the fake takes the strict side, because a test has to notice: lengths are counted in UTF-16
units (the server counts code points), more than 8 buttons a row are refused (it would drop them), a
second answer to one tap is refused.

Not played: Markdown, albums, inline mode, payments, forum topics, stickers and media sent by the
bot.
"""

import asyncio
import json
import math
import random
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from aiohttp.multipart import BodyPartReader, parse_content_disposition
from telegram.constants import (
    BotCommandLimit,
    CallbackQueryLimit,
    FileSizeLimit,
    FloodLimit,
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    MessageLimit,
    PollingLimit,
    WebhookLimit,
)

JSON = dict[str, Any]
Drop = Literal["before", "after"]

MARKUP_BYTES = 10_000
"""A keyboard whose JSON is longer is "too long" with fewer than 100 buttons too
(tginfo/Telegram-Limits issue 187).
"""
UNASKED_UPDATES = ("chat_member", "message_reaction", "message_reaction_count")
"""Kinds of update that come only when `allowed_updates` names them (Bot API, getUpdates)."""
PHOTO_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF")
WRONG_FILE = "wrong file identifier/HTTP URL specified"
WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    ""
    "running",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


class Refusal(Exception):
    """An error as the Bot API gives it: HTTP status, description, and perhaps `parameters`."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad_request(text: str) -> Refusal:
    return Refusal(400, f"Bad Request: {text}")


# ---------------------------------------------------------------------------------------------------------------------
# Texts: entities and cleaning
# ---------------------------------------------------------------------------------------------------------------------

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
_REFERENCE = re.compile(
    r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<dec>[0-9]+)|(?P<name>lt|gt|amp|quot)(?![a-zA-Z]));?"
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def utf16(text: str) -> int:
    """Length in UTF-16 units, which is what entity offsets count."""
    return len(text) + sum(char > "\uffff" for char in text)


def _reference(match: re.Match[str]) -> str:
    """The character that `&lt;` or `&#1234;` stands for; an unknown or impossible one stays as it
    is written."""
    if name := match["name"]:
        return _NAMED[name]
    code = int(match["hex"], 16) if match["hex"] else int(match["dec"])
    if 0 < code < 0x10FFFF and len(match[0].rstrip(";")) < 10:
        return chr(code)
    return match[0]


def parse_html(source: str) -> tuple[str, list[JSON]]:
    """Telegram's HTML: the plain text, and its entities in UTF-16 units. Raises `Refusal` in
    Telegram's words."""

    def fail(text: str, where: int | None = None) -> Refusal:
        place = (
            ""
            if where is None
            else f" at byte offset {len(source[:where].encode('utf-8', 'surrogatepass'))}"
        )
        return bad_request(f"can't parse entities: {text}{place}")

    plain: list[str] = []
    units = i = 0
    entities: list[JSON] = []
    nested: list[
        tuple[str, JSON, int, int]
    ] = []  # tag, what its entity carries, start in units, start in `plain`
    while i < len(source):
        if source[i] != "<":
            reference = _REFERENCE.match(source, i) if source[i] == "&" else None
            char = _reference(reference) if reference else source[i]
            i = reference.end() if reference else i + 1
            plain.append(char)
            units += utf16(char)
            continue
        begin = i
        if source.startswith("</", i):
            match = re.compile(r"</([^\s>]*)\s*").match(source, i)
            assert match
            name, i = match[1].lower(), match.end()
            if not nested:
                raise fail("Unexpected end tag", begin)
            if source[i : i + 1] != ">":
                raise fail("Unclosed end tag", begin)
            i += 1
            tag, carried, start, first = nested.pop()
            if name and name != tag:
                found = f"Unmatched end tag at byte offset {len(source[:begin].encode())}"
                raise fail(f'{found}, expected "</{tag}>", found "</{name}>"')
            if units > start:
                entity: JSON = {
                    "type": _TAGS[tag],
                    "offset": start,
                    "length": units - start,
                } | carried
                if tag == "a":
                    entity["url"] = carried.get("url") or "".join(plain[first:])
                entities.append(entity)
            continue
        match = re.compile(r"<([^\s>]*)").match(source, i)
        assert match
        tag, i = match[1].lower(), match.end()
        if i == len(source):
            raise fail("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise fail(f'Unsupported start tag "{tag}"', begin)
        attributes, i = _attributes(source, i, tag, begin, fail)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise fail('Tag "span" must have class "tg-spoiler"', begin)
        nested.append((tag, _carried(tag, attributes), units, len(plain)))
    if nested:
        raise fail(f'Can\'t find end tag corresponding to start tag "{nested[-1][0]}"')
    return "".join(plain), sorted(
        entities, key=lambda entity: (entity["offset"], -entity["length"])
    )


def _attributes(
    source: str, i: int, tag: str, begin: int, fail: Callable[[str, int | None], Refusal]
) -> tuple[dict[str, str], int]:
    """The attributes of a start tag from place `i`, and the place after its `>`."""
    attributes: dict[str, str] = {}
    spaces = re.compile(r"\s*")

    def skip(i: int) -> int:
        match = spaces.match(source, i)
        return match.end() if match else i

    while True:
        i = skip(i)
        if source[i : i + 1] == ">":
            return attributes, i + 1
        match = re.compile(r"[^\s=>/\"']*").match(source, i)
        name = match[0] if match else ""
        if not name:
            raise fail(f'Empty attribute name in the tag "{tag}"', begin)
        i = skip(i + len(name))
        if i == len(source):
            raise fail(f'Unclosed start tag "{tag}"', begin)
        if source[i] != "=":
            attributes[name] = ""
            continue
        i = skip(i + 1)
        if i == len(source):
            raise fail(f'Unclosed start tag "{tag}"', begin)
        if source[i] in "'\"":
            end = source.find(source[i], i + 1)
            if end in (-1, len(source) - 1):
                raise fail("Unclosed start tag", begin)
            attributes[name] = _REFERENCE.sub(_reference, source[i + 1 : end])
            i = end + 1
        else:
            match = re.compile(r"[A-Za-z0-9.-]*").match(source, i)
            assert match
            if not re.compile(r"[\s>]").match(source, match.end()):
                raise fail("Unexpected end of name token", i)
            attributes[name], i = match[0].lower(), match.end()


def _carried(tag: str, attributes: dict[str, str]) -> JSON:
    """What an entity carries besides its place."""
    if tag == "a":
        return {"url": attributes.get("href", "")}
    if tag == "code" and attributes.get("class", "").startswith("language-"):
        return {"language": attributes["class"].removeprefix("language-")}
    if tag == "tg-emoji":
        return {"custom_emoji_id": attributes.get("emoji-id", "")}
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {}


_DROPPED = {"\r", "\u0333", "\u033f", "\u030a", *map(chr, range(0x2028, 0x202F))}
_SPACES = {chr(code) for code in range(33)} - {"\n", "\r"}
_BLANKS = re.compile(
    "[\\s\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufffc\ufeff\u00a0]*"
)
_MARK_BEFORE_MARK = re.compile("[\u200e\u200f](?=[\u200e\u200f])")


def clean(text: str, entities: Sequence[JSON] = ()) -> tuple[str, list[JSON]]:
    """A text as Telegram keeps it, with its entities moved along.

    Control characters become spaces; line separators, the embedding and override marks U+202A-202E
    and three combining lines (the ring U+030A is one: send å composed) vanish; of several
    U+200E/200F in a row only the last stays; spaces and empty lines at both ends go. U+200F and the
    isolates U+2066-2069 stay. (td: misc.cpp, clean_input_string)
    """
    kept: list[str] = []
    place: list[int] = []  # UTF-16 place in the old text -> place in `kept`
    for char in text:
        place += [len(kept)] * utf16(char)
        if char not in _DROPPED:
            kept.append(" " if char in _SPACES else char)
    place.append(len(kept))
    kept = list(_MARK_BEFORE_MARK.sub("\u200c", "".join(kept)))
    end = len(kept)
    while end and kept[end - 1] in " \n":
        end -= 1
    first = min((place[min(entity["offset"], len(place) - 1)] for entity in entities), default=end)
    start = 0
    while start < min(first, end) and kept[start] in " \n":
        start += 1
    moved = []
    for entity in entities:
        a = place[min(entity["offset"], len(place) - 1)]
        b = min(place[min(entity["offset"] + entity["length"], len(place) - 1)], end)
        if a < b:
            offset, length = utf16("".join(kept[start:a])), utf16("".join(kept[a:b]))
            moved.append(entity | {"offset": offset, "length": length})
    return "".join(kept[start:end]), moved


def is_blank(text: str) -> bool:
    """Whether nobody would see anything (spaces, joiners, direction marks), which Telegram takes
    for empty."""
    return _BLANKS.fullmatch(text) is not None


# ---------------------------------------------------------------------------------------------------------------------
# What is kept: files, messages, chats, calls
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file. `id` is what the bot may send again instead of the bytes."""

    id: str
    kind: str
    name: str
    mime: str
    content: bytes

    def json(self) -> JSON:
        data: JSON = {
            "file_id": self.id,
            "file_unique_id": f"u{self.id}",
            "file_size": len(self.content),
        }
        if self.kind == "photo":
            return data | {"width": 640, "height": 480}
        return data | {"file_name": self.name, "mime_type": self.mime}


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: `data` comes back when it is tapped, or `url` opens."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Toast:
    """What a person sees at the top of the chat after a tap; an alert has to be closed."""

    text: str
    alert: bool = False


@dataclass(eq=False, slots=True)
class Message:
    """A message in a chat. `"words" in message` looks into its text and its buttons."""

    id: int
    chat: "Chat"
    sender: "User | None"
    date: int
    kind: str = "text"
    text: str = ""
    entities: list[JSON] = field(default_factory=list)
    rows: list[list[Button]] = field(default_factory=list)
    file: File | None = None
    extra: JSON = field(default_factory=dict)
    silent: bool = False
    edit_date: int = 0
    deleted: bool = False
    reply_to: int = 0
    past_rows: list[list[list[Button]]] = field(default_factory=list)

    @property
    def by_bot(self) -> bool:
        return self.sender is None

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    def __str__(self) -> str:
        lines = [f"<{self.kind} {self.file.name}>"] if self.file else []
        lines += [self.text] if self.text else []
        return "\n".join(
            lines + [" ".join(f"[{button.label}]" for button in row) for row in self.rows]
        )

    def __repr__(self) -> str:
        return f"<Message {self.id} {str(self)!r}>"

    def __contains__(self, words: str) -> bool:
        return words in str(self)

    def json(self) -> JSON:
        """The Bot API's Message object."""
        data: JSON = {"message_id": self.id, "date": self.date, "chat": self.chat.json()}
        data["from"] = self.chat.fake.me if self.sender is None else self.sender.json()
        if self.kind == "text":
            data["text"] = self.text
        elif self.text:
            data["caption"] = self.text
        if self.entities:
            data["entities" if self.kind == "text" else "caption_entities"] = self.entities
        if self.file:
            data[self.kind] = [self.file.json()] if self.kind == "photo" else self.file.json()
        if self.rows:
            data["reply_markup"] = {
                "inline_keyboard": [[_button_json(b) for b in row] for row in self.rows]
            }
        if self.edit_date:
            data["edit_date"] = self.edit_date
        return data | self.extra


def _button_json(button: Button) -> JSON:
    return {"text": button.label} | (
        {"url": button.url} if button.url else {"callback_data": button.data}
    )


class Chat:
    """A private chat or a group, as its members see it. `messages` holds everybody's, deleted ones
    gone."""

    def __init__(
        self, fake: "FakeTelegram", id: int, kind: str = "private", title: str = ""
    ) -> None:
        self.fake, self.id, self.kind, self.title = fake, id, kind, title
        self.owner: User | None = None
        self.refusal = ""  # why a bot may not write here: the words after "Forbidden: "
        self.migrated_to = 0
        self.keyboard: list[list[str]] = []  # a reply keyboard, below the input line
        self.actions: list[str] = []  # "typing", … as sendChatAction told
        self.shown: list[Message] = []  # a message each time it appeared or visibly changed
        self.all_messages: list[Message] = []
        self._seen = 0
        self._busy = 0  # API calls about this chat that are under way
        self._stirred = 0.0  # when something last happened here (loop time)
        self._unhandled = 0  # updates that the bot has not acknowledged

    @property
    def messages(self) -> list[Message]:
        return [message for message in self.all_messages if not message.deleted]

    @property
    def private(self) -> bool:
        return self.kind == "private"

    def json(self) -> JSON:
        if self.owner:
            return {
                key: value for key, value in self.owner.json().items() if key in _CHAT_FIELDS
            } | {"type": "private"}
        return {"id": self.id, "type": self.kind, "title": self.title}

    def find(self, message_id: int) -> Message | None:
        return next((message for message in self.messages if message.id == message_id), None)

    def stirs(self) -> None:
        self._stirred = self.fake._stirred = asyncio.get_running_loop().time()

    def show(self, message: Message) -> None:
        self.shown.append(message)

    @property
    def quiet(self) -> bool:
        """No update waits to be handled, no call is under way, nothing happened for `fake.calm`
        seconds."""
        calm = asyncio.get_running_loop().time() - self._stirred >= self.fake.calm
        return calm and not self._busy and not self._unhandled

    async def expects(self, n: int | None = None, within: float = 5.0) -> list[Message]:
        """What the bot showed here since the last time: waits for `n` (None: any number), then
        until the chat is quiet.

        A message counts each time it appears or visibly changes (text, file, or new buttons; losing
        its buttons is not a change to look at). Raises AssertionError when it is not exactly `n`
        within so many seconds.
        """
        deadline = asyncio.get_running_loop().time() + within
        while not ((n is None or len(self.shown) - self._seen >= n) and self.quiet):
            if asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(0.003)
        new, late = self.shown[self._seen :], not self.quiet
        self._seen = len(self.shown)
        saw = "".join(f"\n--- {message}" for message in new)
        if n is not None and len(new) != n:
            left = f"; {self._unhandled} updates are not handled" if self._unhandled else ""
            raise AssertionError(
                f"chat {self.id} expected {n} messages and saw {len(new)}{left}{saw}"
            )
        if late:
            raise AssertionError(f"chat {self.id} was not quiet after {within} s{saw}")
        return new

    async def upgrades(self, new_id: int) -> "Chat":
        """A group becomes a supergroup: writing to the old id is refused with the new one."""
        new = self.fake.group(new_id, self.title)
        self.migrated_to = new_id
        return new


_CHAT_FIELDS = ("id", "first_name", "last_name", "username")


class User:
    """A person with Telegram on their phone. The verbs are what they do; each puts one update on
    its way and returns.

    `screen` is the newest message of the bot in their private chat, `messages` all of them, oldest
    first.
    """

    def __init__(self, fake: "FakeTelegram", id: int, language: str | None, name: str) -> None:
        self.fake, self.id, self.language, self.name = fake, id, language, name
        self.chat = Chat(fake, id)
        self.chat.owner = self
        self.toasts: list[Toast] = []  # only those with words
        self.opened: list[str] = []  # addresses of buttons with a URL

    def json(self) -> JSON:
        """With a surname and a username, so that a test can look for where they must not turn
        up."""
        data: JSON = {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "last_name": f"Surname{self.id}",
        }
        data["username"] = f"user{self.id}"
        return data | ({"language_code": self.language} if self.language else {})

    # -- what they see

    @property
    def messages(self) -> list[Message]:
        return [message for message in self.chat.messages if message.by_bot]

    @property
    def screen(self) -> Message:
        if not self.messages:
            raise AssertionError(f"user {self.id} has no message of the bot")
        return self.messages[-1]

    @property
    def files(self) -> list[File]:
        return [message.file for message in self.messages if message.file]

    @property
    def documents(self) -> list[File]:
        return [file for file in self.files if file.kind == "document"]

    @property
    def photos(self) -> list[File]:
        return [file for file in self.files if file.kind == "photo"]

    @property
    def spinning(self) -> int:
        """How many of their taps are not answered: the buttons that still show a spinner."""
        return sum(
            query.user is self and not query.answered for query in self.fake.queries.values()
        )

    async def expects(self, n: int | None = None, within: float = 5.0) -> list[Message]:
        """See `Chat.expects`, for the private chat."""
        return await self.chat.expects(n, within)

    # -- what they do

    async def says(
        self, text: str, chat: Chat | None = None, reply_to: Message | None = None
    ) -> Message:
        """Writes a text, here or in a group."""
        message = self._new(chat, text=text, entities=_typed_entities(text))
        if reply_to:
            message.reply_to = reply_to.id
            message.extra["reply_to_message"] = reply_to.json()
        return self._post(message)

    async def starts(self, payload: str = "") -> Message:
        """Opens `t.me/<bot>?start=<payload>`."""
        return await self.says(f"/start {payload}".strip())

    async def taps(
        self,
        what: str | int,
        on: Message | None = None,
        chat: Chat | None = None,
        *,
        stale: bool = False,
    ) -> Message:
        """Taps a button by its label (or a unique part of it) or its number, on the newest message
        that has it.

        A number means the label that begins with it, in any digits, or else the place in reading
        order. `stale`: the phone still shows an old keyboard of that message (or a message deleted
        since). A reply keyboard's button says its label. Raises AssertionError when there is no
        such button.
        """
        chat = chat or (on.chat if on else self.chat)
        pool = (
            [on]
            if on
            else [m for m in (chat.all_messages if stale else chat.messages) if m.by_bot][::-1]
        )
        for message in pool:
            past = (
                [button for rows in reversed(message.past_rows) for row in rows for button in row]
                if stale
                else []
            )
            if button := _pick(message.buttons, what) or _pick(past, what):
                if button.url:
                    self.opened.append(button.url)
                else:
                    self._callback(message, button.data)
                return message
        label = _pick([Button(label) for row in chat.keyboard for label in row], what)
        if label and not on:
            return await self.says(label.label, chat)
        seen = "".join(f"\n--- {message}" for message in pool[:3])
        raise AssertionError(f"user {self.id} sees no button {what!r}{seen}")

    async def forges(self, message: Message, data: str) -> None:
        """Sends callback data that no button of the message carries, as a modified app can."""
        self._callback(message, data)

    async def edits(self, message: Message, text: str) -> None:
        """Changes a message of their own."""
        message.text, message.entities, message.edit_date = (
            text,
            _typed_entities(text),
            int(time.time()),
        )
        self.fake._push("edited_message", message.json(), message.chat)

    async def sends_voice(self, seconds: int = 3) -> Message:
        voice = {
            "file_id": "voice",
            "file_unique_id": "v",
            "duration": seconds,
            "mime_type": "audio/ogg",
        }
        return self._post(self._new(kind="voice", extra={"voice": voice}))

    async def sends_sticker(self, emoji: str = "👍") -> Message:
        sticker = {
            "file_id": "sticker",
            "file_unique_id": "s",
            "type": "regular",
            "width": 512,
            "height": 512,
        }
        sticker |= {"is_animated": False, "is_video": False, "emoji": emoji}
        return self._post(self._new(kind="sticker", extra={"sticker": sticker}))

    async def sends_photo(self, caption: str = "") -> Message:
        file = self.fake._take("photo", "photo.jpg", "image/jpeg", b"\xff\xd8\xff")
        photo = [
            {
                "file_id": file.id,
                "file_unique_id": f"u{file.id}",
                "width": 90,
                "height": 90,
                "file_size": 900,
            }
        ]
        return self._post(self._new(kind="photo", text=caption, extra={"photo": photo}))

    async def sends_document(self, name: str, mime: str = "application/pdf") -> Message:
        file = self.fake._take("document", name, mime, b"%PDF-")
        document = {
            "file_id": file.id,
            "file_unique_id": f"u{file.id}",
            "file_name": name,
            "mime_type": mime,
        }
        return self._post(self._new(kind="document", extra={"document": document}))

    async def sends_contact(self, phone: str = "+34600000000") -> Message:
        contact = {"phone_number": phone, "first_name": self.name, "user_id": self.id}
        return self._post(self._new(kind="contact", extra={"contact": contact}))

    async def sends_location(self, latitude: float = 40.4, longitude: float = -3.7) -> Message:
        place = {"latitude": latitude, "longitude": longitude}
        return self._post(self._new(kind="location", extra={"location": place}))

    async def blocks(self) -> None:
        """Stops the bot: it hears of it as my_chat_member, and may not write any more."""
        self.chat.refusal = "bot was blocked by the user"
        self._membership(self.chat, "member", "kicked")

    async def unblocks(self) -> None:
        self.chat.refusal = ""
        self._membership(self.chat, "kicked", "member")

    async def deactivates(self) -> None:
        """Deletes the account. No update tells."""
        self.chat.refusal = "user is deactivated"

    async def adds_bot(self, group: Chat) -> None:
        group.refusal = ""
        self._membership(group, "left", "member")

    async def removes_bot(self, group: Chat) -> None:
        group.refusal = (
            f"bot was kicked from the {'group' if group.kind == 'group' else 'supergroup'} chat"
        )
        self._membership(group, "member", "kicked")

    # -- how

    def _new(self, chat: Chat | None = None, **fields: Any) -> Message:
        return Message(
            self.fake._next_message_id(), chat or self.chat, self, int(time.time()), **fields
        )

    def _post(self, message: Message) -> Message:
        chat = message.chat
        chat.all_messages.append(message)
        if chat.private and chat.refusal == NOT_MET:
            chat.refusal = ""
        answers_bot = (
            "reply_to_message" in message.extra
            and message.extra["reply_to_message"]["from"]["is_bot"]
        )
        named = f"@{self.fake.me['username']}" in message.text
        if (
            chat.private
            or not self.fake.privacy
            or message.text.startswith("/")
            or named
            or answers_bot
        ):
            self.fake._push("message", message.json(), chat)
        return message

    def _callback(self, message: Message, data: str) -> None:
        query = Query(
            str(self.fake._random.randrange(10**17, 10**18)), self, message.chat, time.monotonic()
        )
        self.fake.queries[query.id] = query
        chat = {"id": query.id, "from": self.json(), "chat_instance": f"i{message.chat.id}"}
        self.fake._push(
            "callback_query", chat | {"message": message.json(), "data": data}, message.chat
        )

    def _membership(self, chat: Chat, old: str, new: str) -> None:
        member = {"user": self.fake.me} | ({"until_date": 0} if "kicked" in (old, new) else {})
        change = {"chat": chat.json(), "from": self.json(), "date": int(time.time())}
        change |= {
            "old_chat_member": member | {"status": old},
            "new_chat_member": member | {"status": new},
        }
        self.fake._push("my_chat_member", change, chat)


NOT_MET = "bot can't initiate conversation with a user"


def _typed_entities(text: str) -> list[JSON]:
    match = re.match(r"/[A-Za-z0-9_]{1,32}(@\w+)?(?!\w)", text)
    return [{"type": "bot_command", "offset": 0, "length": match.end()}] if match else []


def _pick(buttons: list[Button], what: str | int) -> Button | None:
    """The button that a person means."""
    if isinstance(what, int):
        for button in buttons:
            digits = re.match(r"\W*(\d+)", button.label)
            if digits and int(digits[1]) == what:
                return button
        return buttons[what - 1] if 0 < what <= len(buttons) else None
    exact = [button for button in buttons if button.label == what]
    parts = [button for button in buttons if what.casefold() in button.label.casefold()]
    if not exact and len(parts) > 1:
        raise AssertionError(f"{what!r} could be {[button.label for button in parts]}")
    found = exact or parts
    return found[0] if found else None


@dataclass(slots=True)
class Query:
    """A tap that waits for its answer."""

    id: str
    user: User
    chat: Chat
    at: float
    answered: bool = False


@dataclass(slots=True)
class Call:
    """A call of the bot. `at` and `done` are `time.monotonic()`; `error` is the HTTP status of a
    refusal.

    `dropped` tells that the bot saw a broken connection instead of an answer; the work is done if
    `worked`.
    """

    method: str
    params: JSON
    at: float
    chat_id: int = 0
    done: float = 0.0
    error: int = 0
    description: str = ""
    dropped: bool = False
    worked: bool = False
    in_webhook: bool = False

    @property
    def paced(self) -> bool:
        """Whether it counts as a message: what is sent, copied, forwarded or edited."""
        return (
            self.method.startswith(("send", "copy", "forward", "edit"))
            and self.method != "sendChatAction"
        )


@dataclass(slots=True)
class Fault:
    """What goes wrong: an answer with `code`, a connection dropped before or after the work, a
    delay in s, a `body` that is no answer (with `code` as its status, 200 if none; nothing was
    done), the true answer `cut` off after so many bytes (it was done)."""

    method: str = "*"
    code: int = 0
    times: int = 1
    chat_id: int = 0
    retry_after: float = 0
    description: str = ""
    drop: Drop | None = None
    delay: float = 0.0
    body: bytes | None = None
    cut: int | None = None


class Pace:
    """How fast a bot may write (Bot API FAQ: 1/s in a chat with short bursts, 20/min in a group,
    30/s in all).

    `burst` and the tolerance are ours; Telegram publishes neither. Times are seconds of any steady
    clock.
    """

    def __init__(
        self,
        overall: int = FloodLimit.MESSAGES_PER_SECOND,
        per_group: int = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP,
        burst: float = 5,
        tolerance: float = 0.25,
    ) -> None:
        self.overall, self.per_group, self.burst, self.tolerance = (
            overall,
            per_group,
            burst,
            tolerance,
        )
        self._all: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._private: dict[int, tuple[float, float]] = {}  # chat -> (messages left at, time)

    def wait(self, chat: Chat, now: float, *, edit: bool = False) -> float:
        """Seconds until this chat may get a message; 0: now, and it is counted. For a person an
        edit is no message."""
        left, at = self._private.get(chat.id, (self.burst, now))
        left = min(self.burst, left + (now - at) * FloodLimit.MESSAGES_PER_SECOND_PER_CHAT)
        group = self._groups.setdefault(chat.id, deque())
        wait = max(
            self._over(self._all, self.overall, 1.0, now),
            0.0 if chat.private else self._over(group, self.per_group, 60 - self.tolerance, now),
            (1 - left) if chat.private and left < 1 - self.tolerance and not edit else 0.0,
        )
        if not wait:
            self._all.append(now)
            group.append(now)
            self._private[chat.id] = (left - (not edit), now)
        return wait

    @staticmethod
    def _over(times: deque[float], most: int, window: float, now: float) -> float:
        while times and times[0] <= now - window:
            times.popleft()
        return times[0] + window - now if len(times) >= most else 0.0


# ---------------------------------------------------------------------------------------------------------------------
# The server
# ---------------------------------------------------------------------------------------------------------------------


class Args:
    """The parameters of a call, from a query string, a form, JSON or a webhook's answer; text and
    JSON alike."""

    def __init__(
        self, values: JSON, files: dict[str, tuple[str, str, bytes]] | None = None
    ) -> None:
        self.values, self.files = values, files or {}

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def parsed(self, name: str, what: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def upload(self, name: str) -> tuple[str, str, bytes] | None:
        """Name, MIME type and bytes of a part, given as the parameter itself or as
        `attach://part`."""
        reference = self.text(name)
        return self.files.get(
            reference.removeprefix("attach://") if reference.startswith("attach://") else name
        )


_ACTIONS = re.compile(
    "typing|(upload|record)_(photo|video|voice|document|video_note)|choose_sticker|find_location"
)


class FakeTelegram:
    """See the top of this file. Attributes that a test may set at any time:

    calm: seconds without a call after which a chat counts as quiet · query_lifetime: seconds a tap
    may be answered · privacy: in groups the bot gets only commands, mentions and replies ·
    enforce_pace: answer 429 when `pace` is exceeded (`violations` counts it either way) · backoff:
    seconds before the webhook is tried again, doubled each time up to 20 times as much ·
    webhook_timeout: seconds the webhook may take.
    """

    TOKEN = "4200:AAFake-token_for_tests_0123456789abcdef"

    def __init__(self, token: str = TOKEN, *, enforce_pace: bool = False, seed: int = 0) -> None:
        self.token = token
        self.me: JSON = {"id": int(token.split(":")[0]), "is_bot": True, "first_name": "Pasito"}
        self.me["username"] = "pasito_bot"
        self.me_more = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.calm, self.query_lifetime, self.privacy = 0.03, 60.0, True
        self.backoff, self.webhook_timeout = 0.05, 60.0
        self.enforce_pace, self.pace, self.violations = enforce_pace, Pace(), 0
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.queries: dict[str, Query] = {}
        self.calls: list[Call] = []
        self.commands: dict[
            tuple[str, str], list[JSON]
        ] = {}  # (scope as JSON, language) -> commands
        self.profile: dict[tuple[str, str], str] = {}  # (method, language) -> name or description
        self.webhook: JSON = {"url": ""}
        self.delivered: list[
            tuple[int, int]
        ] = []  # (update id, HTTP status or 0) of every try at the webhook
        self.handled: list[int] = []  # update ids in the order they were acknowledged
        self._random = random.Random(seed)
        self._spelled: dict[int, bytes] = {}
        self._faults: list[Fault] = []
        self._chaos: tuple[random.Random, float, tuple[str, ...], tuple[str, ...]] | None = None
        self._flood: dict[int, float] = {}  # chat id (0: all) -> until (monotonic)
        self._history: list[tuple[JSON, Chat]] = []
        self._updates: dict[int, tuple[JSON, Chat]] = {}  # not acknowledged, by id, in order
        self._allowed: list[str] = []
        self._lanes: dict[tuple[str, int], deque[tuple[JSON, Chat]]] = {}  # for the webhook
        self._workers: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._last_update = self._random.randrange(10**8)
        self._last_message = 0
        self._last_file = 0
        self._stirred = 0.0
        self._poll: asyncio.Event | None = None  # the long poll that waits: set to wake it
        self._terminated: set[asyncio.Event] = set()
        self._closing = False
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(40)
        self.port = 0
        methods: dict[str, Callable[[Args], Awaitable[Any]]] = {
            "getMe": self._do_get_me,
            "getUpdates": self._do_get_updates,
            "setWebhook": self._do_set_webhook,
            "deleteWebhook": self._do_delete_webhook,
            "getWebhookInfo": self._do_get_webhook_info,
            "sendMessage": self._do_send_message,
            "sendPhoto": self._do_send_photo,
            "sendDocument": self._do_send_document,
            "sendChatAction": self._do_send_chat_action,
            "editMessageText": self._do_edit_message_text,
            "editMessageCaption": self._do_edit_message_caption,
            "editMessageReplyMarkup": self._do_edit_message_reply_markup,
            "deleteMessage": self._do_delete_message,
            "answerCallbackQuery": self._do_answer_callback_query,
            "setMyCommands": self._do_set_my_commands,
            "deleteMyCommands": self._do_delete_my_commands,
            "getMyCommands": self._do_get_my_commands,
        }
        for what in ("Name", "Description", "ShortDescription"):
            methods[f"setMy{what}"] = self._setter(f"setMy{what}", what)
            methods[f"getMy{what}"] = self._getter(f"setMy{what}", what)
        self._methods = {name.lower(): (name, method) for name, method in methods.items()}

    # -- lifetime

    @property
    def api_url(self) -> str:
        """What PASITO_TELEGRAM_API_URL would be; python-telegram-bot's `base_url` is this and
        "/bot"."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self, port: int = 0) -> Self:
        app = web.Application(client_max_size=FileSizeLimit.FILESIZE_UPLOAD + 1_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_route("*", "/{rest:.*}", self._not_found)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def stop(self) -> None:
        self._closing = True
        if self._poll:
            self._poll.set()
        for worker in self._workers.values():
            worker.cancel()
        await asyncio.gather(*self._workers.values(), return_exceptions=True)
        if self._session:
            await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    # -- people and chats

    def user(
        self, id: int, language: str | None = "en", name: str = "", *, met: bool = True
    ) -> User:
        """A person, the same one for the same id. With `met=False` the bot may not write before
        they do."""
        if id not in self.users:
            user = self.users[id] = User(self, id, language, name or f"Name{id}")
            self.chats[id] = user.chat
            user.chat.refusal = "" if met else NOT_MET
        return self.users[id]

    def group(self, id: int, title: str = "Group", kind: str = "supergroup") -> Chat:
        """A group (negative id) that the bot is in."""
        if id >= 0:
            raise ValueError("a group has a negative id")
        return self.chats.setdefault(id, Chat(self, id, kind, title))

    # -- what a test asks and arranges

    def calls_of(self, *methods: str) -> list[Call]:
        return [call for call in self.calls if call.method in methods]

    def busiest(self, seconds: float = 1.0, chat_id: int | None = None) -> int:
        """The most messages that were accepted in any stretch of so many seconds (of one chat, or
        in all)."""
        times = sorted(
            c.at for c in self.calls if c.paced and c.worked and chat_id in (None, c.chat_id)
        )
        most = first = 0
        for last, at in enumerate(times):
            while times[first] <= at - seconds:
                first += 1
            most = max(most, last - first + 1)
        return most

    def fail_next(self, method: str = "*", code: int = 0, **fault: Any) -> None:
        """The next call of this method (`*`: any but getUpdates) goes wrong. The other fields are
        those of `Fault`:

        `fail_next("sendMessage", 429, retry_after=2)`, `fail_next("sendMessage", drop="after")`
        (the work is done and the bot does not learn it), `fail_next("*", 502, times=3)`,
        `fail_next("getMe", delay=1)`, `chat_id=…`.
        """
        self._faults.append(Fault(method, code, **fault))

    def chaos(
        self,
        seed: int,
        rate: float = 0.1,
        kinds: Iterable[str] = ("429", "500", "502", "before", "after", "delay"),
        methods: Iterable[str] = ("send", "edit", "answer", "delete"),
    ) -> None:
        """From now on a share of the calls whose names begin so goes wrong at random, alike for the
        same seed."""
        self._chaos = (random.Random(seed), rate, tuple(kinds), tuple(methods))

    def no_chaos(self) -> None:
        self._chaos = None

    def flood(self, seconds: float, chat_id: int = 0) -> None:
        """For so many seconds every message (to this chat, or to all) is refused with 429 and what
        is left to wait."""
        self._flood[chat_id] = time.monotonic() + seconds

    def expire_queries(self) -> None:
        """All taps so far grow too old to be answered."""
        for query in self.queries.values():
            query.at = -math.inf

    async def quiet(self, within: float = 5.0) -> None:
        """Waits until every chat is quiet. Raises AssertionError after so many seconds."""
        deadline = asyncio.get_running_loop().time() + within
        while not all(chat.quiet for chat in self.chats.values()):
            if asyncio.get_running_loop().time() > deadline:
                busy = {chat.id: chat._unhandled for chat in self.chats.values() if not chat.quiet}
                raise AssertionError(
                    f"not quiet after {within} s; updates not handled by chat: {busy}"
                )
            await asyncio.sleep(0.003)

    def repeat(self, times: int = 1, update_id: int | None = None) -> None:
        """Posts an update (the last one) to the webhook again with its old id, as Telegram does
        when it is unsure."""
        if not self.webhook["url"]:
            raise AssertionError("only a webhook gets an acknowledged update again")
        update, chat = next(
            pair for pair in reversed(self._history) if update_id in (None, pair[0]["update_id"])
        )
        for _ in range(times):
            self._enqueue(update, chat)

    def raw(self, update: JSON, chat: Chat) -> None:
        """Puts any update on its way (poll, channel_post, …); `update_id` is added."""
        kind = next(iter(update))
        self._push(kind, update[kind], chat)

    def spelled(self, chat: Chat, rest: bytes) -> int:
        """Puts an update on its way whose bytes are these behind its id, JSON or not (getUpdates
        only). Returns the id."""
        self._last_update += 1
        id = self._last_update
        self._spelled[id] = b'{"update_id":%d,%s' % (id, rest)
        self._enqueue({"update_id": id}, chat)
        return id

    # -- updates on their way

    def _next_message_id(self) -> int:
        self._last_message += 1
        return self._last_message

    def _push(self, kind: str, body: JSON, chat: Chat) -> None:
        allowed = kind in self._allowed if self._allowed else kind not in UNASKED_UPDATES
        chat.stirs()
        if not allowed:
            return
        self._last_update += 1
        self._history.append(({"update_id": self._last_update, kind: body}, chat))
        self._enqueue(*self._history[-1])

    def _enqueue(self, update: JSON, chat: Chat) -> None:
        self._updates[update["update_id"]] = (update, chat)
        chat._unhandled += 1
        if self.webhook["url"]:
            self._to_webhook(update, chat)
        elif self._poll:
            self._poll.set()

    def _to_webhook(self, update: JSON, chat: Chat) -> None:
        kind = next(key for key in update if key != "update_id").removeprefix("edited_")
        lane = (kind, update[kind]["from"]["id"] if kind == "callback_query" else chat.id)
        self._lanes.setdefault(lane, deque()).append((update, chat))
        if lane not in self._workers or self._workers[lane].done():
            self._workers[lane] = asyncio.create_task(self._deliver(self._lanes[lane]))

    async def _deliver(self, lane: deque[tuple[JSON, Chat]]) -> None:
        """Posts the updates of a lane one after another, each until it is answered with a 2xx."""
        delay = self.backoff
        while lane:
            first = update, chat = lane[0]
            if not await self._post(update):
                await asyncio.sleep(delay)
                delay = min(delay * 2, self.backoff * 20)
                continue
            delay = self.backoff
            if lane and lane[0] is first:  # not dropped meanwhile
                lane.popleft()
                self._acknowledged(update["update_id"], chat)

    async def _post(self, update: JSON) -> bool:
        assert self._session
        headers = (
            {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret"]}
            if self.webhook.get("secret")
            else {}
        )
        timeout = aiohttp.ClientTimeout(total=self.webhook_timeout)
        status, body = 0, b""
        try:
            async with (
                self._slots,
                self._session.post(
                    self.webhook["url"], json=update, headers=headers, timeout=timeout
                ) as response,
            ):
                status, kind, body = response.status, response.content_type, await response.read()
                error = f"Wrong response from the webhook: {status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            refused = isinstance(problem, aiohttp.ClientConnectorError)
            error = "Connection refused" if refused else "Read timeout expired"
        self.delivered.append((update["update_id"], status))
        if not 200 <= status <= 299:
            self.webhook |= {"last_error_date": int(time.time()), "last_error_message": error}
            return False
        if body and kind == "application/json":
            await self._call_in_answer(body)
        return True

    async def _call_in_answer(self, body: bytes) -> None:
        """Does the one call that a webhook's answer may carry; its result and its error are
        nobody's."""
        try:
            values = json.loads(body)
        except ValueError:
            return
        method = str(values.pop("method", "")) if isinstance(values, dict) else ""
        if (
            method
            and not method.lower().startswith("get")
            and method.lower() not in ("setwebhook", "deletewebhook")
        ):
            with suppress(Refusal):
                await self._call(method, Args(values), in_webhook=True)

    # -- a call comes in

    async def _not_found(self, request: web.Request) -> web.Response:
        return _answer(Refusal(404, "Not Found"))

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        if not re.fullmatch(r"\d+:[\w-]+", token):
            return _answer(Refusal(404, "Not Found"))
        if token != self.token:
            return _answer(Refusal(401, "Unauthorized"))
        try:
            args = await _read_args(request)
            result = await self._call(method, args)
        except Refusal as refusal:
            return _answer(refusal)
        except _Dropped:
            if request.transport:
                request.transport.close()
            return web.Response()
        except _Odd as odd:
            return web.Response(status=odd.status, body=odd.body, content_type="text/html")
        if method == "getUpdates" and any(
            update["update_id"] in self._spelled for update in result
        ):
            spelled = (
                self._spelled.get(update["update_id"]) or json.dumps(update).encode()
                for update in result
            )
            return web.Response(
                body=b'{"ok":true,"result":[%s]}' % b",".join(spelled),
                content_type="application/json",
            )
        return web.json_response({"ok": True, "result": result})

    async def _call(self, method: str, args: Args, *, in_webhook: bool = False) -> Any:
        if method.lower() not in self._methods:
            self.calls.append(Call(method, args.values, time.monotonic(), error=404))
            raise Refusal(404, "Not Found: method not found")
        name, work = self._methods[method.lower()]
        call = Call(
            name, args.values, time.monotonic(), args.integer("chat_id"), in_webhook=in_webhook
        )
        query = self.queries.get(args.text("callback_query_id"))
        chat = query.chat if query else self.chats.get(call.chat_id)
        self.calls.append(call)
        if chat:
            chat._busy += 1
            chat.stirs()
        try:
            return await self._work(call, work, args, chat)
        except Refusal as refusal:
            call.error, call.description = refusal.code, refusal.description
            raise
        except _Dropped:
            call.dropped = True
            raise
        finally:
            call.done = time.monotonic()
            if chat:
                chat._busy -= 1
                chat.stirs()

    async def _work(
        self, call: Call, work: Callable[[Args], Awaitable[Any]], args: Args, chat: Chat | None
    ) -> Any:
        if (
            chat and call.paced
        ):  # first: what is refused for its pace does not use up what else goes wrong
            self._check_pace(chat, edit=call.method.startswith("edit"))
        fault = self._fault(call)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.drop == "before":
            raise _Dropped
        if fault.body is not None:
            raise _Odd(fault.code or 200, fault.body)
        if fault.code:
            if fault.code == 429:
                raise _too_many(fault.retry_after or 1)
            raise Refusal(fault.code, fault.description or WORDS.get(fault.code, "Error"))
        result = await work(args)
        call.worked = True
        if fault.drop == "after":
            raise _Dropped
        if fault.cut is not None:
            raise _Odd(200, json.dumps({"ok": True, "result": result}).encode()[: fault.cut])
        return result

    def _fault(self, call: Call) -> Fault:
        for fault in self._faults:
            named = fault.method == call.method or (
                fault.method == "*" and call.method != "getUpdates"
            )
            if named and fault.chat_id in (0, call.chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        if self._chaos:
            dice, rate, kinds, methods = self._chaos
            if call.method.startswith(methods) and dice.random() < rate:
                kind = dice.choice(kinds)
                if kind == "delay":
                    return Fault(delay=dice.uniform(0.01, 0.1))
                if kind.isdigit():
                    return Fault(code=int(kind), retry_after=1)
                if kind == "html":
                    return Fault(body=b"<html>502 Bad Gateway</html>")
                if kind == "null":
                    return Fault(body=b'{"ok":true,"result":null}')
                if kind == "cut":
                    return Fault(cut=17)
                return Fault(drop="after" if kind == "after" else "before")
        return Fault()

    def _check_pace(self, chat: Chat, *, edit: bool) -> None:
        now = time.monotonic()
        until = max(self._flood.get(0, 0), self._flood.get(chat.id, 0))
        if until > now:
            raise _too_many(math.ceil(until - now))
        if wait := self.pace.wait(chat, now, edit=edit):
            self.violations += 1
            if self.enforce_pace:
                raise _too_many(math.ceil(wait))

    # -- getting updates

    async def _do_get_me(self, args: Args) -> JSON:
        return self.me | self.me_more

    async def _do_get_updates(self, args: Args) -> list[JSON]:
        if self.webhook["url"]:
            text = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise Refusal(409, f"Conflict: {text}")
        offset, timeout = args.integer("offset"), min(max(args.integer("timeout"), 0), 50)
        limit = min(
            max(args.integer("limit", PollingLimit.MAX_LIMIT), PollingLimit.MIN_LIMIT),
            PollingLimit.MAX_LIMIT,
        )
        self._allow(args)
        if self._poll:  # only one may wait: the newer call ends the older one
            self._terminated.add(self._poll)
            self._poll.set()
            self._poll = None
        if offset < 0:
            offset = ([0, *self._updates][offset:] or [0])[0]
        for id in [id for id in self._updates if id < offset]:
            self._acknowledged(id, self._updates[id][1])
        if not self._updates and timeout and not self._closing:
            await self._long_poll(timeout)
        return [update for update, _ in list(self._updates.values())[:limit]]

    async def _long_poll(self, timeout: int) -> None:
        event = self._poll = asyncio.Event()
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), timeout)
        if self._poll is event:
            self._poll = None
        if event in self._terminated:
            self._terminated.discard(event)
            by = (
                "setWebhook request"
                if self.webhook["url"]
                else WORDS[409].removeprefix("Conflict: terminated by ")
            )
            raise Refusal(409, f"Conflict: terminated by {by}")

    def _acknowledged(self, update_id: int, chat: Chat) -> None:
        self._updates.pop(update_id, None)
        self.handled.append(update_id)
        chat._unhandled -= 1
        chat.stirs()

    def _drop_pending(self) -> None:
        self._updates.clear()
        self._stop_posting()

    def _stop_posting(self) -> None:
        """Updates that are not acknowledged stay, for getUpdates or the next webhook."""
        for lane in self._lanes.values():
            lane.clear()
        for chat in self.chats.values():
            chat._unhandled = sum(of is chat for _, of in self._updates.values())

    def _allow(self, args: Args) -> None:
        allowed = args.parsed("allowed_updates", "allowed updates")
        if isinstance(allowed, list):
            self._allowed = [str(kind) for kind in allowed]

    async def _do_set_webhook(self, args: Args) -> bool:
        url, secret = args.text("url"), args.text("secret_token")
        if not url:
            return await self._do_delete_webhook(args)
        if urlsplit(url).scheme not in ("http", "https"):
            raise bad_request("invalid webhook URL specified")
        if len(secret) > WebhookLimit.MAX_SECRET_TOKEN_LENGTH:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        self._allow(args)
        if args.flag("drop_pending_updates"):
            self._drop_pending()
        self._stop_posting()
        most = args.integer("max_connections", 40)
        self.webhook = {"url": url, "secret": secret, "max_connections": most}
        self._slots = asyncio.Semaphore(most)
        if self._poll:
            self._terminated.add(self._poll)
            self._poll.set()
        for update, chat in self._updates.values():
            self._to_webhook(update, chat)
        return True

    async def _do_delete_webhook(self, args: Args) -> bool:
        self.webhook = {"url": ""}
        self._stop_posting()
        if args.flag("drop_pending_updates"):
            self._drop_pending()
        return True

    async def _do_get_webhook_info(self, args: Args) -> JSON:
        info = {key: value for key, value in self.webhook.items() if key != "secret"}
        return info | {"has_custom_certificate": False, "pending_update_count": len(self._updates)}

    # -- sending

    def _chat(self, args: Args, *, to_write: bool = False) -> Chat:
        if not args.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(args.integer("chat_id"))
        if not chat:
            raise bad_request("chat not found")
        if chat.migrated_to:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, text, migrate_to_chat_id=chat.migrated_to)
        if to_write and chat.refusal:
            raise Refusal(403, f"Forbidden: {chat.refusal}")
        return chat

    def _formatted(self, args: Args, name: str, entities: str) -> tuple[str, list[JSON]]:
        """A text parameter after parsing and cleaning; its length is not checked yet."""
        text, mode = args.text(name), args.text("parse_mode").lower()
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise bad_request("strings must be encoded in UTF-8")
        if len(text.encode()) > 1 << 15:
            raise bad_request("text is too long")
        if mode == "html":
            return clean(*parse_html(text))
        if mode in ("markdown", "markdownv2"):
            raise NotImplementedError("this fake does not parse Markdown")
        if mode and mode != "none":
            raise bad_request("unsupported parse_mode")
        return clean(text, args.parsed(entities, "entities") or [])

    def _text(self, args: Args, too_long: str) -> tuple[str, list[JSON]]:
        if not args.text("text"):
            raise bad_request("message text is empty")
        text, entities = self._formatted(args, "text", "entities")
        if is_blank(text):
            raise bad_request("text must be non-empty")
        if utf16(text) > MessageLimit.MAX_TEXT_LENGTH:
            raise bad_request(too_long)
        return text, entities

    def _caption(self, args: Args) -> tuple[str, list[JSON]]:
        text, entities = self._formatted(args, "caption", "caption_entities")
        if utf16(text) > MessageLimit.CAPTION_LENGTH:
            raise bad_request("message caption is too long")
        return text, entities

    def _markup(self, args: Args, chat: Chat, *, only_inline: bool = False) -> list[list[Button]]:
        """The inline keyboard of a call. A reply keyboard is put under the chat's input line
        instead."""
        markup = args.parsed("reply_markup", "reply keyboard markup")
        if not markup:
            return []
        if not isinstance(markup, dict):
            raise bad_request("object expected as reply markup")
        if only_inline and not {"inline_keyboard"} >= markup.keys():
            raise bad_request("inline keyboard expected")
        if "keyboard" in markup:
            cells = [
                [cell if isinstance(cell, str) else cell["text"] for cell in row]
                for row in markup["keyboard"]
            ]
            chat.keyboard = cells
        elif markup.get("remove_keyboard"):
            chat.keyboard = []
        return inline_rows(markup.get("inline_keyboard") or [])

    def _post_message(self, args: Args, chat: Chat, **fields: Any) -> JSON:
        reply = args.parsed("reply_parameters", "reply parameters") or {}
        if reply.get("message_id") and not chat.find(int(reply["message_id"])):
            if not reply.get("allow_sending_without_reply"):
                raise bad_request("message to be replied not found")
            reply = {}
        message = Message(self._next_message_id(), chat, None, int(time.time()), **fields)
        message.silent, message.reply_to = (
            args.flag("disable_notification"),
            int(reply.get("message_id", 0)),
        )
        chat.all_messages.append(message)
        chat.show(message)
        return message.json()

    async def _do_send_message(self, args: Args) -> JSON:
        text, entities = self._text(args, "message is too long")
        chat = self._chat(args, to_write=True)
        return self._post_message(
            args, chat, text=text, entities=entities, rows=self._markup(args, chat)
        )

    async def _do_send_document(self, args: Args) -> JSON:
        return self._send_file(args, "document")

    async def _do_send_photo(self, args: Args) -> JSON:
        return self._send_file(args, "photo")

    def _send_file(self, args: Args, kind: str) -> JSON:
        upload, given = args.upload(kind), args.text(kind)
        if not upload and not given:
            raise bad_request(f"there is no {kind} in the request")
        text, entities = self._caption(args)
        chat = self._chat(args, to_write=True)
        rows = self._markup(args, chat)
        file = self._take(kind, *upload) if upload else self._known(kind, given)
        return self._post_message(
            args, chat, kind=kind, text=text, entities=entities, file=file, rows=rows
        )

    def _take(self, kind: str, name: str, mime: str, content: bytes) -> File:
        if not content:
            raise bad_request("file must be non-empty")
        if kind == "photo":
            if len(content) > FileSizeLimit.PHOTOSIZE_UPLOAD:
                raise bad_request("file is too big")
            if not content.startswith(PHOTO_MAGIC):
                raise bad_request("IMAGE_PROCESS_FAILED")
        elif len(content) > FileSizeLimit.FILESIZE_UPLOAD:
            raise Refusal(413, WORDS[413])
        self._last_file += 1
        file = File(f"{kind.upper()}-{self._last_file:04}", kind, name, mime, content)
        self.files[file.id] = file
        return file

    def _known(self, kind: str, file_id: str) -> File:
        if file_id not in self.files:
            raise bad_request(WRONG_FILE)
        file = self.files[file_id]
        if file.kind != kind:
            raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
        return file

    async def _do_send_chat_action(self, args: Args) -> bool:
        action = args.text("action").lower()
        if not _ACTIONS.fullmatch(action):
            raise bad_request("wrong parameter action in request")
        self._chat(args, to_write=True).actions.append(action)
        return True

    # -- editing

    def _target(self, args: Args, to: str) -> tuple[Chat, Message]:
        if not args.text("chat_id") or not args.integer("message_id"):
            raise bad_request("message identifier is not specified")
        chat = self._chat(args)
        message = chat.find(args.integer("message_id"))
        if not message:
            raise bad_request(f"message to {to} not found")
        return chat, message

    def _own(self, args: Args) -> tuple[Chat, Message]:
        chat, message = self._target(args, "edit")
        if not message.by_bot:
            raise bad_request("message can't be edited")
        return chat, message

    def _change(
        self, message: Message, text: str, entities: list[JSON], rows: list[list[Button]]
    ) -> JSON:
        if (text, entities, rows) == (message.text, message.entities, message.rows):
            what = "specified new message content and reply markup are exactly the same as a current content and"
            raise bad_request(f"message is not modified: {what} reply markup of the message")
        if (text, entities) != (message.text, message.entities) or (rows and rows != message.rows):
            message.chat.show(message)
        if rows != message.rows:
            message.past_rows.append(message.rows)
        message.text, message.entities, message.rows = text, entities, rows
        message.edit_date = int(time.time())
        return message.json()

    async def _do_edit_message_text(self, args: Args) -> JSON:
        text, entities = self._text(args, "MESSAGE_TOO_LONG")
        chat, message = self._own(args)
        if message.kind != "text":
            raise bad_request("there is no text in the message to edit")
        return self._change(message, text, entities, self._markup(args, chat, only_inline=True))

    async def _do_edit_message_caption(self, args: Args) -> JSON:
        text, entities = self._caption(args)
        chat, message = self._own(args)
        if message.kind == "text":
            raise bad_request("there is no caption in the message to edit")
        return self._change(message, text, entities, self._markup(args, chat, only_inline=True))

    async def _do_edit_message_reply_markup(self, args: Args) -> JSON:
        chat, message = self._own(args)
        return self._change(
            message, message.text, message.entities, self._markup(args, chat, only_inline=True)
        )

    async def _do_delete_message(self, args: Args) -> bool:
        chat, message = self._target(args, "delete")
        if time.time() - message.date > 48 * 3600 or not (message.by_bot or chat.private):
            raise bad_request("message can't be deleted for everyone")
        message.deleted = True
        return True

    async def _do_answer_callback_query(self, args: Args) -> bool:
        query = self.queries.get(args.text("callback_query_id"))
        if not query or query.answered or time.monotonic() - query.at > self.query_lifetime:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        text = args.text("text")
        if utf16(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
            raise bad_request("MESSAGE_TOO_LONG")
        query.answered = True
        if text:
            query.user.toasts.append(Toast(text, args.flag("show_alert")))
        return True

    # -- the bot's own profile

    @staticmethod
    def _scope(args: Args) -> tuple[str, str]:
        scope = args.parsed("scope", "BotCommandScope") or {"type": "default"}
        return json.dumps(scope, sort_keys=True), args.text("language_code")

    async def _do_set_my_commands(self, args: Args) -> bool:
        commands = args.parsed("commands", "commands")
        if not isinstance(commands, list):
            raise bad_request("expected an Array of BotCommand")
        if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        kept = []
        for item in commands:
            command = str(item.get("command", "")).removeprefix("/")
            description = clean(str(item.get("description", "")))[0]
            if len(command) > BotCommandLimit.MAX_COMMAND:
                raise bad_request(f"command length must not exceed {BotCommandLimit.MAX_COMMAND}")
            if not description:
                raise bad_request("command description must be non-empty")
            if len(description) > BotCommandLimit.MAX_DESCRIPTION:
                raise bad_request(
                    f"command description length must not exceed {BotCommandLimit.MAX_DESCRIPTION}"
                )
            if not re.fullmatch(r"[a-z0-9_]+", command):
                raise bad_request("BOT_COMMAND_INVALID")
            kept.append({"command": command, "description": description})
        self.commands[self._scope(args)] = kept
        return True

    async def _do_delete_my_commands(self, args: Args) -> bool:
        self.commands.pop(self._scope(args), None)
        return True

    async def _do_get_my_commands(self, args: Args) -> list[JSON]:
        return self.commands.get(self._scope(args), [])

    def _setter(self, method: str, what: str) -> Callable[[Args], Awaitable[bool]]:
        name = re.sub(r"(?<!^)([A-Z])", r"_\1", what).lower()

        async def set_it(args: Args) -> bool:
            self.profile[method, args.text("language_code")] = args.text(name)
            return True

        return set_it

    def _getter(self, method: str, what: str) -> Callable[[Args], Awaitable[JSON]]:
        name = re.sub(r"(?<!^)([A-Z])", r"_\1", what).lower()

        async def get_it(args: Args) -> JSON:
            return {name: self.profile.get((method, args.text("language_code")), "")}

        return get_it


class _Dropped(Exception):
    """The connection is to be closed without an answer."""


class _Odd(Exception):
    """The answer is this instead."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(status)
        self.status, self.body = status, body


def _too_many(seconds: float) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _answer(refusal: Refusal) -> web.Response:
    if refusal.code in (502, 504):  # a gateway in front answers, and not in JSON
        return web.Response(
            status=refusal.code, text=f"<h1>{refusal.description}</h1>", content_type="text/html"
        )
    body: JSON = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    seconds = refusal.parameters.get("retry_after")
    return web.json_response(
        body, status=refusal.code, headers={"Retry-After": str(seconds)} if seconds else None
    )


async def _read_args(request: web.Request) -> Args:
    values: JSON = dict(request.query)
    files: dict[str, tuple[str, str, bytes]] = {}
    if request.content_type == "application/json":
        try:
            given = json.loads(await request.read())
        except ValueError:
            raise bad_request("can't parse request: can't parse JSON object") from None
        if not isinstance(given, dict):
            raise bad_request("can't parse request: object expected")
        values |= given
    elif request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader):
                # Telegram's server knows only `filename=` in plain UTF-8: neither %XX nor
                # `filename*=`
                _, about = parse_content_disposition(part.headers.get("Content-Disposition"))
                name, content = about.get("name", ""), bytes(await part.read())
                if "filename" in about or "filename*" in about:
                    files[name] = (
                        about.get("filename", ""),
                        part.headers.get("Content-Type", ""),
                        content,
                    )
                else:
                    values[name] = content.decode("utf-8", "replace")
    else:
        values |= {
            name: value for name, value in (await request.post()).items() if isinstance(value, str)
        }
    return Args(values, files)


def inline_rows(keyboard: Any) -> list[list[Button]]:
    """An inline keyboard as it would appear. Raises `Refusal` for what Telegram would not show."""
    if not isinstance(keyboard, list) or not all(isinstance(row, list) for row in keyboard):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    rows = [[_button(cell) for cell in row] for row in keyboard]
    rows = [
        [button for button in row if button.label] for row in rows
    ]  # a button without a label just is not there
    rows = [row for row in rows if row]
    count, widest = sum(map(len, rows)), max(map(len, rows), default=0)
    size = len(json.dumps(keyboard, ensure_ascii=False).encode())
    if (
        count > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
        or widest > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW
        or size > MARKUP_BYTES
    ):
        raise bad_request("reply markup is too long")
    return rows


def _button(cell: Any) -> Button:
    if not isinstance(cell, dict) or "text" not in cell:
        raise bad_request(
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    label, data, url = (
        clean(str(cell["text"]))[0],
        cell.get("callback_data") or "",
        cell.get("url") or "",
    )
    if url:
        host = urlsplit(url if "://" in url else f"http://{url}").hostname or ""
        if not url.startswith("tg://") and "." not in host:
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    elif not data:
        text = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {text}")
    if len(data.encode("utf-8", "surrogatepass")) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(label, "" if url else data, url)
