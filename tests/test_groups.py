"""A counsellor, her group and its learners on a Telegram that refuses what Telegram refuses, on SQLite and on PostgreSQL."""

import asyncio
import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
import zxingcpp
from fake_telegram import File, User
from PIL import Image
from pypdf import PdfReader
from support import Service

from bot.action import EndGroup, EndGroupSure, JoinGroup, Leave, SetGroup, TakeRole, WriteTo, encode
from bot.events import GroupKept
from bot.group import Group, GroupById
from bot.jobs.post import Unwanted
from bot.learner import Learner
from bot.update import Start, Tap, Update
from db import people
from db.store import Delivery, Order

DAY = 24 * 3600


async def _does(user: User, *taps: str) -> None:
    for tap in taps:
        await user.taps(tap)
        await user.expects()


async def _says(user: User, *texts: str) -> None:
    for text in texts:
        await user.says(text)
        await user.expects()


def _payload(screen: object, kind: str) -> str:
    found = re.search(rf"{kind}-([A-Za-z0-9_-]+)", str(screen))
    assert found, screen
    return f"{kind}-{found.group(1)}"


async def _counsellor(service: Service) -> User:
    """The admin of the settings names Lea, who opens a group."""
    admin, lea = service.fake.user(900), service.fake.user(901)
    await admin.starts()
    await admin.expects()
    await _does(admin, "English", "Staff", "Counsellor")
    link = _payload(admin.screen.text, "s")
    await lea.starts(link)
    await lea.expects()
    assert "invited to be counsellor" in lea.screen
    await _does(lea, "Yes, I accept")
    await _says(lea, "Lea")
    await _does(lea, "New group")
    await _says(lea, "Tuesday group", "AMSED")
    return lea


async def test_a_group_from_the_invitation_to_the_way_out(service: Service) -> None:
    lea = await _counsellor(service)
    assert "Invite to “Tuesday group”" in lea.screen
    invite = "g-" + re.findall(r"join/([A-Za-z0-9_-]+)", lea.screen.text)[0]
    amina = service.fake.user(1001)
    await amina.starts(invite)
    await amina.expects(1)
    assert "Lea invites you" in amina.screen and "AMSED" in amina.screen and "which modules you have finished" in amina.screen
    await _does(amina, "Yes, I join")
    assert "Learner 1" in amina.screen
    await _does(amina, "My nickname")
    await _says(amina, "\u202eMina 🌸")
    assert "Mina 🌸" in amina.screen and "\u202e" not in amina.screen.text
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group")
    assert "1 person has joined" in lea.screen and "Figures about all are shown from five people on" in lea.screen
    assert "Mina 🌸 · 0/2 · this week" in lea.screen
    await amina.starts(invite)
    await amina.expects()
    assert "You are in this group already" in amina.screen
    await _does(amina, "Leave the group", "Yes, I leave")
    assert "Nothing is shared any more" in amina.screen
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group")
    assert "Mina" not in lea.screen and "0 people have joined" in lea.screen


