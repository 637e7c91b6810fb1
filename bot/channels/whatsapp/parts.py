"""What was made for a learner -> the messages that bring it, one after another. Pure.

A file is one message: its caption carries the words to forward and the address at which it can be
checked. Each message costs money, so neither a picture of it nor its text comes along.
"""

from dataclasses import dataclass

from bot.channels.whatsapp.markup import from_html, length, marked
from bot.channels.whatsapp.render import BODY, TEXT, Choice, Message, beginning, pages, render
from bot.conversation.action import Home, encode
from bot.conversation.message import GO_ON
from bot.conversation.screen import Screen
from bot.documents.parcel import Announcement, Letter, MadeFile
from bot.i18n.catalogues import RLM, Catalogues, is_rtl
from bot.model.words import _

CHECK = _("Check that it is genuine: {url}")
_KINDS = {
    "application/pdf": "application/pdf",
    "image/png": "image/png",
    "image/jpeg": "image/jpeg",
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
PLAIN = "text/plain"


@dataclass(frozen=True)
class File:
    """A file to upload, and the words below it."""

    name: str
    content: bytes
    mime: str
    caption: str

    @property
    def kind(self) -> str:
        return "image" if self.mime.startswith("image/") else "document"


Part = Message | File


def parts(post: Letter, language: str, words: Catalogues) -> list[Part]:
    if isinstance(post, Announcement):
        return list(announced(post, words))
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


def announced(post: Announcement, words: Catalogues) -> tuple[Message, ...]:
    """What an admin wrote, with a way on where it fits beside it."""
    lines = from_html(post.html).split("\n")
    mark = RLM if is_rtl(post.language) else ""
    text = "\n".join(mark + line if line else line for line in lines)
    if length(text) <= BODY:
        on = Choice(encode(Home()), words.say(GO_ON, post.language))
        return (Message(text, buttons=(on,)),)
    return tuple(map(Message, pages(text, TEXT)))
