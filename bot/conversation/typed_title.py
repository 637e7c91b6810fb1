"""What a person types to be read by others: cleaned and kept within limits. Pure."""

import unicodedata

from bot.conversation.turn import NotUsable
from bot.model.words import Words, _

NICKNAME, TITLE, MESSAGE = 30, 60, 1000
"""Characters at most."""


def _kept(char: str) -> bool:
    return char in "\n\u200c\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co")


def paragraphs(text: str) -> str:
    """The text without control characters and direction overrides, with its line breaks, at most
    one empty line in a row."""
    clean = unicodedata.normalize("NFC", "".join(filter(_kept, text.replace("\r\n", "\n"))))
    lines = [" ".join(line.split()) for line in clean.split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip()


def one_line(text: str) -> str:
    """The same in one line; empty where there is no letter or digit in it."""
    line = " ".join(paragraphs(text).split())
    return line if any(map(str.isalnum, line)) else ""


_OURS = str.maketrans(dict.fromkeys('·•|“”„«»"⚠✅▶✉🔕', " "))
"""Signs with which lists of ours speak."""


def nickname(text: str) -> str:
    """A name in a list: one line without the signs that the list itself uses, so that nobody's name
    looks like the list's word."""
    return one_line(text.translate(_OURS).replace("\ufe0f", ""))


LETTERS = _("Please type a name with letters.")


def typed_title(text: str) -> str:
    """A name of something; raises `NotUsable` where it has no letter or is too long."""
    return _fitting(one_line(text), TITLE, LETTERS)


def typed_nickname(text: str, nothing: Words = LETTERS) -> str:
    """The same of a person in a list."""
    return _fitting(nickname(text), NICKNAME, nothing)


def typed_message(text: str) -> str:
    """The same of a message with its paragraphs."""
    return _fitting(paragraphs(text), MESSAGE, _("Please type your message."))


def _fitting(clean: str, limit: int, nothing: Words) -> str:
    if not clean:
        raise NotUsable(nothing)
    if len(clean) > limit:
        too_long = _(
            "This is too long: {number} letters at most. Please make it shorter and type it again."
        )
        raise NotUsable(too_long.of(number=limit))
    return clean
