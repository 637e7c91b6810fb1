"""What a group asks of a learner and is not answered yet: a typed yes or no leads there."""

from collections.abc import Iterator

from bot.conversation.registry import OpenQuestion, waits
from bot.conversation.turn import Turn
from bot.flows.groups.member_actions import MyGroup, MyMeeting, Newcomers
from bot.flows.groups.newcomers import waiting
from bot.model.group import GroupById, shares
from bot.model.learner import day_of


@waits
def unanswered(turn: Turn) -> Iterator[OpenQuestion]:
    """A yes to another organisation, or to a colleague of another one, and who comes to a
    meeting."""
    for id, mine in turn.learner.groups.items():
        group = turn.ask(GroupById(id))
        if group is None:
            continue
        if not shares(group, turn.learner):
            yield OpenQuestion(MyGroup(id))
        elif waiting(group, turn.learner):
            yield OpenQuestion(Newcomers(id))
        for meeting in group.upcoming(day_of(turn.now)):
            if meeting.id not in mine.replies:
                yield OpenQuestion(MyMeeting(id, meeting.id))
