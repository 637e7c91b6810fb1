"""The buttons and places about employers."""

from bot.conversation.action import Action, Command, Place
from bot.model.roles import Right
from bot.model.words import _


class EmployerLink(
    Place,
    code="v",
    right=Right.GROUPS,
    home=_("🏢 Employers"),
    command=Command("employers", order=310, words=_("employers"), menu=_("The link for employers")),
):
    """The link that counsellors give to employers."""


class OrderChecklist(Action, code="vc", right=Right.ANYBODY):
    """One page to hang up, of what each step says to keep."""
