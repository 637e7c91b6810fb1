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


def nickname(text: str) -> str:
    """A name in a list: one line without the signs that the list itself uses, so that nobody's name
    looks like the list's word."""
    return one_line(text.translate(_OURS).replace("\ufe0f", ""))
