"""The places of the group elsewhere. The link stands on none of them."""

from bot.conversation.action import Action, Command, Place
from bot.model.roles import Right
from bot.model.words import _


class MeetOthers(
    Place,
    code="o1",
    right=Right.ANYBODY,
    command=Command(
        "others",
        order=66,
        # Translators: words that people type who look for others to talk to.
        words=_("meet others|meet people|forum"),
        exact=True,
        suggested=False,
    ),
):
    """Is there a group, and would one like to see it? The first yes leads to `MeetSure`."""


class MeetSure(Place, code="o2", right=Right.ANYBODY):
    """Others will see a name and a number: the second yes is `ShowGroup`."""


class ShowGroup(Action, code="o3", right=Right.ANYBODY):
    """The link, this once."""
