"""What all flows about a group need: whose it is, pages, and what is said when somebody or something is gone."""

from collections.abc import Callable

from bot import action as a
from bot import events as e
from bot.flows.decision import Decision, Moment
from bot.flows.question import BACK
from bot.group import Group, GroupById, MembersOf
from bot.learner import Learner
from bot.screen import Button, _

PAGE = 8
NOT_IN_GROUP = _("This person is not in the group any more. Nothing was sent.")
NO_GROUP = _("This group is not there any more, or it is not yours.")


def own(learner: Learner, group_id: int, moment: Moment) -> Group | None:
    """The group, if it is this counsellor's."""
    group = moment.ask(GroupById(group_id))
    return group if group and group.owner == learner.id else None


def member_of(learner: Learner, group_id: int, member_id: int, moment: Moment) -> tuple[Group, Learner] | None:
    group = own(learner, group_id, moment)
    members = moment.ask(MembersOf(group_id)) if group else ()
    found = next((m for m in members if m.id == member_id and group_id in m.groups), None)
    return (group, found) if group and found else None


def gone() -> Decision:
    return Decision((e.Went(a.Groups()),), notes=(NO_GROUP,), fresh=True)


def left_them(learner: Learner, group_id: int, moment: Moment) -> Decision:
    """The learner whom this was about is not there any more, or the whole group is not."""
    group = own(learner, group_id, moment)
    return Decision((e.Went(a.Board(group.id)),), notes=(NOT_IN_GROUP,), fresh=True) if group else gone()


def turn(page: int, count: int, size: int, to: Callable[[int], a.Action]) -> tuple[Button, ...]:
    back = [Button(BACK, to(page - 1))] if page else []
    more = [Button(_("More ▶"), to(page + 1))] if (page + 1) * size < count else []
    return (*back, *more)
