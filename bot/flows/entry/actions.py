"""The places of the entry check. What is answered stands in the place alone."""

from bot.conversation.action import Action, Command, Place
from bot.model.roles import Right
from bot.model.words import _


class IAmPage(
    Place,
    code="ia",
    right=Right.ANYBODY,
    home=_("🙋 I am …"),
    command=Command(
        "start here",
        order=15,
        # Translators: words that people type who do not know where to begin.
        words=_("start here|where to begin|i am"),
        suggested=False,
    ),
):
    """Who one is: a way to begin for each, and something else."""


class EntryPage(Place, code="ic", right=Right.ANYBODY, main=True, asks=True):
    """A question of the entry check; `answers` are those before it, from 1, and 0 where one was
    skipped. After the last: what is proposed."""

    answers: tuple[int, ...] = ()


class ChoosePath(Action, code="ip", right=Right.ANYBODY):
    """Follow this pathway or category; none where it is empty."""

    path: str
