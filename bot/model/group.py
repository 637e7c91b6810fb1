"""Groups of learners, as plain data: what a counsellor set up, what a learner agreed to, who is
staff. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.model.clean_text import nickname
from bot.model.learner import Learner, Membership
from bot.model.query import Query
from bot.model.roles import Role
from bot.model.words import Words, _, verbatim
from cards.model import Module, Programme


@dataclass(frozen=True)
class Meeting:
    """`text` is the place and what else was typed; `time` is 14:00, or empty. One that was changed
    is cancelled, and a new one there."""

    id: int
    text: str
    announced: date
    day: date | None = None
    time: str = ""
    cancelled: bool = False
    reminded: bool = False


MOST_COLLEAGUES = 5
"""Counsellors of a group beside its owner."""


@dataclass(frozen=True)
class Colleague:
    """A counsellor of a group. `organisation` is empty where it is the group's; `since` (seconds
    since the epoch) is 0 for who made it."""

    learner: int
    name: str
    organisation: str = ""
    since: int = 0


@dataclass(frozen=True)
class Group:
    """A group of learners and its counsellors. `token` is what its links carry.

    `modules` are ids, none means all; `limit` is how many may join, 0 means any number; `promise`
    the days in which a question is answered. `counsellor` is the name that learners read. The last
    day of `link_until` and of `ends` still counts.
    """

    id: int
    owner: int
    token: str
    title: str
    organisation: str
    counsellor: str
    language: str
    modules: tuple[str, ...] = ()
    pathway: str = ""
    ends: date | None = None
    link_until: date | None = None
    limit: int = 0
    link_closed: bool = False
    archived: bool = False
    """Put away: nobody joins, no nudge goes out, and it can be brought back."""
    away: bool = False
    promise: int = 3
    meetings: tuple[Meeting, ...] = ()
    letters: tuple[date, ...] = ()
    """On which day the counsellor wrote to all, of late."""
    since: int = 0
    """When the owner came, seconds since the epoch; 0 is from the beginning."""
    offered: int = 0
    """The colleague to whom the owner offers the group."""
    colleagues: tuple[Colleague, ...] = ()
    """Who keeps it together with the owner, the longest first."""
    seen_by: int = 0
    """The counsellor who looks at it: what may be seen, and who signs, follows from that. 0 is the
    owner."""

    @property
    def counsellors(self) -> tuple[Colleague, ...]:
        """The owner first."""
        return (Colleague(self.owner, self.counsellor, "", self.since), *self.colleagues)

    @property
    def viewer(self) -> Colleague:
        return next((c for c in self.counsellors if c.learner == self.seen_by), self.counsellors[0])

    def kept_by(self, learner: int) -> bool:
        return any(c.learner == learner for c in self.counsellors)

    def organisation_of(self, counsellor: Colleague) -> str:
        return counsellor.organisation or self.organisation

    @property
    def signed(self) -> dict[str, str]:
        """Who writes, and for whom: values of a note."""
        return {"counsellor": self.viewer.name, "organisation": self.organisation_of(self.viewer)}

    def over(self, today: date) -> bool:
        return self.archived or (self.ends is not None and self.ends < today)

    def meeting(self, number: int) -> Meeting | None:
        """The one with this number; None where it was cancelled, or forgotten by now."""
        return next((m for m in self.meetings if m.id == number and not m.cancelled), None)

    def upcoming(self, today: date) -> tuple[Meeting, ...]:
        """Meetings that are still to come, the next one first; without a day for two weeks after
        they were announced."""
        if self.archived:
            return ()
        open_ = [
            m
            for m in self.meetings
            if not m.cancelled and (m.day or m.announced + timedelta(days=14)) >= today
        ]
        return tuple(sorted(open_, key=lambda m: (m.day or m.announced, m.time)))

    def modules_in(self, programme: Programme) -> tuple[Module, ...]:
        """What the group learns, as far as the programme still has it."""
        path = next((p.modules for p in programme.pathways if p.id == self.pathway), ())
        wanted = path or self.modules or tuple(programme.modules)
        return tuple(programme.modules[id] for id in wanted if id in programme.modules)


def is_sensitive(module: Module, programme: Programme) -> bool:
    """Counsellors see nothing of it without a separate yes (product.md, Privacy 5)."""
    category = programme.category_of(module.id)
    return module.sensitive or bool(category and category.sensitive)


def shares(group: Group, learner: Learner) -> bool:
    """Whether this learner's yes holds for who looks at the group: it was given to an organisation,
    and rests when that is another one (product.md, Privacy 4)."""
    return shares_with(group, learner, group.viewer)


def shares_with(group: Group, learner: Learner, counsellor: Colleague) -> bool:
    mine = learner.groups.get(group.id)
    return mine is not None and group.organisation_of(counsellor) in (mine.organisation, *mine.also)


def readers(group: Group, learner: Learner) -> tuple[Colleague, ...]:
    """Who gets what this learner writes to the group's counsellors: the owner, and the colleagues
    whom they said yes to."""
    owner, *others = group.counsellors
    return (owner, *(c for c in others if shares_with(group, learner, c)))


def seen_as(membership: Membership) -> Words:
    """The name that the counsellor sees."""
    chosen = nickname(membership.nickname)
    return verbatim(chosen) if chosen else _("Learner {number}").of(number=membership.number)


def visible_modules(group: Group, learner: Learner, programme: Programme) -> tuple[Module, ...]:
    """What the group's counsellor may see of this learner: the group's modules, sensitive ones only
    after a separate yes."""
    membership = learner.groups.get(group.id)
    if membership is None or not shares(group, learner):
        return ()
    # the separate yes was given to those who were there, and whom they shared with by then
    since = max(group.viewer.since, membership.also.get(group.organisation_of(group.viewer), 0))
    sensitive = membership.sensitive and (not since or since < membership.sensitive_at)
    return tuple(
        m for m in group.modules_in(programme) if sensitive or not is_sensitive(m, programme)
    )


def passed_on(group: Group, to: Colleague, stays: bool) -> Group:
    """The group when this colleague is its owner; who owned it before stays as a colleague, or is
    gone. Where `to` is of another organisation, the group is then that one's: what was the group's
    own stands beside the others' names."""
    organisation = group.organisation_of(to)

    def beside(counsellor: Colleague) -> Colleague:
        theirs = group.organisation_of(counsellor)
        return replace(counsellor, organisation="" if theirs == organisation else theirs)

    left = [
        c
        for c in group.counsellors
        if c.learner != to.learner and (stays or c.learner != group.owner)
    ]
    return replace(
        group,
        owner=to.learner,
        counsellor=to.name,
        organisation=organisation,
        since=to.since,
        offered=0,
        away=False,
        colleagues=tuple(sorted(map(beside, left), key=lambda c: c.since)),
        seen_by=0,
    )


