"""The word that calls off what is being written."""

from bot.conversation.action import Action, Command
from bot.model.roles import Right
from bot.model.words import _


class CallOff(
    Action,
    code="*0",
    right=Right.ANYBODY,
    command=Command(
        "cancel",
        order=125,
        # Translators: words, separated by |, with which people call off what they are writing: a
        # message, a name. They may be those that also stop all messages.
        words=_("cancel|never mind|nevermind|call it off"),
        exact=True,
        first=True,
        suggested=False,
    ),
):
    """What is asked for here is not written after all."""
