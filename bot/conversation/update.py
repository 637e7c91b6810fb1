"""What a person did, on any channel. A channel's `parse` makes it; names, photos, contacts and
places never get this far.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Tap:
    """A button. `data` is an encoded action, `message` what it stood on (the channel's own id)."""

    data: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """`html` is the text with its formatting, where the channel knows any; `reply_to` the message
    that it answers, by the channel's own id, where somebody pointed at one."""

    text: str
    html: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """A start link was opened; `payload` is what it carries, perhaps nothing."""

    payload: str = ""


class Media(StrEnum):
    """Something we cannot read. Told apart only so that the answer can name it."""

    VOICE = "voice"
    PICTURE = "picture"
    FILE = "file"
    STICKER = "sticker"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sent:
    """`file` is the channel's own id of a picture, file or voice note: it is used only where one is
    asked for. `seconds` and `bytes` are its own, 0 where the channel does not tell."""

    media: Media
    file: str = ""
    seconds: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Edited:
    """A message of theirs was changed afterwards: the answer counted, so they are shown where they
    are."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """The person blocked the service, or let it in again."""

    yes: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """The same person has another address on this channel from now on: a new number."""

    to: str


Doing = Tap | Typed | Start | Sent | Edited | Reachable | Moved


@dataclass(frozen=True, slots=True)
class Update:
    """`id` is the channel's own and arrives once or more; `address` is where answers go (chat id,
    phone, token)."""

    channel: str
    id: str
    address: str
    doing: Doing
    language: str = ""
    """The client's language, a BCP 47 tag, if the channel tells it."""
    at: int = 0
    """When the person did it, by the channel's word (seconds since the epoch); 0 where it tells
    nothing that matters: kept where it opens a window in which they may be written to."""
    wrote: str = ""
    """The language of these very words, where the channel tells none of a client's."""
