"""The papers that can be made."""

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Turn
from bot.flows.papers.actions import MyPapers, PaperReady, PaperStart, PlacementsPage
from bot.flows.papers.cv import go_on
from bot.flows.papers.keep import gone, kept
from bot.flows.papers.paper import PLACEMENT, SEND_IT
from bot.model.channel import is_app
from bot.model.papers import PaperKind
from bot.model.words import _


@shows(MyPapers)
def show_papers(_place: MyPapers, turn: Turn) -> Screen:
    """All that there is, before a first CV, too; a CV's file can be sent back where there is none
    now."""
    found = kept(PaperKind.CV, turn)
    takes = found is None or found.draft is None
    begun = go_on(turn)
    return Screen(
        title=_("📄 My papers"),
        lines=(
            _("For an employer or a counsellor, in the language that they read."),
            *((SEND_IT,) if takes and is_app(turn.moment.channel) else ()),
        ),
        options=(
            *(begun or (Button(_("📄 My CV"), way_to(PaperKind.CV, turn)),)),
            Button(_("✉ Letter, phone, e-mail"), way_to(PaperKind.LETTER, turn)),
            Button(_("🧩 Skills profile"), way_to(PaperKind.PROFILE, turn)),
            Button(PLACEMENT, PlacementsPage()),
        ),
        rows=((Button(MENU, Home()),),),
        notes=gone(found),
        takes_file=SEND_IT if takes else None,
    )


def way_to(kind: PaperKind, turn: Turn) -> PaperReady | PaperStart:
    """To a paper: all its answers where it has them, else its beginning."""
    found = kept(kind, turn)
    whole = found is not None and found.draft is not None and found.draft.whole
    return PaperReady(kind) if whole else PaperStart(kind)
