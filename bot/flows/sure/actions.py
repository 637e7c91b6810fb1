"""The buttons about how sure one is."""

from bot.conversation.action import Action, Place
from bot.model.roles import Right


class SurePage(Place, code="su", right=Right.ANYBODY, asks=True):
    """How sure are you of what this module teaches?"""

    module: str


class SaySure(Action, code="sv", right=Right.ANYBODY):
    """`value` is 1 to 5; `after` the module, or before it."""

    module: str
    after: bool
    value: int
