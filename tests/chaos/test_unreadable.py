"""A row that cannot be read costs its own person one clear sentence, and nobody else anything; who
can write into the database plants nobody (properties 1 and 8)."""

import asyncio
import io
import re
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from bot.assembly import up_to_date
from bot.jobs.pages import Pages
from bot.model.broadcast import AllBroadcasts, Draft, State
from bot.model.group import (
    AllStaff,
    Colleague,
    Group,
    GroupById,
    GroupByToken,
    GroupsOf,
    MembersOf,
)
from bot.model.learner import Learner, day_of
from bot.model.roles import Role
from bot.settings import SettingError
from db import broadcasts, maintenance, my_data, recipients, sealed
from db import tables as t
from db.engine import connect
from db.migrate import migrate
from db.store import Store
from db.vault import Vault
from tests.fakes.telegram import User
from tests.support.group_talk import does, says
from tests.support.service import Service
from tests.support.world import Clock

VAULT = Vault(b"a secret for tests only")
CUT = b"\x01cut"


async def _learner(store: Store, address: int) -> Learner:
    learner = await store.learner_at("telegram", str(address))
    assert learner
    return learner


async def _spoil(store: Store, table: sa.Table, id: int, content: bytes = CUT) -> None:
    column = "snapshot" if table is t.learner else "content"
    async with store.engine.begin() as db:
        await db.execute(sa.update(table).where(table.c.id == id).values(**{column: content}))


async def _class(service: Service, people: int = 3) -> tuple[User, list[User], Group]:
    """The admin of the settings keeps a group of so many."""
    lea = service.fake.user(900)
    await lea.starts()
    await lea.expects()
    await does(lea, "English")
    await says(lea, "/newgroup", "Lea", "Tuesday group", "AMSED")
    found = re.search(r"/join/([a-z0-9]{16})", str(lea.screen))
    assert found, lea.screen
    members = []
    for n in range(people):
        member = service.fake.user(1001 + n)
        await member.starts(f"g-{found[1]}")
        await member.expects(1)
        await does(member, "Yes, I join")
        await says(member, f"Nick{n}")
        members.append(member)
    group = await service.store.ask(GroupByToken(found[1]))
    assert group
    return lea, members, group


async def _file(user: User, count: int) -> bytes:
    async with asyncio.timeout(20):
        while len(user.documents) < count:
            await asyncio.sleep(0.05)
    return user.documents[-1].content


async def test_a_member_who_cannot_be_read_is_told_of_in_one_sentence(service: Service) -> None:
    lea, _members, _group = await _class(service)
    await _spoil(service.store, t.learner, (await _learner(service.store, 1002)).id)
    await says(lea, "/groups")
    assert "Tuesday group" in lea.screen
    await does(lea, "Tuesday group")
    said = "1 person cannot be shown: what is stored about them cannot be read"
    assert (
        said in lea.screen
        and "Nick0" in lea.screen
        and "Nick2" in lea.screen
        and "Nick1" not in lea.screen
    )
    await says(lea, "/today")
    assert said in lea.screen
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "Print, lists", "List of the group (Excel)")
    sheet = openpyxl.load_workbook(io.BytesIO(await _file(lea, 1))).active
    assert sheet
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "Nick0" in cells and "Nick2" in cells and any(said in cell for cell in cells)
    await does(lea, "List of the group (CSV)")
    text = (await _file(lea, 2)).decode("utf-8-sig")
    assert "Nick0" in text and said in text


async def test_a_group_that_cannot_be_read_leaves_the_others(service: Service) -> None:
    lea, (member, *_), group = await _class(service, 1)
    await says(lea, "/newgroup", "Friday group")
    await _spoil(service.store, t.group, group.id)
    for command, shown in (("/groups", "Friday group"), ("/today", "1 group cannot be shown")):
        await says(lea, command)
        assert (
            shown in lea.screen
            and "1 group cannot be shown" in lea.screen
            and "Tuesday" not in str(lea.screen)
        )
    await says(member, "/menu", "/whoami", "/data", "/mydata")
    assert "Sorry" not in member.screen
    keeper = await _learner(service.store, 900)
    assert [
        kept["title"] for kept in (await my_data.everything(service.store, keeper))["groups_kept"]
    ] == ["Friday group"]


async def test_the_person_reads_one_sentence_with_a_way_on(service: Service) -> None:
    _lea, (member, other), _group = await _class(service, 2)
    broken = await _learner(service.store, 1001)
    await _spoil(service.store, t.learner, broken.id, sealed.encode(broken))
    for _ in range(2):
        await says(member, "/menu")
        assert "what is stored about you cannot be read" in member.screen and member.screen.labels
    await says(other, "/menu")
    assert "cannot be read" not in other.screen


