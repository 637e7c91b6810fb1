"""Pictures cost data: with them or without, on every channel."""

from bot.conversation.action import Back, Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import MENU, RETURN, Button, Screen
from bot.conversation.turn import Decision, Turn
from bot.flows.account.actions import AllData, DataUse, LessData
from bot.flows.account.events import DataUseChosen
from bot.model.words import Words, _

WITH, WITHOUT = _("🖼 Pictures: yes"), _("🖼 Pictures: no")
LOW = _("No pictures from now on. What they show is said in words.")
FULL = _("Pictures are shown from now on.")


def state(low: bool) -> Words:
    return WITHOUT if low else WITH


@shows(DataUse)
def show_data_use(_place: DataUse, turn: Turn) -> Screen:
    """A card's picture is two kilobytes at most once it is made small; a whole deck of text is
    about twenty."""
    return Screen(
        title=state(turn.learner.low_data),
        lines=(
            _("Some cards have a small picture. Without them a lesson needs less data."),
            _("You can type it at any time: /data low, /data full."),
        ),
        options=(
            Button(_("Without pictures"), LessData()),
            Button(_("With pictures"), AllData()),
        ),
        rows=((Button(RETURN, Back()), Button(MENU, Home())),),
    )


@does(LessData)
def less_data(_tap: LessData, turn: Turn) -> Decision:
    return Decision((DataUseChosen(True), Went(turn.main)), notes=(LOW,))


@does(AllData)
def all_data(_tap: AllData, turn: Turn) -> Decision:
    return Decision((DataUseChosen(False), Went(turn.main)), notes=(FULL,))
