"""Days, and days with a time, as a language writes them (CLDR)."""

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from catalogues.french import french_date

_OF = {"en": "en_GB", "pt": "pt_PT"}
"""Whose way of writing a date is meant: 3 March 2026, not March 3, 2026."""


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Whose dates a language has; those of English where nobody knows its own."""
    try:
        return Locale.parse(_OF.get(language, language), sep="_")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_OF["en"])


@lru_cache(maxsize=4096)
def day_in(day: date, language: str) -> str:
    """`28 November 2026`."""
    written = format_date(day, "long", locale=locale_of(language))
    return french_date(written) if language == "fr" else written


def with_time(day: str, time: str, language: str) -> str:
    """A day, in words, and a time: with a comma, an Arabic comma, a word or nothing between
    them."""
    return str(locale_of(language).datetime_formats["long"]).format(time, day)