async def test_what_is_planted_in_the_clear_is_refused(service: Service, database: str) -> None:
    """After carrying over, by somebody who can write into the database: an admin, a group, a
    broadcast; also after the next start."""
    store = service.store
    thief = service.fake.user(666)
    await says(thief, "/start")
    admin = replace(await _learner(store, 666), language="en", role=Role.ADMIN)
    planted = Group(77, admin.id, "x" * 16, "Planted", "P", "P", "en")
    async with store.engine.begin() as db:
        await db.execute(sa.insert(t.staff).values(learner_id=admin.id))
        clear = {"snapshot": sealed.encode(admin), "progress": None}
        await db.execute(sa.update(t.learner).where(t.learner.c.id == admin.id).values(**clear))
        row = {
            "id": 77,
            "owner": admin.id,
            "token": planted.token,
            "content": sealed.encode(planted),
        }
        await db.execute(sa.insert(t.group).values(**row))
        draft = {
            "id": 78,
            "content": sealed.encode(Draft({"en": "Planted"})),
            "state": State.WAITING,
            "created": 1_790_000_000,
        }
        await db.execute(sa.insert(t.broadcast).values(**draft))
    for _ in range(2):
        await says(thief, "/staff")
        assert "what is stored about you cannot be read" in thief.screen
        assert not await store.ask(AllStaff()) and not await store.ask(GroupsOf(admin.id))
        assert (
            not await store.ask(AllBroadcasts()) and await store.ask(GroupByToken("x" * 16)) is None
        )
        await up_to_date(database, VAULT)  # as at the next start


async def test_rows_that_do_not_agree_with_their_seals_are_refused(service: Service) -> None:
    """Put beside what is sealed: another owner, another link, a member and a colleague whom nobody
    took in."""
    _lea, _members, group = await _class(service, 1)
    store, thief = service.store, service.fake.user(666)
    await says(thief, "/start")
    stranger = (await _learner(store, 666)).id
    real = Colleague(9_999, "Ben", "AMSED", 1)
    seal = sealed.seal_colleague(store.vault, group.id, real.learner, real.name, real.organisation)
    async with store.engine.begin() as db:
        await db.execute(sa.insert(t.staff).values(learner_id=stranger))
        await db.execute(sa.insert(t.member).values(group_id=group.id, learner_id=stranger, at=1))
        row = {"group_id": group.id, "learner_id": stranger, "since": 1, "sealed": seal}
        await db.execute(sa.insert(t.colleague).values(**row))
    assert len(await store.ask(MembersOf(group.id))) == 1
    assert stranger not in [staff.learner for staff in await store.ask(AllStaff())]
    assert (await store.ask(GroupById(group.id))).colleagues == () and not await store.ask(
        GroupsOf(stranger)
    )
    for stolen in ({"owner": stranger}, {"token": sealed.token_hash(store.vault, "x" * 16)}):
        async with store.engine.begin() as db:
            await db.execute(sa.update(t.group).where(t.group.c.id == group.id).values(**stolen))
        assert await store.ask(GroupById(group.id)) is None
        assert (
            not await store.ask(GroupsOf(stranger))
            and await store.ask(GroupByToken("x" * 16)) is None
        )
        back = {"owner": group.owner, "token": sealed.token_hash(store.vault, group.token)}
        async with store.engine.begin() as db:
            await db.execute(sa.update(t.group).where(t.group.c.id == group.id).values(**back))
        assert await store.ask(GroupById(group.id))


async def test_the_link_of_a_group_that_cannot_be_read_is_not_left_in_the_clear(
    empty_database: str,
) -> None:
    """And a colleague's seal of before, bound to the group alone, is bound to the person."""
    engine = connect(empty_database)
    await migrate(engine, before=sealed.CARRIED_OVER)
    owner, beside = Learner(1, role=Role.COUNSELLOR), Learner(2, role=Role.COUNSELLOR)
    kept = Group(5, 1, "plantedlink23456", "Tuesday group", "AMSED", "Lea", "en")
    async with engine.begin() as db:
        for person in (owner, beside):
            today = {"active_on": day_of(1_790_000_000), "progress": None}
            await db.execute(
                sa.insert(t.learner).values(id=person.id, snapshot=sealed.encode(person), **today)
            )
            await db.execute(sa.insert(t.staff).values(learner_id=person.id))
        for id, token, content in (
            (5, kept.token, sealed.encode(kept)),
            (6, "plantedlink65432", b"{cut"),
            (7, "plantedlinkabcde", CUT),
        ):
            await db.execute(
                sa.insert(t.group).values(id=id, owner=1, token=token, content=content)
            )
        seal = VAULT.seal(sealed.encode(("Ben", "AMSED")), b"colleague" + (5).to_bytes(8))
        await db.execute(
            sa.insert(t.colleague).values(group_id=5, learner_id=2, since=1, sealed=seal)
        )
    await engine.dispose()
    await up_to_date(empty_database, VAULT)
    store = Store(connect(empty_database), VAULT)
    async with store.engine.connect() as db:
        rows = {row.id: row for row in await db.execute(sa.select(t.group))}
    assert not any("planted" in row.token or b"Tuesday" in row.content for row in rows.values())
    group = await store.ask(GroupByToken(kept.token))
    assert group == replace(kept, colleagues=(Colleague(2, "Ben", "AMSED", 1),))
    assert rows[6].token == sealed.token_hash(VAULT, "plantedlink65432")
    await store.engine.dispose()


