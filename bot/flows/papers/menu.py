"""The papers that can be made."""

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Turn
from bot.flows.papers.actions import MyPapers, PaperReady, PaperStart, PlacementsPage
from bot.flows.papers.cv import go_on
from bot.flows.papers.keep import kept
from bot.flows.papers.paper import PLACEMENT, show_start
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
        lines=(_("For an employer or a counsellor, in the language that they read."),),
        options=(
            *(begun or (Button(_("📄 My CV"), PaperReady(PaperKind.CV)),)),
            Button(_("✉ Letter, phone, e-mail"), _there(PaperKind.LETTER, turn)),
            Button(_("🧩 Skills profile"), _there(PaperKind.PROFILE, turn)),
            Button(PLACEMENT, PlacementsPage()),
        ),
        rows=((Button(MENU, Home()),),),
    )


def _there(kind: PaperKind, turn: Turn) -> PaperReady | PaperStart:
    found = kept(kind, turn)
    whole = found is not None and found.draft is not None and found.draft.whole
    return PaperReady(kind) if whole else PaperStart(kind)
