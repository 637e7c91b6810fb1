"""What a learner says to colleagues of their counsellor who are of another organisation: a yes of
its own, and its withdrawal.
"""

from zlib import crc32

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Moment, World
from bot.flows.groups import membership
from bot.flows.groups.events import SharedNoMore, SharedToo
from bot.flows.groups.member_actions import HideFrom, MyGroup, Newcomers, Shared, ShareToo
from bot.flows.learning.question import BACK, MENU
from bot.model.group import Colleague, Group, GroupById, shares, shares_with
from bot.model.learner import Learner
from bot.model.words import Words, _


def waiting(group: Group, learner: Learner) -> tuple[Colleague, ...]:
    """Colleagues who see nothing of this learner until they say yes."""
    return (
        tuple(c for c in group.colleagues if not shares_with(group, learner, c))
        if shares(group, learner)
        else ()
    )


def read(group: Group, waiting: tuple[Colleague, ...]) -> int:
    """A mark of who asks, as it stands on the screen above the yes."""
    return crc32(
        "\0".join(part for c in waiting for part in (c.name, group.organisation_of(c))).encode()
    )


def _mark(organisation: str) -> int:
    return crc32(organisation.encode())


def asks(group: Group, learner: Learner) -> tuple[tuple[Button, ...], ...]:
    names = ", ".join(c.name for c in waiting(group, learner))
    return (
        ((Button(_("🤝 Share with {names}, too?").of(names=names), Newcomers(group.id)),),)
        if names
        else ()
    )


def hide_buttons(group: Group, learner: Learner) -> tuple[Button, ...]:
    """To take a yes back, of the organisations whose colleagues see something now."""
    mine = learner.groups[group.id]
    there = {c.organisation for c in group.colleagues}
    return tuple(
        Button(
            _("🙈 Share nothing more with {organisation}").of(organisation=other),
            HideFrom(group.id, _mark(other)),
        )
        for other in mine.also
        if other in there and other != mine.organisation
    )


@shows(Newcomers)
def show_newcomers(
    learner: Learner, place: Newcomers, world: World, moment: Moment
) -> Screen | None:
    group = moment.ask(GroupById(place.group))
    new = waiting(group, learner) if group else ()
    if group is None or not new:
        return membership.show_my_group(learner, MyGroup(place.group), world, moment)
    lines: list[Words] = [
        _("{name}, {organisation}, would like to see of you what {counsellor} sees:").of(
            name=c.name, organisation=group.organisation_of(c), counsellor=group.counsellor
        )
        for c in new
    ]
    return Screen(
        title=_("🤝 Share with {names}, too?").of(names=", ".join(c.name for c in new)),
        lines=(
            *lines,
            _("• your nickname: {nickname}").of(
                nickname=membership.seen_as(learner.groups[group.id])
            ),
            *membership.SEEN,
            _("A no costs you nothing. You can take your yes back at any time."),
        ),
        options=(
            Button(_("Yes, share"), ShareToo(group.id, read(group, new))),
            Button(_("No, thank you"), MyGroup(group.id)),
        ),
        rows=((Button(BACK, MyGroup(group.id)), Button(MENU, Home())),),
    )


@does(ShareToo)
def share_too(learner: Learner, tap: ShareToo, world: World, moment: Moment) -> Decision:
    group = moment.ask(GroupById(tap.group))
    new = waiting(group, learner) if group else ()
    if group is None or not new:
        return Decision((Went(MyGroup(tap.group)),))
    if tap.read != read(group, new):  # others ask now than stood above this button
        return Decision((Went(Newcomers(group.id)),), fresh=True)
    organisations = tuple(dict.fromkeys(map(group.organisation_of, new)))
    names = ", ".join(c.name for c in new)
    return Decision(
        (SharedToo(group.id, organisations), Went(MyGroup(group.id))),
        notes=(_("Thank you. Sees you now: {names}").of(names=names),),
    )


@does(HideFrom)
def hide_from(learner: Learner, tap: HideFrom, world: World, moment: Moment) -> Decision:
    mine = learner.groups.get(tap.group)
    taken = [other for other in (mine.also if mine else ()) if _mark(other) == tap.mark]
    back = Went(Shared(tap.group) if mine else Home())
    if not taken:
        return Decision((back,))
    said = _("{organisation} sees nothing of you any more.").of(organisation=taken[0])
    return Decision((SharedNoMore(tap.group, taken[0]), back), notes=(said,))
