"""The buttons and places of practical tasks."""

from bot.conversation.action import Action, Place
from bot.model.roles import Right


class PracticePage(Place, code="lp", right=Right.ANYBODY):
    """The practical task of a module."""

    module: str


class TickPractice(Action, code="lk", right=Right.ANYBODY):
    """The practical task is done, or is not after all."""

    module: str
    done: bool


class LeavePractice(Action, code="y1", right=Right.ANYBODY):
    """The practical task is left undone: nobody asks about it."""

    module: str


class PracticeDay(Place, code="y2", right=Right.ANYBODY):
    """On which day will it be done?"""

    module: str


class NotePracticeDay(Action, code="y3", right=Right.ANYBODY):
    """`day` is 2026-11-30; empty for none any more."""

    module: str
    day: str


class SharePractice(Place, code="y4", right=Right.ANYBODY):
    """Which counsellor is told that it is done? Asked each time."""

    module: str


class SharePracticeWith(Action, code="y5", right=Right.ANYBODY):
    """The yes to one group."""

    module: str
    group: int


class ConfirmPractice(Action, code="y6", right=Right.GROUPS):
    """The counsellor says that a member did it. `person` is the member's number."""

    group: int
    person: int
    module: str
