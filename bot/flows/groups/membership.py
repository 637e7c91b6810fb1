"""The invitation to a group, and the yes to it. A no costs nothing."""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, opens, shows
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Gone, Turn, World
from bot.flows.groups import consent
from bot.flows.groups.events import (
    GroupJoined,
)
from bot.flows.groups.member_actions import (
    Invited,
    JoinGroup,
    MyGroup,
    Nickname,
)
from bot.flows.learning.labels import LANGUAGE
from bot.model.group import (
    Group,
    GroupById,
    GroupByToken,
    MembersOf,
    is_sensitive,
)
from bot.model.learner import Membership, day_of
from bot.model.words import Msg, Words, _

UNKNOWN = _(
    "I do not know this invitation. Perhaps a part of the link is missing, or there is a newer "
    "one. Ask who sent it."
)
LINK_CLOSED = _(
    "{counsellor}, {organisation}, has closed this invitation. Nobody can join with it now."
)
EXPIRED = _("This invitation worked until {day}. Ask {counsellor}, {organisation}, for a new one.")
ENDED = _("The group “{title}” ended on {day}.")
FULL = _(
    "The group “{title}” is full. Tell {counsellor}, {organisation}, that you would like to join."
)
WITHOUT = _("You can learn without the group:")
INVITES = _("👥 {counsellor} invites you to learn together")


@opens("g")
def invitation(token: str, turn: Turn) -> Decision:
    """An invite link was opened, by anybody, perhaps for the second time."""
    token = token.lower()
    group = turn.ask(GroupByToken(token))
    if group and group.id in turn.learner.groups:
        return Decision(
            (Went(MyGroup(group.id)),), notes=(_("You are in this group already."),), fresh=True
        )
    if why := refusal(group, joined(group, turn), turn.now):
        return _turned_away(why)
    return Decision((Went(Invited(token)),), fresh=True)


def joined(group: Group | None, turn: Turn, joining: bool = False) -> int:
    """How many are in the group, as far as that matters for who comes next."""
    return len(turn.ask(MembersOf(group.id, joining))) if group and group.limit else 0


def refusal(group: Group | None, joined: int, now: int) -> Words | None:
    """Why nobody can join with this link, or None. `joined` is how many are in the group
    already."""
    today = day_of(now)
    if group is None:
        return UNKNOWN
    who = {"counsellor": group.counsellor, "organisation": group.organisation}
    if group.ends and group.over(today):
        return ENDED.of(title=group.title, day=group.ends)
    if group.link_closed or group.archived:
        return LINK_CLOSED.of(**who)
    if group.link_until and group.link_until < today:
        return EXPIRED.of(day=group.link_until, **who)
    if group.limit and joined >= group.limit:
        return FULL.of(title=group.title, **who)
    return None


def _turned_away(why: Words) -> Decision:
    return Decision((Went(Home()),), notes=(why, WITHOUT), fresh=True)


@shows(Invited)
def show_invitation(place: Invited, turn: Turn) -> Screen:
    group = turn.ask(GroupByToken(place.token))
    if group is None:
        raise Gone
    lines: list[Words] = [
        Msg("**{title}** · {organisation}").of(title=group.title, organisation=group.organisation),
        _("If you join, {counsellor} sees:").of(counsellor=group.counsellor),
        _("• a nickname that you choose"),
        *SEEN,
        *consent.others(group),
    ]
    if any(turn.learner.done(module.id) for module in group.modules_in(turn.programme)):
        lines.append(_("What you have finished before counts, and is seen, too."))
    lines.append(_("Nobody sees your answers, your phone number, or the hour."))
    if sensitive_in(group, turn.world):
        lines.append(_("Modules about health or rights stay hidden. You can change that later."))
    if group.kept_by(turn.learner.id):
        lines.append(_("(This is your own group. Learners see this page.)"))
    lines.append(_("You can leave at any time. You can learn without joining, too."))
    return Screen(
        title=INVITES.of(counsellor=group.counsellor),
        lines=tuple(lines),
        options=(
            Button(_("Yes, I join"), JoinGroup(place.token, consent.read(group))),
            Button(_("No, I learn alone"), Home()),
        ),
        rows=((LANGUAGE,),),
    )


SEEN: tuple[Words, ...] = (
    _("• the day you joined"),
    _("• which modules and decks you have finished"),
    _("• the week of your last step"),
    _("• if you want no messages"),
    _(
        "• if you may need help: not begun, no step for ten days, or a deck that did not work out "
        "twice"
    ),
)
"""What a counsellor sees of each learner (product.md, Privacy 4). `bot.model.group_progress` and
`bot.documents.spreadsheet` show nothing more."""


def sensitive_in(group: Group, world: World) -> bool:
    return any(
        is_sensitive(module, world.programme) for module in group.modules_in(world.programme)
    )


@does(JoinGroup)
def join(tap: JoinGroup, turn: Turn) -> Decision:
    group = turn.ask(GroupByToken(tap.token))
    if group and group.id in turn.learner.groups:
        return Decision((Went(MyGroup(group.id)),))
    if why := refusal(group, joined(group, turn, joining=True), turn.now):
        return _turned_away(why)
    assert group is not None
    if tap.read != consent.read(group):  # somebody else invites now than above this button
        return Decision((Went(Invited(tap.token)),), fresh=True)
    taken = {
        m.groups[group.id].number
        for m in turn.ask(MembersOf(group.id, joining=True))
        if group.id in m.groups
    }
    return Decision(
        (GroupJoined(group, max(taken, default=0) + 1), Went(Nickname(group.id))),
        notes=(_("✅ You are in."),),
    )


def membership_in(group_id: int, turn: Turn) -> Membership:
    """The learner's own; raises `Gone` for a group that they are not in."""
    mine = turn.learner.groups.get(group_id)
    if mine is None:
        raise Gone(Decision((Went(Home()),)))
    return mine


def open_group(group_id: int, turn: Turn) -> Group:
    """A group that the learner is in; raises `Gone` where they are not, or where it is closed."""
    membership_in(group_id, turn)
    group = turn.ask(GroupById(group_id))
    if group is None:
        raise no_more(group_id)
    return group


def no_more(group_id: int) -> Gone:
    """What was asked of the group is not there: the group's page is."""
    page = MyGroup(group_id)
    return Gone(Decision((Went(page),)), instead=page)


def number_of(world: World, group_id: int, learner_id: int) -> int:
    """What buttons and pages about a learner of a group carry instead of their id. It is keyed and
    the group's own: two counsellors cannot see that two of theirs are one person."""
    return int(world.serial(learner_id, "group", str(group_id), ""), 16) >> 1
