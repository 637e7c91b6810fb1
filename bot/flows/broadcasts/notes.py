"""Words of and about a broadcast that are not sent as such."""

from bot.conversation.message import says
from bot.conversation.screen import Button, Screen
from bot.flows.broadcasts.actions import BroadcastView
from bot.flows.broadcasts.events import ANNOUNCEMENT, APPROVAL, BROADCAST
from bot.model.broadcast import plain, readable
from bot.model.message import Note
from bot.model.words import _, verbatim


@says(APPROVAL)
def _approval(note: Note) -> Screen:
    return Screen(
        title=_("📣 {name} wants to send a broadcast").of(name=note["name"]),
        lines=(verbatim(note["text"]), _("A second admin has to agree.")),
        rows=((Button(_("👁 Look at it"), BroadcastView(int(note["broadcast"]))),),),
    )


@says(ANNOUNCEMENT)
def _announcement(note: Note) -> Screen:
    """A broadcast before it is sent, for an author on a channel without formatting."""
    return Screen(title=_("👁 Preview"), lines=(verbatim(plain(note["text"])),))


@says(BROADCAST)
def _broadcast(note: Note) -> Screen:
    """A broadcast on a page that waits for its reader, where nothing can be sent."""
    return Screen(
        title=_("📣 News"),
        lines=tuple(verbatim(line) for line in readable(note["text"]).split("\n") if line.strip()),
    )
