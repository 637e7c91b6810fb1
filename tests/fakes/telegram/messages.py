"""What stands in a chat: messages, buttons, files; and what Telegram would not show."""

import json
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from telegram.constants import (
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
)

from tests.fakes.telegram.html import clean
from tests.fakes.telegram.refusal import JSON, bad_request

MARKUP_BYTES = 10_000
"""A keyboard whose JSON is longer is "too long" with fewer than 100 buttons too
(tginfo/Telegram-Limits issue 187).
"""


class Writer(Protocol):
    """Who writes a message, as far as the message knows them."""

    def json(self) -> JSON: ...


class Room(Protocol):
    """Where a message stands."""

    id: int
    bot: JSON

    def json(self) -> JSON: ...


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
    """An inline button: `data` comes back when it is tapped, `url` opens, or `copies` is copied. A
    `disabled` one can be read alone."""

    label: str
    data: str = ""
    url: str = ""
    style: str = ""
    disabled: bool = False
    copies: str = ""


@dataclass(frozen=True, slots=True)
class Toast:
    """What a person sees at the top of the chat after a tap; an alert has to be closed."""

    text: str
    alert: bool = False


@dataclass(eq=False, slots=True)
class Message:
    """A message in a chat. `"words" in message` looks into its text and its buttons."""

    id: int
    chat: Room
    sender: Writer | None
    date: int
    kind: str = "text"
    text: str = ""
    entities: list[JSON] = field(default_factory=list)
    rows: list[list[Button]] = field(default_factory=list)
    file: File | None = None
    extra: JSON = field(default_factory=dict)
    preview: JSON = field(default_factory=dict)
    effect: str = ""
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
        return [button for row in self.rows for button in row if not button.disabled]

    @property
    def closed(self) -> list[Button]:
        """Those that do nothing."""
        return [button for row in self.rows for button in row if button.disabled]

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
        data["from"] = self.chat.bot if self.sender is None else self.sender.json()
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


def inline_rows(keyboard: Any, newest: bool = True) -> list[list[Button]]:
    """An inline keyboard as it would appear. An older server passes over what it does not know.
    Raises `Refusal` for what Telegram would not show."""
    if not isinstance(keyboard, list) or not all(isinstance(row, list) for row in keyboard):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    rows = [[_button(cell, newest) for cell in row] for row in keyboard]
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


def _button(cell: Any, newest: bool) -> Button:
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
    copies = str((cell.get("copy_text") or {}).get("text", "")) if newest else ""
    if "copy_text" in cell and newest and not 1 <= len(copies) <= 256:
        raise bad_request("can't parse inline keyboard button: copied text has to be 1-256 long")
    if not (url or data or copies) and not ("disabled" in cell and newest):
        text = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {text}")
    if len(data.encode("utf-8", "surrogatepass")) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    style = cell.get("style", "") if newest else ""
    if style not in ("", "danger", "success", "primary"):
        raise bad_request("BUTTON_STYLE_INVALID")
    return Button(label, "" if url else data, url, style, "disabled" in cell and newest, copies)
