"""The buttons and places of pairs. They carry the number of a pair, and of nobody in it."""

from enum import StrEnum

from bot.conversation.action import Action, Command, Place
from bot.model.roles import Right
from bot.model.words import _


class Reason(StrEnum):
    """Why a pair is reported."""

    MONEY = "m"
    PRIVATE = "s"
    WORK = "w"
    INSULTS = "i"
    OTHER = "o"


# --- of counsellors and admins


class ProposePair(Place, code="zp", right=Right.GROUPS):
    """A mentor for this learner of a group? The explicit yes is `MakePairLink`."""

    group: int
    learner: int


class MakePairLink(Action, code="zL", right=Right.GROUPS):
    group: int
    learner: int


class PairLink(Place, code="zl", right=Right.GROUPS):
    """The link for one mentor."""

    group: int
    token: str


class PairsPage(Place, code="zg", right=Right.GROUPS):
    """The pairs of a group: since when, and no message."""

    group: int


class DecideMentor(Place, code="zd", right=Right.STAFF):
    """May the mentor of a pair that was reported have another one?"""

    pair: int


class Decided(Action, code="zD", right=Right.STAFF):
    pair: int
    again: bool


# --- of mentors


class MentorInvited(Place, code="zi", right=Right.ANYBODY, main=True, asks=True):
    """A link for a mentor was opened."""

    token: str


class TakeLink(Action, code="zI", right=Right.ANYBODY):
    """They are 18, and begin."""

    token: str


class MentorSteps(Place, code="zm", right=Right.ANYBODY, main=True):
    """What is to be done before a learner is asked."""


class MentorLessons(Action, code="zs", right=Right.ANYBODY):
    """To the track for mentors."""


class MentorRules(Place, code="zr", right=Right.ANYBODY):
    """Seven rules."""


class TickRule(Action, code="zR", right=Right.ANYBODY):
    rule: int


class AgreeToRules(Action, code="zV", right=Right.ANYBODY):
    """Several at once, counted from 0."""

    rules: tuple[int, ...]


class MentorName(Place, code="zn", right=Right.ANYBODY):
    """What the other reads as a name."""


class MentorTongues(Place, code="zt", right=Right.ANYBODY):
    """Which languages they speak: typed, one after another."""


class MentorWork(Place, code="zw", right=Right.ANYBODY, asks=True):
    """Which work they know."""

    page: int = 0


class PickWork(Action, code="zW", right=Right.ANYBODY):
    sector: int


class MentorReady(Action, code="zy", right=Right.ANYBODY):
    """The learner of this pair may be asked."""

    pair: int


class OfferedPair(Place, code="zo", right=Right.ANYBODY, asks=True):
    """The learner said yes: does the mentor?"""

    pair: int


class TakePair(Action, code="zO", right=Right.ANYBODY):
    pair: int
    yes: bool


# --- of learners


class AskedPair(Place, code="zq", right=Right.ANYBODY, asks=True):
    """A mentor was proposed."""

    pair: int


class AnswerPair(Action, code="zQ", right=Right.ANYBODY):
    pair: int
    yes: bool


class MyWork(Place, code="zk", right=Right.ANYBODY, asks=True):
    """Which work a learner looks for: the mentor reads it."""

    pair: int
    page: int = 0


class PickMyWork(Action, code="zK", right=Right.ANYBODY):
    """999 stands for no answer."""

    pair: int
    sector: int


# --- of both


class PairTalk(
    Place,
    code="z",
    right=Right.ANYBODY,
    main=True,
    command=Command("pair", order=60, words=_("mentor|my mentor"), suggested=False),
):
    """What is written here goes to the other. 0 is the pair that they are in."""

    pair: int = 0


class PairHeld(Place, code="zh", right=Right.ANYBODY, draft=True):
    """A text with a number, an address or money in it is about to be given away."""

    pair: int


class SendHeld(Action, code="zH", right=Right.ANYBODY):
    pair: int


class EndPair(Place, code="ze", right=Right.ANYBODY):
    """End it? The explicit yes is `PairOver`."""

    pair: int


class PairOver(Action, code="zE", right=Right.ANYBODY):
    pair: int


class ReportPair(Place, code="zx", right=Right.ANYBODY, asks=True):
    """What happened? A tap stops the pair at once."""

    pair: int


class Report(Action, code="zX", right=Right.ANYBODY):
    pair: int
    reason: Reason


class AfterReport(Place, code="za", right=Right.ANYBODY):
    """Where help is; words for the counsellor may be added."""

    pair: int


class AddWords(Place, code="zA", right=Right.ANYBODY):
    pair: int


class HowItGoes(Action, code="zc", right=Right.ANYBODY):
    """2 good, 1 so-so, 0 wants to talk to the counsellor."""

    pair: int
    how: int


class GoOn(Action, code="zf", right=Right.ANYBODY):
    """Another six months; it takes both."""

    pair: int
