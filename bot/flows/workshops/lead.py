"""What a learner who is asked to lead a workshop decides, sees and gets: counts of the group, and
never a name or a result."""

from collections.abc import Iterable, Iterator

from bot.conversation.action import Home
from bot.conversation.event import Event, Ordered, Told, Went
from bot.conversation.registry import OpenQuestion, does, shows, waits
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.groups.member_actions import AskCounsellor, MyGroup
from bot.flows.groups.membership import membership_in, open_group
from bot.flows.groups.prints import COMES
from bot.flows.workshops.actions import AnswerAsking, LayDownLead, MyWorkshop, WorkshopSheet
from bot.flows.workshops.ask import about
from bot.flows.workshops.events import ANSWERED, WorkshopChanged
from bot.model.figures import FEWEST_IN_STATISTICS
from bot.model.group import Group, MembersOf, readers, seen_as, shares
from bot.model.learner import Learner, Workshop
from bot.model.order import OrderKind
from bot.model.words import Words, _, ngettext
from cards.model import Module

SEES = _("You see how many are in the group and how many have finished it: no name, no result.")
FREE = _("You get a sheet for the workshop. You can lay it down at any time.")


def have_finished(members: Iterable[Learner], module: str) -> int | None:
    """How many; None where so few have, or have not, that one of them could be known by it."""
    known = [member.done(module) for member in members]
    done = sum(known)
    return done if min(done, len(known) - done) >= FEWEST_IN_STATISTICS else None


def _workshop(group_id: int, turn: Turn) -> tuple[Group, Workshop, Module]:
    """Raises `Gone` where there is none (any more)."""
    mine, group = membership_in(group_id, turn), open_group(group_id, turn)
    module = turn.programme.module(mine.workshop.module) if mine.workshop else None
    if mine.workshop is None or module is None or not shares(group, turn.learner):
        raise Gone(Decision((Went(MyGroup(group_id)),)), instead=MyGroup(group_id))
    return group, mine.workshop, module


@shows(MyWorkshop)
def show_my_workshop(place: MyWorkshop, turn: Turn) -> Screen:
    group, workshop, module = _workshop(place.group, turn)
    rows = ((Button(BACK, MyGroup(group.id)), Button(MENU, Home())),)
    ask = Button(_("✉ Ask {counsellor}").of(counsellor=group.counsellor), AskCounsellor(group.id))
    if not workshop.agreed:
        return Screen(
            title=_("🎤 Would you lead a workshop on “{module}”?").of(module=module.title),
            lines=(SEES, FREE),
            options=(
                Button(_("Yes, I lead it"), AnswerAsking(group.id, True)),
                Button(_("Not now"), AnswerAsking(group.id, False)),
                ask,
            ),
            rows=rows,
        )
    members = [member for member in turn.ask(MembersOf(group.id)) if shares(group, member)]
    joined, done = len(members), have_finished(members, module.id)
    counted: Words = _("✅ Have finished it: {number}").of(number=done or 0)
    if done is None:
        counted = _("More is said where it tells of no single person.")
    return Screen(
        title=_("🎤 Workshop: {module}").of(module=module.title),
        lines=(
            ngettext("{count} person has joined.", "{count} people have joined.", joined),
            counted,
        ),
        options=(
            Button(
                _("📋 Workshop plan: {module}").of(module=module.short), WorkshopSheet(group.id)
            ),
            ask,
            Button(_("Lay it down"), LayDownLead(group.id)),
        ),
        rows=rows,
    )


@waits
def asked(turn: Turn) -> Iterator[OpenQuestion]:
    for id, mine in turn.learner.groups.items():
        if mine.workshop and not mine.workshop.agreed:
            yield OpenQuestion(MyWorkshop(id))


@does(AnswerAsking)
def answer(tap: AnswerAsking, turn: Turn) -> Decision:
    group, workshop, module = _workshop(tap.group, turn)
    if workshop.agreed:
        return Decision((Went(MyWorkshop(group.id)),))
    kept = Workshop(module.id, agreed=True) if tap.yes else None
    place = MyWorkshop(group.id) if tap.yes else MyGroup(group.id)
    told = _told(group, module, tap.yes, turn)
    return Decision((WorkshopChanged(group.id, kept), *told, Went(place)), fresh=True)


@does(WorkshopSheet)
def sheet(tap: WorkshopSheet, turn: Turn) -> Decision:
    group, workshop, module = _workshop(tap.group, turn)
    place = Went(MyWorkshop(group.id))
    if not workshop.agreed:
        return Decision((place,))
    order = Ordered(OrderKind.WORKSHOP, module.id, group.language)
    return Decision((order, place), notes=(COMES,), fresh=True)


@does(LayDownLead)
def lay_down(tap: LayDownLead, turn: Turn) -> Decision:
    group, _mine, module = _workshop(tap.group, turn)
    over = WorkshopChanged(group.id, None)
    told = _told(group, module, False, turn)
    return Decision((over, *told, Went(MyGroup(group.id))), fresh=True)


def _told(group: Group, module: Module, yes: bool, turn: Turn) -> tuple[Event, ...]:
    """Those counsellors read it who see this learner."""
    name = turn.world.say(seen_as(turn.learner.groups[group.id]), group.language)
    told = about(ANSWERED, group, module, name=name, yes=int(yes))
    return tuple(Told(reader.learner, told) for reader in readers(group, turn.learner))
