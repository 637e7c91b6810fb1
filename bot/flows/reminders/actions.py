"""The buttons and places about reminders and the goal for a week."""

from bot.conversation.action import Action, Place
from bot.model.roles import Right


class Reminders(Place, code="rm", right=Right.ANYBODY):
    """The reminder's hour; before it is known what time it is there, that question."""


class WhatTime(Place, code="rw", right=Right.ANYBODY):
    """What time is it where you are? What was told before holds until it is answered."""


class WhichPlace(Place, code="rp", right=Right.ANYBODY):
    """Which country: where the time now does not tell how clocks change. It is `ahead` minutes of
    UTC, around the clock: 1260 is three hours behind."""

    ahead: int = 0


class SetZone(Action, code="rz", right=Right.ANYBODY):
    """An empty zone asks again what time it is."""

    zone: str


class SetReminder(Action, code="rh", right=Right.ANYBODY):
    """Hour 0 is none."""

    hour: int


class Goal(Place, code="wg", right=Right.ANYBODY):
    """How many decks a week."""


class SetGoal(Action, code="ws", right=Right.ANYBODY):
    steps: int
