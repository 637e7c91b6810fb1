"""A yes of its own to colleagues of the counsellor who are of another organisation, and its
withdrawal.
"""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Moment, World
from bot.flows.groups.events import SharedNoMore, SharedToo
from bot.flows.groups.member_actions import HideFrom, MyGroup, Newcomers, Shared, ShareToo
from bot.flows.groups.membership import SEEN, seen_as
from bot.flows.groups.my_group import show_my_group
from bot.flows.groups.newcomers import mark, read, waiting
from bot.model.group import GroupById
from bot.model.learner import Learner
from bot.model.words import Words, _


@shows(Newcomers)
def show_newcomers(
    learner: Learner, place: Newcomers, world: World, moment: Moment
) -> Screen | None:
    group = moment.ask(GroupById(place.group))
    new = waiting(group, learner) if group else ()
    if group is None or not new:
        return show_my_group(learner, MyGroup(place.group), world, moment)
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
            _("• your nickname: {nickname}").of(nickname=seen_as(learner.groups[group.id])),
            *SEEN,
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
    taken = [other for other in (mine.also if mine else ()) if mark(other) == tap.mark]
    back = Went(Shared(tap.group) if mine else Home())
    if not taken:
        return Decision((back,))
    said = _("{organisation} sees nothing of you any more.").of(organisation=taken[0])
    return Decision((SharedNoMore(tap.group, taken[0]), back), notes=(said,))
