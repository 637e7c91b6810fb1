"""Meetings of a group: when and where, typed or chosen; announced, changed, cancelled. Who comes is
counted, not named.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.conversation.action import Home
from bot.conversation.event import Drafted, ToGroup, Told, Went
from bot.conversation.lexicon import lexicon
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, NotUsable, Otherwise, Turn
from bot.conversation.typed_day import When, when
from bot.conversation.typed_time import clock_in
from bot.conversation.typed_title import typed_message, with_more
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
from bot.flows.groups.common import PAGE, own_group
from bot.flows.groups.consent import ENOUGH, counted, written
from bot.flows.groups.events import CANCELLED, MEETING, GroupKept, letter_of
from bot.flows.groups.member_actions import MeetingFile
from bot.model.days import at_time, day_words, iso_day
from bot.model.group import Group, Meeting, MembersOf, shares
from bot.model.learner import day_of
from bot.model.meeting import line, told
from bot.model.words import _, ngettext, verbatim

TIMES = ("09:00", "10:00", "14:00", "16:00", "18:00")
KEPT = 30
"""Meetings of a group that are remembered."""
OVER = _("This day is over. Type a day that is still to come.")


# --- announcing


@shows(Announce)
def show_announce(place: Announce, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    tomorrow = day_of(turn.now) + timedelta(days=1)
    days = [tomorrow + timedelta(days=n) for n in range(PAGE)]
    upcoming = group.upcoming(day_of(turn.now)) if not place.meeting else ()
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


def _counted(group: Group, changed: int, turn: Turn) -> Group:
    """The group with one more letter to all. A meeting that was announced (`changed`) can be put
    right however many there were; for a new one raises `Otherwise` where that is too many."""
    after = counted(group, turn) if changed else written(group, turn)
    if after is None:
        raise Otherwise(Decision((Went(Board(group.id)),), notes=(ENOUGH,), fresh=True))
    return after


@reads(Announce)
def announced(place: Announce, text: str, turn: Turn) -> Decision:
    _counted(own_group(place.group, turn), place.meeting, turn)
    message = typed_message(text)
    said = when(message, day_of(turn.now), turn.world.say, turn.language)
    if said.day is None:  # their own words about the day stay as they are
        return _to_sure(place, When(None, "", message))
    if said.day < day_of(turn.now):
        return Decision(notes=(OVER,), fresh=True)
    if not said.rest:
        day = said.day.isoformat()
        onward = (
            MeetingPlace(place.group, place.meeting, day, said.time.replace(":", ""))
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
def show_time(place: MeetingTime, turn: Turn) -> Screen:
    group, day = own_group(place.group, turn), _day(place, turn)
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
def timed(place: MeetingTime, text: str, turn: Turn) -> Decision:
    own_group(place.group, turn)
    time = when(text, day_of(turn.now), turn.world.say, turn.language).time
    clock = clock_in(text, lexicon(turn.world.say, turn.world.languages))
    time = time or (f"{clock[0]:02}:{clock[1]:02}" if clock else "")
    if not time:
        raise NotUsable(_("I did not understand this time. Type it like 14:30."))
    return Decision(
        (Went(MeetingPlace(place.group, place.meeting, place.day, time.replace(":", ""))),),
        fresh=True,
    )


@shows(MeetingPlace)
def show_place(place: MeetingPlace, turn: Turn) -> Screen:
    group, day = own_group(place.group, turn), _day(place, turn)
    return Screen(
        title=at_time(day_words(day), _clock(place.time)),
        lines=(_("Where? Type the place, and what else they should know."),),
        rows=((Button(BACK, MeetingTime(group.id, place.meeting, place.day)),),),
        typing=_("Place"),
    )


@reads(MeetingPlace)
def placed(place: MeetingPlace, text: str, turn: Turn) -> Decision:
    _counted(own_group(place.group, turn), place.meeting, turn)
    message = typed_message(text)
    return _to_sure(place, When(_day(place, turn), _clock(place.time), message))


def _day(place: MeetingTime | MeetingPlace, turn: Turn) -> date:
    """Raises `Gone` for an old button, whose day is over by now, and for what is no day."""
    day = iso_day(place.day)
    if day is None or day < day_of(turn.now):
        raise Gone(instead=Announce(place.group, place.meeting))
    return day


def _clock(digits: str) -> str:
    """`1430` as 14:30; nothing for what is no time: anybody can send anything."""
    known = re.fullmatch(r"([01][0-9]|2[0-3])([0-5][0-9])", digits)
    return f"{known[1]}:{known[2]}" if known else ""


@shows(AnnounceSure)
def show_announce_sure(place: AnnounceSure, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    if not turn.learner.drafted:
        raise Gone
    count = sum(not member.muted for member in turn.ask(MembersOf(group.id)))
    day = iso_day(place.day)
    reminded = (
        _("They are reminded the day before.")
        if day
        else _("I found no day in it: nobody is reminded.")
    )
    return Screen(
        title=_("Send this?"),
        lines=(
            *told(
                place.day if day else "",
                _clock(place.time),
                turn.learner.drafted,
                turn.world.zone,
            ),
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
        typing=_("Day, hour and place"),
    )


@reads(AnnounceSure)
def more_announced(place: AnnounceSure, text: str, turn: Turn) -> Decision:
    """A day and a time put right those that stand there; the rest is added."""
    own_group(place.group, turn)
    said = when(text, day_of(turn.now), turn.world.say, turn.language)
    if said.day and said.day < day_of(turn.now):
        raise NotUsable(OVER)
    sure = replace(
        place,
        day=said.day.isoformat() if said.day else place.day,
        time=said.time.replace(":", "") or place.time,
    )
    words = with_more(turn.learner.drafted, said.rest)
    return Decision((Drafted(words), Went(sure)), fresh=True)


@does(SendAnnouncement)
def send_announcement(tap: SendAnnouncement, turn: Turn) -> Decision:
    group = own_group(tap.group, turn)
    board, sure = Went(Board(group.id)), turn.place
    if not turn.learner.drafted:  # the second tap
        return Decision((board,))
    if (
        not isinstance(sure, AnnounceSure) or sure.group != group.id
    ):  # an old button: this was not looked at, nor for which group
        return Decision((board,), fresh=True)
    after = _counted(group, sure.meeting, turn)
    number = max((m.id for m in group.meetings), default=0) + 1
    meeting = Meeting(
        number, turn.learner.drafted, day_of(turn.now), iso_day(sure.day), _clock(sure.time)
    )
    before = tuple(
        replace(m, cancelled=True) if m.id == sure.meeting else m for m in group.meetings
    )
    changed = replace(after, meetings=(*before, meeting)[-KEPT:])
    letter = letter_of(
        MEETING, group, meeting, turn.world.zone, changed="1" if sure.meeting else ""
    )
    return Decision(
        (GroupKept(changed), Told(ToGroup(group.id), letter), Drafted(""), board),
        notes=(_("📅 Sent."),),
    )


# --- one meeting, for the counsellor


@shows(MeetingPage)
def show_meeting(place: MeetingPage, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    meeting = group.meeting(place.meeting)
    if meeting is None:
        raise Gone
    replies = [
        m.groups[group.id].replies.get(meeting.id)
        for m in turn.ask(MembersOf(group.id))
        if shares(group, m)
    ]
    return Screen(
        title=_("📅 Meeting of “{title}”").of(title=group.title),
        lines=(
            *told(
                meeting.day.isoformat() if meeting.day else "",
                meeting.time,
                meeting.text,
                turn.world.zone,
            ),
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
def show_cancel(place: CancelSure, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    meeting = group.meeting(place.meeting)
    if meeting is None:
        raise Gone
    return Screen(
        title=_("Cancel this meeting?"),
        lines=(line(meeting), _("Everybody in the group is told.")),
        options=(
            Button(_("No"), MeetingPage(group.id, meeting.id)),
            Button(_("Yes, cancel it"), CancelMeeting(group.id, meeting.id)),
        ),
    )


@does(CancelMeeting)
def cancel(tap: CancelMeeting, turn: Turn) -> Decision:
    group = own_group(tap.group, turn)
    meeting, board = group.meeting(tap.meeting), Went(Board(group.id))
    if meeting is None or turn.place != CancelSure(tap.group, tap.meeting):
        return Decision((board,))
    changed = replace(
        counted(group, turn),
        meetings=tuple(replace(m, cancelled=True) if m == meeting else m for m in group.meetings),
    )
    told_all = Told(ToGroup(group.id), letter_of(CANCELLED, group, meeting, turn.world.zone))
    return Decision(
        (GroupKept(changed), told_all, board),
        notes=(_("The meeting is cancelled. Everybody is told."),),
    )
