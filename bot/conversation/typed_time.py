"""The time of day as people type it, in every language offered. Pure.

`14:30`, `14h30`, `1430`, `20.15`, `8pm`, `8 p.m.`, `8 du soir`, `٨ مساءً`, `akşam 8`, `noon`, `half
past 8`. A text that says anything else as well is no time: better to ask again than to wake
somebody at night.
"""

import re

from bot.conversation.chosen import numbers
from bot.conversation.lexicon import Lexicon
from cards.folding import folded, visible

Clock = tuple[int, int]
"""Hour 0-23 and minute."""
_BETWEEN = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_HALVES = re.compile(r"\b([ap]) ?m\b")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?", re.ASCII)
_PACKED = re.compile(r"(\d{1,2})(\d{2})", re.ASCII)
_FIGURE = re.compile(r"\d{1,2}", re.ASCII)
_LONGEST_PHRASE = 4


def clock_in(text: str, words: Lexicon) -> Clock | None:
    """Hour and minute of a typed time; None where there is none, or where it could be two."""
    plain = _HALVES.sub(r"\1m", " ".join(_BETWEEN.sub(" ", folded(numbers(visible(text)))).split()))
    figures: list[Clock | int] = []
    said: set[str] = set()
    tokens = plain.split()
    while tokens:
        name, length = _phrase(tokens, words)
        if name:
            said.add(name)
        elif not length:
            pair = words.numbers.get(" ".join(tokens[:2])) if len(tokens) > 1 else None
            figure = pair or _figure(tokens[0], words, first=not figures)
            if figure is None:
                return None
            figures.append(figure)
            length = 2 if pair else 1
        tokens = tokens[length:]
    clock = _of(figures)
    if clock is None and not figures and (said & {"noon", "midnight"}):
        clock = (12, 0)
    return _at(clock, said) if clock else None


def _phrase(tokens: list[str], words: Lexicon) -> tuple[str, int]:
    """The longest phrase that stands first, and its length in words; a filler has no name."""
    for length in range(min(_LONGEST_PHRASE, len(tokens)), 0, -1):
        phrase = " ".join(tokens[:length])
        for name, phrases in words.times.items():
            if phrase in phrases:
                return "" if name == "fillers" else name, length
    return "", 0


def _figure(token: str, words: Lexicon, first: bool) -> Clock | int | None:
    """A number; after the first one only two figures can be minutes."""
    if found := _CLOCK.fullmatch(token) or _PACKED.fullmatch(token):
        return int(found[1]), int(found[2])
    if _FIGURE.fullmatch(token):
        return int(token) if first or len(token) == 2 else None
    return words.numbers.get(token) if first else None


def _of(figures: list[Clock | int]) -> Clock | None:
    match figures:
        case [int(hour)]:
            return hour, 0
        case [int(hour), int(minute)]:
            return hour, minute
        case [(int(hour), int(minute))]:
            return hour, minute
        case _:
            return None


def _at(clock: Clock, said: set[str]) -> Clock | None:
    """The clock with what was said around it: the half of the day, half past, a quarter past."""
    hour, minute = clock
    later = said & {"half", "quarter"}
    parts = said - later
    if later:
        if minute or len(later) > 1:
            return None
        minute = 30 if "half" in later else 15
    if len(parts) > 1 or hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    match next(iter(parts), ""):
        case "morning" if hour > 12:
            return None
        case "morning" | "midnight":
            hour = 0 if hour == 12 else hour
        case "evening" | "noon" if not hour:
            return None
        case "evening" if hour < 12:
            hour += 12
        case "noon":
            hour += 12 if hour < 4 else 0
        case "night":
            hour = 0 if hour == 12 else hour + 12 if 6 <= hour < 12 else hour
    if "midnight" in parts and hour:
        return None
    return hour % 24, minute
