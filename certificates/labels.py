"""The words around the facts in the learner's language: gettext messages (domain `certificates`),
dates, durations.

Catalogues are read as PO files at first use. A language without one gets English words and dates.
"""

import gettext
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from math import ceil
from pathlib import Path

from babel import Locale

from catalogues.dates import day_in
from catalogues.entry import fill
from catalogues.french import FIRM, NARROW, french
from catalogues.po import read, spoken
from certificates.facts import Hours
from certificates.typesetting.bidi import reads_from_the_right

CATALOGUES = Path(__file__).parent.parent / "locales"
DOMAIN = "certificates"
SOURCE = "en"
FSI, RLI, PDI, RLM = "\u2068", "\u2067", "\u2069", "\u200f"
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_WORD = rf"[0-9{_LATIN}@#](?:[0-9{_LATIN}@#+./:_’'-]*[0-9{_LATIN}+])?"
FOREIGN = re.compile(rf"(?=[^{_LATIN}\s]*[{_LATIN}]){_WORD}(?:(?: & | ){_WORD})*")
"""Words in Latin letters one after another: a name of several words, a reference, an address."""


class Labels:
    """A language. Values that are put into a message are isolated where scripts of both directions
    meet."""

    def __init__(self, language: str) -> None:
        self.language = language if _path(language).exists() else SOURCE
        self._locale = Locale.parse(self.language)
        self._translations = _translations(self.language)
        self.rtl = self._locale.text_direction == "rtl"

    def text(self, message: str, **values: str) -> str:
        return self._filled(self._translations.gettext(message), values)

    def plural(self, one: str, many: str, count: int, **values: str) -> str:
        return self._filled(
            self._translations.ngettext(one, many, count), {"count": str(count), **values}
        )

    def named(self, label: str, value: str = "") -> str:
        """`label: value`; with nothing behind it what follows stands below."""
        between = f"{FIRM}:" if self.language == "fr" else ":"
        return f"{label}{between} {value}".rstrip()

    def joined(self, values: Iterable[str]) -> str:
        return " · ".join(self.isolated(value) for value in values if value)

    def isolated(self, value: str) -> str:
        """The value with a direction of its own, so that what stands around it keeps its place:
        that of its first letter, or that of the language when it is one of our messages with values
        in it."""
        if not self.rtl and not _has_right_to_left(value):
            return value
        return f"{RLI if self.rtl and FSI in value else FSI}{value}{PDI}"

    def prose(self, text: str) -> str:
        """Sentences of the programme: translators type no direction marks, but what is in Latin
        letters keeps its order."""
        if not _has_right_to_left(text) or not reads_from_the_right(text, self.rtl):
            return text
        return FOREIGN.sub(lambda found: f"{FSI}{found[0]}{PDI}", text)

    def day(self, day: date) -> str:
        return day_in(day, self.language)

    def days(self, first: date, last: date) -> str:
        _ = self.text
        if first == last:
            return _("on {day}", day=self.day(first))
        return _("from {first} to {last}", first=self.day(first), last=self.day(last))

    def hours(self, hours: Hours) -> str:
        """Hours and minutes, rounded up to the minute."""
        _, ngettext = self.text, self.plural
        whole, minutes = divmod(ceil(Fraction(hours) * 60), 60)
        said_hours = ngettext("{count} hour", "{count} hours", whole) if whole else ""
        said_minutes = (
            ngettext("{count} minute", "{count} minutes", minutes) if minutes or not whole else ""
        )
        if said_hours and said_minutes:
            return _("{hours} {minutes}", hours=said_hours, minutes=said_minutes)
        return said_hours or said_minutes

    def time(self, spent: timedelta) -> str:
        """Hours and minutes; a beginning counts as one minute."""
        return self.hours(Fraction(max(ceil(spent.total_seconds()), 1), 3600))

    def _filled(self, message: str, values: dict[str, str]) -> str:
        text = french(message).replace(NARROW, FIRM) if self.language == "fr" else message
        return fill(text, {name: self.isolated(value) for name, value in values.items()})


def _has_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def _path(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@lru_cache
def _translations(language: str) -> gettext.NullTranslations:
    """A file that cannot be read gives English words: the paper comes, and lint names the line."""
    catalog = None if language == SOURCE else read(_path(language), language)[0]
    return spoken(catalog) if catalog else gettext.NullTranslations()
