"""The list of broadcasts."""

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Moment, World
from bot.flows.broadcasts.actions import Broadcast, BroadcastList, BroadcastView
from bot.flows.broadcasts.common import PAGE, beginning, state_words
from bot.flows.learning.question import BACK, MENU
from bot.model.broadcast import AllBroadcasts, Progress, UnreadableBroadcasts
from bot.model.learner import Learner
from bot.model.words import Msg, Words, _, ngettext


@shows(BroadcastList)
def show_broadcasts(learner: Learner, place: BroadcastList, world: World, moment: Moment) -> Screen:
    known = moment.ask(AllBroadcasts())
    damaged = moment.ask(UnreadableBroadcasts())
    said = ngettext(
        "⚠ {count} broadcast cannot be shown, and stands still: "
        "what is stored about it cannot be read.",
        "⚠ {count} broadcasts cannot be shown, and stand still: "
        "what is stored about them cannot be read.",
        damaged,
    )
    lost = (said,) if damaged else ()
    page = min(place.page, max(0, (len(known) - 1) // PAGE))
    back = [Button(BACK, BroadcastList(page - 1))] if page else []
    more = [Button(_("More ▶"), BroadcastList(page + 1))] if (page + 1) * PAGE < len(known) else []
    return Screen(
        title=_("📣 Broadcasts"),
        lines=lost or (() if known else (_("None in the last thirty days."),)),
        options=tuple(
            Button(_title(p, moment.now), BroadcastView(p.id))
            for p in known[page * PAGE : (page + 1) * PAGE]
        ),
        rows=((*back, *more), (Button(_("✏ Write one"), Broadcast()), Button(MENU, Home()))),
    )


def _title(progress: Progress, now: int) -> Words:
    text = next(iter(progress.draft.texts.values()), "")
    return Msg("{text} · {state}").of(text=beginning(text, 30), state=state_words(progress, now))
