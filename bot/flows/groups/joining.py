"""A colleague's link was opened: who asks, for whom one works, and the yes. The members are told,
or asked (product.md, Privacy 4).
"""

from bot.conversation.action import Home
from bot.conversation.event import Drafted, Event, Told, Went
from bot.conversation.registry import does, opens, reads, shows
from bot.conversation.rights import has
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.conversation.typed_title import typed_title
from bot.flows.groups import consent
from bot.flows.groups.actions import Board
from bot.flows.groups.colleague_actions import (
    BeColleague,
    BecomeColleague,
    ColleagueFrom,
    ColleagueName,
)
from bot.flows.groups.events import COLLEAGUE, NEWCOMER, STAFF_NEWS, ColleagueKept, GroupKept, News
from bot.flows.learning.labels import LANGUAGE
from bot.flows.staff.events import RoleGiven, StaffLinkUsed, StaffNamed
from bot.flows.staff.people import USED
from bot.model.group import (
    MOST_COLLEAGUES,
    Colleague,
    ColleagueInvite,
    Group,
    MembersOf,
    shares_with,
)
from bot.model.learner import Learner
from bot.model.message import Note, note
from bot.model.roles import Right, Role
from bot.model.words import Words, _

FULL = _("This group has as many counsellors as it can have. Ask who sent the link.")


@opens("c")
def opened(token: str, turn: Turn) -> Decision:
    token = token.lower()
    group = turn.ask(ColleagueInvite(token))
    if group is None:
        return _used()
    return (
        _there(group)
        if group.kept_by(turn.learner.id)
        else Decision((Went(BecomeColleague(token)),), fresh=True)
    )


def _used() -> Decision:
    return Decision((Went(Home()),), notes=(USED,), fresh=True)


def _there(group: Group) -> Decision:
    return Decision(
        (Went(Board(group.id)),), notes=(_("You keep this group already."),), fresh=True
    )


@shows(BecomeColleague)
def show_become(place: BecomeColleague, turn: Turn) -> Screen:
    group = turn.ask(ColleagueInvite(place.token))
    if group is None:
        raise Gone
    return Screen(
        title=_("🤝 Keep “{title}” together with {counsellor}?").of(
            title=group.title, counsellor=group.counsellor
        ),
        lines=(
            _(
                "You see who needs a call, and read and answer questions. Learners read your name "
                "and whom you work for."
            ),
            _(
                "If you work for another organisation, each learner is asked before you see "
                "anything of them."
            ),
        ),
        options=(
            Button(
                _("Yes, I work for {organisation}").of(organisation=group.organisation),
                BeColleague(place.token, consent.read(group)),
            ),
            Button(_("Yes, for another organisation"), ColleagueFrom(place.token)),
            Button(_("No, thank you"), Home()),
        ),
        rows=((LANGUAGE,),),
    )


@does(BeColleague)
def accept(tap: BeColleague, turn: Turn) -> Decision:
    group = turn.ask(ColleagueInvite(tap.token))
    if group and tap.read != consent.read(
        group
    ):  # it is another organisation now than above this button
        return Decision((Went(BecomeColleague(tap.token)),), fresh=True)
    return _named_or_asked(tap.token, "", turn)


@shows(ColleagueFrom)
def show_from(place: ColleagueFrom, turn: Turn) -> Screen:
    if turn.ask(ColleagueInvite(place.token)) is None:
        raise Gone
    return _asks(_("Your organisation, as learners know it"), _("Type it now."))


def _asks(title: Words, *lines: Words) -> Screen:
    return Screen(title=title, lines=lines, rows=((Button(_("Not now"), Home()),),), typing=title)


@reads(ColleagueFrom)
def come_from(place: ColleagueFrom, text: str, turn: Turn) -> Decision:
    return _named_or_asked(place.token, typed_title(text), turn)


def _named_or_asked(token: str, organisation: str, turn: Turn) -> Decision:
    if not turn.learner.staff_name:
        return Decision((Drafted(organisation), Went(ColleagueName(token))), fresh=True)
    return _come(token, turn.learner.staff_name, organisation, turn)


@shows(ColleagueName)
def show_name(place: ColleagueName, turn: Turn) -> Screen:
    if turn.ask(ColleagueInvite(place.token)) is None:
        raise Gone
    return _asks(
        _("Your name for learners"),
        _("Learners read who sees them. Type your name as they know you."),
    )


@reads(ColleagueName)
def named(place: ColleagueName, text: str, turn: Turn) -> Decision:
    return _come(place.token, typed_title(text), turn.learner.drafted, turn)


def _come(token: str, name: str, organisation: str, turn: Turn) -> Decision:
    learner = turn.learner
    group = turn.ask(ColleagueInvite(token, taking=True))
    if group is None:
        return _used()
    if group.kept_by(learner.id):
        return _there(group)
    if len(group.colleagues) >= MOST_COLLEAGUES:
        return Decision((Went(Home()),), notes=(FULL,), fresh=True)
    members = [
        m for m in turn.ask(MembersOf(group.id)) if group.id in m.groups and m.id != learner.id
    ]
    counted = consent.written(group, turn) if members else group
    if counted is None:
        why = _(
            "The learners must be told, and had three messages today already. Open the link again "
            "tomorrow."
        )
        return Decision((Went(Home()),), notes=(why,), fresh=True)
    same = organisation.casefold() == group.organisation.casefold()
    me = Colleague(learner.id, name, "" if same else organisation, turn.now)
    role: Event = StaffNamed(name) if has(Right.GROUPS, turn) else RoleGiven(Role.COUNSELLOR, name)
    news = note(STAFF_NEWS, what=News.CAME, name=name, title=group.title)
    return Decision(
        (
            StaffLinkUsed(token, rises=not has(Right.GROUPS, turn)),
            *(() if learner.staff_name and isinstance(role, StaffNamed) else (role,)),
            GroupKept(counted),
            ColleagueKept(group.id, me),
            *(Told(m.id, _letter(group, me, m)) for m in members),
            *(Told(c.learner, news) for c in group.counsellors),
            Went(Board(group.id)),
        ),
        notes=(_("🤝 You keep this group together now."),),
        fresh=True,
    )


def _letter(group: Group, me: Colleague, member: Learner) -> Note:
    """Told, where their yes was to this organisation; asked, where it is another one."""
    kind = COLLEAGUE if shares_with(group, member, me) else NEWCOMER
    signed = {
        "name": me.name,
        "organisation": group.organisation_of(me),
        "counsellor": group.counsellor,
    }
    return note(kind, group=group.id, title=group.title, **signed)
