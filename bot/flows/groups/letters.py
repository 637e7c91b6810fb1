"""Words to one learner: a friendly one, and one's own."""

from bot.conversation.event import ForOther, Told, Went
from bot.conversation.message import screen as note_screen
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import BACK, Button, Screen
from bot.conversation.turn import Decision, Moment, World
from bot.conversation.typed_title import MESSAGE, paragraphs, too_long
from bot.flows.groups.actions import Nudge, NudgeSure, Person, WriteTo
from bot.flows.groups.board import board_without, may_write
from bot.flows.groups.common import left_them, member_of, names
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
def show_nudge(learner: Learner, place: NudgeSure, world: World, moment: Moment) -> Screen | None:
    found = member_of(learner, place.group, place.learner, world, moment)
    if found is None:
        return board_without(learner, place.group, world, moment)
    group, _member = found
    letter = note_screen(nudge_note(group))
    if letter is None or letter.title is None:
        return None
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
def nudge(learner: Learner, tap: Nudge, world: World, moment: Moment) -> Decision:
    found = member_of(learner, tap.group, tap.learner, world, moment)
    if found is None:
        return left_them(learner, tap.group, moment)
    group, member = found
    back = Went(Person(group.id, tap.learner))
    today = day_of(moment.now)
    if member.groups[group.id].nudged == today:  # the second tap
        return Decision((back,))
    if not standing(group, member, world.programme, today).may_nudge(group, today):
        return Decision((back,), notes=(NOT_SENT,))
    sent = (Told(member.id, nudge_note(group)), ForOther(member.id, Nudged(group.id)))
    return Decision((*sent, back), notes=(_("👋 Sent."),))


@shows(WriteTo)
def show_write(learner: Learner, place: WriteTo, world: World, moment: Moment) -> Screen | None:
    found = member_of(learner, place.group, place.learner, world, moment)
    if found is None:
        return board_without(learner, place.group, world, moment)
    group, member = found
    return Screen(
        title=_("✉ To {name}").of(name=names(learner, group.id, moment)(member)),
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
def written(learner: Learner, place: WriteTo, text: str, world: World, moment: Moment) -> Decision:
    found = member_of(learner, place.group, place.learner, world, moment)
    if found is None:
        return left_them(learner, place.group, moment)
    group, member = found
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(
            notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True
        )
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
