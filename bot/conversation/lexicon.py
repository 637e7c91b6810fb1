"""The small words around numbers and times, as people type them, in every language offered at once.
Pure.

Translators write them into the catalogues, several separated by |. Nobody has to type in the
language of the screen: somebody who reads Arabic may answer "option 2".
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bot.model.words import Words, _
from cards.folding import folded, script

Say = Callable[[Words, str], str]

# Translators: numbers as people write them out, also "the first", "the second"; separated by |.
NUMBERS: tuple[Words, ...] = (
    _("one|first"),
    _("two|second"),
    _("three|third"),
    _("four|fourth"),
    _("five|fifth"),
    _("six|sixth"),
    _("seven|seventh"),
    _("eight|eighth"),
    _("nine|ninth"),
    _("ten|tenth"),
    _("eleven|eleventh"),
    _("twelve|twelfth"),
)
# Translators: words that stand before or after the number of an answer and mean nothing more:
# "option 2", "no. 2", "the second".
LEADS = _("option|number|answer|choice|button|no|nr|num|n|the")
# Translators: what is written behind a number to make it "second", "third".
SUFFIXES = _("st|nd|rd|th")
# Translators: what stands between the last two things of a list: apples AND pears.
JOINERS = _("and|plus")
# Translators: letters by which people count answers, in order.
LETTERS = _("a|b|c|d")
# Translators: of times. From midnight to noon: 8 AM, 8 in the morning.
MORNING = _("am|morning|in the morning")
# Translators: of times. From noon to midnight: 8 PM, 8 in the evening.
EVENING = _("pm|afternoon|in the afternoon|evening|in the evening")
# Translators: of times. Evening or early morning: 11 at night, 2 at night.
NIGHT = _("night|at night|tonight")
NOON = _("noon|midday")
MIDNIGHT = _("midnight")
# Translators: of times. Half an hour later: half past 8.
HALF = _("half|half past")
# Translators: of times. A quarter of an hour later: quarter past 8.
QUARTER = _("quarter past|a quarter past")
# Translators: words that stand around a time and say nothing more: "it is 8 o'clock", "at 20:00",
# "20 h".
FILLERS = _("it is|it's|at|o'clock|oclock|h|hour|hours|about|now")
# Translators: of lengths of time. All forms that stand behind a number (2 years, 5 yrs), separated
# by |. One letter only where people write it so (French 3 m).
YEARS = _("year|years|yr|yrs|y")
MONTHS = _("month|months|mo")
WEEKS = _("week|weeks|wk")
DAYS = _("day|days")
# Translators: half a year, as people say it without a number.
HALF_A_YEAR = _("half a year|half year")
# Translators: two years and two months where your language says them without a number (Arabic
# سنتين); else "two years".
TWO_YEARS = _("two years|a couple of years")
TWO_MONTHS = _("two months|a couple of months")
# Translators: what stands before a length and does not change it: "about 2 years".
ABOUT = _("about|for|since|almost|nearly|over|more than|the last|already|only")
LENGTHS: tuple[tuple[float, Words], ...] = (
    (12, YEARS),
    (1, MONTHS),
    (7 / 30, WEEKS),
    (1 / 30, DAYS),
    (6, HALF_A_YEAR),
    (24, TWO_YEARS),
    (2, TWO_MONTHS),
)
# Translators: small words that people put around what they look for, and that say nothing of it:
# pronouns, articles, prepositions, to be, to have, and "I look for", "I need", "I feel", "please".
# No word of meaning: not "work", not "alone".
EMPTY = _(
    "I|me|my|mine|we|us|our|you|your|he|she|it|they|their|this|that|these|those|the|an|and|or|of|"
    "to|in|on|at|by|for|from|with|about|into|as|if|so|am|is|are|was|were|be|been|being|do|does|"
    "did|don't|doesn't|not|no|have|has|had|can|can't|cannot|could|will|would|should|must|may|how|"
    "what|where|when|who|why|which|there|here|very|much|some|any|please|want|need|like|look|"
    "looking|search|searching|find|get|feel|feeling|I'm|hello|hi"
)


@lru_cache(maxsize=32)
def empty(say: Say, language: str) -> frozenset[str]:
    """The words that say nothing of what is looked for in a language, as `folded` writes them."""
    words = say(EMPTY, language).split("|")
    return frozenset(part for word in words for part in folded(word, language).split())


@dataclass(frozen=True)
class Lexicon:
    """Words as `folding.folded` writes them. `joiners` is as the translators wrote them."""

    numbers: dict[str, int]
    leads: frozenset[str]
    suffixes: frozenset[str]
    joiners: frozenset[str]
    between: frozenset[str]
    """The joiners as the other words are."""
    letters: dict[str, int]
    times: dict[str, frozenset[str]]
    """`morning`, `evening`, `night`, `noon`, `midnight`, `half`, `quarter`, `fillers`: phrases of
    one word or several."""
    lengths: dict[str, float]
    """Units and whole phrases of a length of time, in months."""
    about: frozenset[str]
    languages: tuple[str, ...]

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Joiners that are written in one with the word behind them: Arabic و."""
        return tuple(word for word in self.joiners if len(word) == 1 and script(word) == "ARABIC")


@lru_cache(maxsize=8)
def lexicon(say: Say, languages: tuple[str, ...]) -> Lexicon:
    """All languages together. Where two disagree about a number, the one offered first is right."""

    def spoken(words: Words) -> list[list[str]]:
        return [
            [word.strip() for word in say(words, language).split("|")] for language in languages
        ]

    def known(words: Words) -> frozenset[str]:
        return frozenset(folded(word) for spellings in spoken(words) for word in spellings) - {""}

    numbers: dict[str, int] = {}
    for value, words in enumerate(NUMBERS, 1):
        for word in known(words):
            numbers.setdefault(word, value)
    letters: dict[str, int] = {}
    for spellings in spoken(LETTERS):
        for place, letter in enumerate(spellings):
            letters.setdefault(folded(letter), place)
    times = {
        "morning": MORNING,
        "evening": EVENING,
        "night": NIGHT,
        "noon": NOON,
        "midnight": MIDNIGHT,
        "half": HALF,
        "quarter": QUARTER,
        "fillers": FILLERS,
    }
    lengths: dict[str, float] = {}
    for months, words in LENGTHS:
        for word in known(words):
            lengths.setdefault(word, months)
    return Lexicon(
        numbers=numbers,
        leads=known(LEADS),
        suffixes=known(SUFFIXES),
        joiners=frozenset(word for spellings in spoken(JOINERS) for word in spellings),
        between=known(JOINERS),
        letters=letters,
        times={name: known(words) for name, words in times.items()},
        lengths=lengths,
        about=frozenset(word for phrase in known(ABOUT) for word in phrase.split()),
        languages=languages,
    )
