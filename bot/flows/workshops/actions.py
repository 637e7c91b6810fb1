"""The buttons and places of workshops that a learner leads."""

from bot.conversation.action import Action, Place
from bot.model.roles import Right

# --- of counsellors


class AskToLead(Place, code="w1", right=Right.GROUPS):
    """On which module may this learner of a group be asked to lead a workshop?"""

    group: int
    learner: int
    page: int = 0


class SendAsking(Action, code="w2", right=Right.GROUPS):
    group: int
    learner: int
    module: str


class TakeBackLead(Action, code="w3", right=Right.GROUPS):
    group: int
    learner: int


# --- of learners


class MyWorkshop(Place, code="w4", right=Right.ANYBODY):
    """The question whether they lead a workshop for this group; then the workshop."""

    group: int


class AnswerAsking(Action, code="w5", right=Right.ANYBODY):
    group: int
    yes: bool


class WorkshopSheet(Action, code="w6", right=Right.ANYBODY):
    group: int


class LayDownLead(Action, code="w7", right=Right.ANYBODY):
    group: int
