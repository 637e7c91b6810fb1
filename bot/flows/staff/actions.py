"""The buttons and places about staff, and about declaring a certificate void."""

from bot.conversation.action import Action, Command, Place
from bot.model.roles import Right, Role
from bot.model.words import _


class Staff(
    Place,
    code="f",
    right=Right.STAFF,
    main=True,
    home=_("🧑‍💼 Staff"),
    command=Command("staff", order=330, words=_("staff"), menu=_("Who may do what")),
):
    """Who is staff, for admins."""

    page: int = 0


class InviteStaff(Action, code="fi", right=Right.STAFF):
    """A link that makes one person staff, once."""

    role: Role


class StaffLink(Place, code="fl", right=Right.STAFF):
    role: Role
    token: str


class StaffPerson(Place, code="fp", right=Right.STAFF):
    learner: int


class TakeRole(Action, code="ft", right=Right.STAFF):
    learner: int


class BecomeStaff(Place, code="fb", right=Right.ANYBODY, main=True):
    """A staff link was opened."""

    token: str


class AcceptRole(Action, code="fa", right=Right.ANYBODY):
    token: str


class CheckPaper(Place, code="fc", right=Right.WITHDRAW):
    """The number or the link of a certificate is typed, to withdraw it."""


class PaperFound(Place, code="fC", right=Right.WITHDRAW):
    serial: str


class WithdrawPaper(Action, code="fw", right=Right.WITHDRAW):
    """`back` makes it valid again."""

    serial: str
    back: bool
