"""Day, time and what else was typed in one text. Pure.

Understood: `8.6. 14:00 library`, `2027-06-08 14h30`, `8 June, 2 pm`, `Tuesday 14:00`, `mardi 14h`,
`1er décembre`, `tomorrow 14:30`, in the writer's language or in English. What is neither day nor
time is the rest, for example a place. A day without a year is the next one that comes; a date goes
before a weekday, and that before `today` and `tomorrow`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation.chosen import numbers
from bot.model.days import MONTHS, TODAY, TOMORROW, WEEKDAYS
from bot.model.words import Words
from cards.folding import folded

_BIDI = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<![\d:])(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2})?)?(?![\d:])")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:\.|(?!h)[^\W\d_]{1,2}|[°º])?\s+(?:de\s+)?([^\W\d_]+)(?:\s+(?:de\s+)?(\d{4}))?"
)
"""`1st December`, `1er décembre`, `1. Dezember`, `1 de diciembre de 2026`."""
_TIME = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-3])(?:\s?h\s?([0-5]\d)?|\s?:\s?([0-5]\d)|\.([0-5]\d))(?![\d:.])(?![^\W\d_])",
    re.IGNORECASE,
)
_HALF_DAY = re.compile(r"(?<!\d)(1[0-2]|[1-9])(?:[:.]([0-5]\d))?\s?([ap])\.?m\b\.?", re.IGNORECASE)
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u0652\u0670])"
"""With the marks above and below it: غدًا is one word."""
_LETTERS = rf"{_LETTER}+(?:[-'’ʼ\u200c]{_LETTER}+)*"
_WORDS = (re.compile(rf"\b(?=({_LETTERS}\s+{_LETTERS}))"), re.compile(rf"({_LETTERS})"))
"""Two words before one: in Persian Tuesday is “three” and Saturday, and may be typed apart."""


@dataclass(frozen=True)
class When:
    """`time` is 14:00, or empty; `rest` is what was typed beside day and time."""

    day: date | None
    time: str
    rest: str


def when(text: str, today: date, say: Callable[[Words, str], str], language: str) -> When:
    """What a typed text says about day and time. Nothing in it raises: what is no day stays in
    `rest`."""
    rest = numbers(text.translate(_BIDI))  # a day may be copied from a screen of ours
    day, rest = _day(rest, today, say, language)
    time, rest = _time(rest)
    return When(day, time, " ".join(rest.split()).strip(" ,;.-–"))


def _names(
    words: tuple[Words, ...], say: Callable[[Words, str], str], language: str
) -> dict[str, int]:
    return {
        _key(say(word, tongue)): place
        for place, word in enumerate(words)
        for tongue in ("en", language)
    }


def _day(
    text: str, today: date, say: Callable[[Words, str], str], language: str
) -> tuple[date | None, str]:
    months = _names(MONTHS, say, language)
    for pattern in (_ISO, _DAY_FIRST, _DAY_MONTH):
        for found in pattern.finditer(text):
            if pattern is _ISO:
                year, month, number = found[1], int(found[2]), found[3]
            else:
                name = (
                    months.get(_key(found[2]), -1) + 1 if pattern is _DAY_MONTH else int(found[2])
                )
                year, month, number = found[3] or "", name, found[1]
            if day := _date(year, month, int(number), today):
                return day, _without_weekday(_cut(text, found), say, language)
    weekday, rest = _one_of(WEEKDAYS, text, say, language)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1), rest
    ahead, rest = _one_of((TODAY, TOMORROW), text, say, language)
    return (None if ahead is None else today + timedelta(days=ahead)), rest


def _without_weekday(text: str, say: Callable[[Words, str], str], language: str) -> str:
    """“Tuesday 8 June” names the day twice."""
    return _one_of(WEEKDAYS, text, say, language)[1]


def _one_of(
    words: tuple[Words, ...], text: str, say: Callable[[Words, str], str], language: str
) -> tuple[int | None, str]:
    """The place of the word that stands in a text, and the text without it."""
    names = _names(words, say, language)
    for pattern in _WORDS:
        for found in pattern.finditer(text):
            if (place := names.get(_key(found[1]))) is not None:
                return place, f"{text[: found.start(1)]} {text[found.end(1) :]}"
    return None, text


def _key(name: str) -> str:
    """Without what keyboards lack or people leave out: accents, apostrophes, joiners, spaces."""
    return "".join(filter(str.isalpha, folded(name)))


def _date(year: str, month: int, number: int, today: date) -> date | None:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, number)
        this = date(today.year, month, number)
        return this if this >= today else date(today.year + 1, month, number)
    except ValueError:
        return None


def _time(text: str) -> tuple[str, str]:
    if found := _HALF_DAY.search(text):
        hour = int(found[1]) % 12 + (12 if found[3].casefold() == "p" else 0)
        return f"{hour:02}:{found[2] or '00'}", _cut(text, found)
    if found := _TIME.search(text):
        return f"{int(found[1]):02}:{found[2] or found[3] or found[4] or '00'}", _cut(text, found)
    return "", text


def _cut(text: str, found: "re.Match[str]") -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
