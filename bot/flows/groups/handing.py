"""A group goes from its owner to a colleague: what it is then, and what its members are told.
Pure."""

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.event import Event, ForOther, Told
from bot.flows.groups.events import HANDED, MOVED, CounsellorNamed
from bot.model.group import Colleague, Group, shares, shares_with
from bot.model.learner import Learner
from bot.model.message import Note, note


def passed_on(group: Group, to: Colleague, stays: bool) -> Group:
    """The group when this colleague is its owner; who owned it before stays as a colleague, or is
    gone. Where `to` is of another organisation, the group is then that one's: what was the group's
    own stands beside the others' names."""
    organisation = group.organisation_of(to)

    def beside(counsellor: Colleague) -> Colleague:
        theirs = group.organisation_of(counsellor)
        return replace(counsellor, organisation="" if theirs == organisation else theirs)

    left = [
        c
        for c in group.counsellors
        if c.learner != to.learner and (stays or c.learner != group.owner)
    ]
    return replace(
        group,
        owner=to.learner,
        counsellor=to.name,
        organisation=organisation,
        since=to.since,
        offered=0,
        away=False,
        colleagues=tuple(sorted(map(beside, left), key=lambda c: c.since)),
        seen_by=0,
    )


def told(before: Group, after: Group, members: Iterable[Learner]) -> tuple[Event, ...]:
    """What members read: who keeps the group now, with a way out; or that their yes rests."""
    there = [member for member in members if after.id in member.groups]
    named = (ForOther(member.id, CounsellorNamed(after.id, after.counsellor)) for member in there)
    return (*named, *(Told(member.id, _letter(before, after, member)) for member in there))


def _letter(before: Group, after: Group, member: Learner) -> Note:
    values = {
        "group": after.id,
        "title": after.title,
        "counsellor": after.counsellor,
        "organisation": after.organisation,
    }
    if shares_with(before, member, before.counsellors[0]) and not shares(after, member):
        return note(MOVED, before=before.organisation, **values)
    return note(HANDED, **values)
