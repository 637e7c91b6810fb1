"""What is kept is the same in the memory of the tests, on SQLite and on PostgreSQL: the
same cases run on all three."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest
import sqlalchemy as sa

from bot.conversation.event import Event, ForOther, Told, evolve_all
from bot.conversation.update import Start, Update
from bot.flows.account.events import AddressRenewed, ConnectionEnded, LanguageChosen, Muted
from bot.flows.broadcasts.events import BroadcastBegun, BroadcastSteered
from bot.flows.groups.events import (
    LETTER,
    QUESTION,
    ColleagueKept,
    ColleagueLeft,
    CounsellorAsked,
    GroupEnded,
    GroupHanded,
    GroupJoined,
    GroupKept,
    GroupLeft,
    HeldReleased,
    Labelled,
    NicknameChosen,
    StrangerAsked,
)
from bot.flows.learning.events import Began
from bot.flows.staff.events import RoleGiven, StaffLinkMade, StaffLinkUsed
from bot.model.broadcast import AllBroadcasts, Audience, BroadcastById, Counts, Draft, DryRun, State
from bot.model.connection import Connection, ConnectionsOf
from bot.model.group import (
    AllGroups,
    AllStaff,
    AskedLately,
    Colleague,
    ColleagueInvite,
    Group,
    GroupById,
    GroupByToken,
    GroupsOf,
    HeldQuestions,
    LabelsOf,
    LastLetter,
    LetterBehind,
    MembersOf,
    SecondAdmins,
    StaffInvite,
    StaffMember,
    passed_on,
)
from bot.model.learner import Learner, day_of
from bot.model.message import note
from bot.model.query import Query
from bot.model.roles import Role
from db import letters
from db import tables as t
from db.engine import connect
from db.store import Store
from db.vault import Vault
from tests.support.databases import KINDS, Databases
from tests.support.memory import People

NOW = 1_790_000_000


class Kept(Protocol):
    """What both stores are to flows: events go in, questions are answered."""

    now: int

    async def person(self, role: Role = Role.LEARNER, channel: str = "telegram") -> int:
        """Somebody new; the number by which they are known."""

    async def happens(self, who: int, *events: Event) -> None: ...

    async def asks(self, query: Query[Any]) -> Any: ...

    async def delivered(self, reader: int, message: str) -> None:
        """The last letter of somebody became this message in Telegram."""

    async def blocks(self, who: int) -> None:
        """They stop the bot in Telegram."""


class InMemory:
    def __init__(self) -> None:
        self.people = People()
        self.who: dict[int, Learner] = {}
        self.now = NOW

    async def person(self, role: Role = Role.LEARNER, channel: str = "telegram") -> int:
        id = 100 + len(self.who)
        self.who[id] = Learner(id)
        self.people.connects(self.who[id], Connection(f"{channel}-{id}", channel, day_of(self.now)))
        await self.happens(id, RoleGiven(role))
        return id

    async def happens(self, who: int, *events: Event) -> None:
        self.now += 1
        self.who[who] = evolve_all(self.people.fresh(self.who[who]), events, self.now)
        self.people.happen(self.who[who], events, self.now)

    async def asks(self, query: Query[Any]) -> Any:
        self.people.now = self.now
        return self.people.answer(query)

    async def delivered(self, reader: int, message: str) -> None:
        self.people.delivered(reader, "telegram", message)

    async def blocks(self, who: int) -> None:
        self.people.unreachable.add(f"telegram-{who}")


class InDatabase:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.updates: dict[int, list[Update]] = {}
        self.now = NOW

    async def person(self, role: Role = Role.LEARNER, channel: str = "telegram") -> int:
        name = f"p{len(self.updates)}"
        update = Update(channel, name, name, Start())
        async with self.store.batch(self.now) as tx:
            (arrival,) = await tx.load_arrivals([update])
        self.updates[arrival.learner_id] = [update]
        await self.happens(arrival.learner_id, RoleGiven(role))
        return arrival.learner_id

    async def happens(self, who: int, *events: Event) -> None:
        self.now += 1
        done = self.updates[who]
        done.append(replace(done[0], id=f"{done[0].id}-{len(done)}"))
        async with self.store.batch(self.now) as tx:
            (arrival,) = await tx.load_arrivals(done[-1:])
            tx.learners[who] = evolve_all(tx.learners[who], events, self.now)
            async with tx.applied(who, events):
                pass
            await tx.save([(arrival, tx.learners[who], events)])

    async def asks(self, query: Query[Any]) -> Any:
        async with self.store.batch(self.now) as tx:
            return await tx.ask(query)

    async def delivered(self, reader: int, message: str) -> None:
        newest = sa.select(t.letter.c.order_id).where(t.letter.c.to_id == reader)
        async with self.store.engine.begin() as db:
            order = (await db.execute(newest.order_by(t.letter.c.at.desc()))).scalars().first()
            assert order is not None
            await letters.sent(db, order, message, self.now)

    async def blocks(self, who: int) -> None:
        address = self.updates[who][0].address
        async with self.store.batch(self.now) as tx:
            await tx.reachable(self.store.vault.hash("telegram", address), False)


@pytest.fixture(params=["memory", *KINDS])
async def kept(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> AsyncIterator[Kept]:
    if request.param == "memory":
        yield InMemory()
        return
    engine = connect(await databases.address(request.param, tmp_path))
    yield InDatabase(Store(engine, Vault(b"a secret for tests only")))
    await engine.dispose()


def _group(id: int, owner: int, title: str = "Tuesday group", **more: Any) -> Group:
    return Group(id, owner, f"token{id}", title, "AMSED", "Lea", "en", **more)


async def _seen(kept: Kept, query: Query[Group | None]) -> Group:
    group: Group = await kept.asks(query)
    assert group
    return replace(group, seen_by=0)


async def _members(kept: Kept, group: int) -> list[int]:
    return [member.id for member in await kept.asks(MembersOf(group))]


async def test_a_group_is_found_by_its_number_its_token_and_its_owner(kept: Kept) -> None:
    lea, ben = await kept.person(Role.COUNSELLOR), await kept.person(Role.COUNSELLOR)
    one, two = _group(1, lea, "Wednesday group"), _group(2, lea)
    await kept.happens(lea, GroupKept(one), GroupKept(two))
    assert await kept.asks(GroupById(1)) == one and await kept.asks(GroupByToken("token2")) == two
    assert await kept.asks(GroupById(3)) is None and await kept.asks(GroupByToken("3")) is None
    assert await kept.asks(AllGroups()) == (two, one), "by title"
    mine = await kept.asks(GroupsOf(lea))
    assert [(group.id, group.seen_by) for group in mine] == [(2, lea), (1, lea)]
    assert await kept.asks(GroupsOf(ben)) == ()
    await kept.happens(lea, GroupKept(replace(one, title="A group")))
    assert [group.title for group in await kept.asks(AllGroups())] == ["A group", "Tuesday group"]
    await kept.happens(ben, GroupKept(replace(one, owner=ben, title="Not yours")))
    assert (await _seen(kept, GroupById(1))).title == "A group", "of another it changes nothing"


async def test_who_joins_and_leaves(kept: Kept) -> None:
    lea, amina, omar = await kept.person(Role.COUNSELLOR), await kept.person(), await kept.person()
    group = _group(1, lea)
    await kept.happens(lea, GroupKept(group))
    for number, who in enumerate((amina, omar), 1):
        await kept.happens(who, GroupJoined(group, number), NicknameChosen(1, f"N{number}"))
    assert await _members(kept, 1) == [amina, omar], "in the order in which they joined"
    (first, _second) = await kept.asks(MembersOf(1))
    assert first.groups[1].nickname == "N1", "with what happened after"
    await kept.happens(lea, ForOther(amina, CounsellorAsked(1, False)))
    assert (await kept.asks(MembersOf(1)))[0].groups[1].answered, "also what others did"
    await kept.happens(amina, GroupLeft(1))
    assert await _members(kept, 1) == [omar]
    await kept.happens(lea, GroupEnded(1))
    assert await _members(kept, 1) == [] and await kept.asks(GroupById(1)) is None


async def test_names_for_people_are_the_counsellors_own_and_end_with_the_membership(
    kept: Kept,
) -> None:
    lea, amina, omar = await kept.person(Role.COUNSELLOR), await kept.person(), await kept.person()
    group = _group(1, lea)
    await kept.happens(lea, GroupKept(group))
    await kept.happens(amina, GroupJoined(group, 1))
    await kept.happens(lea, Labelled(1, amina, "the tall one"), Labelled(1, omar, "nobody"))
    assert dict(await kept.asks(LabelsOf(lea, 1))) == {amina: "the tall one"}
    assert dict(await kept.asks(LabelsOf(omar, 1))) == {}
    await kept.happens(lea, Labelled(1, amina, "Amina"))
    assert dict(await kept.asks(LabelsOf(lea, 1))) == {amina: "Amina"}
    await kept.happens(amina, GroupLeft(1))
    assert dict(await kept.asks(LabelsOf(lea, 1))) == {}


async def test_colleagues_come_go_and_take_over(kept: Kept) -> None:
    lea, ben = await kept.person(Role.COUNSELLOR), await kept.person(Role.COUNSELLOR)
    await kept.happens(lea, GroupKept(_group(1, lea)))
    await kept.happens(lea, StaffLinkMade("hello", Role.COUNSELLOR, 1))
    assert (await _seen(kept, ColleagueInvite("hello"))).id == 1
    assert await kept.asks(StaffInvite("hello")) is None, "it gives no role by itself"
    colleague = Colleague(ben, "Ben", "Other House", NOW)
    await kept.happens(ben, StaffLinkUsed("hello", rises=False), ColleagueKept(1, colleague))
    assert await kept.asks(ColleagueInvite("hello")) is None
    group = await _seen(kept, GroupById(1))
    assert group.colleagues == (colleague,) and len(await kept.asks(GroupsOf(ben))) == 1
    named = replace(colleague, name="Benjamin")
    await kept.happens(ben, ColleagueKept(1, named))
    await kept.happens(lea, GroupKept(replace(group, title="Another")))
    group = await _seen(kept, GroupById(1))
    assert group.colleagues == (named,) and group.title == "Another"
    await kept.happens(lea, StaffLinkMade("late", Role.COUNSELLOR, 1))
    await kept.happens(ben, GroupHanded(passed_on(group, named, stays=True)))
    group = await _seen(kept, GroupById(1))
    assert group.owner == ben and [c.learner for c in group.colleagues] == [lea]
    assert await kept.asks(ColleagueInvite("late")) is None, "an invitation of before"
    await kept.happens(ben, ColleagueLeft(1, lea))
    assert not (await _seen(kept, GroupById(1))).colleagues
    assert await kept.asks(GroupsOf(lea)) == ()


async def test_a_link_makes_one_person_staff_once(kept: Kept) -> None:
    admin, zoe = await kept.person(Role.ADMIN), await kept.person()
    assert await kept.asks(StaffInvite("hello")) is None
    await kept.happens(admin, StaffLinkMade("hello", Role.COUNSELLOR))
    assert await kept.asks(StaffInvite("hello")) is Role.COUNSELLOR
    assert await kept.asks(ColleagueInvite("hello")) is None
    await kept.happens(zoe, StaffLinkUsed("hello"), RoleGiven(Role.COUNSELLOR, "Zoe"))
    assert await kept.asks(StaffInvite("hello")) is None


async def test_letters_say_what_an_answer_is_about_and_held_ones_wait(kept: Kept) -> None:
    lea, amina = await kept.person(Role.COUNSELLOR), await kept.person()
    group = _group(1, lea)
    await kept.happens(lea, GroupKept(group))
    await kept.happens(amina, GroupJoined(group, 1))
    assert await kept.asks(LastLetter(lea)) is None

    def asks(text: str, held: bool = False) -> Told:
        about = {"group": 1, "learner": amina, "title": "t", "nickname": "n", "text": text}
        return Told(lea, note(QUESTION, **about), held)

    await kept.happens(amina, asks("one"), StrangerAsked(1))
    letter = await kept.asks(LastLetter(lea))
    assert (letter.group, letter.member) == (1, amina)
    assert await kept.asks(AskedLately(1)) == 1
    signed = {"counsellor": "Lea", "organisation": "AMSED", "text": "two"}
    await kept.happens(lea, Told(amina, note(LETTER, group=1, **signed)))
    letter = await kept.asks(LastLetter(amina))
    assert (letter.group, letter.member) == (1, amina)
    await kept.happens(amina, asks("three", held=True), asks("four", held=True))
    assert await kept.asks(HeldQuestions(lea, 1)) == 2
    assert await kept.asks(HeldQuestions(lea, 2)) == 0
    await kept.happens(lea, HeldReleased(1))
    assert await kept.asks(HeldQuestions(lea, 1)) == 0
    await kept.happens(amina, asks("five", held=True))
    await kept.happens(lea, HeldReleased(1, drop=True))
    assert await kept.asks(HeldQuestions(lea, 1)) == 0
    await kept.happens(amina, GroupLeft(1))
    assert await kept.asks(LastLetter(lea)) is None, "nobody answers who is not there"


async def test_the_message_that_a_letter_became_says_what_an_answer_to_it_is_about(
    kept: Kept,
) -> None:
    lea, amina, omar = await kept.person(Role.COUNSELLOR), await kept.person(), await kept.person()
    group = _group(1, lea)
    await kept.happens(lea, GroupKept(group))
    for number, who in enumerate((amina, omar), 1):
        await kept.happens(who, GroupJoined(group, number))
        about = {"group": 1, "learner": who, "title": "t", "nickname": "n", "text": "why?"}
        await kept.happens(who, Told(lea, note(QUESTION, **about)))
        await kept.delivered(lea, f"message {number}")
    first = await kept.asks(LetterBehind(lea, "telegram", "message 1"))
    assert (first.group, first.member) == (1, amina)
    assert await kept.asks(LetterBehind(lea, "web", "message 1")) is None
    assert await kept.asks(LetterBehind(omar, "telegram", "message 1")) is None
    assert await kept.asks(LetterBehind(lea, "telegram", "message 3")) is None
    await kept.happens(amina, GroupLeft(1))
    assert await kept.asks(LetterBehind(lea, "telegram", "message 1")) is None


async def test_staff_are_those_who_have_a_role(kept: Kept) -> None:
    assert await kept.asks(AllStaff()) == ()
    lea, _amina, zoe = await kept.person(), await kept.person(), await kept.person()
    await kept.happens(zoe, RoleGiven(Role.ADMIN, "Zoe"))
    await kept.happens(lea, RoleGiven(Role.COUNSELLOR, "Lea"))
    zoe_is, lea_is = (
        StaffMember(zoe, Role.ADMIN, "Zoe"),
        StaffMember(lea, Role.COUNSELLOR, "Lea"),
    )
    by_number = tuple(sorted((zoe_is, lea_is), key=lambda member: member.learner))
    assert await kept.asks(AllStaff()) == by_number
    await kept.happens(zoe, ForOther(lea, RoleGiven(Role.LEARNER)))
    assert await kept.asks(AllStaff()) == (zoe_is,)


async def _named(kept: Kept, by: int, who: int) -> None:
    await kept.happens(by, StaffLinkMade(f"link for {who}", Role.ADMIN))
    await kept.happens(who, StaffLinkUsed(f"link for {who}"), RoleGiven(Role.ADMIN, "x"))


async def test_a_second_admin_is_one_whom_the_first_did_not_name(kept: Kept) -> None:
    first, author = await kept.person(Role.ADMIN), await kept.person()
    mine, other = await kept.person(), await kept.person()
    await _named(kept, first, author)
    await _named(kept, author, mine)
    await _named(kept, first, other)
    assert await kept.asks(SecondAdmins(author)) == set(), "all of these are new"
    kept.now += 8 * 86400
    assert await kept.asks(SecondAdmins(author)) == {first, other}
    await kept.happens(first, ForOther(author, RoleGiven(Role.LEARNER)))
    assert await kept.asks(SecondAdmins(first)) == set(), "they are now all named by the first"
    assert await kept.asks(SecondAdmins(other)) == {first, mine}


async def test_who_would_get_a_broadcast_is_counted(kept: Kept) -> None:
    author = await kept.person(Role.ADMIN)
    for language in ("en", "en", "fr", "tr"):
        await kept.happens(await kept.person(), LanguageChosen(language))
    quiet, page, gone = await kept.person(), await kept.person(channel="web"), await kept.person()
    for who in (author, quiet, page, gone):
        await kept.happens(who, LanguageChosen("en"))
    await kept.happens(quiet, Muted())
    await kept.blocks(gone)
    counts = Counts(will_get=5, page=1, blocked=1, stopped=1, no_language=1)
    assert await kept.asks(DryRun(Audience(), ("en", "fr"))) == counts
    assert await kept.asks(DryRun(Audience(), ("en", "fr"), author)) == replace(counts, will_get=4)
    french = await kept.asks(DryRun(Audience(languages=("fr",)), ("en", "fr")))
    assert french == Counts(will_get=1)
    on_web = await kept.asks(DryRun(Audience(channel="web"), ("en", "fr")))
    assert on_web == Counts(will_get=1, page=1, no_channel=7)
    group = _group(1, author)
    await kept.happens(author, GroupKept(group))
    await kept.happens(quiet, GroupJoined(group, 1))
    assert await kept.asks(DryRun(Audience(group=1), ("en",))) == Counts(stopped=1)
    begun = Audience(module="computer", state="begun")
    assert await kept.asks(DryRun(begun, ("en",))) == Counts()
    await kept.happens(page, Began("computer", "first", "1", ("q",)))
    assert await kept.asks(DryRun(begun, ("en",))) == Counts(will_get=1, page=1)
    kept.now += 12 * 3600
    assert (await kept.asks(DryRun(Audience(), ("en", "fr")))).night == 4, "by UTC"


async def test_a_broadcast_begins_and_is_steered(kept: Kept) -> None:
    author = await kept.person(Role.ADMIN)
    draft = Draft({"en": "News."})

    async def state(id: int) -> State:
        progress = await kept.asks(BroadcastById(id))
        assert progress.author == author and progress.draft == draft
        found: State = progress.state
        return found

    assert await kept.asks(BroadcastById(1)) is None
    await kept.happens(author, BroadcastBegun(1, draft, approval=True))
    await kept.happens(author, BroadcastBegun(2, draft, approval=False))
    assert (await state(1), await state(2)) == (State.APPROVAL, State.WAITING)
    assert [one.id for one in await kept.asks(AllBroadcasts())] == [2, 1], "the newest first"
    steps = {"pause": State.APPROVAL, "approve": State.WAITING, "resume": State.WAITING}
    for what, then in {**steps, "cancel": State.CANCELLED}.items():
        await kept.happens(author, BroadcastSteered(1, what))
        assert await state(1) is then, what
    await kept.happens(author, BroadcastSteered(2, "pause"))
    assert await state(2) is State.PAUSED
    await kept.happens(author, BroadcastSteered(2, "resume"), BroadcastSteered(1, "approve"))
    assert (await state(1), await state(2)) == (State.CANCELLED, State.WAITING)


async def test_connections_are_seen_end_and_are_renewed(kept: Kept) -> None:
    amina, omar = await kept.person(), await kept.person(channel="web")
    today = day_of(kept.now)
    (phone,) = await kept.asks(ConnectionsOf(amina))
    assert (phone.channel, phone.since) == ("telegram", today)
    (page,) = await kept.asks(ConnectionsOf(omar))
    await kept.happens(omar, ConnectionEnded(phone.id))
    assert await kept.asks(ConnectionsOf(amina)) == (phone,), "somebody else's is not ended"
    kept.now += 86400
    await kept.happens(omar, AddressRenewed(page.id))
    (new,) = await kept.asks(ConnectionsOf(omar))
    assert new.id != page.id and (new.channel, new.since) == ("web", day_of(kept.now))
    await kept.happens(amina, ConnectionEnded(phone.id))
    assert await kept.asks(ConnectionsOf(amina)) == ()
