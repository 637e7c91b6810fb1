"""A yes is bound to what was read: names, organisation, sensitive modules."""

from dataclasses import replace

import pytest

from bot.conversation.action import decode, encode
from bot.conversation.update import Tap, Update
from bot.flows.groups import consent
from bot.flows.groups.events import GroupKept
from bot.flows.groups.member_actions import JoinGroup, ShareSensitive
from bot.model.group import Group, GroupById, GroupsOf
from tests.support.group_talk import does, group_of, learner_of, new_counsellor, says, with_member
from tests.support.service import Service


async def test_another_organisation_needs_another_yes(service: Service) -> None:
    lea, amina = await with_member(service)
    group = group_of(await learner_of(service, 1001))
    await does(lea, "Group settings", "Organisation")
    await says(lea, "Border Police")
    assert "Everybody in the group is asked again" in lea.screen
    await amina.expects(1, within=30)
    assert "You said yes to AMSED. Now it is Border Police, with Lea." in amina.screen
    await does(lea, "Back")
    assert (
        "0 people have joined" in lea.screen
        and "Asked again after the change of organisation: 1" in lea.screen
    )
    await does(amina, "Look at it")
    assert "Nobody sees anything of you until you say yes again" in amina.screen
    old = next(button.data for button in amina.screen.buttons if "Yes, share" in button.label)
    await does(lea, "Group settings", "Organisation")
    await says(lea, "Secret Service")
    await service.dispatcher.handle(Update("telegram", "old", "1001", Tap(old)))
    assert (await learner_of(service, 1001)).groups[group].organisation == "AMSED", (
        "a yes is bound to what was read"
    )
    await says(amina, "/menu")
    await does(amina, "Tuesday group", "Yes, share with Secret Service")
    await says(lea, "/groups")
    await does(lea, "Tuesday group")
    assert "1 person has joined" in lea.screen


async def test_an_old_name_of_the_organisation_brings_the_old_yes_back(service: Service) -> None:
    lea, _amina = await with_member(service)
    for name in ("AMSD", "AMSED"):
        await does(lea, "Group settings", "Organisation")
        await says(lea, name)
        await does(lea, "Back")
    assert "1 person has joined" in lea.screen


async def test_another_name_of_the_counsellor_is_told_with_a_way_out_and_not_too_often(
    service: Service,
) -> None:
    lea, amina = await with_member(service)
    for number, name in enumerate(("Officer Smith", "Lea B.", "Lea C.", "Lea D.")):
        await says(lea, "/groups")
        await does(lea, "My name for learners")
        await says(lea, name)
        if number < 3:
            await amina.expects(1, within=30)
    assert "three messages from you today" in lea.screen
    assert "Lea B. is called Lea C. here now, AMSED." in amina.screen
    await does(amina, "Leave the group", "Yes, I leave")
    assert "Nothing is shared any more" in amina.screen


async def test_nobody_is_invited_by_an_organisation_without_a_name(service: Service) -> None:
    lea = await new_counsellor(service)
    async with service.store.batch(int(service.clock())) as tx:
        (group,) = await tx.ask(GroupsOf((await learner_of(service, 901)).id))
        async with tx.applied(group.owner, [GroupKept(replace(group, organisation=""))]):
            pass
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "Invite")
    assert "join/" not in lea.screen and "which organisation invites them" in lea.screen
    await does(lea, "1")
    await says(lea, "AMSED")
    assert "join/" in lea.screen


async def test_sensitive_modules_are_shown_after_a_yes_that_names_who_sees_what(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = service.dispatcher.programme
    hard = {**programme.modules, "phone": replace(programme.modules["phone"], sensitive=True)}
    monkeypatch.setattr(
        service.dispatcher,
        "world",
        replace(service.dispatcher.world, programme=replace(programme, modules=hard)),
    )
    _lea, amina = await with_member(service)
    group = group_of(await learner_of(service, 1001))
    share = Tap(
        encode(ShareSensitive(group, True, consent.read(await service.store.ask(GroupById(group)))))
    )
    await service.dispatcher.handle(Update("telegram", "old", "1001", share))
    assert not (await learner_of(service, 1001)).groups[group].sensitive, "an old button is no yes"
    await does(amina, "Show my sensitive modules too")
    assert "Lea, AMSED, would see" in amina.screen and "• The phone" in amina.screen
    await does(amina, "Yes, show them")
    assert (await learner_of(service, 1001)).groups[group].sensitive
    await does(amina, "Hide my sensitive modules again")
    assert not (await learner_of(service, 1001)).groups[group].sensitive


def test_no_name_can_be_made_for_a_yes_to_another() -> None:
    """The CRC-32 of these two is one."""
    read, forged = "AMSED", "CHAMbrE SYNDicAle dU recrUTemeNt dEs etrangers de l est"
    group = Group(2**63 - 1, 1, "token", "Tuesday", read, "Lea", "en")
    seen = consent.read(group)
    assert seen != consent.read(replace(group, organisation=forged))
    for yes in (ShareSensitive(group.id, True, seen), JoinGroup("t" * 22, seen)):
        assert len(encode(yes)) <= 64 and decode(encode(yes)) == yes
