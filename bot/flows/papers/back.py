"""A CV's file is sent back: somebody goes on with what it says, after a year and anywhere."""

from dataclasses import replace

from bot.conversation.action import Back, Home
from bot.conversation.event import Drafted, Ordered, Went
from bot.conversation.message import says
from bot.conversation.registry import does, receives, receives_elsewhere, shows
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.conversation.update import Media, Sent
from bot.flows.papers.actions import FileSent, GoOnWithFile, MyPapers, PaperReady, PaperStart
from bot.flows.papers.keep import delete_button, kept
from bot.flows.papers.paper import KEPT_FOR
from bot.model.message import Note
from bot.model.order import OrderKind
from bot.model.papers import (
    CV_HERE,
    CV_NOT_COME,
    CV_NOT_READ,
    CV_THERE,
    MOST_FILE_BYTES,
    PaperKind,
)
from bot.model.words import Words, _

THERE = _("You have a CV here. Delete it first, then send the file.")
NOT_COME = _("Your file did not come here. Please send it again.")


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


@receives_elsewhere
def sent_elsewhere(sent: Sent, turn: Turn) -> Decision | None:
    """Nothing is fetched before the yes. Where a text waits to be sent, that is not lost for it."""
    fits = sent.media is Media.FILE and sent.file and sent.bytes <= MOST_FILE_BYTES
    if not fits or turn.place.draft:
        return None
    return Decision((Drafted(f"{turn.moment.channel} {sent.file}"), Went(FileSent())), fresh=True)


@receives(FileSent)
def another_sent(_place: FileSent, sent: Sent, turn: Turn) -> Decision | None:
    return sent_elsewhere(sent, turn.after(Went(Home())))


@shows(FileSent)
def show_file_sent(_place: FileSent, turn: Turn) -> Screen:
    if not turn.learner.drafted:
        raise Gone
    return Screen(
        title=_("📄 Is this a CV from here?"),
        lines=(_("I can read a CV that was made here. Of any other file nothing is kept."),),
        options=(Button(_("▶ Go on with it"), GoOnWithFile()), Button(_("No"), Back())),
        rows=((Button(MENU, Home()),),),
    )


@does(GoOnWithFile)
def go_on_with_file(_tap: GoOnWithFile, turn: Turn) -> Decision:
    """Only from the question itself, and where the file came: elsewhere nobody could fetch it."""
    channel, _space, file = turn.learner.drafted.partition(" ")
    back = Went(turn.main)
    if turn.place != FileSent() or not file:
        return Decision((back,), fresh=True)
    if channel != turn.moment.channel:
        return Decision((back,), notes=(NOT_COME,), fresh=True)
    done = received(MyPapers(), Sent(Media.FILE, file), turn)
    return replace(done, events=(*done.events, back)) if done else Decision((back,), fresh=True)


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
    return _papers(NOT_COME)


def _papers(said: Words) -> Screen:
    return Screen(
        lines=(said,),
        rows=((Button(_("📄 My papers"), MyPapers()), Button(MENU, Home())),),
    )
