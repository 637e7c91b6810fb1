"""The buttons and places of one's word on a module, and of those who read them."""

from bot.conversation.action import Action, Command, Place
from bot.model.roles import Right
from bot.model.words import _


class OpinionPage(Place, code="ov", right=Right.ANYBODY, asks=True):
    """One question at the end of a module."""

    module: str


class CommentPage(Place, code="oc", right=Right.ANYBODY):
    """A free comment; `helped` is the answer to the question."""

    module: str
    helped: int


class GiveOpinion(Action, code="og", right=Right.ANYBODY):
    """Without a comment."""

    module: str
    helped: int


class Opinions(
    Place,
    code="oo",
    right=Right.GROUPS,
    command=Command(
        "opinions",
        order=225,
        words=_("opinions"),
        menu=_("What learners say of modules"),
        suggested=False,
    ),
):
    """The modules of which enough people said something."""

    page: int = 0


class OpinionsOf(Place, code="of", right=Right.GROUPS):
    module: str
    page: int = 0
