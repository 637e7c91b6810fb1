"""What was made for a learner -> the messages that bring it, one after another. Pure.

A file is one message: its caption carries the words to forward and the address at which it can be
checked. Each message costs money, so neither a picture of it nor its text comes along.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.whatsapp.markup import from_html, length, marked
from bot.channels.whatsapp.render import BODY, TEXT, Choice, Message, beginning, pages, render
from bot.conversation.action import Home, encode
from bot.conversation.message import GO_ON
from bot.conversation.screen import Screen
from bot.documents.parcel import OPUS, Announcement, Letter, MadeFile, SentFile
from bot.i18n.catalogues import RLM, Catalogues, is_rtl
from bot.model.words import _

CHECK = _("Check that it is genuine: {url}")
_KINDS = {
    "application/pdf": "application/pdf",
    "image/png": "image/png",
    "image/jpeg": "image/jpeg",
    OPUS: OPUS,
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
PLAIN = "text/plain"
PICTURE_BYTES, FILE_BYTES = 5 << 20, 100 << 20


@dataclass(frozen=True)
class File:
    """A file to upload, and the words below it."""

    name: str
    content: bytes
    mime: str
    caption: str

    @property
    def kind(self) -> str:
        """As the Graph API names it."""
        first = self.mime.partition("/")[0]
        return first if first in ("image", "audio") else "document"


Part = Message | File


def parts(
    post: Letter, language: str, words: Catalogues, header: Mapping[str, Any] | None = None
) -> list[Part]:
    """`header` is the picture or file of an announcement."""
    if isinstance(post, Announcement):
        return list(announced(post, words, header))
    if isinstance(post, Screen):
        return list(render(post, language, words))
    return [_file(post, language, words)]


def _file(file: MadeFile, language: str, words: Catalogues) -> File:
    lines = [marked(words.line(file.caption, language))]
    if file.check:
        lines.append(words.line(CHECK.of(url=file.check), language))
    caption = "\n".join(lines)
    return File(
        file.name,
        file.content,
        mime_of(file.mime),
        beginning(caption, BODY, "…") if length(caption) > BODY else caption,
    )


def mime_of(mime: str) -> str:
    """WhatsApp takes few kinds of file; what is text (a calendar, JSON) goes as that."""
    return _KINDS.get(mime, mime if mime.startswith(_OFFICE) else PLAIN)


def header_of(file: SentFile, id: str) -> Mapping[str, Any]:
    """Above a message: a picture, or a file with its name."""
    if file.mime.startswith("image/"):
        return {"type": "image", "image": {"id": id}}
    return {"type": "document", "document": {"id": id, "filename": file.name}}


def fits(file: SentFile) -> bool:
    """Whether WhatsApp takes it."""
    known = (file.mime in _KINDS and file.mime != OPUS) or file.mime.startswith((_OFFICE, PLAIN))
    picture = file.mime.startswith("image/")
    return known and len(file.content) <= (PICTURE_BYTES if picture else FILE_BYTES)


def announced(
    post: Announcement, words: Catalogues, header: Mapping[str, Any] | None = None
) -> tuple[Message, ...]:
    """What an admin wrote, below its picture or file, with a way on where it fits beside it."""
    lines = from_html(post.html).split("\n")
    mark = RLM if is_rtl(post.language) else ""
    text = "\n".join(mark + line if line else line for line in lines)
    if length(text) <= BODY:
        on = Choice(encode(Home()), words.say(GO_ON, post.language))
        return (Message(text, buttons=(on,), header=header),)
    above = (Message("", header=header),) if header else ()
    return (*above, *map(Message, pages(text, TEXT)))
