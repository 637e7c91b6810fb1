"""The buttons and places of a counsellor's groups."""

from enum import StrEnum

from bot.conversation.action import Action, Command, Place
from bot.model.order import OrderKind
from bot.model.roles import Right
from bot.model.words import _


class Groups(
    Place,
    code="kg",
    right=Right.GROUPS,
    main=True,
    home=_("👥 Your groups"),
    command=Command(
        "groups", order=210, words=_("groups|my groups|group|my group"), menu=_("My groups")
    ),
):
    page: int = 0


class NewGroup(
    Place,
    code="ky",
    right=Right.GROUPS,
    command=Command("newgroup", order=230, words=_("new group"), menu=_("Make a group")),
):
    """The title of a new group is typed."""


class Board(Place, code="kb", right=Right.GROUPS, main=True):
    """A group as its counsellor sees it: figures, people, who is stuck."""

    group: int
    page: int = 0


class Person(Place, code="kp", right=Right.GROUPS):
    """One learner of a group, as far as they share. `learner` is the number that they have in this
    group alone (`bot.flows.groups.membership.number_of`), here and in the other actions about one
    of a group."""

    group: int
    learner: int


class Label(Place, code="kk", right=Right.GROUPS):
    """The counsellor's own name for a learner is typed: only they read it."""

    group: int
    learner: int


class DropLabel(Action, code="kK", right=Right.GROUPS):
    group: int
    learner: int


class NudgeSure(Place, code="kw", right=Right.GROUPS):
    """The word to go on, as the learner will read it."""

    group: int
    learner: int


class Nudge(Action, code="kW", right=Right.GROUPS):
    group: int
    learner: int


class WriteTo(Place, code="kt", right=Right.GROUPS):
    """A message to one learner is typed."""

    group: int
    learner: int


class RemoveSure(Place, code="kr", right=Right.GROUPS):
    group: int
    learner: int


class Remove(Action, code="kR", right=Right.GROUPS):
    group: int
    learner: int


class Today(
    Place,
    code="kj",
    right=Right.GROUPS,
    main=True,
    command=Command("today", order=220, words=_("today"), menu=_("Who may need a call")),
):
    """Who may need a word in any of the counsellor's groups."""

    page: int = 0


class NudgeAllSure(Place, code="kh", right=Right.GROUPS):
    """The friendly word to all who are stuck; 0 is all groups of the counsellor."""

    group: int


class NudgeAll(Action, code="kH", right=Right.GROUPS):
    group: int


class WriteAll(Place, code="kv", right=Right.GROUPS):
    """A message to the whole group is typed."""

    group: int


class WriteAllSure(Place, code="kV", right=Right.GROUPS, draft=True):
    group: int


class SendAll(Action, code="kz", right=Right.GROUPS):
    group: int


class HeldBack(Place, code="ki", right=Right.GROUPS):
    """Questions that wait because too many came at once."""

    group: int


class Release(Action, code="kI", right=Right.GROUPS):
    """They come now, or (`drop`) are thrown away unread."""

    group: int
    drop: bool


class GroupLink(Place, code="kl", right=Right.GROUPS):
    """The group's links, and how long and for how many they work."""

    group: int


class RenewSure(Place, code="kN", right=Right.GROUPS):
    """A new link? The explicit yes is `RenewLink`."""

    group: int


class RenewLink(Action, code="kL", right=Right.GROUPS):
    """A new link; the old one works no more."""

    group: int


class GroupSettings(Place, code="ks", right=Right.GROUPS):
    group: int


class Setting(StrEnum):
    """What can be set of a group. The values stand on buttons."""

    TITLE = "title"
    ORGANISATION = "organisation"
    LANGUAGE = "language"
    ENDS = "ends"
    """The last day."""
    PROMISE = "promise"
    """Days until an answer."""
    AWAY = "away"
    ARCHIVED = "archived"
    LIMIT = "limit"
    """How many may join."""
    LINK_UNTIL = "link_until"
    LINK_CLOSED = "link_closed"


class GroupText(Place, code="kx", right=Right.GROUPS):
    """One of the group's texts is typed: title, organisation, or the last day."""

    group: int
    field: Setting


class GroupChoice(Place, code="kc", right=Right.GROUPS):
    """One of the group's settings is chosen from a list."""

    group: int
    field: Setting


class MoreGroupLanguages(Place, code="kc1", right=Right.GROUPS):
    """Those that have no room on the first screen of the choice."""

    group: int
    page: int


class SetGroup(Action, code="kC", right=Right.GROUPS):
    """`value` is as `bot.flows.groups.settings` reads it: a number, a language, a number of days
    from now."""

    group: int
    field: Setting
    value: str


class GroupModules(Place, code="km", right=Right.GROUPS):
    """What the group learns."""

    group: int
    page: int = 0


class ToggleModule(Action, code="kM", right=Right.GROUPS):
    group: int
    module: str
    page: int = 0


class Papers(Place, code="ka", right=Right.GROUPS):
    """Things to print and to take away."""

    group: int


class GroupCertificates(Place, code="kq", right=Right.GROUPS):
    """How many of a group have the certificate of which module."""

    group: int
    page: int = 0


class PaperModule(Place, code="kA", right=Right.GROUPS):
    """For which module? `kind` is one of `bot.model.prints.MODULE_PRINTS`."""

    group: int
    kind: OrderKind
    page: int = 0


class CvSheet(Place, code="kB2", right=Right.GROUPS):
    """The learner's language on the sheet with the questions of a CV."""

    group: int
    page: int = 0


class PosterLanguage(Place, code="kB", right=Right.GROUPS):
    """The second language of the poster."""

    group: int


class MorePosterLanguages(Place, code="kB1", right=Right.GROUPS):
    """Those that have no room on the first screen."""

    group: int
    page: int


class OrderPaper(Action, code="ko", right=Right.GROUPS):
    """`module` is that of a module's paper; of a poster the second language, or nothing."""

    group: int
    kind: OrderKind
    module: str = ""


class Announce(Place, code="ke", right=Right.GROUPS):
    """A meeting is announced, or (`meeting`) one is changed: its day is chosen, or all of it
    typed."""

    group: int
    meeting: int = 0


class MeetingTime(Place, code="kt1", right=Right.GROUPS):
    """The time of a meeting on this `day` (ISO)."""

    group: int
    meeting: int
    day: str


class MeetingPlace(Place, code="kt2", right=Right.GROUPS):
    """Where it is, typed. `time` is four digits."""

    group: int
    meeting: int
    day: str
    time: str


class MeetingPage(Place, code="kt3", right=Right.GROUPS):
    group: int
    meeting: int


class CancelSure(Place, code="kt4", right=Right.GROUPS):
    group: int
    meeting: int


class CancelMeeting(Action, code="kt5", right=Right.GROUPS):
    group: int
    meeting: int


class AnnounceSure(Place, code="kE", right=Right.GROUPS, draft=True):
    """`day` (ISO) and `time` (four digits) are empty where none was found."""

    group: int
    meeting: int = 0
    day: str = ""
    time: str = ""


class SendAnnouncement(Action, code="kS", right=Right.GROUPS):
    group: int


class CopyGroup(Action, code="ku", right=Right.GROUPS):
    """A new group with the same settings, and nobody in it."""

    group: int


class Archive(Place, code="ku1", right=Right.GROUPS):
    """The groups that are put away."""

    page: int = 0


class EndGroupSure(Place, code="kd", right=Right.GROUPS):
    group: int


class EndGroup(Action, code="kD", right=Right.GROUPS):
    group: int


class StaffName(Place, code="fN", right=Right.GROUPS):
    """The name that learners read is typed."""
