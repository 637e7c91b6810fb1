"""The list of broadcasts."""

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import MENU, Button, Screen, paged
from bot.conversation.turn import Turn
from bot.flows.broadcasts.actions import Broadcast, BroadcastList, BroadcastView
from bot.flows.broadcasts.common import PAGE, beginning, state_words
from bot.model.broadcast import AllBroadcasts, Progress, UnreadableBroadcasts
from bot.model.words import Msg, Words, _, ngettext


@shows(BroadcastList)
def show_broadcasts(place: BroadcastList, turn: Turn) -> Screen:
    known = turn.ask(AllBroadcasts())
    damaged = turn.ask(UnreadableBroadcasts())
    said = ngettext(
        "⚠ {count} broadcast cannot be shown, and stands still: "
        "what is stored about it cannot be read.",
        "⚠ {count} broadcasts cannot be shown, and stand still: "
        "what is stored about them cannot be read.",
        damaged,
    )
    lost = (said,) if damaged else ()
    page = paged(known, place.page, PAGE, BroadcastList)
    return Screen(
        title=_("📣 Broadcasts"),
        lines=lost or (() if known else (_("None in the last thirty days."),)),
        options=tuple(Button(_title(p, turn.now), BroadcastView(p.id)) for p in page.items),
        rows=(page.row, (Button(_("✏ Write one"), Broadcast()), Button(MENU, Home()))),
    )


def _title(progress: Progress, now: int) -> Words:
    text = next(iter(progress.draft.texts.values()), "")
    return Msg("{text} · {state}").of(text=beginning(text, 30), state=state_words(progress, now))
