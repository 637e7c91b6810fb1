"""Two people who write to each other through the service: a learner and a mentor. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.model.query import Query

DAY_SECONDS = 24 * 3600
WEEK_SECONDS = 7 * DAY_SECONDS
LINK_DAYS = 14
"""How long a link for a mentor can be opened."""
CHECKS = (2, 6, 12, 24)
"""Weeks after which each is asked apart how it goes."""
LASTS = 26 * WEEK_SECONDS
"""Then it ends, or goes on with two yeses."""
MOST_A_DAY = 20
"""Messages of one to the other."""
RULES = 7
"""Rules that a mentor ticks, one by one."""
FEWEST_DIGITS = 6


class PairState(StrEnum):
    """How far it is. The values are stored, and stay."""

    INVITED = "invited"
    """A counsellor made a link for somebody who will be the mentor of one learner."""
    ASKED = "asked"
    """The learner is asked, first."""
    OFFERED = "offered"
    """The learner said yes: the mentor is asked."""
    PAIRED = "paired"
    DECLINED = "declined"
    ENDED = "ended"
    REPORTED = "reported"
    """One of them reported the other: an admin decides."""
    CLEARED = "cleared"
    """The mentor may have another pair; these two never again."""
    BARRED = "barred"
    """The mentor may not be one any more."""

    @classmethod
    def _missing_(cls, value: object) -> "PairState":
        """Of a newer version."""
        return cls.ENDED


OPEN = (PairState.INVITED, PairState.ASKED, PairState.OFFERED, PairState.PAIRED)
NEVER_AGAIN = (PairState.REPORTED, PairState.CLEARED, PairState.BARRED)
STOPPED = (PairState.REPORTED, PairState.BARRED)
"""Of a mentor who has one in these states nobody is asked."""


@dataclass(frozen=True)
class Pair:
    """`mentor` is 0 until the link was opened. `since` is when it came into its state, `until` when
    the link or the pair ends, seconds since the epoch; `asked` how often both were asked how it
    goes; `more` who wants it to go on: 1 the learner, 2 the mentor, 3 both."""

    id: int
    learner: int
    mentor: int
    group: int
    state: PairState
    since: int
    until: int
    asked: int = 0
    more: int = 0

    def other(self, who: int) -> int:
        return self.mentor if who == self.learner else self.learner

    def has(self, who: int) -> bool:
        return who in (self.learner, self.mentor)

    def moved(self, state: PairState, now: int) -> "Pair":
        until = now + LASTS if state is PairState.PAIRED else self.until
        return replace(self, state=state, since=now, until=until)


@dataclass(frozen=True)
class AboutMe:
    """What somebody said of themselves for a pair. `tongues` are codes, `sector` is the work that a
    mentor knows or a learner looks for, `rules` those that a mentor ticked; `pairs` are those that
    they are in; `sent` messages went out on the day `sent_on`."""

    name: str = ""
    tongues: tuple[str, ...] = ()
    sector: str = ""
    adult: bool = False
    rules: tuple[int, ...] = ()
    pairs: tuple[int, ...] = ()
    sent_on: date | None = None
    sent: int = 0
    talk: int = 0
    """The pair about which the counsellor was told that they want to talk, and when (`talk_at`)."""
    talk_at: int = 0

    @property
    def agreed(self) -> bool:
        return len(set(self.rules)) == RULES

    def sent_today(self, today: date) -> int:
        return self.sent if self.sent_on == today else 0


@dataclass(frozen=True)
class PairById(Query[Pair | None]):
    id: int


@dataclass(frozen=True)
class PairByToken(Query[Pair | None]):
    """One whose link can still be opened."""

    token: str


@dataclass(frozen=True)
class PairsOf(Query[tuple[Pair, ...]]):
    """All that somebody is or was in, the newest first."""

    who: int


@dataclass(frozen=True)
class PairsIn(Query[tuple[Pair, ...]]):
    """All of a group, the newest first."""

    group: int


@dataclass(frozen=True)
class Said:
    """Of one of a pair, what the other reads: never a number, a result, a paper."""

    about: AboutMe
    language: str


@dataclass(frozen=True)
class SaidBy(Query[Said | None]):
    who: int


class Hears(StrEnum):
    """When somebody is handed what comes now."""

    SOON = "soon"
    WHEN_THEY_WRITE = "when they write"
    """Their messenger lets nothing through until they write again."""
    WHEN_THEY_LOOK = "when they look"
    """They have a page, where nothing can be sent."""


@dataclass(frozen=True)
class WhenHeard(Query[Hears]):
    who: int


_GIVES = re.compile(
    r"[^\s@]+@[^\s@]+|(?<!\S)@\w{3,}|https?://|\bwww\.|\b[\w-]+\.(?:com|org|net|info|me|de|fr|be|pt|es|tr|eu|io)\b"
    r"|[€$£₺]|\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,}",
    re.IGNORECASE,
)


def gives_away(text: str, money: str) -> bool:
    """Whether a message has a number, an address, a link, an account or a word for money in it.
    `text` has its digits in Latin; `money` holds words, folded, separated by |."""
    if _GIVES.search(text):
        return True
    runs = re.findall(r"\d(?:(?:[^\w:]|_){0,4}\d)+", text)  # a time of day has its colon
    if any(sum(char.isdigit() for char in run) >= FEWEST_DIGITS for run in runs):
        return True
    spoken = set(re.findall(r"[^\W\d_]+", text.casefold()))
    return any(word.strip() in spoken for word in money.casefold().split("|"))
