"""The counsellor's words to a whole group: typed, looked at, sent."""

from bot.conversation.event import Drafted, ToGroup, Told, Went
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.conversation.typed_title import typed_message, with_more
from bot.flows.groups.actions import Board, SendAll, WriteAll, WriteAllSure
from bot.flows.groups.common import own_group
from bot.flows.groups.consent import ENOUGH, written
from bot.flows.groups.events import LETTER, GroupKept
from bot.model.group import MembersOf
from bot.model.message import note
from bot.model.words import _, ngettext, verbatim


@shows(WriteAll)
def show_write_all(place: WriteAll, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    return Screen(
        title=_("✉ To all of “{title}”").of(title=group.title),
        lines=(
            _(
                "Type your message. Everybody gets it in your words. Pasito passes it on and does "
                "not keep it."
            ),
        ),
        rows=((Button(_("Not now"), Board(group.id)),),),
        typing=_("Your message"),
    )


@reads(WriteAll)
def written_all(place: WriteAll, text: str, turn: Turn) -> Decision:
    group = own_group(place.group, turn)
    message = typed_message(text)
    if written(group, turn) is None:
        return Decision((Went(Board(group.id)),), notes=(ENOUGH,), fresh=True)
    return Decision((Drafted(message), Went(WriteAllSure(group.id))), fresh=True)


@shows(WriteAllSure)
def show_write_all_sure(place: WriteAllSure, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    if not turn.learner.drafted:
        raise Gone
    count = sum(not member.muted for member in turn.ask(MembersOf(group.id)))
    return Screen(
        title=_("Send this?"),
        lines=(
            verbatim(turn.learner.drafted),
            ngettext("It goes to {count} person.", "It goes to {count} people.", count),
            _("They read it between 9 and 20 o'clock, and can write back."),
        ),
        options=(
            Button(_("Yes, send it"), SendAll(group.id)),
            Button(_("Type it again"), WriteAll(group.id)),
        ),
        rows=((Button(_("Not now"), Board(group.id)),),),
        typing=_("Your message"),
    )


@reads(WriteAllSure)
def more_for_all(place: WriteAllSure, text: str, turn: Turn) -> Decision:
    own_group(place.group, turn)
    return Decision((Drafted(with_more(turn.learner.drafted, text)),), fresh=True)


@does(SendAll)
def send_all(tap: SendAll, turn: Turn) -> Decision:
    group = own_group(tap.group, turn)
    board = Went(Board(group.id))
    if not turn.learner.drafted or turn.place != WriteAllSure(
        group.id
    ):  # the second tap, or an old button
        return Decision((board,))
    counted = written(group, turn)
    if counted is None:
        return Decision((Drafted(""), board), notes=(ENOUGH,))
    letter = note(LETTER, group=group.id, text=turn.learner.drafted, **group.signed)
    return Decision(
        (Told(ToGroup(group.id), letter), GroupKept(counted), Drafted(""), board),
        notes=(_("✉ Sent."),),
    )
