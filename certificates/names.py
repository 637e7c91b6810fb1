"""The name that a learner types, made ready for paper; and the name of the file.

A name is anything that people are called, in any script. What cannot be part of one is taken away
without a word (emoji, control characters, direction overrides); what cannot be understood as a name
is refused with a reason.
"""

import re
import unicodedata
from enum import StrEnum

LONGEST_NAME = 100
MOST_READ = 500
"""Characters that are looked at: room for 100 letters with all their marks. One character can
unfold into 18 (U+FDFA).
"""
LONGEST_FILENAME = 80
MOST_BYTES_IN_FILENAME = 240
MOST_MARKS = 2
MOST_MARKS_IN_SYLLABLES = 8
"""In scripts that write vowels as marks: Myanmar, Khmer, Tibetan."""
ALPHABETS = frozenset(("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC"))
_NO_NAME = re.compile(r"[\d()\[\]{}<>/\\@#:_%=|（）［］【】／＠]|\bwww\.|[^\W\d_]{2,}\.[a-z]{2,}")
"""Figures, brackets, slashes, addresses: a name on a signed paper is a name, and claims nothing."""

JOINERS = "\u200c\u200d"
APOSTROPHES = str.maketrans("`\u00b4\u2032", "'''")
EMOJI_PUNCTUATION = "\u203c\u2049\u3030\u303d"
EMOJI_MARKS = frozenset(
    map(chr, (*range(0x20D0, 0x20F1), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
ORNAMENTAL = (
    "<font>",
    "<wide>",
    "<narrow>",
    "<initial>",
    "<medial>",
    "<final>",
    "<isolated>",
    "<circle>",
    "<square>",
)


class Reason(StrEnum):
    """Why a name is refused. The conversation has a kind sentence for each."""

    EMPTY = "empty"
    NO_LETTERS = "no_letters"
    TOO_LONG = "too_long"
    TOO_MANY_MARKS = "too_many_marks"
    SIGNS = "signs"
    MIXED = "mixed"


class NameRefused(ValueError):
    """A text that cannot stand as a name on a certificate; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def clean_name(text: str) -> str:
    """The name as it will be printed: NFC, single spaces, at most 100 characters.

    Ornamental letters (𝓐𝓶𝓲𝓷𝓪, Ａｍｉｎａ) become plain ones. Vocalised Arabic and stacked
    Vietnamese marks stay. Raises `NameRefused`. Cleaning a clean name changes nothing.
    """
    text = text.lstrip()[:MOST_READ].translate(APOSTROPHES)
    text = unicodedata.normalize("NFC", "".join(map(_plain, text))[:MOST_READ])
    signs = _NO_NAME.search(text)
    text = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or _belongs_in_a_name(char)
    )
    name = unicodedata.normalize("NFC", " ".join(_attached(text).split()))
    if not name:
        raise NameRefused(Reason.EMPTY)
    if not any(_is_letter(char) for char in name):
        raise NameRefused(Reason.NO_LETTERS)
    # also what is an address only without a sign that was taken away between its letters
    if signs or _NO_NAME.search(name):
        raise NameRefused(Reason.SIGNS)
    if _ornamented(name):
        raise NameRefused(Reason.TOO_MANY_MARKS)
    if any(len(_alphabets(word)) > 1 for word in re.split(r"[ \-]", name)):
        raise NameRefused(Reason.MIXED)
    if len(name) > LONGEST_NAME:
        raise NameRefused(Reason.TOO_LONG)
    return name


def file_name(*parts: str) -> str:
    """The name of a PDF made of `parts`: letters and digits of any script and hyphens, which every
    phone and system takes.

    At most 80 characters and 240 bytes; the end gives way first.
    """
    stem = "-".join(filter(None, map(_hyphenated, parts)))
    stem = stem[: LONGEST_FILENAME - len(".pdf")]
    stem = stem.encode()[: MOST_BYTES_IN_FILENAME - len(".pdf")].decode(errors="ignore")
    return f"{stem.rstrip('-')}.pdf"


def _hyphenated(text: str) -> str:
    def kept(char: str) -> str:
        if _is_letter(char) or _is_mark(char) or char.isdecimal():
            return char
        return "" if char in "'\u2019\u02bc" or unicodedata.category(char) == "Cf" else " "

    return "-".join("".join(map(kept, unicodedata.normalize("NFC", text))).split())


def _plain(char: str) -> str:
    return (
        unicodedata.normalize("NFKC", char)
        if unicodedata.decomposition(char).startswith(ORNAMENTAL)
        else char
    )


def _is_letter(char: str) -> bool:
    return unicodedata.category(char).startswith("L")


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def _belongs_in_a_name(char: str) -> bool:
    if char in EMOJI_MARKS or char in EMOJI_PUNCTUATION:
        return False
    return char in JOINERS or unicodedata.category(char)[0] in "LMNP"


def _attached(text: str) -> str:
    """Leaves out marks and joiners that have no letter to belong to, because it was taken away or
    was never there.

    A joiner shapes the letters on both its sides (گل‌چهره); elsewhere it is an invisible character.
    """
    kept = ""
    for place, char in enumerate(text):
        before = kept.rstrip(JOINERS)[-1:] if _is_mark(char) else kept[-1:]
        follows_letter = bool(before) and (_is_letter(before) or _is_mark(before))
        if char in JOINERS:
            following = text[place + 1 : place + 2]
            written = bool(following) and (_is_letter(following) or _is_mark(following))
            if (
                follows_letter
                and written
                and _script(kept[-1]) not in ("LATIN", "GREEK", "CYRILLIC")
            ):
                kept += char
        elif follows_letter or not _is_mark(char):
            kept += char
    return kept


def _ornamented(name: str) -> bool:
    """Whether more marks stand over or under one letter than its script writes: an ornament that
    spills over the page."""
    stack, most = 0, MOST_MARKS
    for char in name:
        if unicodedata.category(char) not in ("Mn", "Me"):
            stack = 0
            most = MOST_MARKS if _script(char) in ALPHABETS else MOST_MARKS_IN_SYLLABLES
        else:
            stack += 1
            if stack > most:
                return True
    return False


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _alphabets(word: str) -> set[str]:
    """The alphabets that a word is written in. Two in one word look like letters that they are not
    (Latin a, Cyrillic а)."""
    return {_script(char) for char in word if _is_letter(char)} & ALPHABETS
