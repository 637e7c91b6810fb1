"""Whether this person may do this: the one place where rights are checked. Pure."""

from bot.conversation.action import Action
from bot.conversation.turn import Moment
from bot.model.learner import Learner
from bot.model.roles import RIGHTS, Right, Role


def role_of(learner: Learner, moment: Moment) -> Role:
    """Admins named in the settings are admins whatever happened in the chat."""
    return Role.ADMIN if moment.admin else Role(learner.role)


def has(learner: Learner, moment: Moment, right: Right) -> bool:
    return right in RIGHTS[role_of(learner, moment)]


def may(learner: Learner, moment: Moment, action: Action) -> bool:
    """Whether this person may do this, or be there."""
    return has(learner, moment, action.right)
