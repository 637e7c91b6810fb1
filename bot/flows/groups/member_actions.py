"""The buttons and places of the groups that a learner is in."""

from bot.conversation.action import Action, Place
from bot.model.roles import Right


class Invited(Place, code="gi", right=Right.ANYBODY, main=True):
    """An invite link was opened: who asks, and what would be seen?"""

    token: str


class JoinGroup(Action, code="gj", right=Right.ANYBODY):
    """`read` is a mark of who invites, as it stood above this button
    (`bot.flows.groups.consent.read`)."""

    token: str
    read: int


class MyGroup(Place, code="g1", right=Right.ANYBODY, main=True):
    """A group that the learner is in: its modules, its counsellor, what is seen, the way out."""

    group: int


class Nickname(Place, code="gn", right=Right.ANYBODY):
    """What the counsellor sees as a name is asked."""

    group: int


class Shared(Place, code="gw", right=Right.ANYBODY):
    """What the counsellor of a group sees of a learner, as the learner reads it."""

    group: int


class SensitiveSure(Place, code="gS", right=Right.ANYBODY):
    """Show sensitive modules too? The explicit yes is `ShareSensitive`."""

    group: int


class ShareSensitive(Action, code="gs", right=Right.ANYBODY):
    """`read` is as in `JoinGroup`; a no needs none."""

    group: int
    yes: bool
    read: int


class Newcomers(Place, code="gN", right=Right.ANYBODY):
    """Colleagues of the counsellor whose organisation the learner said no yes to."""

    group: int


class ShareToo(Action, code="gY", right=Right.ANYBODY):
    """The yes to these: `read` is a mark of who they are."""

    group: int
    read: int


class HideFrom(Action, code="gH", right=Right.ANYBODY):
    """The yes to another organisation is taken back; `mark` says which."""

    group: int
    mark: int


class AskCounsellor(Place, code="gq", right=Right.ANYBODY):
    """A message to the counsellor is typed."""

    group: int


class ShareAgain(Action, code="gy", right=Right.ANYBODY):
    """The yes to another organisation than the one that was joined."""

    group: int
    read: int


class AnswerSure(Place, code="gz", right=Right.ANYBODY, draft=True):
    """A text that was typed right under a letter, before it goes to `person` (a number as in
    `Person`; 0 is the counsellor)."""

    group: int
    person: int


class SendAnswer(Action, code="gZ", right=Right.ANYBODY):
    group: int
    person: int


class ForWhom(Place, code="gv", right=Right.ANYBODY, draft=True):
    """A text was typed where something else was asked for (`place`, encoded, `~` for its colons)
    while a letter came: for whom is it?"""

    place: str


class ForHere(Action, code="gV", right=Right.ANYBODY):
    """It is for where they were."""


class LeaveGroup(Place, code="gl", right=Right.ANYBODY):
    """Leave the group? The explicit yes is `Leave`."""

    group: int


class Leave(Action, code="gx", right=Right.ANYBODY):
    group: int


class AnswerMeeting(Action, code="gm", right=Right.ANYBODY):
    group: int
    meeting: int
    yes: bool


class MyMeeting(Place, code="gt", right=Right.ANYBODY):
    """A meeting as a learner of the group sees it."""

    group: int
    meeting: int


class MeetingFile(Action, code="gT", right=Right.ANYBODY):
    """A meeting as a calendar file."""

    group: int
    meeting: int
