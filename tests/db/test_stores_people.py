"""The same of staff, broadcasts and connections."""

from dataclasses import replace

from bot.conversation.event import ForOther
from bot.flows.account.events import AddressRenewed, ConnectionEnded, LanguageChosen, Muted
from bot.flows.broadcasts.events import BroadcastBegun, BroadcastSteered
from bot.flows.groups.events import (
    GroupJoined,
    GroupKept,
)
from bot.flows.learning.events import Began
from bot.flows.staff.events import RoleGiven, StaffLinkMade, StaffLinkUsed
from bot.model.broadcast import AllBroadcasts, Audience, BroadcastById, Counts, Draft, DryRun, State
from bot.model.connection import ConnectionsOf
from bot.model.group import (
    AllStaff,
    SecondAdmins,
    StaffMember,
)
from bot.model.learner import day_of
from bot.model.roles import Role
from tests.support.stores import Kept, a_group


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


async def _named(kept: Kept, by: int, who: int, role: Role = Role.ADMIN) -> None:
    await kept.happens(by, StaffLinkMade(f"link for {who}", role))
    await kept.happens(who, StaffLinkUsed(f"link for {who}"), RoleGiven(role, "x"))


async def test_a_second_admin_is_one_whom_the_first_did_not_name(kept: Kept) -> None:
    first, author = await kept.person(Role.ADMIN), await kept.person()
    mine, other = await kept.person(), await kept.person()
    counsellor = await kept.person()
    await _named(kept, first, author)
    await _named(kept, author, mine)
    await _named(kept, first, other)
    await _named(kept, first, counsellor, Role.COUNSELLOR)
    assert await kept.asks(SecondAdmins(author)) == set(), "all of these are new"
    kept.now += 8 * 86400
    assert await kept.asks(SecondAdmins(author)) == {first, other}
    assert await kept.asks(SecondAdmins(author, spoken=True)) == {first, other, counsellor}, (
        "a voice is heard by any of the staff"
    )
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
    group = a_group(1, author)
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
