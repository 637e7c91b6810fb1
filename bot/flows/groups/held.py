"""Questions that wait because too many came at once from people who were never answered."""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Turn
from bot.flows.groups.actions import Board, HeldBack, Release, SetGroup, Setting
from bot.flows.groups.common import own_group
from bot.flows.groups.events import HeldReleased
from bot.flows.groups.prints import COMES
from bot.model.group import HeldQuestions
from bot.model.words import _


@shows(HeldBack)
def show_held(place: HeldBack, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    count = turn.ask(HeldQuestions(turn.learner.id, group.id))
    close = Button(_("🔒 Close the link"), SetGroup(group.id, Setting.LINK_CLOSED, "1"))
    return Screen(
        title=_("📥 New questions: {number}").of(number=count),
        lines=(
            _(
                "They are from people whom you never answered, and came all at once. Is somebody "
                "playing? Then close the link."
            ),
        ),
        options=(
            *((Button(_("Show them all"), Release(group.id, False)),) if count else ()),
            *((Button(_("Throw them away unread"), Release(group.id, True)),) if count else ()),
            *(() if group.link_closed else (close,)),
        ),
        rows=((Button(BACK, Board(group.id)), Button(MENU, Home())),),
    )


@does(Release)
def release(tap: Release, turn: Turn) -> Decision:
    group = own_group(tap.group, turn)
    notes = (_("They are thrown away."),) if tap.drop else (COMES,)
    return Decision(
        (HeldReleased(group.id, tap.drop), Went(Board(group.id))), notes=notes, fresh=True
    )
