"""Meetings of a group."""

from dataclasses import replace

from bot import action as a
from bot import events as e
from bot.flows.decision import Decision, Moment, World
from bot.flows.groups.common import gone, own
from bot.group import Meeting, MembersOf, note
from bot.learner import Learner, day_of
from bot.screen import Button, Screen, _, ngettext, verbatim
from bot.texts import MESSAGE, paragraphs, too_long


def show_announce(learner: Learner, place: a.Announce, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None
    return Screen(
        title=_("📅 Announce a meeting"),
        lines=(_("Type day, hour and place. For example: Tuesday 8 June, 14:00, library, room 2."),),
        rows=((Button(_("Not now"), a.Board(group.id)),),),
        typing=_("Day, hour and place"),
    )


def announced(learner: Learner, place: a.Announce, text: str, world: World, moment: Moment) -> Decision:
    if own(learner, place.group, moment) is None:
        return gone()
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True)
    return Decision((e.Drafted(message), e.Went(a.AnnounceSure(place.group))), fresh=True)


def show_announce_sure(learner: Learner, place: a.AnnounceSure, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None or not learner.drafted:
        return None
    count = sum(not member.muted for member in moment.ask(MembersOf(group.id)))
    return Screen(
        title=_("Send this?"),
        lines=(
            verbatim(learner.drafted),
            ngettext(
                "It goes to {count} person. They can say if they come.",
                "It goes to {count} people. They can say if they come.",
                count,
            ),
        ),
        options=(Button(_("Yes, send it"), a.SendAnnouncement(group.id)), Button(_("Type it again"), a.Announce(group.id))),
        rows=((Button(_("Not now"), a.Board(group.id)),),),
    )


def send_announcement(learner: Learner, tap: a.SendAnnouncement, world: World, moment: Moment) -> Decision:
    group = own(learner, tap.group, moment)
    if group is None:
        return gone()
    if not learner.drafted:  # the second tap
        return Decision((e.Went(a.Board(group.id)),))
    if learner.at() != a.AnnounceSure(group.id):  # an old button: what was typed since was not looked at, nor for which group
        return Decision((e.Went(a.Board(group.id)),), fresh=True)
    meeting = Meeting(len(group.meetings) + 1, learner.drafted, day_of(moment.now))
    letter = note(
        "meeting",
        group=group.id,
        meeting=meeting.id,
        counsellor=group.counsellor,
        organisation=group.organisation,
        text=meeting.text,
    )
    kept = e.GroupKept(replace(group, meetings=(*group.meetings, meeting)))
    return Decision((kept, e.GroupTold(group.id, letter), e.Drafted(""), e.Went(a.Board(group.id))), notes=(_("📅 Sent."),))
