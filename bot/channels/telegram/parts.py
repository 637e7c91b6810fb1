"""What was made for a learner -> the messages that bring it, one after another. Pure.

A certificate is the file with words to forward, the picture for a small screen, and its text for a
screen reader. Each is a message of its own, so that after a failure only what is missing is sent.
The same certificate in a second language is the file alone.
"""

import html
from dataclasses import dataclass

from telegram.constants import MessageLimit

from bot.channels.telegram.extras import EFFECT
from bot.channels.telegram.render import TEXT, Key, render
from bot.conversation.action import Home, encode
from bot.conversation.message import GO_ON
from bot.documents.parcel import OPUS, Announcement, Letter, MadeFile
from bot.i18n.catalogues import RLM, Catalogues, is_rtl
from bot.model.broadcast import Media
from bot.model.words import _

CAPTION = int(MessageLimit.CAPTION_LENGTH)
CHECK = _("Check that it is genuine")
TO_LINKEDIN = _("Add it to LinkedIn")
PICTURE = _("The same as a picture, for a small screen.")


@dataclass(frozen=True)
class Part:
    """One message: HTML, perhaps below a file or a picture."""

    text: str
    keyboard: tuple[tuple[Key, ...], ...] = ()
    document: tuple[str, bytes] | None = None
    """File name and content."""
    photo: bytes | None = None
    voice: tuple[str, bytes] | None = None
    """As `document`: it is played in place."""
    known_by: str = ""
    """Under which Telegram may have the file already."""
    effect: str = ""
    media: Media | None = None
    """A picture or file that Telegram has already."""


def parts(post: Letter, language: str, words: Catalogues) -> list[Part]:
    if isinstance(post, Announcement):
        lines = post.html.split("\n")
        text = (
            "\n".join(RLM + line if line else line for line in lines)
            if is_rtl(post.language)
            else post.html
        )
        return [
            Part(
                text,
                (({"text": words.say(GO_ON, post.language), "callback_data": encode(Home())},),),
                media=post.media,
            )
        ]
    if not isinstance(post, MadeFile):
        message = render(post, language, words)
        return [Part(message.text, tuple(map(tuple, message.keyboard)))]
    if post.mime == "image/png":
        return [Part(_caption(post, language, words), photo=post.content)]
    if post.mime == OPUS:
        voice = (post.name, post.content)
        return [Part(_caption(post, language, words), voice=voice, known_by=post.known_by)]
    made = [
        Part(
            _caption(post, language, words),
            _keyboard(post, language, words),
            document=(post.name, post.content),
            effect=EFFECT if post.check else "",
        )
    ]
    if post.alone:
        return made
    if post.preview:
        made.append(Part(words.line(PICTURE, language), photo=post.preview))
    return made + [Part(_linked(page, post, language, words)) for page in pages(post.text)]


def _linked(page: str, file: MadeFile, language: str, words: Catalogues) -> str:
    """The address, of some two hundred signs, as a link."""
    said = html.escape(page, quote=False)
    if not file.check:
        return said
    return said.replace(html.escape(file.check, quote=False), _check(file, language, words))


def _check(file: MadeFile, language: str, words: Catalogues) -> str:
    label = html.escape(words.line(CHECK, language), quote=False)
    return f'<a href="{html.escape(file.check)}">{label}</a>'


def _caption(file: MadeFile, language: str, words: Catalogues) -> str:
    caption = html.escape(words.line(file.caption, language), quote=False)
    if not file.check:
        return caption
    return f"{caption}\n{_check(file, language, words)}"


def _keyboard(file: MadeFile, language: str, words: Catalogues) -> tuple[tuple[Key, ...], ...]:
    return (
        (({"text": words.say(TO_LINKEDIN, language), "url": file.profile},),)
        if file.profile
        else ()
    )


def pages(text: str, limit: int = TEXT) -> list[str]:
    """The text in pieces of at most `limit` UTF-16 units once escaped, broken between lines."""
    pieces: list[str] = []
    page = ""
    for line in text.split("\n"):
        longer = f"{page}\n{line}" if page else line
        if page and len(html.escape(longer, quote=False).encode("utf-16-le")) // 2 > limit:
            pieces.append(page)
            longer = line
        page = longer
    return [piece for piece in (*pieces, page) if piece.strip()]
