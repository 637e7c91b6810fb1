"""Colleagues of a counsellor: inviting one to a group, leaving, being taken out, and handing the
group over.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.event import Told, Went
from bot.conversation.registry import OpenQuestion, does, shows, waits
from bot.conversation.rights import has
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn, World
from bot.flows.groups import consent
from bot.flows.groups.actions import Board, Groups, GroupSettings, GroupText, Setting
from bot.flows.groups.colleague_actions import (
    ColleagueLink,
    ColleagueOut,
    ColleagueOutSure,
    ColleaguePage,
    Colleagues,
    InviteColleague,
    OfferGroup,
    TakeGroup,
    TakeOver,
)
from bot.flows.groups.common import own_group, owned_group
from bot.flows.groups.events import (
    OFFER,
    STAFF_NEWS,
    ColleagueLeft,
    GroupHanded,
    GroupKept,
    News,
    told_of_handing,
)
from bot.flows.groups.membership import number_of
from bot.flows.staff.events import StaffLinkMade
from bot.model.channel import label_of
from bot.model.group import MOST_COLLEAGUES, Colleague, Group, GroupsOf, MembersOf, passed_on
from bot.model.message import note
from bot.model.roles import Right, Role
from bot.model.words import Msg, Words, _

NOT_OFFERED = _("The group is not offered to you any more.")
SELF = 0
"""Instead of a colleague's number: who taps it, or nobody."""


