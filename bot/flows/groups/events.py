"""What happens to groups: to who keeps them, who is in them, and what they write to each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.conversation.event import Event, ForOther, Told
from bot.model.group import Colleague, Group, Meeting, shares, shares_with
from bot.model.learner import Learner, Membership, day_of
from bot.model.message import Note, NoteKind, Traits, kind, note

_OF_GROUP, _WORK = Traits(of_group=True), Traits(asked_for=True, for_staff=True)
_OF_MEETING = Traits(of_group=True, of_meeting=True)
NUDGE, LETTER = kind("nudge", _OF_GROUP), kind("message", _OF_GROUP)
REPLY = kind("reply", Traits(of_group=True, asked_for=True))
QUESTION = kind("question", Traits(of_group=True, asked_for=True, from_learner=True))
QUESTIONS = kind("questions", _WORK)
MEETING, MEETING_SOON = kind("meeting", _OF_MEETING), kind("meeting_soon", _OF_MEETING)
CANCELLED = kind("cancelled", _OF_GROUP)
RENAMED, MOVED, HANDED = (kind(name, _OF_GROUP) for name in ("renamed", "moved", "handed"))
COLLEAGUE, NEWCOMER = kind("colleague", _OF_GROUP), kind("newcomer", _OF_GROUP)
STAFF_NEWS, OFFER = kind("staff_news", _WORK), kind("offer", _WORK)
OUT_OF_GROUP = kind("out_of_group")
"""To a learner whom a counsellor took out, or whose group is closed: `what` of `News`."""


class News(StrEnum):
    """What counsellors are told about a group of theirs: `what` of staff news."""

    LEFT = "left"
    OUT = "out"
    TAKEN = "taken"
    DECLINED = "declined"
    CAME = "came"
    CLOSED = "closed"
    YOURS = "yours"


def out_of(group: Group, what: News, learner: int) -> Told:
    """What a learner is told who is in the group no more, and did not leave it."""
    return Told(learner, note(OUT_OF_GROUP, what=what, name=group.viewer.name, title=group.title))


# --- to a group


@dataclass(frozen=True)
class GroupKept(Event):
    """A group is new, or changed."""

    group: Group


@dataclass(frozen=True)
class GroupEnded(Event):
    """A group is deleted, and with it what its counsellor could see."""

    group: int


@dataclass(frozen=True)
class ColleagueKept(Event):
    """Somebody keeps a group together with its owner, or is called otherwise now."""

    group: int
    colleague: Colleague


@dataclass(frozen=True)
class ColleagueLeft(Event):
    group: int
    learner: int


@dataclass(frozen=True)
class GroupHanded(Event):
    """A group has another owner now, and these colleagues."""

    group: Group


@dataclass(frozen=True)
class Labelled(Event):
    """The counsellor's own name for a learner of a group; empty when it is taken away."""

    group: int
    learner: int
    label: str


@dataclass(frozen=True)
class StrangerAsked(Event):
    """A question of somebody who was never answered: a group takes only so many an hour."""

    group: int


@dataclass(frozen=True)
class HeldReleased(Event):
    """What was held of a group comes now; with `drop` it is deleted unread."""

    group: int
    drop: bool = False


# --- to a member


@dataclass(frozen=True)
class GroupJoined(Event):
    group: Group
    number: int

    def apply(self, learner: Learner, now: int) -> Learner:
        mine = Membership(
            self.group.title,
            self.group.organisation,
            self.group.counsellor,
            day_of(now),
            self.number,
            also=_beside(self.group, now),
        )
        return replace(learner, groups={**learner.groups, self.group.id: mine})


@dataclass(frozen=True)
class GroupLeft(Event):
    group: int

    def apply(self, learner: Learner, now: int) -> Learner:
        groups = {id: m for id, m in learner.groups.items() if id != self.group}
        return replace(learner, groups=groups)


@dataclass(frozen=True)
class NicknameChosen(Event):
    group: int
    nickname: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return _in_group(learner, self.group, nickname=self.nickname)


@dataclass(frozen=True)
class SensitiveShared(Event):
    """The separate yes, or its withdrawal, for sensitive modules."""

    group: int
    yes: bool

    def apply(self, learner: Learner, now: int) -> Learner:
        at = now if self.yes else 0
        return _in_group(learner, self.group, sensitive=self.yes, sensitive_at=at)


