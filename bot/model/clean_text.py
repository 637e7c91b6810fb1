"""Texts that one person types and another reads: without signs that are not seen. Pure."""

import unicodedata


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


_JOINS = "\u200d"
_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)


def whole(text: str, most: int) -> str:
    """The first `most` characters, or fewer: no sign of several (a letter and its accents, a
    joined emoji, a flag) is cut in two. One that is longer than that alone is."""
    end = min(most, len(text))
    while 0 < end < len(text) and _inside(text, end):
        end -= 1
    return text[:end] or text[: max(0, most)]


def _inside(text: str, at: int) -> bool:
    """Whether the character at this place belongs to the one before it."""
    here, before = text[at], text[at - 1]
    if ord(here) in _FLAGS:  # two make a flag
        flags = len(text[:at]) - len(text[:at].rstrip("".join(map(chr, _FLAGS))))
        return flags % 2 == 1
    joined = _JOINS in (here, before) or ord(here) in _TONES
    return joined or unicodedata.category(here) in ("Mn", "Mc", "Me")


def nickname(text: str) -> str:
    """A name in a list: one line without the signs that the list itself uses, so that nobody's name
    looks like the list's word."""
    return one_line(text.translate(_OURS).replace("\ufe0f", ""))
