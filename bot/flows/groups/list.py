"""The list of groups, and a new one."""

from bot.conversation.action import Home, Place
from bot.conversation.event import Event, Went
from bot.conversation.registry import reads, shows
from bot.conversation.screen import MENU, Button, Screen, paged
from bot.conversation.turn import Decision, Moment, World
from bot.conversation.typed_title import TITLE, one_line, too_long
from bot.flows.groups import consent
from bot.flows.groups.actions import (
    Archive,
    Board,
    GroupLink,
    Groups,
    GroupText,
    NewGroup,
    OrderPaper,
    StaffName,
    Today,
)
from bot.flows.groups.common import PAGE, groups_not_shown
from bot.flows.groups.events import GroupKept
from bot.flows.groups.today import counts, standings, titled_with_counts
from bot.flows.staff.events import StaffNamed
from bot.model.group import Group, GroupsOf, UnreadableGroups
from bot.model.learner import Learner, day_of
from bot.model.words import Words, _


@shows(Groups)
def show_groups(learner: Learner, place: Groups, world: World, moment: Moment) -> Screen:
    kept = moment.ask(GroupsOf(learner.id))
    groups = tuple(group for group in kept if not group.archived)
    away = len(kept) - len(groups)
    page = paged(groups, place.page, PAGE, Groups)
    lost = groups_not_shown(moment.ask(UnreadableGroups(learner.id)))
    nothing = _("You have no group yet. A group has an invite link; you see who needs a call.")
    return Screen(
        title=_("👥 Your groups"),
        lines=lost or (() if kept else (nothing,)),
        options=tuple(
            Button(_titled(learner, group, world, moment), Board(group.id)) for group in page.items
        ),
        rows=(
            (
                Button(_("☀ Today"), Today()),
                Button(_("📊 List of all groups (Excel)"), OrderPaper(0, "xlsx")),
            )
            if kept
            else (),
            (Button(_("➕ New group"), NewGroup()),),
            page.row,
            (Button(_("🗄 Archive: {number}").of(number=away), Archive()),) if away else (),
            (Button(_("My name for learners"), StaffName()), Button(MENU, Home())),
        ),
    )


def _titled(learner: Learner, group: Group, world: World, moment: Moment) -> Words:
    over = group.over(day_of(moment.now))
    return titled_with_counts(
        group, None if over else counts(standings(learner, group, world, moment))
    )


@shows(NewGroup)
def show_new(learner: Learner, place: NewGroup, world: World, moment: Moment) -> Screen:
    if not learner.staff_name:
        return show_staff_name(learner, StaffName(), world, moment)
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


@reads(NewGroup)
def titled(learner: Learner, place: NewGroup, text: str, world: World, moment: Moment) -> Decision:
    if not learner.staff_name:
        return _named(learner, text, moment, place)
    title = one_line(text)
    if not title or len(title) > TITLE:
        return Decision(
            notes=(too_long(TITLE) if title else _("Please type a name with letters."),), fresh=True
        )
    before = moment.ask(GroupsOf(learner.id))
    group = Group(
        id=int(moment.spare_code),
        owner=learner.id,
        token=moment.spare_token,
        title=title,
        organisation=before[-1].organisation if before else "",
        counsellor=learner.staff_name,
        language=learner.language or "en",
    )
    place_next = GroupLink(group.id) if group.organisation else GroupText(group.id, "organisation")
    return Decision((GroupKept(group), Went(place_next)), fresh=True)


@shows(StaffName)
def show_staff_name(learner: Learner, place: StaffName, world: World, moment: Moment) -> Screen:
    now = (_("Now: {name}").of(name=learner.staff_name),) if learner.staff_name else ()
    return Screen(
        title=_("Your name for learners"),
        lines=(_("Learners see who invites them. Type your name as they know you."), *now),
        rows=((Button(_("Not now"), Home()),),),
        typing=_("Your name for learners"),
    )


@reads(StaffName)
def staff_named(
    learner: Learner, place: StaffName, text: str, world: World, moment: Moment
) -> Decision:
    return _named(learner, text, moment, Groups())


def _named(learner: Learner, text: str, moment: Moment, onward: Place) -> Decision:
    """`onward` is where they were going when the name was asked for."""
    name = one_line(text)
    if not name or len(name) > TITLE:
        return Decision(
            notes=(too_long(TITLE) if name else _("Please type a name with letters."),), fresh=True
        )
    renamed: list[Event] = []
    for group in moment.ask(GroupsOf(learner.id)):
        happened = consent.changed(group, moment, counsellor=name)
        if happened is None:
            return Decision((Went(onward),), notes=(consent.ENOUGH,), fresh=True)
        renamed += happened
    return Decision((StaffNamed(name), *renamed, Went(onward)), fresh=True)