@dataclass(frozen=True)
class SharedToo(Event):
    """A yes to the organisations of colleagues."""

    group: int
    organisations: tuple[str, ...]

    def apply(self, learner: Learner, now: int) -> Learner:
        if self.group not in learner.groups:
            return learner
        also = {**learner.groups[self.group].also, **dict.fromkeys(self.organisations, now)}
        return _in_group(learner, self.group, also=also)


@dataclass(frozen=True)
class SharedNoMore(Event):
    """A yes to the organisation of a colleague is taken back."""

    group: int
    organisation: str

    def apply(self, learner: Learner, now: int) -> Learner:
        if self.group not in learner.groups:
            return learner
        given = learner.groups[self.group].also.items()
        also = {other: at for other, at in given if other != self.organisation}
        return _in_group(learner, self.group, also=also)


@dataclass(frozen=True)
class SharedAgain(Event):
    """A yes to who keeps this group now."""

    group: Group

    def apply(self, learner: Learner, now: int) -> Learner:
        return _in_group(
            learner,
            self.group.id,
            also=_beside(self.group, now),
            sensitive=False,
            sensitive_at=0,
            title=self.group.title,
            organisation=self.group.organisation,
            counsellor=self.group.counsellor,
        )


@dataclass(frozen=True)
class MeetingAnswered(Event):
    group: int
    meeting: int
    yes: bool

    def apply(self, learner: Learner, now: int) -> Learner:
        if self.group not in learner.groups:
            return learner
        replies = {**learner.groups[self.group].replies, self.meeting: self.yes}
        return _in_group(learner, self.group, replies=replies)


@dataclass(frozen=True)
class Nudged(Event):
    """The counsellor sent a word to go on."""

    group: int

    def apply(self, learner: Learner, now: int) -> Learner:
        return _in_group(learner, self.group, nudged=day_of(now))


@dataclass(frozen=True)
class CounsellorNamed(Event):
    """The counsellor of a group is called otherwise now."""

    group: int
    name: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return _in_group(learner, self.group, counsellor=self.name)


@dataclass(frozen=True)
class CounsellorGone(Event):
    """The counsellor of a group deleted everything about themselves: their name goes, too."""

    group: int

    def apply(self, learner: Learner, now: int) -> Learner:
        return _in_group(learner, self.group, counsellor="")


@dataclass(frozen=True)
class CounsellorAsked(Event):
    """A learner wrote to the counsellor; not `waiting` any more once there is an answer."""

    group: int
    waiting: bool

    def apply(self, learner: Learner, now: int) -> Learner:
        if self.group not in learner.groups:
            return learner
        if not self.waiting:
            return _in_group(learner, self.group, asks=0, answered=True)
        return _in_group(learner, self.group, asks=learner.groups[self.group].asks + 1)


def _beside(group: Group, now: int) -> Mapping[str, int]:
    """The other organisations of a group's counsellors, as they stood on the screen above a yes."""
    return {c.organisation: now for c in group.colleagues if c.organisation}


def _in_group(learner: Learner, group: int, **changes: object) -> Learner:
    if group not in learner.groups:
        return learner
    changed = replace(learner.groups[group], **changes)  # type: ignore[arg-type]
    return replace(learner, groups={**learner.groups, group: changed})


# --- notes that follow from events


def letter_of(kind: NoteKind, group: Group, meeting: Meeting, zone: str, **more: str) -> Note:
    """A note about a meeting: `kind` is meeting, cancelled or meeting_soon; `zone` is that of the
    clock there."""
    return note(
        kind,
        group=group.id,
        meeting=meeting.id,
        **group.signed,
        day=meeting.day.isoformat() if meeting.day else "",
        time=meeting.time,
        zone=zone,
        text=meeting.text,
        **more,
    )


def told_of_handing(before: Group, after: Group, members: Iterable[Learner]) -> tuple[Event, ...]:
    """What members read: who keeps the group now, with a way out; or that their yes rests."""
    there = [member for member in members if after.id in member.groups]
    named = (ForOther(member.id, CounsellorNamed(after.id, after.counsellor)) for member in there)
    return (*named, *(Told(member.id, _of_handing(before, after, member)) for member in there))


def _of_handing(before: Group, after: Group, member: Learner) -> Note:
    values = {
        "group": after.id,
        "title": after.title,
        "counsellor": after.counsellor,
        "organisation": after.organisation,
    }
    if shares_with(before, member, before.counsellors[0]) and not shares(after, member):
        return note(MOVED, before=before.organisation, **values)
    return note(HANDED, **values)
