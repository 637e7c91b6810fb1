"""The papers that can be made."""

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Turn
from bot.flows.papers.actions import MyPapers, PaperReady, PaperStart
from bot.flows.papers.cv import go_on, show_start
from bot.flows.papers.keep import kept
from bot.model.papers import PaperKind
from bot.model.words import _


@shows(MyPapers)
def show_papers(_place: MyPapers, turn: Turn) -> Screen:
    """Where there is no CV yet, its beginning: the other papers are made of its answers."""
    found = kept(PaperKind.CV, turn)
    if found is None or found.draft is None:
        return show_start(PaperStart(PaperKind.CV), turn)
    begun = go_on(turn)
    return Screen(
        title=_("📄 My papers"),
        lines=(_("For an employer, in the language that they read."),),
        options=begun or (Button(_("📄 My CV"), PaperReady(PaperKind.CV)),),
        rows=((Button(MENU, Home()),),),
    )