async def test_a_message_to_the_counsellor_and_back(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _does(amina, "Ask Lea")
    assert "within 3 days" in amina.screen
    await _says(amina, "Where is the library?")
    await lea.expects(1, within=8)
    assert "Where is the library?" in lea.screen and "Learner 1, Tuesday group" in lea.screen
    await _does(lea, "Answer")
    await _says(lea, "In the main street.")
    await amina.expects(1, within=8)
    assert "In the main street." in amina.screen and "Lea, AMSED" in amina.screen
    await _does(lea, "Back", "Group settings", "I am away")
    await _does(amina, "Write back")
    assert "Lea is away just now" in amina.screen


async def test_who_is_stuck_gets_a_friendly_word_by_day(service: Service) -> None:
    lea, amina = await _with_member(service)
    service.clock.now += 12 * DAY
    service.clock.now += (23 - datetime.fromtimestamp(service.clock.now, UTC).hour) * 3600
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group")
    assert "1 may need a call" in lea.screen and "⚠ Learner 1 · 0/2" in lea.screen
    await _does(lea, "1")
    assert "No step for ten days" in lea.screen
    await _does(lea, "friendly word", "Yes, send it")
    assert "A friendly word was sent" in lea.screen and "Send a friendly word" not in lea.screen.labels
    await service.fake.quiet()
    assert "thinks of you" not in amina.screen, "it is night"
    service.clock.now += 11 * 3600
    await amina.expects(1, within=12)
    assert "Lea thinks of you" in amina.screen
    await _does(amina, "Go on")
    assert "Tuesday group" in amina.screen


async def test_stop_keeps_words_of_others_away_but_not_an_answer(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _does(amina, "Ask Lea")
    await _says(amina, "A question")
    await lea.expects(1, within=8)
    await _says(amina, "stop")
    await _does(lea, "Look")
    assert "Wants no messages" in lea.screen and not any("friendly" in label for label in lea.screen.labels)
    await _does(lea, "Write a message")
    await _says(lea, "An answer")
    await amina.expects(1, within=8)
    assert "An answer" in amina.screen


async def test_a_meeting_and_who_comes(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _does(lea, "Meeting")
    await _says(lea, "Tuesday 14:00, library")
    assert "It goes to 1 person" in lea.screen
    await _does(lea, "Yes, send it")
    await amina.expects(1, within=8)
    assert "Tuesday 14:00, library" in amina.screen
    meeting = amina.screen
    await _does(amina, "Yes, I come")
    assert "You are expected" in amina.screen
    await amina.taps("No, I cannot", on=meeting, stale=True)
    await amina.expects()
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group")
    assert "come: 0 · cannot: 1" in lea.screen, "the last answer counts"


async def test_links_that_do_not_work_say_so_and_learning_goes_on(service: Service) -> None:
    lea = await _counsellor(service)
    invite = "g-" + re.findall(r"join/([A-Za-z0-9_-]+)", lea.screen.text)[0]
    await _does(lea, "For how many", "10 people", "Close the link")
    amina = service.fake.user(1001)
    for link in (invite, "g-nothing", "s-nothing"):
        await amina.starts(link)
        await amina.expects()
        assert "not valid" in amina.screen or "used already" in amina.screen
        assert any("Start: Meet the computer" in label for label in amina.screen.labels)
    await _does(lea, "Open the link", "New link")
    await amina.starts(invite)
    await amina.expects()
    assert "not valid" in amina.screen, "the old link stopped"
    await _does(lea, "Until when", "7 days")
    service.clock.now += 9 * DAY
    await amina.starts("g-" + re.findall(r"join/([A-Za-z0-9_-]+)", lea.screen.text)[0])
    await amina.expects()
    assert "not valid" in amina.screen, "too late"


async def test_a_full_group(service: Service) -> None:
    lea = await _counsellor(service)
    invite = "g-" + re.findall(r"join/([A-Za-z0-9_-]+)", lea.screen.text)[0]
    await _does(lea, "For how many", "10 people")
    for n in range(11):
        learner = service.fake.user(2000 + n)
        await learner.starts(invite)
        await learner.expects()
        if n < 10:
            await _does(learner, "Yes, I join")
            assert f"Learner {n + 1}" in learner.screen
    assert "This group is full" in learner.screen
    await _does(lea, "Back")
    assert "10 people have joined" in lea.screen and "learning: 10" in lea.screen


async def test_a_role_is_taken_away(service: Service) -> None:
    lea, amina = await _with_member(service)
    admin = next(user for user in service.fake.users.values() if user.id == 900)
    await _says(admin, "/staff")
    await _does(admin, "Lea: counsellor", "Take the role away")
    await _says(lea, "/groups")
    assert "for counsellors and admins" in lea.screen
    await _says(lea, "/broadcast", "/staff")
    assert "for counsellors and admins" in lea.screen or "did not understand" in lea.screen
    await amina.says("/menu")
    await amina.expects()
    await _does(amina, "Tuesday group")
    assert "Nobody sees anything of you any more" in amina.screen


async def test_a_staff_link_works_once_and_a_learner_is_no_staff(service: Service) -> None:
    admin, lea, eve = service.fake.user(900), service.fake.user(901), service.fake.user(902)
    await admin.starts()
    await admin.expects()
    await _does(admin, "English", "Staff", "Admin")
    link = _payload(admin.screen.text, "s")
    await lea.starts(link)
    await lea.expects()
    await _does(lea, "Yes, I accept")
    await eve.starts(link)
    await eve.expects()
    assert "used already" in eve.screen
    for command in ("/groups", "/newgroup", "/staff"):
        await _says(eve, command)
        assert "for counsellors and admins" in eve.screen
    learner = await service.store.learner_at("telegram", "902")
    assert learner and learner.role == "learner"


async def _with_member(service: Service) -> tuple[User, User]:
    """Lea's group has one learner; Lea looks at the group, the learner at the group's page."""
    lea = await _counsellor(service)
    amina = service.fake.user(1001)
    await amina.starts("g-" + re.findall(r"join/([A-Za-z0-9_-]+)", lea.screen.text)[0])
    await amina.expects()
    await _does(amina, "Yes, I join")
    await _does(lea, "Back")
    return lea, amina


async def _document(user: User, count: int = 1) -> File:
    for _ in range(200):
        if len(user.documents) >= count:
            return user.documents[-1]
        await asyncio.sleep(0.05)
    raise AssertionError(f"{len(user.documents)} files, not {count}; sees {user.screen}")


async def test_everything_that_can_be_printed_or_taken_away(service: Service) -> None:
    lea, _amina = await _with_member(service)
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group", "Print, lists")
    for count, (kind, words) in enumerate({"Poster": "Tuesday group", "Excel": "", "CSV": ""}.items(), 1):
        await _does(lea, kind)
        file = await _document(lea, count)
        if words:
            text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)
            assert words in text
    assert b"Learner 1" in lea.documents[-1].content, "the list as CSV"
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(lea.documents[1].content)).active.rows for cell in row]
    assert "Learner 1" in cells
    for count, kind in enumerate(("Handout", "Question cards", "Workshop plan"), 4):
        await _does(lea, kind, "The computer")
        file = await _document(lea, count)
        assert "computer" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)
    await _does(lea, "as a picture")
    for _ in range(100):
        if lea.photos:
            break
        await asyncio.sleep(0.05)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(lea.photos[0].content)))
    assert re.fullmatch(r"http://w/join/[A-Za-z0-9_-]+", code.text)


