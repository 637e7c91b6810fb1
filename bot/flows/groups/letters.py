"""Words to one learner: a friendly one, and one's own."""

from bot.conversation.event import ForOther, Told, Went
from bot.conversation.message import screen as note_screen
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import BACK, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.conversation.typed_title import typed_message
from bot.flows.groups.actions import Nudge, NudgeSure, Person, WriteTo
from bot.flows.groups.board import may_write
from bot.flows.groups.common import member_of, names
from bot.flows.groups.events import LETTER, NUDGE, REPLY, CounsellorAsked, Nudged
from bot.model.group import Group
from bot.model.group_progress import standing
from bot.model.learner import Learner, day_of
from bot.model.message import Note, note
from bot.model.words import _

NOT_SENT = _("Not sent: they had a word from you these days, want none, or have finished.")


def nudge_note(group: Group) -> Note:
    return note(NUDGE, group=group.id, counsellor=group.viewer.name, title=group.title)


@shows(NudgeSure)
def show_nudge(place: NudgeSure, turn: Turn) -> Screen:
    group, _member = member_of(place.group, place.learner, turn)
    letter = note_screen(nudge_note(group))
    if letter is None or letter.title is None:
        raise Gone
    return Screen(
        title=_("Send this?"),
        lines=(
            letter.title,
            *letter.lines,
            _("They read it in their own language, between 9 and 20 o'clock."),
        ),
        options=(
            Button(_("Yes, send it"), Nudge(group.id, place.learner)),
            Button(_("No, I write it myself"), WriteTo(group.id, place.learner)),
        ),
        rows=((Button(BACK, Person(group.id, place.learner)),),),
    )


@does(Nudge)
def nudge(tap: Nudge, turn: Turn) -> Decision:
    group, member = member_of(tap.group, tap.learner, turn)
    back = Went(Person(group.id, tap.learner))
    today = day_of(turn.now)
    if member.groups[group.id].nudged == today:  # the second tap
        return Decision((back,))
    if not standing(group, member, turn.programme, today).may_nudge(group, today):
        return Decision((back,), notes=(NOT_SENT,))
    sent = (Told(member.id, nudge_note(group)), ForOther(member.id, Nudged(group.id)))
    return Decision((*sent, back), notes=(_("👋 Sent."),))


@shows(WriteTo)
def show_write(place: WriteTo, turn: Turn) -> Screen:
    group, member = member_of(place.group, place.learner, turn)
    return Screen(
        title=_("✉ To {name}").of(name=names(group.id, turn)(member)),
        lines=(
            _("Type your message. Pasito passes it on and does not keep it. They can write back."),
            *(
                (_("No question of theirs waits: it was answered."),)
                if _answered_by_now(group, member)
                else ()
            ),
        ),
        rows=((Button(_("Not now"), Person(group.id, place.learner)),),),
        typing=_("Your message"),
    )


def _answered_by_now(group: Group, member: Learner) -> bool:
    """Perhaps by a colleague."""
    mine = member.groups[group.id]
    return bool(group.colleagues) and mine.answered and not mine.asks


@reads(WriteTo)
def written(place: WriteTo, text: str, turn: Turn) -> Decision:
    group, member = member_of(place.group, place.learner, turn)
    message = typed_message(text)
    if not may_write(group, member):
        return Decision((Went(Person(group.id, place.learner)),), notes=(NOT_SENT,), fresh=True)
    kind = REPLY if member.groups[group.id].asks else LETTER
    letter = note(kind, group=group.id, text=message, **group.signed)
    answered = ForOther(member.id, CounsellorAsked(group.id, False))
    return Decision(
        (Told(member.id, letter), answered, Went(Person(group.id, place.learner))),
        notes=(_("✉ Sent."),),
        fresh=True,
    )
