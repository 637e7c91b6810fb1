"""A Bot API update (JSON) -> what a person did. Names, photos, contacts and places are dropped here."""

from typing import Any

from telegram import Message
from telegram.constants import MessageLimit

from bot.update import Doing, Edited, Media, Reachable, Sent, Start, Tap, Typed, Update

CHANNEL = "telegram"
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
"""What we ask Telegram for (`allowed_updates`)."""
_LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
"""Characters of a typed text that are looked at."""


def parse(raw: dict[str, Any]) -> Update | None:
    """The update, or None when it is not a private chat's or of a kind that needs no answer."""
    chat, person, doing = _what(raw)
    if doing is None or chat.get("type") != "private" or not isinstance(chat.get("id"), int):
        return None
    return Update(CHANNEL, str(raw["update_id"]), str(chat["id"]), doing, str(person.get("language_code") or ""))


def _what(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], Doing | None]:
    if query := raw.get("callback_query"):
        message = query.get("message") or {}
        # a message too old to be shown comes without its chat's type; a private chat has its person's id
        chat = message.get("chat") or {"id": query["from"]["id"], "type": "private"}
        return chat, query["from"], Tap(query.get("data") or "", str(message.get("message_id") or ""))
    if message := raw.get("message"):
        return message["chat"], message.get("from") or {}, _message(message)
    if message := raw.get("edited_message"):
        return message["chat"], message.get("from") or {}, Edited()
    if member := raw.get("my_chat_member"):
        there = member["new_chat_member"]["status"] not in ("kicked", "left")
        return member["chat"], member["from"], Reachable(there)
    return {}, {}, None


def _message(message: dict[str, Any]) -> Doing:
    text = message.get("text")
    if isinstance(text, str):
        command, _space, payload = text.strip().partition(" ")
        if command.split("@")[0] == "/start":
            return Start(payload.strip()[:64])
        return Typed(text[:_LONGEST], _formatted(message) if message.get("entities") else "")
    if "voice" in message or "audio" in message or "video_note" in message:
        return Sent(Media.VOICE)
    if "photo" in message or "video" in message or "animation" in message:
        sizes = message.get("photo")
        return Sent(Media.PICTURE, str(sizes[-1]["file_id"]) if sizes else "")
    if document := message.get("document"):
        return Sent(Media.FILE, str(document.get("file_id", "")))
    return Sent(Media.STICKER if "sticker" in message else Media.OTHER)


def _formatted(message: dict[str, Any]) -> str:
    """The text as HTML, with bold, italic, links."""
    try:
        return Message.de_json(message, None).text_html
    except (KeyError, TypeError, ValueError):
        return ""


def query_id(raw: dict[str, Any]) -> str | None:
    """The id of a tap, which wants an answer so that its spinner stops."""
    query = raw.get("callback_query")
    return str(query["id"]) if query else None


def group_command(raw: dict[str, Any]) -> int | None:
    """The group in which somebody wrote us a command: it gets one sentence. Anything else in a group is not ours."""
    message = raw.get("message") or {}
    chat = message.get("chat") or {}
    text = message.get("text") or ""
    if chat.get("type") in ("group", "supergroup") and text.split("@")[0].split(" ")[0] in ("/start", "/help", "/menu"):
        return int(chat["id"])
    return None
