"""What the store knows, in memory: for flows that are tested without a database."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from bot.conversation.event import Event, ForOther, Told, evolve
from bot.conversation.turn import Moment, Wanted
from bot.flows.account.events import AddressRenewed, ConnectionEnded, NewsChosen
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
from bot.flows.opinions.events import OpinionGiven
from bot.flows.pairs.events import PairKept
from bot.flows.papers.events import DraftErased, DraftKept
from bot.flows.recording.events import VoiceJudged, VoiceSent, VoiceTakenDown
from bot.flows.staff.events import RoleGiven, StaffLinkMade, StaffLinkUsed
from bot.model.broadcast import (
    AllBroadcasts,
    BroadcastById,
    DryRun,
    Progress,
    SpentThisMonth,
    State,
    UnreadableBroadcasts,
)
from bot.model.connection import Connection, ConnectionsOf, NewsAgreed
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
from bot.model.learner import Learner, day_of
from bot.model.naming import Naming, independent
from bot.model.opinion import OpinionCounts, OpinionsOn
from bot.model.pairs import (
    Hears,
    PairById,
    PairByToken,
    PairsIn,
    PairsOf,
    Said,
    SaidBy,
    WhenHeard,
)
from bot.model.papers import DraftOf, HowFar
from bot.model.query import Query, Revoked
from bot.model.recordings import AllHeard, SpokenBy, SpokenById, SpokenIn, ToBeHeard
from bot.model.roles import Role
from tests.support.by_age import by_age
from tests.support.drafts import Drafts
from tests.support.opinions import found_in
from tests.support.pairs import Pairs
from tests.support.reach import counts
from tests.support.spoken import Recorded
from tests.support.steps import STEPS

T = TypeVar("T")


class People:
    """Learners, groups, staff links, addresses, letters and broadcasts in memory: what the store
    knows, for flows that are tested without one. `tests/db/test_stores.py` holds it to the real
    one."""

    def __init__(self, zone: str = "UTC") -> None:
        """`zone` is that of learners who told none."""
        self.now, self.zone = 0, zone
        self.learners: dict[int, Learner] = {}
        self.groups: dict[int, Group] = {}
        self.members: dict[int, dict[int, Learner]] = {}
        self.links: dict[str, Role] = {}
        self.of_group: dict[str, int] = {}
        self.makers: dict[str, int] = {}
        """Who made a link."""
        self.namings: dict[int, Naming] = {}
        """Of all who have a role."""
        self.in_settings: set[int] = set()
        self.asked: dict[int, int] = {}
        self.letters: dict[int, Letter] = {}
        self.held: dict[int, list[Letter]] = {}
        self.messages: dict[tuple[int, str, str], Letter] = {}
        """Reader, channel, and the message that a letter became."""
        self.labels: dict[tuple[int, int], dict[int, str]] = {}
        self.broadcasts: dict[int, Progress] = {}
        self.connections: dict[int, list[Connection]] = {}
        self.news: set[int] = set()
        """Who agreed to be written to after a day."""
        self.spent = 0
        """Messages of this month that cost money."""
        self.opinions: list[OpinionGiven] = []
        self.drafts = Drafts()
        self.pairs = Pairs()
        self.recorded = Recorded()
        self.heard: dict[int, Hears] = {}
        self.unreachable: set[str] = set()
        """Connections whose owner stopped the bot."""

    def knowing(self, flow: Callable[[Moment], T], moment: Moment) -> T:
        """The flow's result, with what it asks for."""
        self.now = moment.now
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
                return 0  # what is in memory can be read
            case LetterBehind(reader, channel, message):
                return self.messages.get((reader, channel, message))
            case LastLetter(reader):
                return self.letters.get(reader)
            case SecondAdmins(author, spoken):
                return self._second_admins(author, spoken)
            case AllGroups():
                return self._by_title()
            case AllStaff():
                return tuple(
                    StaffMember(id, Role(one.role), one.staff_name)
                    for id, one in sorted(self.everybody.items())
                    if one.role != Role.LEARNER
                )
            case StaffInvite(token):
                return self.links.get(token) if token not in self.of_group else None
            case ColleagueInvite(token):
                return self.groups.get(self.of_group.get(token, 0))
            case OpinionCounts() | OpinionsOn():
                return found_in(self.opinions, query)
            case Revoked():
                return False
            case DraftOf() | HowFar():
                return self.drafts.answer(query, self.now)
            case AllHeard() | SpokenBy() | SpokenById() | SpokenIn() | ToBeHeard():
                return self.recorded.answer(query)
            case PairById() | PairByToken() | PairsOf() | PairsIn():
                return self.pairs.answer(query, self.now)
            case WhenHeard(who):
                return self.heard.get(who, Hears.SOON)
            case SaidBy(who):
                one = self.everybody.get(who)
                return Said(one.about_me, one.language or "en") if one else None
            case ConnectionsOf(learner):
                return by_age(self.connections.get(learner, ()))
            case NewsAgreed(learner):
                return learner in self.news
            case SpentThisMonth():
                return self.spent
            case DryRun():
                return counts(self, query)
            case BroadcastById(id):
                return self.broadcasts.get(id)
            case AllBroadcasts():
                return tuple(sorted(self.broadcasts.values(), key=lambda b: (-b.created, -b.id)))
        raise TypeError(query)

    @property
    def everybody(self) -> dict[int, Learner]:
        """All learners; what a group knows of its members counts."""
        members = {id: one for of in self.members.values() for id, one in of.items()}
        return {**self.learners, **members}

    def fresh(self, learner: Learner) -> Learner:
        """Somebody as they are now, after what others did."""
        return self.everybody.get(learner.id, learner)

    def connects(self, learner: Learner, *connections: Connection) -> None:
        """They are here, and can be written to."""
        self.learners[learner.id] = learner
        self.connections.setdefault(learner.id, []).extend(connections)

    def delivered(self, reader: int, channel: str, message: str) -> None:
        """The last letter of somebody became this message."""
        letter = replace(self.letters[reader], at=self.now)
        self.letters[reader] = self.messages[reader, channel, message] = letter

    def sends(self, id: int, sent: int, failed: int = 0) -> None:
        """What jobs do of a broadcast."""
        begun = self.broadcasts[id]
        query = DryRun(
            begun.draft.audience,
            tuple(begun.draft.texts),
            begun.author if begun.draft.tested else 0,
        )
        total = counts(self, query).will_get
        self.broadcasts[id] = replace(
            begun, state=State.SENDING, total=total, sent=sent, failed=failed
        )

    def _by_title(self) -> tuple[Group, ...]:
        return tuple(sorted(self.groups.values(), key=lambda group: group.title))

    def _second_admins(self, author: int, spoken: bool) -> frozenset[int]:
        roles = (Role.ADMIN, Role.COUNSELLOR) if spoken else (Role.ADMIN,)
        among = {id for id, one in self.everybody.items() if one.role in roles}
        return frozenset(
            one
            for one in among | self.in_settings
            if independent(author, one, self.namings, self.in_settings, day_of(self.now))
        )

    def happen(self, learner: Learner, events: Iterable[Event], now: int) -> None:
        """`learner` is as they are after the events."""
        self.now = now
        self.learners[learner.id] = learner
        for event in events:
            if isinstance(event, ForOther):
                self._other(event.learner, event.event, now)
                self._happens(event.learner, event.event, now)
            else:
                self._happens(learner.id, event, now)
        for members in self.members.values():
            if learner.id in members:
                members[learner.id] = learner

    def _other(self, id: int, event: Event, now: int) -> None:
        """Learning is not what others do: the day on which they were seen stays."""
        for known in (self.learners, *self.members.values()):
            if id in known:
                before = known[id]
                known[id] = replace(evolve(before, event, now), last_at=before.last_at)

    def _happens(self, who: int, event: Event, now: int) -> None:
        match event:
            case NewsChosen(yes):
                self.news = self.news | {who} if yes else self.news - {who}
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
                self.members.setdefault(group.id, {})[who] = self.learners[who]
            case GroupLeft(group_id):
                self.members.get(group_id, {}).pop(who, None)
                self._forget(group_id, who)
            case Labelled(group_id, member, label):
                theirs = self.labels.setdefault((who, group_id), {})
                theirs.pop(member, None)
                if label and member in self.members.get(group_id, {}):
                    theirs[member] = label
            case BroadcastBegun(id, draft, approval):
                state = State.APPROVAL if approval else State.WAITING
                self.broadcasts[id] = Progress(id, state, who, draft, now)
            case BroadcastSteered(id, what):
                before_then, then = STEPS[what]
                if (progress := self.broadcasts.get(id)) and progress.state in before_then:
                    self.broadcasts[id] = replace(progress, state=then)
            case ConnectionEnded(id):
                theirs = self.connections.get(who, [])
                self.connections[who] = [one for one in theirs if one.id != id]
            case AddressRenewed(id):
                theirs = self.connections.get(who, [])
                self.connections[who] = [one for one in theirs if one.id != id] + [
                    Connection(f"{id}-new", one.channel, day_of(now))
                    for one in theirs
                    if one.id == id and one.channel == "web"
                ]
            case RoleGiven(role):
                if role != Role.LEARNER:
                    self.namings.setdefault(who, Naming(None, None))
                else:
                    self._leaves(who)
            case StaffLinkMade(token, role, group_id):
                self.links[token], self.makers[token] = Role(role), who
                if group_id:
                    self.of_group[token] = group_id
            case StaffLinkUsed(token, rises):
                if rises:
                    self.namings[who] = Naming(self.makers.get(token), day_of(now))
                self._close(token)
            case Told(int(to), note, held) if note.traits.of_group:
                about = int(note["learner"]) if note.traits.from_learner else to
                meeting = int(note["meeting"]) if note.traits.of_meeting else 0
                letter = Letter(int(note["group"]), about, now, meeting)
                if held:
                    self.held.setdefault(to, []).append(letter)
                else:
                    self.letters[to] = letter
            case HeldReleased(group_id, drop):
                mine = self.held.pop(who, [])
                self.held[who] = [one for one in mine if one.group != group_id]
                for letter in mine:
                    if letter.group == group_id and not drop:
                        self.letters[who] = letter
            case OpinionGiven():
                self.opinions.append(event)
            case DraftKept() | DraftErased():
                self.drafts.happen(who, event)
            case PairKept():
                self.pairs.happen(event)
            case VoiceSent() | VoiceJudged() | VoiceTakenDown():
                self.recorded.happens(who, event, now)
            case StrangerAsked(group_id):
                self.asked[group_id] = self.asked.get(group_id, 0) + 1

    def _leaves(self, who: int) -> None:
        """The role is taken away: whom they named was named by who named them."""
        gone = self.namings.pop(who, None)
        for id, naming in self.namings.items():
            if gone and naming.by == who:
                self.namings[id] = replace(naming, by=gone.by)
        for token in [token for token, maker in self.makers.items() if maker == who]:
            self._close(token)
        for id, one in self.broadcasts.items():
            if one.author == who and one.state is State.APPROVAL:
                self.broadcasts[id] = replace(one, state=State.CANCELLED)

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
        self.messages = {r: one for r, one in self.messages.items() if not goes(r[0], one)}
        self.held = {r: [one for one in all_ if not goes(r, one)] for r, all_ in self.held.items()}

    def _close_links(self, group: int) -> None:
        for token in [token for token, of in self.of_group.items() if of == group]:
            self._close(token)

    def _close(self, token: str) -> None:
        for known in (self.links, self.of_group, self.makers):
            known.pop(token, None)
