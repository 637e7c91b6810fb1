"""A Bot API update (plain JSON) -> what a person did. Names, photos, contacts and places are
dropped here.

Only what is used is looked at, and nothing is believed: a field that is missing, of another type or
out of its range raises `NotUnderstood`, and so does a kind of update that we do not know. That is
the one reason for which an update is stepped over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from telegram.constants import MessageLimit

from bot.channels.telegram.answers import LARGEST_ID, id_of
from bot.channels.telegram.formatting import to_html
from bot.conversation.update import Doing, Edited, Media, Reachable, Sent, Start, Tap, Typed, Update

CHANNEL = "telegram"
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
"""What we ask Telegram for (`allowed_updates`)."""
_LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
"""Characters of a typed text that are looked at."""
_PAYLOAD, _DATA, _TAG = 64, 256, 35
"""Characters of a start link's payload, of a button's data (64 bytes are allowed), of a language
tag (RFC 5646).
"""
_GREETED = ("/start", "/help", "/menu")
_MEDIA: dict[Media, tuple[str, ...]] = {
    Media.VOICE: ("voice", "audio", "video_note"),
    Media.PICTURE: ("photo", "video", "animation", "live_photo"),
    Media.FILE: ("document",),
    Media.STICKER: ("sticker",),
    Media.OTHER: (
        "contact",
        "location",
        "venue",
        "poll",
        "dice",
        "game",
        "story",
        "paid_media",
        "checklist",
        "rich_message",
    ),
}
"""What a person says without text, by its field of Message. Everything else, also what Telegram
will think of, is a service message (a pin, a boost, a new picture of the chat): nobody said
anything, so nothing is answered.
"""


class NotUnderstood(Exception):
    """An update of a shape that we do not know. Says what kind of fault, never what stood there."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What an update holds for us: something a person did, a tap that wants its spinner stopped, a
    group that called us."""

    update: Update | None = None
    query: str | None = None
    group: int | None = None


def read(raw: Any, username: str = "") -> Seen:
    """The whole update. `username` is ours, to tell a group's command for us from one for another
    bot. Raises `NotUnderstood` only."""
    try:
        return Seen(parse(raw), query_id(raw), group_command(raw, username))
    except NotUnderstood:
        raise
    except Exception as error:
        raise NotUnderstood(type(error).__name__) from None


def parse(raw: dict[str, Any]) -> Update | None:
    """The update, or None when it is not a private chat's or of a kind that needs no answer."""
    id = id_of(raw)
    if id is None:
        raise NotUnderstood("an update without an id")
    chat, person, doing = _what(raw)
    if doing is None or chat.get("type") != "private":
        return None
    language = person.get("language_code")
    known = (
        isinstance(language, str)
        and language.isascii()
        and language.isprintable()
        and len(language) <= _TAG
    )
    return Update(
        CHANNEL, str(id), str(_whole(chat["id"], 1)), doing, str(language) if known else ""
    )


def _what(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], Doing | None]:
    if query := raw.get("callback_query"):
        message = query.get("message") or {}
        # a message too old to be shown comes without its chat's type; a private chat has its
        # person's id
        chat = message.get("chat") or {"id": query["from"]["id"], "type": "private"}
        on = message.get("message_id")
        return (
            chat,
            query["from"],
            Tap(_text(query.get("data") or "", _DATA), "" if on is None else str(_whole(on, 0))),
        )
    if message := raw.get("message"):
        return message["chat"], message.get("from") or {}, _message(message)
    if message := raw.get("edited_message"):
        # somebody who shares where they are "edits" it every few seconds
        said = _message(message) is not None and "location" not in message
        return message["chat"], message.get("from") or {}, Edited() if said else None
    if member := raw.get("my_chat_member"):
        there = member["new_chat_member"]["status"] not in ("kicked", "left")
        return member["chat"], member["from"], Reachable(there)
    raise NotUnderstood("a kind of update that was not asked for")


def _message(message: dict[str, Any]) -> Doing | None:
    text = message.get("text")
    if text is not None:
        command, _space, payload = _text(text, _LONGEST).strip().partition(" ")
        if command.split("@")[0] == "/start":
            return Start(payload.strip()[:_PAYLOAD])
        return Typed(
            _text(text, _LONGEST), _formatted(text, message.get("entities")), _answered(message)
        )
    for media, fields in _MEDIA.items():
        if any(message.get(name) is not None for name in fields):
            return _sent(message, media)
    return None


def _answered(message: dict[str, Any]) -> str:
    """The message that this one answers, by the reply gesture."""
    answered = message.get("reply_to_message")
    id = answered.get("message_id") if isinstance(answered, dict) else None
    return str(id) if isinstance(id, int) else ""


def _sent(message: dict[str, Any], media: Media) -> Sent:
    voice = message.get("voice") or message.get("audio")
    if media is Media.VOICE and voice:
        size = (_size(voice.get(name)) for name in ("duration", "file_size"))
        return Sent(media, _text(voice.get("file_id", ""), _DATA), *size)
    return Sent(media, _file_id(message, media))


def _size(value: Any) -> int:
    """Seconds or bytes; 0 where they are not told."""
    return value if type(value) is int and 0 <= value < LARGEST_ID else 0


def _file_id(message: dict[str, Any], media: Media) -> str:
    """The id by which a photo or a document can be sent again."""
    sizes, document = message.get("photo"), message.get("document")
    if media is Media.PICTURE and sizes:
        return _text(sizes[-1]["file_id"], _DATA)
    return (
        _text(document["file_id"], _DATA)
        if media is Media.FILE and document and "file_id" in document
        else ""
    )


def _formatted(text: str, entities: Any) -> str:
    """The text as HTML, with bold, italic, links. Formatting that cannot be read costs the
    formatting only."""
    if not isinstance(entities, Iterable) or not entities:
        return ""
    try:
        return to_html(_text(text, _LONGEST), entities)
    except Exception:
        return ""


def query_id(raw: dict[str, Any]) -> str | None:
    """The id of a tap, which wants an answer so that its spinner stops."""
    query = raw.get("callback_query")
    return _text(query["id"], _DATA) if query else None


def group_command(raw: dict[str, Any], username: str = "") -> int | None:
    """The group in which somebody wrote us a command: it gets one sentence. Anything else in a
    group is not ours."""
    message = raw.get("message") or {}
    chat = message.get("chat") or {}
    words = str(message.get("text") or "").split(maxsplit=1)
    command, _at, addressee = words[0].partition("@") if words else ("", "", "")
    if chat.get("type") not in ("group", "supergroup") or command not in _GREETED:
        return None
    if addressee and addressee.casefold() != username.casefold():
        return None
    return -_whole(-chat["id"], 1)


def _text(value: Any, longest: int) -> str:
    """A text cut to a length, with a question mark's sign for half a character, which nothing of
    ours could keep."""
    if not isinstance(value, str):
        raise NotUnderstood("no text where there should be one")
    if value.isascii():
        return value[:longest]
    return value[:longest].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _whole(value: Any, least: int) -> int:
    if type(value) is not int or not least <= value < LARGEST_ID:
        raise NotUnderstood("an id that is none")
    return value
