"""The buttons and places of colleagues: who keeps a group together. `person` is a number as in
`Person`.
"""

from bot.conversation.action import Action, Place
from bot.model.roles import Right


class Colleagues(Place, code="y", right=Right.GROUPS):
    """Who keeps a group together."""

    group: int


class InviteColleague(Action, code="yi", right=Right.GROUPS):
    """A link that makes one person a counsellor of this group, once."""

    group: int


class ColleagueLink(Place, code="yl", right=Right.GROUPS):
    group: int
    token: str


class ColleaguePage(Place, code="yp", right=Right.GROUPS):
    group: int
    person: int


class ColleagueOutSure(Place, code="yx", right=Right.GROUPS):
    """Take a colleague out of the group, or (0) leave it?"""

    group: int
    person: int


class ColleagueOut(Action, code="yX", right=Right.GROUPS):
    group: int
    person: int


class OfferGroup(Action, code="yo", right=Right.GROUPS):
    """The owner offers the group to a colleague; to 0: takes the offer back."""

    group: int
    person: int


class TakeOver(Place, code="yt", right=Right.GROUPS):
    """A group is offered: take it over? The explicit yes is `TakeGroup`."""

    group: int


class TakeGroup(Action, code="yT", right=Right.GROUPS):
    group: int
    yes: bool


class BecomeColleague(Place, code="yb", right=Right.ANYBODY, main=True):
    """A colleague's link was opened."""

    token: str


class BeColleague(Action, code="yB", right=Right.ANYBODY):
    """The yes, in the name of the group's organisation; `read` is as in `JoinGroup`."""

    token: str
    read: int


class ColleagueFrom(Place, code="yf", right=Right.ANYBODY):
    """Their own organisation is typed."""

    token: str


class ColleagueName(Place, code="yn", right=Right.ANYBODY, draft=True):
    """Who is no staff yet types the name that learners read; their organisation, where it is
    another one, was typed before."""

    token: str
