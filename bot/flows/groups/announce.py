"""The counsellor's words to a whole group: typed, looked at, sent."""

from bot.conversation.event import Drafted, ToGroup, Told, Went
from bot.conversation.places import place_of
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Moment, World
from bot.conversation.typed_title import MESSAGE, paragraphs, too_long
from bot.flows.groups.actions import Board, SendAll, WriteAll, WriteAllSure
from bot.flows.groups.common import gone, own
from bot.flows.groups.consent import ENOUGH, written
from bot.flows.groups.events import LETTER, GroupKept
from bot.model.group import MembersOf
from bot.model.learner import Learner
from bot.model.message import note
from bot.model.words import _, ngettext, verbatim


@shows(WriteAll)
def show_write_all(
    learner: Learner, place: WriteAll, world: World, moment: Moment
) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None
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
def written_all(
    learner: Learner, place: WriteAll, text: str, world: World, moment: Moment
) -> Decision:
    group = own(learner, place.group, moment)
    if group is None:
        return gone()
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(
            notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True
        )
    if written(group, moment) is None:
        return Decision((Went(Board(group.id)),), notes=(ENOUGH,), fresh=True)
    return Decision((Drafted(message), Went(WriteAllSure(group.id))), fresh=True)


@shows(WriteAllSure)
def show_write_all_sure(
    learner: Learner, place: WriteAllSure, world: World, moment: Moment
) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None or not learner.drafted:
        return None
    count = sum(not member.muted for member in moment.ask(MembersOf(group.id)))
    return Screen(
        title=_("Send this?"),
        lines=(
            verbatim(learner.drafted),
            ngettext("It goes to {count} person.", "It goes to {count} people.", count),
            _("They read it between 9 and 20 o'clock, and can write back."),
        ),
        options=(
            Button(_("Yes, send it"), SendAll(group.id)),
            Button(_("Type it again"), WriteAll(group.id)),
        ),
        rows=((Button(_("Not now"), Board(group.id)),),),
    )


@does(SendAll)
def send_all(learner: Learner, tap: SendAll, world: World, moment: Moment) -> Decision:
    group = own(learner, tap.group, moment)
    if group is None:
        return gone()
    board = Went(Board(group.id))
    if not learner.drafted or place_of(learner) != WriteAllSure(
        group.id
    ):  # the second tap, or an old button
        return Decision((board,))
    counted = written(group, moment)
    if counted is None:
        return Decision((Drafted(""), board), notes=(ENOUGH,))
    letter = note(LETTER, group=group.id, text=learner.drafted, **group.signed)
    return Decision(
        (Told(ToGroup(group.id), letter), GroupKept(counted), Drafted(""), board),
        notes=(_("✉ Sent."),),
    )
