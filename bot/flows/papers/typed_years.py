"""Years of a job as they are typed. Pure.

`2015-2019`, `2015 – now`, `١٩٩٨-٢٠٠٣`, `15 to 19` and `1391-1395` (of the Persian calendar) are
understood; where another reading is as likely, it is asked about.
"""

import re
from dataclasses import dataclass

from bot.conversation.chosen import numbers
from bot.model.words import _
from cards.folding import folded

# Translators: what people type behind a year for "until today": 2015 - now. Separated by |.
NOW = _("now|today|present|until now|still")
EARLIEST, PERSIAN = 1940, (1320, 1430)
SOLAR = 621
"""Years between the Persian calendar and ours, from spring on."""


@dataclass(frozen=True)
class Years:
    """`last` is 0 until now. `sure`: nobody has to be asked."""

    first: int
    last: int
    sure: bool = True


class NoYears(ValueError):
    """A text in which no years are found."""


class InFuture(ValueError):
    """A year that has not come yet."""


def years_in(text: str, this_year: int, now_words: str = "") -> Years:
    """`now_words` are the words for "until today", separated by |. Raises `NoYears`, `InFuture`."""
    bare = numbers(text)
    found = [int(run) for run in re.findall(r"\d+", bare)]
    if not 1 <= len(found) <= 2 or any(len(run) not in (2, 4) for run in re.findall(r"\d+", bare)):
        raise NoYears(text)
    read = [_year(value, this_year) for value in found]
    years, sure = [year for year, _sure in read], all(sure for _year, sure in read)
    rest = folded(re.sub(r"[\d\W_]+", " ", bare))
    still = rest in {folded(word) for word in now_words.split("|")}
    if len(years) == 1:
        last = 0 if still or re.search(r"\d\s*[-–—]\s*$", bare) else years[0]
        return _checked(Years(years[0], last, sure), this_year)
    first, last = years
    if first > last:
        return _checked(Years(last, first, sure=False), this_year)
    return _checked(Years(first, last, sure), this_year)


def _year(value: int, this_year: int) -> tuple[int, bool]:
    """The year that is meant, and whether that is sure."""
    if PERSIAN[0] <= value <= PERSIAN[1]:
        return value + SOLAR, False
    if value < 100:
        century = this_year // 100 * 100
        return (century if value <= this_year % 100 else century - 100) + value, False
    return value, True


def _checked(years: Years, this_year: int) -> Years:
    if max(years.first, years.last) > this_year:
        raise InFuture(str(this_year))
    if min(years.first, years.last or years.first) < EARLIEST:
        raise NoYears
    return years