@shows(Colleagues)
def show_colleagues(place: Colleagues, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    mine = group.owner == turn.learner.id
    lines: list[Words] = [
        _("They see what you see, and can do what you do. Learners are told, with a way out.")
    ]
    if not mine:
        lines = [_line(group, c) for c in group.counsellors]
    elif not group.colleagues:
        lines.append(
            _(
                "Away, or leaving? Invite a colleague: then the group goes on, and you can hand it "
                "over."
            )
        )
    more = mine and len(group.colleagues) < MOST_COLLEAGUES
    return Screen(
        title=_("🤝 Colleagues in “{title}”").of(title=group.title),
        lines=tuple(lines),
        options=tuple(
            Button(_line(group, c), ColleaguePage(group.id, _number(turn.world, group, c)))
            for c in group.colleagues
        )
        if mine
        else (),
        rows=(
            (Button(_("➕ Invite a colleague"), InviteColleague(group.id)),) if more else (),
            offered_to(turn.learner.id, group),
            () if mine else (Button(_("Leave this group"), ColleagueOutSure(group.id, SELF)),),
            (Button(BACK, GroupSettings(group.id)), Button(MENU, Home())),
        ),
    )


def _line(group: Group, colleague: Colleague) -> Words:
    return Msg("{name} · {organisation}").of(
        name=colleague.name, organisation=group.organisation_of(colleague)
    )


def _number(world: World, group: Group, colleague: Colleague) -> int:
    return number_of(world, group.id, colleague.learner)


def offered_to(learner: int, group: Group) -> tuple[Button, ...]:
    """The way to the question, for the one colleague to whom it is put."""
    way = Button(_("🔑 Take the group over"), TakeOver(group.id))
    return (way,) if group.offered == learner and group.owner != learner else ()


def _colleague(group: Group, number: int, turn: Turn) -> Colleague | None:
    """Whom the owner means."""
    if group.owner != turn.learner.id:
        return None
    return next((c for c in group.colleagues if _number(turn.world, group, c) == number), None)


def _no_more(group: Group, *why: Words) -> Gone:
    page = Colleagues(group.id)
    return Gone(Decision((Went(page),), notes=why), instead=page)


# --- inviting


@does(InviteColleague)
def invite(tap: InviteColleague, turn: Turn) -> Decision:
    group = owned_group(tap.group, turn)
    if not group.organisation:
        return Decision((Went(GroupText(group.id, Setting.ORGANISATION)),), fresh=True)
    if len(group.colleagues) >= MOST_COLLEAGUES:
        return Decision((Went(Colleagues(group.id)),))
    made = StaffLinkMade(turn.moment.spare.token, Role.COUNSELLOR, group.id)
    return Decision((made, Went(ColleagueLink(group.id, turn.moment.spare.token))))


@shows(ColleagueLink)
def show_link(place: ColleagueLink, turn: Turn) -> Screen:
    group = owned_group(place.group, turn)
    links = [
        Msg("{channel}: {url}").of(channel=label_of(name), url=f"{url}c-{place.token}")
        for name, url in turn.world.links.items()
    ]
    return Screen(
        title=_("🔗 For one colleague in “{title}”").of(title=group.title),
        lines=(
            _(
                "Send it to one person. It works once, for seven days. Whoever opens it first "
                "keeps the group with you."
            ),
            *links,
        ),
        rows=((Button(BACK, Colleagues(group.id)), Button(MENU, Home())),),
    )


# --- leaving, taking out


@shows(ColleaguePage)
def show_colleague(place: ColleaguePage, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    colleague = _colleague(group, place.person, turn)
    if colleague is None:
        raise _no_more(group)
    waits = group.offered == colleague.learner
    offer = (
        Button(_("Take the offer back"), OfferGroup(group.id, SELF))
        if waits
        else Button(_("🔑 Hand the group over to them"), OfferGroup(group.id, place.person))
    )
    return Screen(
        title=_line(group, colleague),
        lines=(_("You offered the group to them. It is yours until they accept."),)
        if waits
        else (),
        options=(
            offer,
            Button(_("Take out of the group"), ColleagueOutSure(group.id, place.person)),
        ),
        rows=((Button(BACK, Colleagues(group.id)), Button(MENU, Home())),),
    )


@shows(ColleagueOutSure)
def show_out(place: ColleagueOutSure, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    if place.person == SELF:
        title = (
            _("Leave “{title}”?").of(title=group.title) if group.owner != turn.learner.id else None
        )
        line, yes = (
            _("You see nothing of its learners any more. Your own names for them go."),
            _("Yes, I leave"),
        )
    else:
        colleague = _colleague(group, place.person, turn)
        title = _("Take {name} out of the group?").of(name=colleague.name) if colleague else None
        line, yes = (
            _("They see nothing of its learners any more, and are told."),
            _("Yes, take them out"),
        )
    if title is None:
        raise _no_more(group)
    no = Button(_("No"), Colleagues(group.id))
    return Screen(
        title=title,
        lines=(line,),
        options=(no, Button(yes, ColleagueOut(group.id, place.person))),
    )


@does(ColleagueOut)
def out(tap: ColleagueOut, turn: Turn) -> Decision:
    learner = turn.learner
    group = own_group(tap.group, turn)
    if turn.place != ColleagueOutSure(tap.group, tap.person):
        return Decision((Went(Colleagues(group.id)),))
    if tap.person == SELF and group.owner != learner.id:
        told = Told(
            group.owner, note(STAFF_NEWS, what=News.LEFT, name=group.viewer.name, title=group.title)
        )
        return Decision(
            (ColleagueLeft(group.id, learner.id), told, Went(Groups())),
            notes=(_("You have left the group."),),
        )
    colleague = _colleague(group, tap.person, turn)
    if colleague is None:
        raise _no_more(group)
    told = Told(
        colleague.learner, note(STAFF_NEWS, what=News.OUT, name=group.counsellor, title=group.title)
    )
    went = Went(Colleagues(group.id))
    return Decision(
        (ColleagueLeft(group.id, colleague.learner), told, went),
        notes=(_("They are no longer in the group."),),
    )


# --- handing over


@does(OfferGroup)
def offer(tap: OfferGroup, turn: Turn) -> Decision:
    group = owned_group(tap.group, turn)
    colleague = _colleague(group, tap.person, turn)
    if colleague is None:  # the offer is taken back, or they left meanwhile
        return Decision((GroupKept(replace(group, offered=0)), Went(Colleagues(group.id))))
    went = Went(ColleaguePage(group.id, tap.person))
    if group.offered == colleague.learner:  # the second tap
        return Decision((went,))
    told = Told(
        colleague.learner, note(OFFER, group=group.id, name=group.counsellor, title=group.title)
    )
    kept = GroupKept(replace(group, offered=colleague.learner))
    return Decision((kept, told, went), notes=(_("They are asked now."),))


@waits
def offered(turn: Turn) -> Iterator[OpenQuestion]:
    if has(Right.GROUPS, turn):
        for group in turn.ask(GroupsOf(turn.learner.id)):
            if group.offered == turn.learner.id:
                yield OpenQuestion(TakeOver(group.id))


@shows(TakeOver)
def show_take(place: TakeOver, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    if group.offered != turn.learner.id:
        raise _no_more(group, NOT_OFFERED)
    moves = (
        (_("You are of another organisation: learners who did not say yes to it are asked again."),)
        if group.viewer.organisation
        else ()
    )
    return Screen(
        title=_("🔑 Take “{title}” over?").of(title=group.title),
        lines=(
            _(
                "{name} offers you the group. Then you decide about it, and the learners are told."
            ).of(name=group.counsellor),
            *moves,
        ),
        options=(
            Button(_("Yes, I take it over"), TakeGroup(group.id, True)),
            Button(_("No, thank you"), TakeGroup(group.id, False)),
        ),
        rows=((Button(BACK, Board(group.id)), Button(MENU, Home())),),
    )


@does(TakeGroup)
def take(tap: TakeGroup, turn: Turn) -> Decision:
    group = own_group(tap.group, turn)
    board, me = Went(Board(group.id)), group.viewer
    if group.offered != turn.learner.id:  # the second tap, or it was taken back
        return Decision((board,), notes=() if group.owner == turn.learner.id else (NOT_OFFERED,))
    told = Told(
        group.owner,
        note(
            STAFF_NEWS,
            what=News.TAKEN if tap.yes else News.DECLINED,
            name=me.name,
            title=group.title,
        ),
    )
    if not tap.yes:
        return Decision((GroupKept(replace(group, offered=0)), told, board))
    counted = consent.written(group, turn)
    if counted is None:
        return Decision((board,), notes=(consent.ENOUGH,))
    after = passed_on(counted, me, stays=True)
    members = turn.ask(MembersOf(group.id))
    letters = told_of_handing(group, after, members)
    return Decision(
        (GroupHanded(after), *letters, told, board),
        notes=(_("🔑 The group is yours now. The learners are told."),),
    )