async def test_a_list_is_made_from_what_the_group_is_then(service: Service) -> None:
    """Whoever left after it was ordered is not on it; whose group is closed, or who is not its counsellor, gets none."""
    await _with_member(service)
    group = _group(await _learner(service, 1001))
    counsellor = await _learner(service, 901)

    async def made(by: Learner) -> bytes:
        delivery = Delivery(Order(1, "csv", str(group), language="en"), by, "telegram", "901", 1, 0)
        return (await service.telegram._orders._make(delivery)).content  # type: ignore[union-attr]

    assert b"Learner 1" in await made(counsellor)
    with pytest.raises(Unwanted):
        await made(await _learner(service, 1001))
    await service.dispatcher.handle(Update("telegram", "leaving", "1001", Tap(encode(Leave(group)))))
    assert b"Learner 1" not in await made(counsellor)
    for place, action in enumerate((EndGroupSure(group), EndGroup(group))):
        await service.dispatcher.handle(Update("telegram", f"end{place}", "901", Tap(encode(action))))
    with pytest.raises(Unwanted):
        await made(counsellor)


async def _learner(service: Service, user: int) -> Learner:
    learner = await service.store.learner_at("telegram", str(user))
    assert learner
    return learner


def _group(learner: Learner) -> int:
    return next(iter(learner.groups))


async def test_commands_come_and_go_with_the_role(service: Service) -> None:
    await _counsellor(service)
    admin, commands = service.fake.user(900), service.fake.commands

    def shown(chat: int) -> set[str]:
        return {c["command"] for scope, some in commands.items() if str(chat) in str(scope) for c in some}

    for _ in range(100):
        if shown(901):
            break
        await asyncio.sleep(0.05)
    assert {"menu", "groups", "newgroup"} <= shown(901) and "broadcast" not in shown(901)
    await _says(admin, "/staff")
    await _does(admin, "Lea", "Take the role away")
    for _ in range(100):
        if not shown(901):
            break
        await asyncio.sleep(0.05)
    assert shown(901) == set(), "only those for everybody are left"


