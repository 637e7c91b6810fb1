"""Which language stands on a card besides one's own."""

from bot.conversation.action import Action, Place
from bot.model.roles import Right


class BothLanguages(Place, code="bl", right=Right.ANYBODY):
    """Choose the language that stands above one's own."""


class MoreToReadAlso(Place, code="bl1", right=Right.ANYBODY):
    """Those that have no room on the first screen."""

    page: int


class ReadAlso(Action, code="bs", right=Right.ANYBODY):
    """Cards in this language, too; in one's own alone where it is empty."""

    language: str
