"""The shapes of a webhook that are looked at (Graph API v26.0); everything else in it is passed
over. Each message and status stays raw, so that one that cannot be read spoils no other."""

import json
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct

S = TypeVar("S", bound=Struct)


class NotUnderstood(Exception):
    """Something of a shape that we do not know. Says what kind of fault, never what stood there."""


class Change(Struct):
    field: str = ""
    value: Raw = Raw(b"{}")


class Entry(Struct):
    changes: list[Raw] = []


class Envelope(Struct):
    entry: list[Raw] = []


class Metadata(Struct):
    phone_number_id: str = ""


class Value(Struct):
    metadata: Metadata = msgspec.field(default_factory=Metadata)
    contacts: list[Raw] = []
    messages: list[Raw] = []
    statuses: list[Raw] = []
    user_preferences: list[Raw] = []
    event: str = ""


class Contact(Struct):
    user_id: str = ""
    wa_id: str = ""


class Text(Struct):
    body: str = ""


class Reply(Struct):
    id: str = ""


class Interactive(Struct):
    type: str = ""
    button_reply: Reply | None = None
    list_reply: Reply | None = None


class Button(Struct):
    payload: str = ""
    text: str = ""


class Context(Struct):
    id: str = ""


class System(Struct):
    type: str = ""
    user_id: str = ""
    wa_id: str = ""
    previous_user_id: str = ""


class File(Struct):
    id: str = ""


class Message(Struct):
    id: str
    timestamp: str | int = ""
    type: str = ""
    from_user_id: str = ""
    sender: str = msgspec.field(name="from", default="")
    group_id: str = ""
    text: Text | None = None
    interactive: Interactive | None = None
    button: Button | None = None
    context: Context | None = None
    system: System | None = None
    audio: File | None = None
    image: File | None = None
    video: File | None = None
    document: File | None = None
    sticker: File | None = None


class Error(Struct):
    code: int = 0


class Pricing(Struct):
    category: str = ""
    type: str = ""


class Status(Struct):
    id: str
    status: str
    recipient_user_id: str = ""
    recipient_id: str = ""
    biz_opaque_callback_data: str = ""
    errors: list[Error] = []
    pricing: Pricing | None = None


class Preference(Struct):
    value: str
    user_id: str = ""
    wa_id: str = ""
    timestamp: Any = ""


def read_as(raw: bytes | Raw, kind: type[S], repair: bool = False) -> S:
    """What is null is as if it were not there. `repair`: half a character costs itself alone."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except Exception as error:  # whatever a reader raises: too deep for it is no ValueError
        if not repair:
            return _without_nulls(raw, kind, type(error).__name__)
    try:
        clean = json.dumps(json.loads(bytes(raw)), ensure_ascii=False).encode("utf-8", "replace")
        return msgspec.json.decode(clean, type=kind)
    except Exception as error:
        raise NotUnderstood(f"{len(bytes(raw))} bytes, {type(error).__name__}") from None


def _without_nulls(raw: bytes | Raw, kind: type[S], why: str) -> S:
    try:
        found = {k: v for k, v in msgspec.json.decode(raw).items() if v is not None}
        return msgspec.json.decode(msgspec.json.encode(found), type=kind)
    except Exception:
        raise NotUnderstood(why) from None
