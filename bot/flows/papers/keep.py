"""The answers of a paper: where they are, how long they are kept, and their end."""

from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.papers.actions import (
    DeletePaper,
    ErasePaper,
    KeepPaper,
    MyPapers,
    PaperReady,
    PaperStart,
)
from bot.flows.papers.events import DraftErased, DraftKept
from bot.model.learner import day_of
from bot.model.papers import DAYS, LONG_DAYS, Cv, DraftOf, Kept, PaperDraft, PaperKind
from bot.model.words import Words, _

DELETE: dict[PaperKind, Words] = {
    PaperKind.CV: _("🗑 Delete my CV"),
    PaperKind.LETTER: _("🗑 Delete my letter"),
    PaperKind.PROFILE: _("🗑 Delete my profile"),
}


def kept(kind: PaperKind, turn: Turn) -> Kept | None:
    """What is kept of a paper. Who makes none is not asked about in the store."""
    if kind not in turn.learner.papers:
        return None
    return turn.ask(DraftOf(turn.learner.id, kind))


def draft_of(kind: PaperKind, turn: Turn) -> PaperDraft:
    """Raises `Gone` where there are no answers (any more)."""
    found = kept(kind, turn)
    if found and found.draft:
        return found.draft
    start = PaperStart(kind)
    raise Gone(Decision((Went(start),), fresh=True), start)  # it says why there are none


def cv_of(turn: Turn) -> Cv:
    """Raises `Gone` where there is none."""
    draft = draft_of(PaperKind.CV, turn)
    if not isinstance(draft, Cv):
        raise Gone
    return draft


def gone(found: Kept | None) -> tuple[Words, ...]:
    """What is said of answers that are there no more."""
    if found is None or found.draft:
        return ()
    if not found.until:
        return (_("Your answers cannot be opened any more. Please begin again."),)
    day = day_of(found.until)
    return (_("Your answers were deleted on {day}, as promised.").of(day=day),)


def changed(draft: PaperDraft, turn: Turn) -> DraftKept:
    return DraftKept(replace(draft, changed=turn.now))


def until(found: PaperDraft) -> Words:
    """The day until which it is kept."""
    last = day_of(found.changed + found.days * 24 * 3600)
    return _("Your answers are locked and kept until {day}.").of(day=last)


def delete_button(kind: PaperKind) -> Button:
    return Button(DELETE[kind], DeletePaper(kind))


def keep_button(draft: PaperDraft) -> Button:
    if draft.days >= LONG_DAYS:
        return Button(_("⏳ Keep only 7 days"), KeepPaper(draft.kind, False))
    return Button(_("⏳ Keep 90 days"), KeepPaper(draft.kind, True))


@does(KeepPaper)
def keep_paper(tap: KeepPaper, turn: Turn) -> Decision:
    if tap.kind not in DELETE:
        raise Gone
    draft = draft_of(tap.kind, turn)
    longer = replace(draft, days=LONG_DAYS if tap.long else DAYS)
    return Decision((changed(longer, turn), Went(PaperReady(tap.kind))))


@shows(DeletePaper)
def show_delete_paper(place: DeletePaper, turn: Turn) -> Screen:
    draft_of(place.kind, turn)
    return Screen(
        title=_("🗑 Delete these answers?"),
        lines=(
            _("All answers of this paper are deleted here, at once."),
            _("Your messenger keeps what you wrote and the file. Delete it there too."),
        ),
        options=(
            Button(_("No, keep them"), PaperStart(place.kind)),
            Button(_("Yes, delete them"), ErasePaper(place.kind)),
        ),
        rows=((Button(MENU, Home()),),),
    )


@does(ErasePaper)
def erase_paper(tap: ErasePaper, turn: Turn) -> Decision:
    """Only from the question itself: an old button of it asks again."""
    if not isinstance(turn.place, DeletePaper) or turn.place.kind != tap.kind:
        draft_of(tap.kind, turn)
        return Decision((Went(DeletePaper(tap.kind)),))
    return Decision(
        (DraftErased(tap.kind), Went(MyPapers())),
        notes=(_("Your answers are deleted here."),),
        fresh=True,
    )