async def test_a_full_group_an_ended_one_and_ones_own(service: Service) -> None:
    lea, amina = await _with_member(service)
    group = _group(await _learner(service, 1001))
    token = (await service.store.ask(GroupById(group))).token
    await service.dispatcher.handle(Update("telegram", "limit", "901", Tap(encode(SetGroup(group, "limit", "10")))))
    for id in range(2001, 2010):
        await service.dispatcher.handle(Update("telegram", f"s{id}", str(id), Start(f"g-{token}")))
        await service.dispatcher.handle(Update("telegram", f"j{id}", str(id), Tap(encode(JoinGroup(token)))))
    late = service.fake.user(3000)
    await late.starts(f"g-{token}")
    await late.expects()
    assert "This group is full" in late.screen and any("Start: Meet the computer" in label for label in late.screen.labels)
    await amina.starts(f"g-{token}")
    await amina.expects()
    assert "You are in this group already" in amina.screen, "who is in is not turned away"
    await service.dispatcher.handle(Update("telegram", "limit0", "901", Tap(encode(SetGroup(group, "limit", "0")))))
    await lea.starts(f"g-{token}")
    await lea.expects()
    assert "This is your own group" in lea.screen
    await service.dispatcher.handle(Update("telegram", "ends", "901", Tap(encode(SetGroup(group, "ends", "30")))))
    service.clock.now += 32 * DAY
    await late.starts(f"g-{token}")
    await late.expects()
    assert "This group is closed" in late.screen
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group")
    assert "10 people have joined" in lea.screen and "learning:" in lea.screen, "figures from five people on"


async def test_what_a_counsellor_writes_unasked_waits_for_the_morning(service: Service) -> None:
    lea, amina = await _with_member(service)
    service.clock.now += (23 - datetime.fromtimestamp(service.clock.now, UTC).hour) * 3600
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group", "1", "Write a message")
    await _says(lea, "Good luck tomorrow")
    await service.fake.quiet()
    assert "Good luck" not in amina.screen, "it is night"
    service.clock.now += 11 * 3600
    await amina.expects(1, within=12)
    assert "Good luck tomorrow" in amina.screen


async def test_after_stop_one_question_gets_one_answer(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _does(amina, "Ask Lea")
    await _says(amina, "A question")
    await lea.expects(1, within=8)
    await _says(amina, "stop")
    await _does(lea, "Answer")
    await _says(lea, "An answer")
    await amina.expects(1, within=8)
    assert not any("Write a message" in label for label in lea.screen.labels), "nothing more is welcome"
    amina_id, group = (await _learner(service, 1001)).id, _group(await _learner(service, 1001))
    await service.dispatcher.handle(Update("telegram", "write", "901", Tap(encode(WriteTo(group, amina_id)))))
    await _says(lea, "One more thing")
    assert "Not sent" in lea.screen


async def test_a_role_is_taken_away_while_they_write(service: Service) -> None:
    lea, _amina = await _with_member(service)
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group", "1", "Write a message")
    taken = encode(TakeRole((await _learner(service, 901)).id))
    await service.dispatcher.handle(Update("telegram", "taken", "900", Tap(taken)))
    await _says(lea, "Are you well?")
    assert "for counsellors and admins" in lea.screen


async def test_a_groups_number_belongs_to_its_counsellor(service: Service) -> None:
    """Numbers are drawn at random: one that comes again overwrites nobody's group."""
    await _with_member(service)
    group: Group = await service.store.ask(GroupById(_group(await _learner(service, 1001))))
    stranger = await _learner(service, 1001)
    async with service.store.batch(int(service.clock())) as tx:
        taken = replace(group, owner=stranger.id, title="Not yours", token="another")
        await people.happened(tx._db, service.store.vault, int(service.clock()), stranger.id, GroupKept(taken))
    assert await service.store.ask(GroupById(group.id)) == group


async def test_my_data_holds_the_groups_that_i_keep(service: Service) -> None:
    await _with_member(service)
    kept = (await service.store.everything(await _learner(service, 901)))["groups_kept"]
    assert [group["title"] for group in kept] == ["Tuesday group"]
    assert (await service.store.everything(await _learner(service, 1001)))["groups_kept"] == []


async def test_a_meeting_counts_only_those_who_get_it(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _says(amina, "stop")
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group", "Meeting")
    await _says(lea, "Tuesday 14:00, library")
    assert "It goes to 0 people" in lea.screen
