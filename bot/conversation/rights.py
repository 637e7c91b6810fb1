"""Whether this person may do this: the one place where rights are checked. Pure."""

from bot.conversation.action import Action
from bot.conversation.turn import Turn
from bot.model.roles import RIGHTS, Right, Role


def role_of(turn: Turn) -> Role:
    """Admins named in the settings are admins whatever happened in the chat."""
    return Role.ADMIN if turn.moment.admin else Role(turn.learner.role)


def has(right: Right, turn: Turn) -> bool:
    return right is Right.ANYBODY or right in RIGHTS[role_of(turn)]


def may(action: Action, turn: Turn) -> bool:
    """Whether this person may do this, or be there."""
    return has(action.right, turn)
