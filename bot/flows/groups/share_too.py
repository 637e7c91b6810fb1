"""A yes of its own to colleagues of the counsellor who are of another organisation, and its
withdrawal.
"""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Turn
from bot.flows.groups.consent import mark
from bot.flows.groups.events import SharedNoMore, SharedToo
from bot.flows.groups.member_actions import HideFrom, MyGroup, Newcomers, Shared, ShareToo
from bot.flows.groups.membership import SEEN, no_more, open_group
from bot.flows.groups.newcomers import read, waiting
from bot.model.group import Colleague, Group, seen_as
from bot.model.words import Words, _


def _asked(group_id: int, turn: Turn) -> tuple[Group, tuple[Colleague, ...]]:
    """The group, and who waits for a yes."""
    group = open_group(group_id, turn)
    new = waiting(group, turn.learner)
    if not new:
        raise no_more(group_id)
    return group, new


@shows(Newcomers)
def show_newcomers(place: Newcomers, turn: Turn) -> Screen:
    group, new = _asked(place.group, turn)
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
            _("• your nickname: {nickname}").of(nickname=seen_as(turn.learner.groups[group.id])),
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
def share_too(tap: ShareToo, turn: Turn) -> Decision:
    group, new = _asked(tap.group, turn)
    if tap.read != read(group, new):  # others ask now than stood above this button
        return Decision((Went(Newcomers(group.id)),), fresh=True)
    organisations = tuple(dict.fromkeys(map(group.organisation_of, new)))
    names = ", ".join(c.name for c in new)
    return Decision(
        (SharedToo(group.id, organisations), Went(MyGroup(group.id))),
        notes=(_("Thank you. Sees you now: {names}").of(names=names),),
    )


@does(HideFrom)
def hide_from(tap: HideFrom, turn: Turn) -> Decision:
    mine = turn.learner.groups.get(tap.group)
    taken = [other for other in (mine.also if mine else ()) if mark(other) == tap.mark]
    back = Went(Shared(tap.group) if mine else Home())
    if not taken:
        return Decision((back,))
    said = _("{organisation} sees nothing of you any more.").of(organisation=taken[0])
    return Decision((SharedNoMore(tap.group, taken[0]), back), notes=(said,))
