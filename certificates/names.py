"""The name that a learner types, made ready for paper; and the name of the file.

A name is anything that people are called, in any script. What cannot be part of one is taken away without a word
(emoji, control characters, direction overrides); what cannot be understood as a name is refused with a reason.
"""

import re
import unicodedata
from enum import StrEnum

LONGEST_NAME = 60
LONGEST_FILENAME = 80
MOST_BYTES_IN_FILENAME = 240
MOST_MARKS = 2
JOINERS = "\u200c\u200d"
APOSTROPHES = str.maketrans({"`": "'", "\u00b4": "'", "\u02b9": "'", "\u2032": "'"})
EMOJI_PUNCTUATION = "\u203c\u2049\u3030\u303d"
LOOKALIKES = ("<font>", "<wide>", "<narrow>", "<initial>", "<medial>", "<final>", "<isolated>", "<circle>", "<square>")


class Reason(StrEnum):
    """Why a name is refused. The conversation has a kind sentence for each."""

    EMPTY = "empty"
    NO_LETTERS = "no_letters"
    TOO_LONG = "too_long"
    TOO_MANY_MARKS = "too_many_marks"


class NameRefused(ValueError):
    """A text that cannot stand as a name on a certificate; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def clean_name(text: str) -> str:
    """The name as it will be printed: NFC, single spaces, at most 60 characters.

    Ornamental letters (𝓐𝓶𝓲𝓷𝓪, Ａｍｉｎａ) become plain ones. Vocalised Arabic and stacked Vietnamese marks stay.
    Raises `NameRefused`. Cleaning a clean name changes nothing.
    """
    text = unicodedata.normalize("NFC", "".join(map(_plain, text.translate(APOSTROPHES))))
    text = "".join(" " if char.isspace() else char for char in text if char.isspace() or _may_stand(char))
    text = _without_stray_joiners(_without_stray_marks(text))
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not name:
        raise NameRefused(Reason.EMPTY)
    if not any(unicodedata.category(char)[0] == "L" for char in name):
        raise NameRefused(Reason.NO_LETTERS)
    if _most_marks(name) > MOST_MARKS:
        raise NameRefused(Reason.TOO_MANY_MARKS)
    if len(name) > LONGEST_NAME:
        raise NameRefused(Reason.TOO_LONG)
    return name


def file_name(*parts: str) -> str:
    """A PDF's name of these parts that every phone and system takes: letters and digits of any script, hyphens, no more.

    At most 80 characters and 240 bytes; the last part gives way first.
    """
    stem = "-".join(filter(None, (_words(part) for part in parts)))
    while len(stem) + 4 > LONGEST_FILENAME or len(stem.encode()) + 4 > MOST_BYTES_IN_FILENAME:
        stem = stem[:-1]
    while stem and not stem[-1].isalnum() and not unicodedata.combining(stem[-1]):
        stem = stem[:-1]
    return f"{stem}.pdf"


def _words(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    kept = (char if unicodedata.category(char)[0] in "LMN" else "" if char in "'\u2019\u02bc" + JOINERS else " " for char in text)
    return "-".join("".join(kept).split())


def _plain(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if unicodedata.decomposition(char).startswith(LOOKALIKES) else char


def _may_stand(char: str) -> bool:
    return char in JOINERS or (unicodedata.category(char)[0] in "LMNP" and not _is_emoji_part(char))


def _is_emoji_part(char: str) -> bool:
    """Variation selectors and keycaps count as marks in Unicode, a few emoji as punctuation."""
    return unicodedata.category(char) == "Me" or "\ufe00" <= char <= "\ufe0f" or char >= "\U000e0100" or char in EMOJI_PUNCTUATION


def _without_stray_marks(text: str) -> str:
    """Marks need a letter before them: one that lost it (an emoji was taken away) goes too."""
    return re.sub(r"(^|[\s\u200c\u200d])[^\S\r\n]*", r"\1", text) if False else _drop_marks_without_letter(text)


def _drop_marks_without_letter(text: str) -> str:
    kept: list[str] = []
    for char in text:
        is_mark = unicodedata.category(char)[0] == "M"
        if not is_mark or (kept and unicodedata.category(kept[-1])[0] in "LM"):
            kept.append(char)
    return "".join(kept)


def _without_stray_joiners(text: str) -> str:
    """A zero-width joiner or non-joiner shapes the letters beside it (گل‌چهره); elsewhere it is only invisible."""
    return re.sub(r"(?<![^\W\d_])[\u200c\u200d]+|[\u200c\u200d]+(?![^\W\d_])", "", text)


def _most_marks(name: str) -> int:
    most = run = 0
    for char in name:
        run = run + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        most = max(most, run)
    return most
