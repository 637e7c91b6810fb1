"""A webhook's body -> what people did, what became of our messages, what Meta tells the operator.
Pure.

A call carries several entries, changes and messages, in any order. Nothing is believed: each of
them is read by itself, so that one that cannot be read spoils no other. Numbers, names and
usernames end here; the id of a message holds the phone number (base64), so it goes no further
either: `digest` makes of it what is kept. Shapes: Graph API v26.0, webhooks of `messages`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from babel.core import get_global
from msgspec import Raw

from bot.channels.whatsapp import shapes
from bot.channels.whatsapp.settings import CHANNEL
from bot.channels.whatsapp.shapes import NotUnderstood, read_as
from bot.conversation.action import decode
from bot.conversation.typed_greeting import spoken
from bot.conversation.update import (
    Doing,
    Edited,
    Media,
    Moved,
    Reachable,
    Sent,
    Start,
    Tap,
    Typed,
    Update,
)

Digest = Callable[[str], str]
"""The id of a message -> what it is known by again, which tells nothing."""

USER_ID = r"[A-Z]{2}\.[A-Za-z0-9]{1,128}"
"""A business-scoped user id: a country, a point, letters and digits."""
_ADDRESS = re.compile(rf"{USER_ID}|\+\d{{6,15}}", re.ASCII)
_LONGEST = 4096
_DATA = 256
_TOKEN = re.compile(
    r"(?:^|\s)((?:g|s|c|p)-[A-Za-z0-9_-]{6,62}|e-employer"
    r"|m-[a-z0-9][a-z0-9-]{1,61}|link-[\d -]{10,14})\s*$",
    re.ASCII,
)
"""The payload of a start link alone or behind a greeting, as `wa.me` writes it there. Behind other
words it is a word: m-learning, c-section."""
_WORDS_BEFORE = 6
_MEDIA = {
    "audio": Media.VOICE,
    "image": Media.PICTURE,
    "video": Media.PICTURE,
    "document": Media.FILE,
    "sticker": Media.STICKER,
}
_IGNORED = ("revoke", "reaction")
"""What needs no answer."""
_TOLD = (
    "account_update",
    "message_template_status_update",
    "message_template_quality_update",
    "template_category_update",
    "phone_number_quality_update",
    "business_capability_update",
)
"""Fields of which the operator hears."""


@dataclass(frozen=True)
class Status:
    """What became of a message of ours. `note` is what we sent along with it, `code` why it failed
    (0 where it did not), `address` whom it went to, `id` the digest of its message."""

    state: str
    id: str
    address: str = ""
    note: str = ""
    code: int = 0
    category: str = ""
    charged: str = ""


@dataclass(frozen=True)
class News:
    """What Meta tells whoever runs this: a field of the webhook, and one word of it."""

    field: str
    event: str


@dataclass(frozen=True)
class Preference:
    """Somebody stopped, or wants again, what is marketing for Meta: broadcasts and reminders."""

    address: str
    stop: bool
    id: str


@dataclass
class Call:
    """All of one call. `read` are digests of messages in `updates`, `odd` says of each thing that
    could not be read its digest or nothing, and the kind of fault."""

    updates: list[Update] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    preferences: list[Preference] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    odd: list[tuple[str, str]] = field(default_factory=list)


def read(body: bytes, phone_id: str, digest: Digest) -> Call:
    """The whole call: those of another phone number are left out. Raises `NotUnderstood` where the
    body is none."""
    call = Call()
    for change in _changes(body, call):
        try:
            value = read_as(change.value, shapes.Value)
        except NotUnderstood as error:
            call.odd.append(("", str(error)))
            continue
        if change.field in _TOLD:
            call.news.append(News(change.field, value.event[:40]))
        elif value.metadata.phone_number_id == phone_id and change.field == "messages":
            _read_value(value, call, digest)
        elif value.metadata.phone_number_id == phone_id and change.field == "user_preferences":
            _each(value.user_preferences, call, lambda raw: _prefer(raw, call, digest))
    call.updates.sort(key=lambda update: update.at)
    return call


def _changes(body: bytes, call: Call) -> Iterator[shapes.Change]:
    for raw in read_as(body, shapes.Envelope, repair=True).entry:
        try:
            changes = read_as(raw, shapes.Entry).changes
        except NotUnderstood as error:
            call.odd.append(("", str(error)))
            continue
        for each in changes:
            try:
                yield read_as(each, shapes.Change)
            except NotUnderstood as error:
                call.odd.append(("", str(error)))


def _read_value(value: shapes.Value, call: Call, digest: Digest) -> None:
    ids = {}
    for raw in value.contacts:
        try:
            contact = read_as(raw, shapes.Contact)
        except NotUnderstood:
            continue
        ids[contact.wa_id] = contact.user_id

    def said(raw: Raw) -> None:
        message = read_as(raw, shapes.Message)
        if update := _update(message, ids, digest):
            call.updates.append(update)

    def became(raw: Raw) -> None:
        call.statuses.append(_status(read_as(raw, shapes.Status), digest))

    _each(value.messages, call, said, digest)
    _each(value.statuses, call, became, digest)


def _each(
    raws: list[Raw], call: Call, work: Callable[[Raw], None], digest: Digest | None = None
) -> None:
    for raw in raws:
        try:
            work(raw)
        except Exception as error:  # whatever is wrong with it, it is this one alone
            why = str(error) if isinstance(error, NotUnderstood) else type(error).__name__
            call.odd.append((_id_in(raw, digest), why))


def _id_in(raw: Raw, digest: Digest | None) -> str:
    found = re.search(rb'"id"\s*:\s*"(wamid\.[^"]{1,200})"', bytes(raw))
    return digest(found[1].decode("ascii", "replace")) if found and digest else ""


def _update(message: shapes.Message, ids: dict[str, str], digest: Digest) -> Update | None:
    """None for what needs no answer."""
    if not message.id:
        raise NotUnderstood("a message without an id")
    if message.group_id or message.type in _IGNORED:
        return None
    if message.type == "system":
        return _moved(message, digest)
    doing = _doing(message, digest)
    address = _address(message.from_user_id, message.sender, ids)
    wrote = spoken(message.text.body[:_LONGEST] if message.text else "")
    language, seconds = wrote or _language(address), _seconds(str(message.timestamp))
    return Update(CHANNEL, digest(message.id), address, doing, language, seconds, wrote)


def _doing(message: shapes.Message, digest: Digest) -> Doing:
    match message.type:
        case "text":
            return _typed((message.text or shapes.Text()).body)
        case "interactive":
            chosen = message.interactive or shapes.Interactive()
            reply = chosen.button_reply or chosen.list_reply
            return Tap(reply.id[:_DATA], _on(message, digest)) if reply else Sent(Media.OTHER)
        case "button":
            button = message.button or shapes.Button()
            if decode(button.payload[:_DATA]):
                return Tap(button.payload[:_DATA], _on(message, digest))
            return Typed(button.text[:_LONGEST])
        case "edit":
            return Edited()
        case "request_welcome":
            return Start()
        case kind if kind in _MEDIA:
            file = getattr(message, kind) or shapes.File()
            return Sent(_MEDIA[kind], file.id[:_DATA])
        case _:
            return Sent(Media.OTHER)


def _on(message: shapes.Message, digest: Digest) -> str:
    """The message that was tapped."""
    return digest(message.context.id) if message.context and message.context.id else ""


def _typed(text: str) -> Start | Typed:
    text = text[:_LONGEST]
    found = _TOKEN.search(text)
    before = text[: found.start()].split() if found else []
    if found and (not before or (before[-1].endswith("!") and len(before) <= _WORDS_BEFORE)):
        return Start(re.sub(r"(?<=\d)[ -](?=\d)", "", found[1])[:64])
    if text.strip().casefold() == "/start":
        return Start()
    return Typed(text)


def _moved(message: shapes.Message, digest: Digest) -> Update | None:
    """A new number, or a new user id: the same person."""
    system = message.system or shapes.System()
    if system.type not in ("user_changed_number", "user_changed_user_id"):
        return None
    before = system.previous_user_id or message.from_user_id or message.sender
    old, new = _address(before, message.sender, {}), _address(system.user_id, system.wa_id, {})
    return Update(CHANNEL, digest(message.id), old, Moved(new)) if old != new else None


def _address(user_id: str, number: str, ids: dict[str, str]) -> str:
    """The user id; a number, as `+` and digits, only where Meta gives no user id."""
    for candidate in (user_id, number, ids.get(number, "")):
        if re.fullmatch(USER_ID, candidate, re.ASCII):
            return candidate
    address = f"+{number}" if number.isascii() and number.isdigit() else ""
    if not _ADDRESS.fullmatch(address):
        raise NotUnderstood("somebody without an address")
    return address


def _language(address: str) -> str:
    """The likeliest of the country in the user id."""
    likely = get_global("likely_subtags").get(f"und_{address[:2]}", "")
    return str(likely).split("_")[0]


def _seconds(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else 0


def _status(status: shapes.Status, digest: Digest) -> Status:
    try:
        address = _address(status.recipient_user_id, status.recipient_id, {})
    except NotUnderstood:
        address = ""
    return Status(
        status.status,
        digest(status.id),
        address,
        status.biz_opaque_callback_data[:512],
        status.errors[0].code if status.errors else 0,
        status.pricing.category[:20] if status.pricing else "",
        status.pricing.type[:30] if status.pricing else "",
    )


def _prefer(raw: Raw, call: Call, digest: Digest) -> None:
    wish = read_as(raw, shapes.Preference)
    address = _address(wish.user_id, wish.wa_id, {})
    if wish.value in ("stop", "resume"):
        id = digest(f"preference {address} {wish.value} {wish.timestamp}")
        call.preferences.append(Preference(address, wish.value == "stop", id))


def gone(status: Status) -> Update:
    """Somebody who cannot be reached, from what became of a message."""
    return Update(CHANNEL, f"gone:{status.id}"[:64], status.address, Reachable(False))
