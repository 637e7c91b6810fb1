"""Roles come by a link, and what ends with them."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.conversation.action import encode
from bot.conversation.update import Doing, Media, Sent, Start, Tap, Update
from bot.dispatcher import Dispatcher
from bot.documents.parcel import Unwanted
from bot.flows.broadcasts.actions import StartBroadcast
from bot.flows.pairs.events import WORDS
from bot.flows.recording.events import VoiceSent
from bot.flows.staff.actions import AcceptRole, TakeRole
from bot.model.broadcast import AllBroadcasts, State
from bot.model.learner import Learner
from bot.model.message import note
from bot.model.order import OrderKind
from bot.model.recordings import SpokenBy
from bot.model.roles import Role
from db import voices
from db.engine import connect
from db.orders import Order
from db.outbox import Delivery
from db.store import Store
from tests.fakes.telegram import User
from tests.support.broadcasts import comes_to_see, who_began, writes_texts
from tests.support.group_talk import (
    does,
    invitation,
    learner_of,
    new_counsellor,
    payload_in,
    says,
    with_member,
)
from tests.support.service import Service
from tests.support.stores import InDatabase


async def test_a_counsellor_who_deletes_everything_is_told_that_the_groups_close(
    service: Service,
) -> None:
    lea, amina = await with_member(service)
    await says(amina, "/delete")
    assert "groups close" not in amina.screen
    await says(lea, "/delete")
    assert "Your groups close: their links stop" in lea.screen
    await does(lea, "Yes, delete everything")
    await says(amina, "/menu")
    await does(amina, "Tuesday group")
    assert "This group is closed" in amina.screen


async def test_a_staff_link_makes_one_person_staff(service: Service, database: str) -> None:
    """Two people, two processes, the same moment."""
    admin = service.fake.user(900)
    await admin.starts()
    await admin.expects()
    await does(admin, "English", "For staff", "Staff", "➕ Admin")
    link = payload_in(admin.screen.text, "s")
    engine = connect(database)
    there = Dispatcher(Store(engine, service.store.vault), service.dispatcher.world, service.clock)
    await there.start()
    both = {"2001": service.dispatcher, "2002": there}
    await asyncio.gather(
        *(d.handle(Update("telegram", f"s{id}", id, Start(link))) for id, d in both.items())
    )
    yes = encode(AcceptRole(link.removeprefix("s-")))
    await asyncio.gather(
        *(d.handle(Update("telegram", f"y{id}", id, Tap(yes))) for id, d in both.items())
    )
    await there.stop()
    await engine.dispose()
    assert sorted([(await learner_of(service, id)).role for id in (2001, 2002)]) == [
        "admin",
        "learner",
    ]


async def test_an_admin_whom_the_settings_name_no_longer_keeps_no_group(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss = service.fake.user(900)
    await boss.starts()
    await boss.expects()
    await does(boss, "English", "For staff", "Your groups", "New group")
    await says(boss, "Boss", "Tuesday group", "AMSED")
    invite = invitation(boss)
    amina = service.fake.user(1001)
    await amina.starts(invite)
    await amina.expects()
    await does(amina, "Yes, I join", "Skip", "Ask Boss")
    monkeypatch.setattr(service.store, "admins", [])
    await says(amina, "I have trouble with the police.")
    assert "This group is closed. Your message was not sent." in amina.screen
    monkeypatch.undo()
    await says(amina, "/menu")
    await does(amina, "Tuesday group")
    assert "Boss · AMSED" in amina.screen, "a slip in the settings costs nothing"


async def test_a_role_that_is_taken_away_leaves_no_spare_link(service: Service) -> None:
    admin, bad = await _bad_admin(service)
    await says(bad, "/staff")
    await does(bad, "➕ Admin")
    spare = payload_in(bad.screen.text, "s")
    await says(admin, "/staff")
    await does(admin, "Bad: admin", "Take the role away")
    await bad.starts(spare)
    await bad.expects()
    assert "used already" in bad.screen and (await learner_of(service, 905)).role == "learner"


async def test_a_counsellor_who_deletes_everything_leaves_no_name_behind(service: Service) -> None:
    lea, _amina = await with_member(service)
    await says(lea, "/delete")
    await does(lea, "Yes, delete everything")
    (membership,) = (await learner_of(service, 1001)).groups.values()
    assert membership.counsellor == "" and membership.title == "Tuesday group"


async def test_a_role_is_taken_away(service: Service) -> None:
    lea, amina = await with_member(service)
    admin = next(user for user in service.fake.users.values() if user.id == 900)
    await says(admin, "/staff")
    await does(admin, "Lea: counsellor", "Take the role away")
    await says(lea, "/newgroup")
    assert "for counsellors and admins" in lea.screen
    await says(lea, "/broadcast", "/staff")
    assert "for counsellors and admins" in lea.screen or "did not understand" in lea.screen
    await amina.says("/menu")
    await amina.expects()
    await does(amina, "Tuesday group")
    assert "Nobody sees anything of you any more" in amina.screen


async def test_a_staff_link_works_once_and_a_learner_is_no_staff(service: Service) -> None:
    admin, lea, eve = service.fake.user(900), service.fake.user(901), service.fake.user(902)
    await admin.starts()
    await admin.expects()
    await does(admin, "English", "For staff", "Staff", "Admin")
    link = payload_in(admin.screen.text, "s")
    await lea.starts(link)
    await lea.expects()
    await does(lea, "Yes, I accept")
    await eve.starts(link)
    await eve.expects()
    assert "used already" in eve.screen
    for command in ("/broadcast", "/newgroup", "/staff"):
        await says(eve, command)
        assert "for counsellors and admins" in eve.screen
    await says(eve, "groups")
    assert "for counsellors" not in eve.screen, "a word like any other to a learner"
    learner = await service.store.learner_at("telegram", "902")
    assert learner and learner.role == "learner"


async def test_commands_come_and_go_with_the_role(service: Service) -> None:
    await new_counsellor(service)
    admin, commands = service.fake.user(900), service.fake.profile.commands

    async def comes_to_pass(true: Callable[[], bool]) -> None:
        for _ in range(100):
            if true():
                return
            await asyncio.sleep(0.05)
        raise AssertionError(commands)

    def shown(chat: int) -> set[str]:
        return {
            c["command"]
            for scope, some in commands.items()
            if str(chat) in str(scope)
            for c in some
        }

    await comes_to_pass(
        lambda: {"broadcast", "staff", "groups", "menu"} <= shown(900)
    )  # new here when the bot started
    await comes_to_pass(lambda: bool(shown(901)))
    assert {"menu", "groups", "newgroup"} <= shown(901) and "broadcast" not in shown(901)
    await says(admin, "/staff")
    await does(admin, "Lea", "Take the role away")
    await comes_to_pass(lambda: not shown(901))  # only those for everybody are left


async def test_a_role_is_taken_away_while_they_write(service: Service) -> None:
    lea, _amina = await with_member(service)
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "1", "Write a message")
    taken = encode(TakeRole((await learner_of(service, 901)).id))
    await service.dispatcher.handle(Update("telegram", "taken", "900", Tap(taken)))
    await says(lea, "Are you well?")
    assert "for counsellors and admins" in lea.screen


async def _bad_admin(service: Service) -> tuple[User, User]:
    """The admin of the settings, and another one whom they named."""
    admin, bad = service.fake.user(900), service.fake.user(905)
    await admin.starts()
    await admin.expects()
    await does(admin, "English", "For staff", "Staff", "➕ Admin")
    await bad.starts(payload_in(admin.screen.text, "s"))
    await bad.expects()
    await does(bad, "Yes, I accept")
    await says(bad, "Bad")
    return admin, bad


async def _together(service: Service, taken_first: bool, of_bad: Doing) -> None:
    """The role is taken away, and its owner does something, in one transaction."""
    taken = Tap(encode(TakeRole((await learner_of(service, 905)).id)))
    updates = [
        Update("telegram", "taken", "900", taken),
        Update("telegram", "theirs", "905", of_bad),
    ]
    both = updates if taken_first else updates[::-1]
    await asyncio.gather(*map(service.dispatcher.handle, both))


@pytest.mark.parametrize("taken_first", [True, False])
async def test_no_broadcast_is_sent_of_whom_the_role_is_taken_from(
    service: Service, taken_first: bool
) -> None:
    admin, bad = await _bad_admin(service)
    (amina,) = (await who_began(service, {1001: "English"})).values()
    await says(bad, "/broadcast")
    await writes_texts(bad, en="Send me money.")
    await does(bad, "Check and send")
    await _together(service, taken_first, Tap(encode(StartBroadcast())))
    found = await service.store.ask(AllBroadcasts())
    assert [one.state for one in found] == ([] if taken_first else [State.PAUSED])
    await says(amina, "/menu")
    assert not any("money" in message for message in amina.messages)
    if not taken_first:
        await says(admin, "/broadcasts")
        await does(admin, "Send me money", "Go on sending")
        await comes_to_see(amina, "Send me money.")


@pytest.mark.parametrize("taken_first", [True, False])
async def test_no_voice_is_kept_of_whom_the_role_is_taken_from(
    service: Service, taken_first: bool
) -> None:
    _admin, bad = await _bad_admin(service)
    await says(bad, "/record computer")
    await does(bad, "Read card")
    who = (await learner_of(service, 905)).id
    await _together(service, taken_first, Sent(Media.VOICE, "VOICE-0001", 5))
    assert await service.store.ask(SpokenBy(who)) == ()


async def test_what_is_for_staff_is_handed_over_to_staff_alone(service: Service) -> None:
    """Ordered or written while they were, and the messenger let nothing through until later."""
    await new_counsellor(service)
    lea, boss = await learner_of(service, 901), await learner_of(service, 900)
    kept = InDatabase(service.store)
    ben = await kept.person(Role.COUNSELLOR)
    await kept.happens(ben, VoiceSent("en", "computer", "deck", "card", "0", "telegram", "F1"))
    (fetched,) = await voices.take(service.store, kept.now, 60, 1)
    await voices.arrived(service.store, fetched, b"a voice", 7, kept.now)

    async def comes(to: Learner, order: Order) -> bool:
        try:
            await service.files.make(Delivery(order, to, "web", "a page of theirs", 1, 0))
        except Unwanted:
            return False
        return True

    voice = Order(1, OrderKind.RECORDING, str(fetched.spoken.id), language="en")
    words = Order(2, OrderKind.NOTE, note=note(WORDS, title="Tuesday", text="He has my papers."))
    for order in (voice, words):
        assert await comes(lea, order) and await comes(boss, order)
        assert not await comes(replace(lea, role=Role.LEARNER), order)
    assert await comes(Learner(ben), voice), "it is their own voice"