# --- what a flow may ask of the store


@dataclass(frozen=True)
class GroupById(Query[Group | None]):
    """None also while whoever kept it may keep none (any more)."""

    id: int


@dataclass(frozen=True)
class GroupByToken(Query[Group | None]):
    token: str


@dataclass(frozen=True)
class GroupsOf(Query[tuple[Group, ...]]):
    """The groups that a counsellor keeps, alone or with colleagues, by title, as this counsellor
    sees them."""

    owner: int


@dataclass(frozen=True)
class AllGroups(Query[tuple[Group, ...]]):
    """Those of all counsellors, by title."""


@dataclass(frozen=True)
class MembersOf(Query[tuple[Learner, ...]]):
    """The learners of a group, in the order in which they joined. `joining`: until this is
    committed, nobody else joins."""

    group: int
    joining: bool = False


@dataclass(frozen=True)
class LabelsOf(Query[Mapping[int, str]]):
    """A counsellor's own names for learners of a group, by learner."""

    counsellor: int
    group: int


@dataclass(frozen=True)
class AskedLately(Query[int]):
    """How many questions of people who were never answered a group had in this hour."""

    group: int


@dataclass(frozen=True)
class UnreadableMembers(Query[int]):
    """How many members of a group have a row that cannot be read: nothing is known of them."""

    group: int


@dataclass(frozen=True)
class UnreadableGroups(Query[int]):
    """How many groups of a counsellor cannot be read."""

    counsellor: int


@dataclass(frozen=True)
class HeldQuestions(Query[int]):
    """How many questions of a group wait until its counsellor wants them."""

    counsellor: int
    group: int


@dataclass(frozen=True)
class Letter:
    """A message between a counsellor and a learner of their group that came not long ago: what an
    answer to it is about, no word of it. `member` is that learner; `at` is when it came; `meeting`
    the one of the group that it asks about, 0 where it asks nothing."""

    group: int
    member: int
    at: int
    meeting: int = 0


@dataclass(frozen=True)
class LetterBehind(Query[Letter | None]):
    """The letter that became this message of a channel, for who got it."""

    reader: int
    channel: str
    message: str


@dataclass(frozen=True)
class LastLetter(Query[Letter | None]):
    """The one that came last."""

    reader: int


@dataclass(frozen=True)
class StaffMember:
    learner: int
    role: Role
    name: str


@dataclass(frozen=True)
class AllStaff(Query[tuple[StaffMember, ...]]):
    pass


@dataclass(frozen=True)
class SecondAdmins(Query[frozenset[int]]):
    """Who may say the second yes to what this person wrote or (`spoken`) recorded: admins, or then
    all staff, whom they did not name, and who were not named today. Those whom the settings name
    always may."""

    author: int
    spoken: bool = False


@dataclass(frozen=True)
class StaffInvite(Query[Role | None]):
    """The role that a one-time link gives; None when it was used, is too old or never was.
    `taking`: until this is committed, nobody else takes it."""

    token: str
    taking: bool = False


@dataclass(frozen=True)
class ColleagueInvite(Query[Group | None]):
    """The group that a one-time link makes somebody a counsellor of; None as in `StaffInvite`."""

    token: str
    taking: bool = False
