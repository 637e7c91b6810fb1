"""A yes is bound to what was read: who learns of a change of counsellor or organisation, and who is
asked again (product.md, Privacy 4).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b

from bot.conversation.action import Home
from bot.conversation.event import Event, ForOther, ToGroup, Told, Went
from bot.conversation.registry import does
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Decision, Turn
from bot.flows.groups.events import (
    MOVED,
    RENAMED,
    ColleagueKept,
    CounsellorNamed,
    GroupKept,
    SharedAgain,
)
from bot.flows.groups.member_actions import LeaveGroup, MyGroup, ShareAgain
from bot.model.group import Colleague, Group, GroupById, MembersOf, shares, shares_with
from bot.model.learner import Learner, day_of
from bot.model.message import note
from bot.model.words import Msg, Words, _

MOST_LETTERS = 3
"""Words to a whole group on one day, news of a change included: more would be turned off."""
ENOUGH = _("This group had three messages from you today. Please write again tomorrow.")
ASKED_AGAIN = _(
    "Everybody in the group is asked again. Until they say yes you see nothing of them. The old "
    "name brings the old yes back."
)


def counted(group: Group, turn: Turn) -> Group:
    """The group with one more letter to all on this day, however many there were."""
    today = day_of(turn.now)
    return replace(group, letters=(*(day for day in group.letters if day == today), today))


def written(group: Group, turn: Turn) -> Group | None:
    """The same; None where that is too many."""
    after = counted(group, turn)
    return after if len(after.letters) <= MOST_LETTERS else None


def read(group: Group) -> int:
    """A mark of who invites, as it stands on the screen above a yes."""
    return mark(group.counsellor, group.organisation, *names_of(group, group.colleagues))


def names_of(group: Group, colleagues: Iterable[Colleague]) -> Iterator[str]:
    for colleague in colleagues:
        yield from (colleague.name, group.organisation_of(colleague))


def mark(*names: str) -> int:
    """Six bytes of a hash, which have room in a button, and for which nobody finds other names."""
    return int.from_bytes(blake2b("\0".join(names).encode(), digest_size=6).digest())


def changed(
    group: Group, turn: Turn, counsellor: str = "", organisation: str = ""
) -> tuple[Event, ...] | None:
    """The events by which another name or organisation is kept and told to all members; None where
    it cannot be told today. `counsellor` is the new name of who looks at the group."""
    me = group.viewer
    if counsellor and me.learner != group.owner:
        return (
            _colleague_renamed(group, replace(me, name=counsellor), turn)
            if counsellor != me.name
            else ()
        )
    after = replace(
        group,
        counsellor=counsellor or group.counsellor,
        organisation=organisation or group.organisation,
    )
    if after == group:
        return ()
    members = [m for m in turn.ask(MembersOf(group.id)) if group.id in m.groups]
    if not members:
        return (GroupKept(after),)
    told = written(after, turn)
    if told is None:
        return None
    now = {"counsellor": after.counsellor, "organisation": after.organisation}
    if organisation and organisation != group.organisation:
        letter = note(MOVED, group=group.id, title=group.title, before=group.organisation, **now)
    else:
        letter = note(RENAMED, group=group.id, title=group.title, before=group.counsellor, **now)
    named = (ForOther(m.id, CounsellorNamed(group.id, after.counsellor)) for m in members)
    return (GroupKept(told), *named, Told(ToGroup(group.id), letter))


def _colleague_renamed(group: Group, after: Colleague, turn: Turn) -> tuple[Event, ...] | None:
    told = written(group, turn)
    if told is None:
        return None
    signed = {"counsellor": after.name, "organisation": group.organisation_of(after)}
    letter = note(RENAMED, group=group.id, title=group.title, before=group.viewer.name, **signed)
    return (ColleagueKept(group.id, after), GroupKept(told), Told(ToGroup(group.id), letter))


def others(group: Group, learner: Learner | None = None) -> tuple[Words, ...]:
    """A line for each colleague of the counsellor; of a `learner`: whom they share with."""
    shown = (c for c in group.colleagues if learner is None or shares_with(group, learner, c))
    return tuple(
        _("{name}, {organisation}, sees the same.").of(
            name=c.name, organisation=group.organisation_of(c)
        )
        for c in shown
    )


def show_again(learner: Learner, group: Group, seen: tuple[Words, ...]) -> Screen:
    """The group's page of somebody who said yes to another organisation: nothing is shared
    meanwhile."""
    before = learner.groups[group.id].organisation
    return Screen(
        title=Msg("👥 {title}").of(title=group.title),
        lines=(
            _("{organisation} is behind this group now. You said yes to {before}.").of(
                organisation=group.organisation, before=before
            ),
            _(
                "Nobody sees anything of you until you say yes again. If you do, {counsellor} sees:"
            ).of(counsellor=group.counsellor),
            *seen,
            *others(group),
        ),
        options=(
            Button(
                _("Yes, share with {organisation}").of(organisation=group.organisation),
                ShareAgain(group.id, read(group)),
            ),
            Button(_("No, leave the group"), LeaveGroup(group.id)),
        ),
        rows=((Button(MENU, Home()),),),
    )


@does(ShareAgain)
def share_again(tap: ShareAgain, turn: Turn) -> Decision:
    group = turn.ask(GroupById(tap.group))
    went = Went(MyGroup(tap.group))
    if (
        group is None
        or group.id not in turn.learner.groups
        or shares(group, turn.learner)
        or tap.read != read(group)
    ):
        return Decision((went,))
    return Decision(
        (SharedAgain(group), went),
        notes=(_("Thank you. {counsellor} sees you again.").of(counsellor=group.counsellor),),
    )
