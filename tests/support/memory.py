"""What the store knows, in memory: for flows that are tested without a database."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from bot.conversation.event import Event, ForOther, Told, evolve
from bot.conversation.turn import Moment, Wanted
from bot.flows.account.events import ConnectionEnded
from bot.flows.broadcasts.events import BroadcastBegun, BroadcastSteered
from bot.flows.groups.events import (
    ColleagueKept,
    ColleagueLeft,
    GroupEnded,
    GroupHanded,
    GroupJoined,
    GroupKept,
    GroupLeft,
    HeldReleased,
    Labelled,
    StrangerAsked,
)
from bot.flows.staff.events import StaffLinkMade, StaffLinkUsed
from bot.model.broadcast import (
    AllBroadcasts,
    BroadcastById,
    Counts,
    DryRun,
    Progress,
    State,
    UnreadableBroadcasts,
)
from bot.model.connection import Connection, ConnectionsOf
from bot.model.group import (
    AllGroups,
    AllStaff,
    AskedLately,
    ColleagueInvite,
    Group,
    GroupById,
    GroupByToken,
    GroupsOf,
    HeldQuestions,
    LabelsOf,
    LastLetter,
    Letter,
    LetterBehind,
    MembersOf,
    SecondAdmins,
    StaffInvite,
    StaffMember,
    UnreadableGroups,
    UnreadableMembers,
)
from bot.model.learner import Learner
from bot.model.query import Query, Revoked
from bot.model.roles import Role

T = TypeVar("T")


class People:
    """Groups, members and staff links in memory: what the store knows, for flows that are tested
    without one. `tests/db/test_stores.py` holds it to the real one."""

    def __init__(self) -> None:
        self.groups: dict[int, Group] = {}
        self.members: dict[int, dict[int, Learner]] = {}
        self.links: dict[str, Role] = {}
        self.of_group: dict[str, int] = {}
        self.asked: dict[int, int] = {}
        self.letters: dict[int, Letter] = {}
        self.held: dict[int, list[Letter]] = {}
        self.labels: dict[tuple[int, int], dict[int, str]] = {}
        self.broadcasts: dict[int, Progress] = {}
        self.connections = [
            Connection("telegram-1", "telegram", date(2026, 9, 1)),
            Connection("web-1", "web", date(2026, 9, 14)),
            Connection("old-1", "telegram", None),
        ]

    def knowing(self, flow: Callable[[Moment], T], moment: Moment) -> T:
        """The flow's result, with what it asks for."""
        while True:
            try:
                return flow(moment)
            except Wanted as wanted:
                moment = replace(
                    moment, known={**moment.known, wanted.query: self.answer(wanted.query)}
                )

    def answer(self, query: Query[Any]) -> Any:
        match query:
            case GroupById(id):
                return self.groups.get(id)
            case GroupByToken(token):
                return next((group for group in self.groups.values() if group.token == token), None)
            case GroupsOf(owner):
                return tuple(
                    replace(group, seen_by=owner)
                    for group in self._by_title()
                    if group.kept_by(owner)
                )
            case MembersOf(group):
                return tuple(self.members.get(group, {}).values())
            case LabelsOf(counsellor, group):
                return self.labels.get((counsellor, group), {})
            case AskedLately(group):
                return self.asked.get(group, 0)
            case HeldQuestions(counsellor, group):
                return sum(letter.group == group for letter in self.held.get(counsellor, ()))
            case UnreadableMembers() | UnreadableGroups() | UnreadableBroadcasts():
                return 0
            case LetterBehind():
                return None
            case LastLetter(reader):
                return self.letters.get(reader)
            case SecondAdmins():
                return frozenset({7})
            case AllGroups():
                return self._by_title()
            case AllStaff():
                return (StaffMember(7, Role.COUNSELLOR, "Lea"),)
            case StaffInvite(token):
                return self.links.get(token) if token not in self.of_group else None
            case ColleagueInvite(token):
                return self.groups.get(self.of_group.get(token, 0))
            case Revoked():
                return False
            case ConnectionsOf():
                return tuple(self.connections)
            case DryRun():
                return Counts(will_get=3, stopped=1)
            case BroadcastById(id):
                return self.broadcasts.get(id)
            case AllBroadcasts():
                return tuple(self.broadcasts.values())
        raise TypeError(query)

    def _by_title(self) -> tuple[Group, ...]:
        return tuple(sorted(self.groups.values(), key=lambda group: group.title))

    def happen(self, learner: Learner, events: Iterable[Event], now: int) -> None:
        """`learner` is as they are after the events."""
        for event in events:
            match event:
                case GroupKept(group):
                    before = self.groups.get(group.id, replace(group, colleagues=()))
                    if before.owner == group.owner:
                        kept = replace(group, colleagues=before.colleagues, seen_by=0)
                        self.groups[group.id] = kept
                case GroupHanded(group):
                    self.groups[group.id] = group
                    self._close_links(group.id)
                case ColleagueKept(group_id, kept):
                    group = self.groups[group_id]
                    rest = tuple(c for c in group.colleagues if c.learner != kept.learner)
                    self.groups[group_id] = replace(group, colleagues=(*rest, kept))
                case ColleagueLeft(group_id, left):
                    group = self.groups[group_id]
                    rest = tuple(c for c in group.colleagues if c.learner != left)
                    self.groups[group_id] = replace(group, colleagues=rest)
                    self.labels.pop((left, group_id), None)
                    self._forget_letters(group_id, to=left)
                case GroupEnded(group_id):
                    self.groups.pop(group_id, None)
                    for member in list(self.members.pop(group_id, {})):
                        self._forget(group_id, member)
                    self._close_links(group_id)
                case GroupJoined(group):
                    self.members.setdefault(group.id, {})[learner.id] = learner
                case GroupLeft(group_id):
                    self.members.get(group_id, {}).pop(learner.id, None)
                    self._forget(group_id, learner.id)
                case Labelled(group_id, member, label):
                    theirs = self.labels.setdefault((learner.id, group_id), {})
                    theirs.pop(member, None)
                    if label and member in self.members.get(group_id, {}):
                        theirs[member] = label
                case BroadcastBegun(id, draft):
                    begun = Progress(
                        id, State.SENDING, learner.id, draft, now, total=3, sent=1, failed=1
                    )
                    later = Progress(id, State.WAITING, learner.id, draft, now)
                    self.broadcasts[id] = later if draft.starts > now else begun
                case BroadcastSteered(id, what):
                    state = {
                        "pause": State.PAUSED,
                        "resume": State.SENDING,
                        "cancel": State.CANCELLED,
                    }[what]
                    self.broadcasts[id] = replace(self.broadcasts[id], state=state)
                case ConnectionEnded(id):
                    self.connections = [one for one in self.connections if one.id != id]
                case StaffLinkMade(token, role, group_id):
                    self.links[token] = Role(role)
                    if group_id:
                        self.of_group[token] = group_id
                case StaffLinkUsed(token):
                    self.links.pop(token, None)
                    self.of_group.pop(token, None)
                case Told(int(to), note, held) if note.traits.of_group:
                    about = int(note["learner"]) if note.traits.from_learner else to
                    letter = Letter(int(note["group"]), about, now)
                    if held:
                        self.held.setdefault(to, []).append(letter)
                    else:
                        self.letters[to] = letter
                case HeldReleased(group_id, drop):
                    mine = self.held.pop(learner.id, [])
                    self.held[learner.id] = [one for one in mine if one.group != group_id]
                    for letter in mine:
                        if letter.group == group_id and not drop:
                            self.letters[learner.id] = letter
                case StrangerAsked(group_id):
                    self.asked[group_id] = self.asked.get(group_id, 0) + 1
                case ForOther(other, inner):
                    for members in self.members.values():
                        if other in members:
                            before = members[other]
                            members[other] = replace(
                                evolve(before, inner, now), last_at=before.last_at
                            )
        for members in self.members.values():
            if learner.id in members:
                members[learner.id] = learner

    def _forget(self, group: int, member: int) -> None:
        """Names and letters of somebody who is no member any more."""
        for (_, of), theirs in self.labels.items():
            if of == group:
                theirs.pop(member, None)
        self._forget_letters(group, about=member)

    def _forget_letters(self, group: int, to: int | None = None, about: int | None = None) -> None:
        def goes(reader: int, letter: Letter) -> bool:
            return letter.group == group and (reader == to or letter.member == about)

        self.letters = {r: one for r, one in self.letters.items() if not goes(r, one)}
        self.held = {r: [one for one in all_ if not goes(r, one)] for r, all_ in self.held.items()}

    def _close_links(self, group: int) -> None:
        for token in [token for token, of in self.of_group.items() if of == group]:
            del self.of_group[token], self.links[token]

    def fresh(self, learner: Learner) -> Learner:
        """Somebody as they are now, after what others did."""
        return next(
            (members[learner.id] for members in self.members.values() if learner.id in members),
            learner,
        )
