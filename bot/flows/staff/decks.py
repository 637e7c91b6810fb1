"""What admins are told of decks that were changed."""

from bot.conversation.action import Home
from bot.conversation.message import says
from bot.conversation.screen import MENU, Button, Screen
from bot.flows.staff.events import DECKS
from bot.model.message import Note
from bot.model.words import _, verbatim


@says(DECKS)
def _refused(note: Note) -> Screen:
    return Screen(
        title=_("📚 The changed lessons are not shown"),
        lines=(
            _("Something in the files has to be mended first. Learners go on as before."),
            verbatim(note["why"]),
        ),
        rows=((Button(MENU, Home()),),),
    )
