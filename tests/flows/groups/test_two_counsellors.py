"""Two counsellors of one group on a Telegram that refuses what Telegram refuses, on SQLite and on
PostgreSQL.
"""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.conversation.action import encode
from bot.conversation.update import Start, Tap, Typed, Update
from bot.dispatcher import Dispatcher
from bot.flows.groups.colleague_actions import BeColleague
from bot.flows.groups.consent import read
from bot.model.group import GroupById, GroupsOf
from bot.model.learner import Learner, day_of
from db import erased, groups, maintenance, staff
from db import tables as t
from db.engine import connect
from db.my_data import everything
from db.store import Store
from tests.fakes.telegram import User
from tests.support.group_talk import (
    comes,
    does,
    group_of,
    learner_of,
    payload_in,
    says,
    with_member,
)
from tests.support.service import Service


async def _with_ben(service: Service, organisation: str = "") -> tuple[User, User, User]:
    """Lea's group has one learner, and Ben keeps it with her; he looks at the group."""
    lea, amina = await with_member(service)
    await does(lea, "Group settings", "Colleagues", "Invite a colleague")
    ben = service.fake.user(902)
    await ben.starts(payload_in(lea.screen.text, "c"))
    await ben.expects()
    await does(ben, "for another organisation" if organisation else "Yes, I work for AMSED")
    if organisation:
        await says(ben, organisation)
    await says(ben, "Ben")
    await comes(amina, "one more counsellor")
    await comes(lea, "Ben keeps “Tuesday group” together with you now.")
    return lea, ben, amina


async def _rows(service: Service, table: sa.Table) -> int:
    async with service.store.engine.connect() as db:
        return (await db.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()


async def test_one_of_two_who_open_a_colleagues_link_comes(service: Service, database: str) -> None:
    """Two people, two processes, the same moment."""
    lea, _amina = await with_member(service)
    await does(lea, "Group settings", "Colleagues", "Invite a colleague")
    link, group = (
        payload_in(lea.screen.text, "c"),
        await service.store.ask(GroupById(group_of(await learner_of(service, 1001)))),
    )
    engine = connect(database)
    there = Dispatcher(Store(engine, service.store.vault), service.dispatcher.world, service.clock)
    await there.start()
    both = {"2001": service.dispatcher, "2002": there}
    yes = Tap(encode(BeColleague(link.removeprefix("c-"), read(group))))
    for n, doing in enumerate((Start(link), yes, Typed("Ben"))):
        await asyncio.gather(
            *(d.handle(Update("telegram", f"{n}{id}", id, doing)) for id, d in both.items())
        )
    await there.stop()
    await engine.dispose()
    assert sorted([(await learner_of(service, id)).role for id in (2001, 2002)]) == [
        "counsellor",
        "learner",
    ]
    after = await service.store.ask(GroupById(group.id))
    assert [c.name for c in after.colleagues] == ["Ben"] and after.colleagues[0].since == int(
        service.clock.now
    )


async def test_a_question_reaches_both_and_an_answer_closes_it_for_both(service: Service) -> None:
    lea, ben, amina = await _with_ben(service)
    await says(amina, "/menu")
    await does(amina, "Tuesday group", "Ask Lea")
    await says(amina, "Where is the library?")
    for who in (lea, ben):
        await comes(who, "Where is the library?")
    await ben.says("In the main street.", reply_to=next(m for m in ben.messages if "library" in m))
    await ben.expects()
    await comes(amina, "In the main street.")
    assert any("✉ Ben, AMSED" in message for message in amina.messages)
    await says(lea, "/today")
    assert "open question" not in lea.screen
    await lea.says("Sorry, late.", reply_to=next(m for m in lea.messages if "library" in m))
    await comes(amina, "Sorry, late.")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "how",
    [
        "role taken away",
        "deletes everything",
        "away for thirteen months",
        "an older copy with them is put back",
    ],
)
async def test_a_group_goes_on_with_the_colleague_when_its_owner_goes(
    service: Service, how: str, tmp_path: Path
) -> None:
    lea, ben, amina = await _with_ben(service)
    group = group_of(await learner_of(service, 1001))
    gone = (await learner_of(service, 901)).id
    if how == "role taken away":
        await says(service.fake.users[900], "/staff")
        await does(service.fake.users[900], "Lea: counsellor", "Take the role away")
        await says(lea, "/today")
        assert "Tuesday group" not in lea.screen
    elif how == "deletes everything":
        await says(lea, "/delete")
        assert "go on with them" in lea.screen and "Your groups close" not in lea.screen
        await does(lea, "Yes, delete everything")
    elif how == "an older copy with them is put back":
        store = Store(service.store.engine, service.store.vault, data_dir=tmp_path)
        assert store.listed
        erased.remember(store.listed, [f"erased {erased.mark(store.vault, gone)}"])
        assert await store.erase_again(int(service.clock.now)) == 1
    else:
        day = day_of(int(service.clock.now)) - timedelta(days=400)
        async with service.store.engine.begin() as db:
            await db.execute(
                sa.update(t.learner)
                .where(t.learner.c.id == gone)
                .values(active_on=day, noticed_on=day)
            )
        await maintenance.retain(service.store, int(service.clock.now))
    await comes(amina, "Ben, AMSED, keeps this group now.")
    await comes(ben, "“Tuesday group” is yours now")
    after = await service.store.ask(GroupById(group))
    assert (after.owner, after.counsellor) == (
        (await learner_of(service, 902)).id,
        "Ben",
    ) and not after.colleagues
    assert (await learner_of(service, 1001)).groups[group].counsellor == "Ben"
    await says(ben, "/groups")
    await does(ben, "Tuesday group")
    assert "1 person has joined" in ben.screen
    await does(ben, "Group settings")
    assert "Close the group for good" in ben.screen
    assert await _rows(service, t.colleague) == 0


