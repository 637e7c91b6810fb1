"""A meeting as a learner of the group sees it: when, where, do you come? The answer can be
changed."""

from bot.conversation.action import Home
from bot.conversation.event import Ordered
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Turn
from bot.flows.groups.events import MeetingAnswered
from bot.flows.groups.meeting import calendar_button
from bot.flows.groups.meeting_answer import answers
from bot.flows.groups.member_actions import AnswerMeeting, MeetingFile, MyGroup, MyMeeting
from bot.flows.groups.membership import membership_in, open_group
from bot.flows.groups.prints import COMES
from bot.model.group import Group, GroupById, Meeting
from bot.model.learner import day_of
from bot.model.meeting import told
from bot.model.order import OrderKind
from bot.model.words import Msg, _

GONE = _("This meeting is over, or was changed.")


def _to_come(group: Group, number: int, turn: Turn) -> Meeting | None:
    return next((m for m in group.upcoming(day_of(turn.now)) if m.id == number), None)


@shows(MyMeeting)
def show_my_meeting(place: MyMeeting, turn: Turn) -> Screen:
    mine, group = membership_in(place.group, turn), open_group(place.group, turn)
    meeting = _to_come(group, place.meeting, turn)
    if meeting is None:
        return Screen(
            lines=(GONE,), rows=((Button(BACK, MyGroup(place.group)), Button(MENU, Home())),)
        )
    said = mine.replies.get(meeting.id)
    said_so = {
        None: _("Will you come?"),
        True: _("You said: I come."),
        False: _("You said: I cannot."),
    }
    return Screen(
        title=Msg("👥 {title}").of(title=group.title),
        lines=(
            *told(
                meeting.day.isoformat() if meeting.day else "",
                meeting.time,
                meeting.text,
                turn.world.zone,
            ),
            said_so[said],
        ),
        options=(
            *answers(group.id, meeting.id),
            *calendar_button(group, meeting),
        ),
        rows=((Button(BACK, MyGroup(group.id)), Button(MENU, Home())),),
    )


@does(MeetingFile)
def order_calendar(tap: MeetingFile, turn: Turn) -> Decision:
    """For whoever is in the group, or keeps it."""
    group, me = turn.ask(GroupById(tap.group)), turn.learner
    mine = group and (group.id in me.groups or group.kept_by(me.id))
    meeting = group.meeting(tap.meeting) if group and mine else None
    if meeting is None or meeting.day is None:
        return Decision(notes=(GONE,), fresh=True)
    order = Ordered(OrderKind.CALENDAR, f"{tap.group}-{tap.meeting}", turn.language)
    return Decision((order,), notes=(COMES,), fresh=True)


@does(AnswerMeeting)
def answer_meeting(tap: AnswerMeeting, turn: Turn) -> Decision:
    group = turn.ask(GroupById(tap.group)) if tap.group in turn.learner.groups else None
    if group is None or _to_come(group, tap.meeting, turn) is None:
        return Decision(toast=GONE, fresh=True)
    said = (
        _("Thank you. You are expected.")
        if tap.yes
        else _("Thank you for telling. You can change it at any time.")
    )
    return Decision((MeetingAnswered(tap.group, tap.meeting, tap.yes),), notes=(said,), fresh=True)
