"""The notice after a year without a step."""

from bot.conversation.action import Home
from bot.conversation.message import GO_ON, says
from bot.conversation.screen import Button, Screen
from bot.flows.account.actions import Delete
from bot.flows.reminders.events import IDLE
from bot.model.message import Note
from bot.model.words import _


@says(IDLE)
def _idle(note: Note) -> Screen:
    return Screen(
        title=_("👋 You were last here a year ago"),
        lines=(
            _(
                "Nobody's data is kept longer than needed. On {day} everything about you is "
                "deleted here."
            ).of(day=note["day"]),
            _("Would you like to keep it? Then just go on learning."),
        ),
        rows=((Button(GO_ON, Home()), Button(_("🗑 Delete everything"), Delete())),),
    )
