"""A CV's file is sent back: somebody goes on with what it says, after a year and anywhere."""

from bot.conversation.action import Home
from bot.conversation.event import Ordered
from bot.conversation.message import says
from bot.conversation.registry import receives
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Decision, Turn
from bot.conversation.update import Media, Sent
from bot.flows.papers.actions import MyPapers, PaperReady, PaperStart
from bot.flows.papers.keep import delete_button, kept
from bot.flows.papers.paper import KEPT_FOR
from bot.model.message import Note
from bot.model.order import OrderKind
from bot.model.papers import CV_HERE, CV_NOT_COME, CV_NOT_READ, CV_THERE, PaperKind
from bot.model.words import Words, _

THERE = _("You have a CV here. Delete it first, then send the file.")


@receives(MyPapers)
def received(_place: MyPapers, sent: Sent, turn: Turn) -> Decision | None:
    """It is read where nobody waits for it; the answer comes by itself."""
    if sent.media not in (Media.PICTURE, Media.FILE) or not sent.file:
        return None
    found = kept(PaperKind.CV, turn)
    if found and found.draft:
        said = THERE
    elif sent.media is not Media.FILE:
        said = _("Please send the CV as a file, not as a picture.")
    else:
        ordered = Ordered(OrderKind.CV_BACK, turn.moment.channel, answers=sent.file)
        said = _("I read your file now. Nothing of it is kept but your answers.")
        return Decision((ordered,), notes=(said,), fresh=True)
    return Decision(notes=(said,), fresh=True)


@receives(PaperStart)
def received_at_start(_place: PaperStart, sent: Sent, turn: Turn) -> Decision | None:
    return received(MyPapers(), sent, turn)


@says(CV_HERE)
def _here(_note: Note) -> Screen:
    return Screen(
        title=_("📄 Your CV is here again"),
        lines=(KEPT_FOR,),
        options=(Button(_("▶ Go on"), PaperReady(PaperKind.CV)),),
        rows=((Button(MENU, Home()), delete_button(PaperKind.CV)),),
    )


@says(CV_THERE)
def _there(_note: Note) -> Screen:
    """It was sent twice, or they began one meanwhile: of this file nothing was taken."""
    return _papers(THERE)


@says(CV_NOT_READ)
def _not_read(_note: Note) -> Screen:
    return _papers(
        _("I cannot read this file. Please send the PDF of a CV that was made here for you.")
    )


@says(CV_NOT_COME)
def _not_come(_note: Note) -> Screen:
    return _papers(_("Your file did not come here. Please send it again."))


def _papers(said: Words) -> Screen:
    return Screen(
        lines=(said,),
        rows=((Button(_("📄 My papers"), MyPapers()), Button(MENU, Home())),),
    )
