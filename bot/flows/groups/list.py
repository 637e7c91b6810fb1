"""The list of groups, and a new one."""

from bot.conversation.action import Action, Home, Place
from bot.conversation.event import Event, Went
from bot.conversation.registry import Said, When, reads, shows, understands
from bot.conversation.screen import MENU, Button, Screen, paged
from bot.conversation.turn import Decision, Turn
from bot.conversation.typed_text import slash
from bot.conversation.typed_title import typed_title
from bot.flows.groups import consent
from bot.flows.groups.actions import (
    Archive,
    Board,
    GroupLink,
    Groups,
    GroupText,
    NewGroup,
    OrderPaper,
    Setting,
    StaffName,
    Today,
)
from bot.flows.groups.common import PAGE
from bot.flows.groups.events import GroupKept
from bot.flows.groups.today import counts, standings, titled_with_counts
from bot.flows.opinions.actions import Opinions
from bot.flows.staff.events import StaffNamed
from bot.model.group import Group, GroupsOf, UnreadableGroups
from bot.model.learner import day_of
from bot.model.order import OrderKind
from bot.model.unreadable import groups_not_shown
from bot.model.words import Words, _


@shows(Groups)
def show_groups(place: Groups, turn: Turn) -> Screen:
    kept = turn.ask(GroupsOf(turn.learner.id))
    groups = tuple(group for group in kept if not group.archived)
    away = len(kept) - len(groups)
    page = paged(groups, place.page, PAGE, Groups)
    lost = groups_not_shown(turn.ask(UnreadableGroups(turn.learner.id)))
    nothing = _("You have no group yet. A group has an invite link; you see who needs a call.")
    return Screen(
        title=_("👥 Your groups"),
        lines=lost or (() if kept else (nothing,)),
        options=tuple(Button(_titled(group, turn), Board(group.id)) for group in page.items),
        rows=(
            (
                Button(_("☀ Today"), Today()),
                Button(_("📊 List of all groups (Excel)"), OrderPaper(0, OrderKind.XLSX)),
            )
            if kept
            else (),
            (Button(_("➕ New group"), NewGroup()), Button(_("💬 What learners say"), Opinions())),
            page.row,
            (Button(_("🗄 Archive: {number}").of(number=away), Archive()),) if away else (),
            (Button(_("My name for learners"), StaffName()), Button(MENU, Home())),
        ),
    )


def _titled(group: Group, turn: Turn) -> Words:
    over = group.over(day_of(turn.now))
    return titled_with_counts(group, None if over else counts(standings(group, turn)))


@shows(NewGroup)
def show_new(_place: NewGroup, turn: Turn) -> Screen:
    if not turn.learner.staff_name:
        return show_staff_name(StaffName(), turn)
    return Screen(
        title=_("➕ New group"),
        lines=(
            _(
                "Type the name of the group, as learners will read it. For example: Tuesday group, "
                "spring."
            ),
        ),
        rows=((Button(_("Not now"), Groups()),),),
        typing=_("Name of the group"),
    )


@understands(When.BEHIND)
def named_too_soon(said: Said) -> Action | None:
    """The words behind the command name a group: they are no name of who has none yet."""
    asks = said.slashed and not said.turn.learner.staff_name
    return NewGroup() if asks and isinstance(slash(said.text), NewGroup) else None


@reads(NewGroup)
def titled(place: NewGroup, text: str, turn: Turn) -> Decision:
    learner = turn.learner
    if not learner.staff_name:
        return _named(text, place, turn)
    title = typed_title(text)
    before = turn.ask(GroupsOf(learner.id))
    group = Group(
        id=int(turn.moment.spare.code),
        owner=learner.id,
        token=turn.moment.spare.token,
        title=title,
        organisation=before[-1].organisation if before else "",
        counsellor=learner.staff_name,
        language=turn.language,
    )
    place_next = (
        GroupLink(group.id) if group.organisation else GroupText(group.id, Setting.ORGANISATION)
    )
    return Decision((GroupKept(group), Went(place_next)), fresh=True)


@shows(StaffName)
def show_staff_name(_place: StaffName, turn: Turn) -> Screen:
    now = (_("Now: {name}").of(name=turn.learner.staff_name),) if turn.learner.staff_name else ()
    return Screen(
        title=_("Your name for learners"),
        lines=(_("Learners see who invites them. Type your name as they know you."), *now),
        rows=((Button(_("Not now"), Home()),),),
        typing=_("Your name for learners"),
    )


@reads(StaffName)
def staff_named(_place: StaffName, text: str, turn: Turn) -> Decision:
    return _named(text, Groups(), turn)


def _named(text: str, onward: Place, turn: Turn) -> Decision:
    """`onward` is where they were going when the name was asked for."""
    name = typed_title(text)
    renamed: list[Event] = []
    for group in turn.ask(GroupsOf(turn.learner.id)):
        happened = consent.changed(group, turn, counsellor=name)
        if happened is None:
            return Decision((Went(onward),), notes=(consent.ENOUGH,), fresh=True)
        renamed += happened
    return Decision((StaffNamed(name), *renamed, Went(onward)), fresh=True)
