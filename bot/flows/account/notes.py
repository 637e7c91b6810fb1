"""Words to a learner's other phones and pages."""

from bot.conversation.action import Home
from bot.conversation.message import says
from bot.conversation.screen import Button, Screen
from bot.flows.account.actions import Connections, TakeOffSure
from bot.flows.account.events import CONNECTED
from bot.model.channel import page_label
from bot.model.message import Note
from bot.model.words import _


@says(CONNECTED)
def _connected(note: Note) -> Screen:
    """To whom made the code: it may have been seen, or guessed."""
    return Screen(
        title=_("📱 Connected: {channel}, {day}").of(
            channel=page_label(note["channel"]), day=note["day"]
        ),
        lines=(
            _(
                "With your code another one was connected. It sees and does all that you can. Was "
                "it not you? Take it off."
            ),
        ),
        rows=(
            (
                Button(_("That was me"), Home()),
                Button(_("Take it off"), TakeOffSure(note["connection"])),
            ),
            (Button(_("📱 Connected phones and pages"), Connections()),),
        ),
    )
