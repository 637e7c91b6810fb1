"""The buttons on the card that says where help is."""

from bot.conversation.action import Action
from bot.model.roles import Right


class TellCounsellor(Action, code="cr", right=Right.ANYBODY):
    """Let the counsellor of a group know that one is not well. Without `sure` it is asked first."""

    group: int
    sure: bool
