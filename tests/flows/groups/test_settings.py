"""What a counsellor sets up for a group, and her own names for people."""

import re

import sqlalchemy as sa

from bot.conversation.action import encode
from bot.conversation.update import Tap, Update
from bot.flows.groups.actions import (
    EndGroup,
    RenewLink,
    SendAnnouncement,
)
from bot.flows.staff.actions import TakeRole
from bot.model.group import (
    GroupById,
    LabelsOf,
)
from db import tables as t
from db.my_data import everything
from tests.support.group_talk import (
    comes,
    document_of,
    does,
    group_of,
    learner_of,
    new_counsellor,
    says,
    with_member,
)
from tests.support.service import Service


async def test_a_counsellor_s_own_name_for_a_learner_is_hers_alone(service: Service) -> None:
    lea, amina = await with_member(service)
    learner, keeper = await learner_of(service, 1001), await learner_of(service, 901)
    group = group_of(learner)
    await does(lea, "1", "My own name for them")
    await says(lea, "Samir · 3/3 ✅ “x”")
    assert "Samir 3/3 x (Learner 1)" in lea.screen, "no sign with which the list speaks"
    await does(lea, "Back")
    assert "Samir 3/3 x (Learner 1) · 0/2" in lea.screen
    async with service.store.engine.connect() as connection:
        (sealed,) = (await connection.execute(sa.select(t.label.c.sealed))).scalars()
    assert b"Samir" not in sealed
    assert (await everything(service.store, keeper))["labels_given"] == ["Samir 3/3 x"]
    assert "Samir" not in str(await everything(service.store, learner))
    for file in ("Excel", "CSV"):
        await does(lea, "Print, lists", file, "Back")
    await document_of(lea, 2)
    assert any(b"Samir" in file.content for file in lea.documents)
    await does(amina, "Leave the group", "Yes, I leave")
    assert not await service.store.ask(LabelsOf(keeper.id, group)), "it goes with who left"


async def test_a_label_can_be_taken_away_and_goes_with_the_group(service: Service) -> None:
    lea, amina = await with_member(service)
    keeper = await learner_of(service, 901)
    group = group_of(await learner_of(service, 1001))
    await does(lea, "1", "My own name for them")
    await says(lea, "Samir")
    await does(lea, "My own name for", "Take it away")
    assert not await service.store.ask(LabelsOf(keeper.id, group))
    await does(lea, "My own name for them")
    await says(lea, "Samir")
    await does(lea, "Back", "Group settings", "Close the group for good", "Yes, close it")
    async with service.store.engine.connect() as connection:
        assert not (await connection.execute(sa.select(t.label))).all()
    await comes(amina, "Lea has closed “Tuesday group”")


async def test_an_old_button_announces_nothing_that_was_not_looked_at(service: Service) -> None:
    lea, _amina = await with_member(service)
    await does(lea, "Meeting")
    await says(lea, "Tuesday 14:00, library")
    group = group_of(await learner_of(service, 1001))
    await does(lea, "Type it again")
    await says(lea, "/menu")
    for action in (SendAnnouncement(group), EndGroup(group)):
        await service.dispatcher.handle(Update("telegram", str(action), "901", Tap(encode(action))))
    assert not (await service.store.ask(GroupById(group))).meetings
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "Meeting")
    await service.dispatcher.handle(
        Update("telegram", "end", "900", Tap(encode(TakeRole((await learner_of(service, 901)).id))))
    )
    await says(lea, "Friday 9:00")
    assert "for counsellors and admins" in lea.screen


async def test_a_new_link_is_made_once_and_only_when_asked_for(service: Service) -> None:
    lea, _amina = await with_member(service)
    group = group_of(await learner_of(service, 1001))
    before = (await service.store.ask(GroupById(group))).token
    assert re.fullmatch("[a-hj-km-np-z2-9]{16}", before), (
        "no letter looks like another: it stands on posters"
    )
    await does(lea, "Invite", "New link", "Yes, a new link")
    once = (await service.store.ask(GroupById(group))).token
    await service.dispatcher.handle(
        Update("telegram", "again", "901", Tap(encode(RenewLink(group))))
    )
    assert before != once == (await service.store.ask(GroupById(group))).token
    late = service.fake.user(3000)
    await late.starts(f"g-{once.upper()}")
    await late.expects()
    assert "Lea invites you" in late.screen, "capitals do not matter"


async def test_a_day_can_be_typed_as_people_write_it(service: Service) -> None:
    lea = await new_counsellor(service)
    await does(lea, "Back")
    for typed, shown in (
        ("٣٠/٦/٢٠٢٧", "30 June 2027"),
        ("1.7.2027", "1 July 2027"),
        ("2027-08-02", "2 August 2027"),
    ):
        await does(lea, "Group settings", "Last day", "Another day")
        await says(lea, "soon", typed)
        assert f"Last day: {shown}" in lea.screen
        await does(lea, "Back")
