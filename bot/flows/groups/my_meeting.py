"""A meeting as a learner of the group sees it: when, where, do you come? The answer can be
changed."""

from bot.conversation.action import Home
from bot.conversation.event import Ordered
from bot.conversation.meeting_time import told
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Moment, World
from bot.flows.groups.meeting import calendar_button, meeting_of
from bot.flows.groups.member_actions import AnswerMeeting, MeetingFile, MyGroup, MyMeeting
from bot.flows.groups.prints import COMES
from bot.model.group import GroupById
from bot.model.learner import Learner
from bot.model.order import OrderKind
from bot.model.words import Msg, _

GONE = _("This meeting is over, or was changed.")


@shows(MyMeeting)
def show_my_meeting(
    learner: Learner, place: MyMeeting, world: World, moment: Moment
) -> Screen | None:
    mine, group = learner.groups.get(place.group), moment.ask(GroupById(place.group))
    meeting = meeting_of(group, place.meeting)
    if mine is None or group is None:
        return None
    if meeting is None:
        return Screen(
            lines=(GONE,), rows=((Button(BACK, MyGroup(place.group)), Button(MENU, Home())),)
        )
    said = mine.replies.get(meeting.id)
    answers = {
        None: _("Will you come?"),
        True: _("You said: I come."),
        False: _("You said: I cannot."),
    }
    return Screen(
        title=Msg("👥 {title}").of(title=group.title),
        lines=(
            *told(meeting.day.isoformat() if meeting.day else "", meeting.time, meeting.text),
            answers[said],
        ),
        options=(
            Button(_("Yes, I will"), AnswerMeeting(group.id, meeting.id, True)),
            Button(_("No, I cannot"), AnswerMeeting(group.id, meeting.id, False)),
            *calendar_button(group, meeting),
        ),
        rows=((Button(BACK, MyGroup(group.id)), Button(MENU, Home())),),
    )


@does(MeetingFile)
def order_calendar(learner: Learner, tap: MeetingFile, world: World, moment: Moment) -> Decision:
    """For whoever is in the group, or keeps it."""
    group = moment.ask(GroupById(tap.group))
    mine = group is not None and (group.id in learner.groups or group.kept_by(learner.id))
    meeting = meeting_of(group, tap.meeting)
    if not mine or meeting is None or meeting.day is None:
        return Decision(notes=(GONE,), fresh=True)
    order = Ordered(OrderKind.CALENDAR, f"{tap.group}-{tap.meeting}", learner.language or "en")
    return Decision((order,), notes=(COMES,), fresh=True)