async def test_the_yes_rests_where_the_colleague_who_goes_on_is_of_another_organisation(
    service: Service,
) -> None:
    lea, _ben, amina = await _with_ben(service, "Red Cross")
    await says(lea, "/delete")
    await does(lea, "Yes, delete everything")
    await comes(amina, "You said yes to AMSED. Now it is Red Cross, with Ben.")


async def test_who_is_taken_out_gets_nothing_that_waited_and_keeps_no_names(
    service: Service,
) -> None:
    lea, ben, amina = await _with_ben(service)
    await does(ben, "1", "My own name")
    await says(ben, "red scarf")
    assert await _rows(service, t.label) == 1
    await ben.blocks()
    await service.fake.quiet()
    await says(amina, "/menu")
    await does(amina, "Tuesday group", "Ask Lea")
    await says(amina, "Where is the library?")
    await comes(lea, "Where is the library?")
    await says(lea, "/groups")
    await does(
        lea,
        "Tuesday group",
        "Group settings",
        "Colleagues",
        "Ben",
        "Take out",
        "Yes, take them out",
    )
    await ben.unblocks()
    await ben.says("/menu")
    await ben.expects()
    await service.fake.quiet()
    assert not any("library" in message for message in ben.messages)
    assert await _rows(service, t.label) == await _rows(service, t.colleague) == 0


async def test_a_colleagues_name_is_sealed_told_to_themselves_and_erased(service: Service) -> None:
    _lea, ben, _amina = await _with_ben(service, "Red Cross")
    async with service.store.engine.connect() as db:
        (row,) = (await db.execute(sa.select(t.colleague))).all()
    assert b"Ben" not in row.sealed and b"Red" not in row.sealed
    known = await everything(service.store, await learner_of(service, 902))
    (kept,) = known["groups_kept_with_others"]
    assert (kept["name"], kept["organisation"]) == ("Ben", "Red Cross")
    await says(ben, "/delete")
    assert "groups" not in ben.screen.text.lower()
    await does(ben, "Yes, delete everything")
    assert await _rows(service, t.colleague) == 0
    group = (await service.store.ask(GroupsOf((await learner_of(service, 901)).id)))[0]
    assert not group.colleagues and group.counsellor == "Lea"


async def test_the_end_of_a_group_is_the_end_of_all_about_its_colleagues(service: Service) -> None:
    lea, ben, _amina = await _with_ben(service)
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "Group settings", "Colleagues", "Invite a colleague")
    assert await _rows(service, t.staff_link) == 1
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "Group settings", "Close the group", "Yes, close it")
    await comes(ben, "Lea has closed “Tuesday group”.")
    assert await _rows(service, t.staff_link) == await _rows(service, t.colleague) == 0


@pytest.mark.both_databases
async def test_two_who_become_one_keep_their_places(service: Service) -> None:
    _lea, _ben, _amina = await _with_ben(service)
    ben, lea, now = (
        await learner_of(service, 902),
        await learner_of(service, 901),
        int(service.clock.now),
    )
    other = Learner(77, language="en", role="counsellor", staff_name="Ben")
    async with service.store.batch(now) as tx:
        await tx.db.execute(sa.insert(t.learner), [tx.sealed_row(other)])
        await groups.merge(tx, other.id, ben.id)
        await staff.merge(tx.db, other.id, ben.id)
    (group,) = await service.store.ask(GroupsOf(other.id))
    assert [c.learner for c in group.colleagues] == [77] and group.viewer.name == "Ben"
    async with service.store.batch(now) as tx:
        await groups.merge(tx, other.id, lea.id)
        await staff.merge(tx.db, other.id, lea.id)
    (group,) = await service.store.ask(GroupsOf(other.id))
    assert group.owner == 77 and not group.colleagues
