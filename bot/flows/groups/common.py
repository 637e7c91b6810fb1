"""What all flows about a group need: whose it is, and what is said when somebody or
something is gone.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.event import Went
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.groups.actions import Board, Groups
from bot.flows.groups.membership import number_of
from bot.model.group import Group, GroupById, LabelsOf, MembersOf, seen_as
from bot.model.learner import Learner
from bot.model.words import Msg, Words, _, quoted

PAGE = 7
NOT_IN_GROUP = _("This person is not in the group any more. Nothing was sent.")
NO_GROUP = _("This group is not there any more, or it is not yours.")


def own(group_id: int, turn: Turn) -> Group | None:
    """The group as this counsellor sees it, if they keep it."""
    group = turn.ask(GroupById(group_id))
    me = turn.learner.id
    return replace(group, seen_by=me) if group and group.kept_by(me) else None


def own_group(group_id: int, turn: Turn) -> Group:
    """The same; raises `Gone` where they do not."""
    group = own(group_id, turn)
    if group is None:
        raise gone()
    return group


def owned_group(group_id: int, turn: Turn) -> Group:
    """The same, for what only its owner decides."""
    group = own_group(group_id, turn)
    if group.owner != turn.learner.id:
        raise gone()
    return group


def member_in(group: Group, number: int, turn: Turn) -> Learner | None:
    """The member with this number. Buttons that were sent before numbers were the group's own carry
    the learner's id."""
    return next(
        (
            m
            for m in turn.ask(MembersOf(group.id))
            if group.id in m.groups and number in (number_of(turn.world, group.id, m.id), m.id)
        ),
        None,
    )


def member_of(group_id: int, number: int, turn: Turn) -> tuple[Group, Learner]:
    """The counsellor's group and its member; raises `Gone` where one of them is not there."""
    group = own_group(group_id, turn)
    member = member_in(group, number, turn)
    if member is None:
        board = Board(group.id)
        raise Gone(Decision((Went(board),), notes=(NOT_IN_GROUP,), fresh=True), instead=board)
    return group, member


def names(group_id: int, turn: Turn) -> Callable[[Learner], Words]:
    """How this counsellor reads the members of a group: by a name of their own, by the nickname, or
    by a number. What a person chose stands in quotation marks."""
    labels = turn.ask(LabelsOf(turn.learner.id, group_id))

    def name(member: Learner) -> Words:
        chosen = seen_as(member.groups[group_id])
        label = labels.get(member.id)
        shown: Words = quoted(chosen) if member.groups[group_id].nickname else chosen
        return Msg("{label} ({name})").of(label=label, name=shown) if label else shown

    return name


def sorting(group_id: int, turn: Turn) -> Callable[[Learner], str]:
    """The name by which members are sorted; empty for a number."""
    labels = turn.ask(LabelsOf(turn.learner.id, group_id))
    return lambda member: labels.get(member.id) or member.groups[group_id].nickname


def gone() -> Gone:
    return Gone(Decision((Went(Groups()),), notes=(NO_GROUP,), fresh=True))
