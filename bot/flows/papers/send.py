"""The CV goes to a counsellor: asked each time, sent once, taken back as far as that goes."""

from dataclasses import replace

from bot.conversation.event import Went
from bot.conversation.everyday import YES
from bot.conversation.message import says
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, Button, Screen
from bot.conversation.turn import Decision, Turn
from bot.flows.groups.membership import open_group
from bot.flows.papers.actions import PaperReady, SendCv, SendCvTo, TakeBackCv
from bot.flows.papers.events import TAKEN_BACK, CvSent, CvTakenBack
from bot.flows.papers.keep import changed, cv_of, delete_button
from bot.model.group import Group, GroupById, readers, seen_as
from bot.model.message import Note
from bot.model.papers import HowFar, PaperKind, Sent, packed_together
from bot.model.words import Msg, _

MOST = 3
"""Groups on one screen: nobody is in more."""
_TAKEN_BACK: dict[Sent, Msg] = {
    Sent.WAITS: _("{counsellor} did not have your CV yet. It is not sent any more."),
    Sent.PERHAPS: _(
        "Perhaps {counsellor} has your CV already: it was just being sent, or lay on their page. "
        "They are asked to delete it."
    ),
    Sent.HANDED: _("{counsellor} has your CV already. They are asked now to delete it."),
}


@shows(SendCv)
def show_send(_place: SendCv, turn: Turn) -> Screen:
    draft = cv_of(turn)
    groups = [turn.ask(GroupById(id)) for id in list(turn.learner.groups)[:MOST]]
    open_ = [group for group in groups if group]
    return Screen(
        title=_("📤 Who gets your CV?"),
        lines=(
            *(
                _(
                    "{counsellor}, {organisation}: the file, with your phone number and all else."
                ).of(counsellor=group.counsellor, organisation=group.organisation)
                for group in open_
            ),
            _("It is sent once. A file that was sent cannot be fetched back."),
            *(
                _("📤 Sent to {counsellor} already. You can take it back.").of(
                    counsellor=group.counsellor
                )
                for group in open_
                if group.id in draft.sent
            ),
        ),
        options=(
            *(
                Button(
                    _("Send it to {counsellor}").of(counsellor=g.counsellor),
                    SendCvTo(g.id),
                    also=(YES,) if len(open_) == 1 else (),
                )
                for g in open_
            ),
            *(
                Button(_("Take back: {counsellor}").of(counsellor=g.counsellor), TakeBackCv(g.id))
                for g in open_
                if g.id in draft.sent
            ),
        )[:5],
        rows=((Button(BACK, PaperReady(PaperKind.CV)), delete_button(PaperKind.CV)),),
    )


@does(SendCvTo)
def send_to(tap: SendCvTo, turn: Turn) -> Decision:
    """Only from the question itself: an old button of it asks again."""
    draft, group = cv_of(turn), open_group(tap.group, turn)
    if not isinstance(turn.place, SendCv):
        return Decision((Went(SendCv()),))
    if draft.empty:
        nothing = _("There is nothing to print yet. Please answer at least one question.")
        return Decision((Went(PaperReady(PaperKind.CV)),), notes=(nothing,), fresh=True)
    mine = turn.learner.groups[group.id]
    who = turn.world.say(seen_as(mine), group.language)
    to = readers(group, turn.learner)[0].learner
    sent = CvSent(to, group.id, draft.language, packed_together([draft]), who)
    known = replace(draft, sent=tuple(sorted({*draft.sent, group.id})))
    if group.id in draft.sent and turn.ask(HowFar(turn.learner.id, group.id)) is not Sent.WAITS:
        known = replace(known, handed=tuple(sorted({*draft.handed, group.id})))
    said = _("📤 Your CV is on its way to {counsellor}.").of(counsellor=group.counsellor)
    return Decision(
        (sent, changed(known, turn), Went(PaperReady(PaperKind.CV))), notes=(said,), fresh=True
    )


@does(TakeBackCv)
def take_back(tap: TakeBackCv, turn: Turn) -> Decision:
    draft, group = cv_of(turn), open_group(tap.group, turn)
    if group.id not in draft.sent:
        return Decision((Went(SendCv()),))
    who = turn.world.say(seen_as(turn.learner.groups[group.id]), group.language)
    to = readers(group, turn.learner)[0].learner
    handed = group.id in draft.handed
    far = Sent.HANDED if handed else turn.ask(HowFar(turn.learner.id, group.id))
    back = CvTakenBack(to, group.id, group.title, who, handed)
    known = replace(draft, sent=_but(draft.sent, group), handed=_but(draft.handed, group))
    said = _TAKEN_BACK[far].of(counsellor=group.counsellor)
    return Decision((back, changed(known, turn), Went(SendCv())), notes=(said,), fresh=True)


def _but(groups: tuple[int, ...], group: Group) -> tuple[int, ...]:
    return tuple(id for id in groups if id != group.id)


@says(TAKEN_BACK)
def _taken_back(note: Note) -> Screen:
    return Screen(
        title=_("📄 {nickname} takes a CV back").of(nickname=note["nickname"]),
        lines=(
            _("Group: {title}").of(title=note["title"]),
            _("Please delete the file, wherever you keep it."),
        ),
    )