async def test_another_key_seals_nothing_of_before(empty_database: str) -> None:
    engine = connect(empty_database)
    await migrate(engine, before=sealed.CARRIED_OVER)
    hash = VAULT.hash("telegram", "1")
    async with engine.begin() as db:
        today = {"active_on": day_of(1_790_000_000), "progress": None}
        await db.execute(
            sa.insert(t.learner).values(id=1, snapshot=sealed.encode(Learner(1)), **today)
        )
        address = {"hash": hash, "sealed": VAULT.seal(b"1", hash), "reachable": True}
        columns = "hash, learner_id, channel, sealed, reachable"  # those of then
        await db.execute(
            sa.text(
                f"INSERT INTO address ({columns}) "
                "VALUES (:hash, 1, 'telegram', :sealed, :reachable)"
            ),
            address,
        )
    with pytest.raises(SettingError, match="is not the one that the data was written with"):
        await up_to_date(empty_database, Vault(b"another secret, for tests only"))
    async with engine.connect() as db:
        assert (await db.execute(sa.select(t.learner.c.snapshot))).scalar_one()[:1] == b"{"
    await engine.dispose()


async def test_a_broadcast_or_an_address_that_cannot_be_read_holds_up_nobody(
    service: Service,
) -> None:
    lea, members, _group = await _class(service, 3)
    store, now = service.store, int(service.clock.now)
    author = (await _learner(store, 900)).id
    async with store.engine.begin() as db:
        for id in (7, 8):
            await broadcasts.begin(
                db, store.vault, id, author, Draft({"en": f"News {id}"}), State.WAITING, now
            )
        rotten = store.vault.hash("telegram", "1002")
        await db.execute(
            sa.update(t.address).where(t.address.c.hash == rotten).values(sealed=b"rot")
        )
    await _spoil(store, t.broadcast, 7)
    await Pages(store, ("telegram",), service.clock).look()
    service.clock.now += 24 * 3600 - service.clock.now % (24 * 3600) + 12 * 3600
    async with asyncio.timeout(20):
        while not all("News 8" in str(user.messages) for user in (members[0], members[2])):
            await asyncio.sleep(0.05)
    await says(lea, "/broadcasts")
    assert "1 broadcast cannot be shown" in lea.screen and "News 8" in lea.screen
    assert (await recipients.failures(store.engine, 8)) == [
        ("en", recipients.RecipientState.FAILED, recipients.UNREADABLE)
    ]
    assert "News" not in str(members[1].messages)


async def test_rows_that_cannot_be_read_are_in_no_reminders_way_and_go_with_the_rest(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintenance, "PAGE", 2)
    now, today = int(clock.now), day_of(int(clock.now))
    async with store.engine.begin() as db:
        for id in range(1, 5):
            content = (
                sealed.seal_learner(store.vault, id, sealed.encode(Learner(id))) if id == 4 else CUT
            )
            row = {
                "id": id,
                "snapshot": content,
                "active_on": today,
                "progress": "|",
                "begun": True,
            }
            due = now - 10 + id if id < 4 else None
            await db.execute(sa.insert(t.learner).values(**row, remind_at=due))
    assert [await maintenance.remind(store, now) for _ in range(3)] == [2, 1, 0]
    long_ago = {"active_on": today - timedelta(days=366)}
    async with store.engine.begin() as db:
        await db.execute(sa.update(t.learner).where(t.learner.c.id < 4).values(**long_ago))
    while await maintenance.retain(store, now):
        pass
    while await maintenance.retain(store, now + 32 * 24 * 3600):
        pass
    async with store.engine.connect() as db:
        assert (await db.execute(sa.select(t.learner.c.id))).scalars().all() == [4]
