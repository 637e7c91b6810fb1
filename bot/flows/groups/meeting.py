"""Meetings of a group: when and where, typed or chosen; announced, changed, cancelled. Who comes is
counted, not named.
"""

from dataclasses import replace
from datetime import date, timedelta

from bot.conversation.action import Home
from bot.conversation.event import Drafted, ToGroup, Told, Went
from bot.conversation.meeting_time import When, day_words, line, told, when
from bot.conversation.places import place_of
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Moment, World
from bot.conversation.typed_title import MESSAGE, paragraphs, too_long
from bot.flows.groups.actions import (
    Announce,
    AnnounceSure,
    Board,
    CancelMeeting,
    CancelSure,
    MeetingPage,
    MeetingPlace,
    MeetingTime,
    SendAnnouncement,
)
from bot.flows.groups.common import PAGE, gone, own
from bot.flows.groups.events import CANCELLED, MEETING, GroupKept, letter_of
from bot.flows.groups.member_actions import MeetingFile
from bot.model.group import Group, Meeting, MembersOf, shares
from bot.model.learner import Learner, day_of
from bot.model.words import Msg, _, ngettext, verbatim

TIMES = ("09:00", "10:00", "14:00", "16:00", "18:00")
KEPT = 30
"""Meetings of a group that are remembered."""
OVER = _("This day is over. Type a day that is still to come.")


def meeting_of(group: Group | None, number: int) -> Meeting | None:
    return (
        next((m for m in group.meetings if m.id == number and not m.cancelled), None)
        if group
        else None
    )


# --- announcing


