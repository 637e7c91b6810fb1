"""What all flows about a group need: whose it is, and what is said when somebody or
something is gone.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.event import Went
from bot.conversation.turn import Decision, Moment, World
from bot.flows.groups.actions import Board, Groups
from bot.flows.groups.membership import number_of, seen_as
from bot.model.group import Group, GroupById, LabelsOf, MembersOf
from bot.model.learner import Learner
from bot.model.words import Msg, Words, _, ngettext

PAGE = 7
NOT_IN_GROUP = _("This person is not in the group any more. Nothing was sent.")
NO_GROUP = _("This group is not there any more, or it is not yours.")


def people_not_shown(count: int) -> tuple[Words, ...]:
    """About members whose rows cannot be read."""
    said = ngettext(
        "⚠ {count} person cannot be shown: "
        "what is stored about them cannot be read. Please tell those who run Pasito.",
        "⚠ {count} people cannot be shown: "
        "what is stored about them cannot be read. Please tell those who run Pasito.",
        count,
    )
    return (said,) if count else ()


def groups_not_shown(count: int) -> tuple[Words, ...]:
    """About groups whose rows cannot be read."""
    said = ngettext(
        "⚠ {count} group cannot be shown: "
        "what is stored about it cannot be read. Please tell those who run Pasito.",
        "⚠ {count} groups cannot be shown: "
        "what is stored about them cannot be read. Please tell those who run Pasito.",
        count,
    )
    return (said,) if count else ()


def own(learner: Learner, group_id: int, moment: Moment) -> Group | None:
    """The group as this counsellor sees it, if they keep it."""
    group = moment.ask(GroupById(group_id))
    return replace(group, seen_by=learner.id) if group and group.kept_by(learner.id) else None


def owned(learner: Learner, group_id: int, moment: Moment) -> Group | None:
    """The same, for what only its owner decides."""
    group = own(learner, group_id, moment)
    return group if group and group.owner == learner.id else None


def member_of(
    learner: Learner, group_id: int, number: int, world: World, moment: Moment
) -> tuple[Group, Learner] | None:
    """The group and its member with this number, if the group is this counsellor's. Buttons that
    were sent before numbers were the group's own carry the learner's id."""
    group = own(learner, group_id, moment)
    members = moment.ask(MembersOf(group_id)) if group else ()
    found = next(
        (
            m
            for m in members
            if group_id in m.groups and number in (number_of(world, group_id, m.id), m.id)
        ),
        None,
    )
    return (group, found) if group and found else None


def names(learner: Learner, group_id: int, moment: Moment) -> Callable[[Learner], Words]:
    """How this counsellor reads the members of a group: by a name of their own, by the nickname, or
    by a number. What a person chose stands in quotes, so that it is not taken for a word of ours.
    """
    labels = moment.ask(LabelsOf(learner.id, group_id))

    def name(member: Learner) -> Words:
        chosen = seen_as(member.groups[group_id])
        label = labels.get(member.id)
        quoted: Words = (
            Msg("“{name}”").of(name=chosen) if member.groups[group_id].nickname else chosen
        )
        return Msg("{label} ({name})").of(label=label, name=quoted) if label else quoted

    return name


def sorting(learner: Learner, group_id: int, moment: Moment) -> Callable[[Learner], str]:
    """The name by which members are sorted; empty for a number."""
    labels = moment.ask(LabelsOf(learner.id, group_id))
    return lambda member: labels.get(member.id) or member.groups[group_id].nickname


def gone() -> Decision:
    return Decision((Went(Groups()),), notes=(NO_GROUP,), fresh=True)


def left_them(learner: Learner, group_id: int, moment: Moment) -> Decision:
    """The learner whom this was about is not there any more, or the whole group is not."""
    group = own(learner, group_id, moment)
    return (
        Decision((Went(Board(group.id)),), notes=(NOT_IN_GROUP,), fresh=True) if group else gone()
    )
