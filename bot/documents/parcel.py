"""What is handed over to a learner without being an answer: a file, something to read, words of an
admin.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import certificates as paper
from bot.conversation.screen import Screen
from bot.documents.certificate import NothingToCertify
from bot.model.broadcast import Media
from bot.model.order import CERTIFICATES
from bot.model.words import Words, _
from db.outbox import Delivery


@dataclass(frozen=True)
class MadeFile:
    """A file ready to go. `text` says what it says, for those who cannot see it; `preview` is a
    picture of its first page (PNG).

    `caption` can be forwarded. `check` is the address that says whether a certificate is genuine,
    `profile` the one that puts it into a LinkedIn profile.
    """

    name: str
    content: bytes
    mime: str
    caption: Words
    text: str = ""
    preview: bytes = b""
    check: str = ""
    profile: str = ""
    alone: bool = False
    """The same paper comes in another language, too, with its picture and its text."""
    known_by: str = ""
    """Where it is the same for everybody: a messenger that has it under this needs it once."""


OPUS = "audio/ogg"
"""What is heard."""


@dataclass(frozen=True)
class SentFile:
    """What somebody sent on a messenger."""

    name: str
    content: bytes
    mime: str


class NoSuchFile(Exception):
    """What somebody sent is not there any more, or cannot be had."""


class TooLarge(NoSuchFile):
    """It has more bytes than may be fetched: there is no use in trying again."""


Bring = Callable[[str, str], Awaitable[bytes]]
"""The file of a channel by that channel's own id. Raises `NoSuchFile`."""


async def nothing_brought(channel: str, id: str) -> bytes:
    raise NoSuchFile


@dataclass(frozen=True)
class Announcement:
    """What an admin wrote, as HTML (the tags that Telegram knows), perhaps below a picture or a
    file that they sent."""

    html: str
    language: str
    media: Media | None = None


@dataclass(frozen=True)
class Commands:
    """Nothing to read: a messenger that shows commands shows those of this role
    (`bot.model.group.Role`) from now on."""

    role: str


Letter = MadeFile | Screen | Announcement
Post = Letter | Commands
"""What is handed over to a learner: a file, or something to read."""


class Unwanted(Exception):
    """The learner said STOP, or nobody knows any more what it was."""


UNPRINTABLE = (NothingToCertify, paper.MissingGlyphs)
"""A file that cannot be made as it was ordered, today or tomorrow."""


class NotNow(Exception):
    """Not before `until` (seconds since the epoch): it is night where the learner is, this
    machine's clock is not set, or a messenger lets no more be begun with today."""

    def __init__(self, until: int) -> None:
        super().__init__(f"not before {until}")
        self.until = until


NOT_MADE = _(
    "This file could not be made. Type “certificates” and have it made again with another spelling."
)
NOT_THERE = _("There is no file: what it is about is not there any more, or is not yours.")
NOT_YET = _("This file cannot be made just now. It is kept for you: please try again later.")
FAILED = _(
    "This file could not be made. Please try again, and tell the people who run this if it happens "
    "twice."
)


def why_not(delivery: Delivery, error: Exception) -> Words:
    """What somebody reads who waits for a file that does not come."""
    if isinstance(error, Unwanted):
        return NOT_THERE
    if isinstance(error, NotNow):
        return NOT_YET
    return (
        NOT_MADE
        if delivery.order.kind in CERTIFICATES and isinstance(error, UNPRINTABLE)
        else FAILED
    )


Make = Callable[[Delivery], Awaitable[Post]]