@shows(Announce)
def show_announce(learner: Learner, place: Announce, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None
    tomorrow = day_of(moment.now) + timedelta(days=1)
    days = [tomorrow + timedelta(days=n) for n in range(PAGE)]
    upcoming = group.upcoming(day_of(moment.now)) if not place.meeting else ()
    return Screen(
        title=_("📅 Announce a meeting") if not place.meeting else _("📅 Change the meeting"),
        lines=(
            _(
                "Choose the day, or type day, hour and place. For example: Tuesday 8 June, 14:00, "
                "library, room 2."
            ),
        ),
        options=tuple(
            Button(day_words(day), MeetingTime(group.id, place.meeting, day.isoformat()))
            for day in days
        ),
        rows=(
            *((Button(line(m), MeetingPage(group.id, m.id)),) for m in upcoming[:3]),
            (Button(_("Not now"), Board(group.id)),),
        ),
        typing=_("Day, hour and place"),
    )


@reads(Announce)
def announced(
    learner: Learner, place: Announce, text: str, world: World, moment: Moment
) -> Decision:
    if own(learner, place.group, moment) is None:
        return gone()
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(
            notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True
        )
    said = when(message, day_of(moment.now), world.say, learner.language or "en")
    if said.day is None:  # their own words about the day stay as they are
        return _to_sure(place, When(None, "", message))
    if said.day < day_of(moment.now):
        return Decision(notes=(OVER,), fresh=True)
    if not said.rest:
        day = said.day.isoformat()
        onward = (
            MeetingPlace(place.group, place.meeting, day, said.time)
            if said.time
            else MeetingTime(place.group, place.meeting, day)
        )
        return Decision((Went(onward),), fresh=True)
    return _to_sure(place, said)


def _to_sure(place: Announce | MeetingPlace, said: When) -> Decision:
    day = said.day.isoformat() if said.day else ""
    sure = AnnounceSure(place.group, place.meeting, day, said.time.replace(":", ""))
    return Decision((Drafted(said.rest), Went(sure)), fresh=True)


@shows(MeetingTime)
def show_time(learner: Learner, place: MeetingTime, world: World, moment: Moment) -> Screen | None:
    group, day = own(learner, place.group, moment), _day(place.day)
    if group is None or day is None:
        return None
    return Screen(
        title=day_words(day),
        lines=(_("At what time? Choose, or type it, like 14:30."),),
        options=tuple(
            Button(
                verbatim(t), MeetingPlace(group.id, place.meeting, place.day, t.replace(":", ""))
            )
            for t in TIMES
        ),
        rows=((Button(BACK, Announce(group.id, place.meeting)),),),
        typing=_("Time"),
    )


@reads(MeetingTime)
def timed(
    learner: Learner, place: MeetingTime, text: str, world: World, moment: Moment
) -> Decision:
    if own(learner, place.group, moment) is None:
        return gone()
    time = when(text, day_of(moment.now), world.say, learner.language or "en").time
    if not time:
        return Decision(
            notes=(_("I did not understand this time. Type it like 14:30."),), fresh=True
        )
    return Decision(
        (Went(MeetingPlace(place.group, place.meeting, place.day, time.replace(":", ""))),),
        fresh=True,
    )


@shows(MeetingPlace)
def show_place(
    learner: Learner, place: MeetingPlace, world: World, moment: Moment
) -> Screen | None:
    group, day = own(learner, place.group, moment), _day(place.day)
    if group is None or day is None:
        return None
    return Screen(
        title=Msg("{day}, {time}").of(day=day_words(day), time=_clock(place.time)),
        lines=(_("Where? Type the place, and what else they should know."),),
        rows=((Button(BACK, MeetingTime(group.id, place.meeting, place.day)),),),
        typing=_("Place"),
    )


@reads(MeetingPlace)
def placed(
    learner: Learner, place: MeetingPlace, text: str, world: World, moment: Moment
) -> Decision:
    if own(learner, place.group, moment) is None:
        return gone()
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(
            notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True
        )
    return _to_sure(place, When(_day(place.day), _clock(place.time), message))


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _clock(digits: str) -> str:
    return f"{digits[:2]}:{digits[2:]}" if digits else ""


@shows(AnnounceSure)
def show_announce_sure(
    learner: Learner, place: AnnounceSure, world: World, moment: Moment
) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None or not learner.drafted:
        return None
    count = sum(not member.muted for member in moment.ask(MembersOf(group.id)))
    day = _day(place.day)
    reminded = (
        _("They are reminded the day before.")
        if day
        else _("I found no day in it: nobody is reminded.")
    )
    return Screen(
        title=_("Send this?"),
        lines=(
            *told(place.day if day else "", _clock(place.time), learner.drafted),
            ngettext(
                "It goes to {count} person. They can say if they come.",
                "It goes to {count} people. They can say if they come.",
                count,
            ),
            reminded,
        ),
        options=(
            Button(_("Yes, send it"), SendAnnouncement(group.id)),
            Button(_("Type it again"), Announce(group.id, place.meeting)),
        ),
        rows=((Button(_("Not now"), Board(group.id)),),),
    )


@does(SendAnnouncement)
def send_announcement(
    learner: Learner, tap: SendAnnouncement, world: World, moment: Moment
) -> Decision:
    group = own(learner, tap.group, moment)
    if group is None:
        return gone()
    board, sure = Went(Board(group.id)), place_of(learner)
    if not learner.drafted:  # the second tap
        return Decision((board,))
    if (
        not isinstance(sure, AnnounceSure) or sure.group != group.id
    ):  # an old button: this was not looked at, nor for which group
        return Decision((board,), fresh=True)
    number = max((m.id for m in group.meetings), default=0) + 1
    meeting = Meeting(
        number, learner.drafted, day_of(moment.now), _day(sure.day), _clock(sure.time)
    )
    before = tuple(
        replace(m, cancelled=True) if m.id == sure.meeting else m for m in group.meetings
    )
    changed = replace(group, meetings=(*before, meeting)[-KEPT:])
    letter = letter_of(MEETING, group, meeting, changed="1" if sure.meeting else "")
    return Decision(
        (GroupKept(changed), Told(ToGroup(group.id), letter), Drafted(""), board),
        notes=(_("📅 Sent."),),
    )


# --- one meeting, for the counsellor


@shows(MeetingPage)
def show_meeting(
    learner: Learner, place: MeetingPage, world: World, moment: Moment
) -> Screen | None:
    group = own(learner, place.group, moment)
    meeting = meeting_of(group, place.meeting)
    if group is None or meeting is None:
        return None
    replies = [
        m.groups[group.id].replies.get(meeting.id)
        for m in moment.ask(MembersOf(group.id))
        if shares(group, m)
    ]
    return Screen(
        title=_("📅 Meeting of “{title}”").of(title=group.title),
        lines=(
            *told(meeting.day.isoformat() if meeting.day else "", meeting.time, meeting.text),
            _("come: {yes} · cannot: {no}").of(yes=replies.count(True), no=replies.count(False)),
        ),
        options=(
            Button(_("Change it"), Announce(group.id, meeting.id)),
            Button(_("Cancel it"), CancelSure(group.id, meeting.id)),
            *calendar_button(group, meeting),
        ),
        rows=((Button(BACK, Board(group.id)), Button(MENU, Home())),),
    )


def calendar_button(group: Group, meeting: Meeting) -> tuple[Button, ...]:
    return (
        (Button(_("🗓 For my calendar"), MeetingFile(group.id, meeting.id)),) if meeting.day else ()
    )


@shows(CancelSure)
def show_cancel(learner: Learner, place: CancelSure, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    meeting = meeting_of(group, place.meeting)
    if group is None or meeting is None:
        return None
    return Screen(
        title=_("Cancel this meeting?"),
        lines=(line(meeting), _("Everybody in the group is told.")),
        options=(
            Button(_("No"), MeetingPage(group.id, meeting.id)),
            Button(_("Yes, cancel it"), CancelMeeting(group.id, meeting.id)),
        ),
    )


@does(CancelMeeting)
def cancel(learner: Learner, tap: CancelMeeting, world: World, moment: Moment) -> Decision:
    group = own(learner, tap.group, moment)
    if group is None:
        return gone()
    meeting, board = meeting_of(group, tap.meeting), Went(Board(group.id))
    if meeting is None or place_of(learner) != CancelSure(tap.group, tap.meeting):
        return Decision((board,))
    changed = replace(
        group,
        meetings=tuple(replace(m, cancelled=True) if m == meeting else m for m in group.meetings),
    )
    told_all = Told(ToGroup(group.id), letter_of(CANCELLED, group, meeting))
    return Decision(
        (GroupKept(changed), told_all, board),
        notes=(_("The meeting is cancelled. Everybody is told."),),
    )
