"""A counsellor, her group and its learners on a Telegram that refuses what Telegram refuses, on
SQLite and on PostgreSQL.
"""

import asyncio
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bot.conversation.action import encode
from bot.conversation.update import Start, Tap, Typed, Update
from bot.dispatcher import Dispatcher
from bot.documents.parcel import Unwanted
from bot.flows.groups import consent
from bot.flows.groups.actions import (
    EndGroup,
    EndGroupSure,
    RenewLink,
    SendAnnouncement,
    SetGroup,
    Setting,
    WriteTo,
)
from bot.flows.groups.events import GroupKept
from bot.flows.groups.member_actions import AskCounsellor, JoinGroup, Leave, ShareSensitive
from bot.flows.groups.membership import number_of
from bot.flows.staff.actions import AcceptRole, TakeRole
from bot.model.group import (
    Group,
    GroupById,
    GroupByToken,
    GroupsOf,
    HeldQuestions,
    LabelsOf,
    MembersOf,
)
from bot.model.learner import Learner
from bot.model.order import OrderKind
from db import maintenance
from db import tables as t
from db.engine import connect
from db.my_data import everything
from db.orders import Order
from db.outbox import Delivery
from db.store import Store
from tests.fakes.telegram import File, User
from tests.support.service import Service

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


def _invite(counsellor: User) -> str:
    """What the invite link carries that the counsellor looks at."""
    return _payload(re.sub("/join/", " g-", counsellor.screen.text), "g")


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
    invite = _invite(lea)
    amina = service.fake.user(1001)
    await amina.starts(invite)
    await amina.expects(1)
    assert (
        "Lea invites you" in amina.screen
        and "AMSED" in amina.screen
        and "which modules and decks you have finished" in amina.screen
    )
    await _does(amina, "Yes, I join", "Skip")
    assert "Learner 1" in amina.screen
    await _does(amina, "My nickname")
    await _says(amina, "\u202eMina 🌸")
    assert "Mina 🌸" in amina.screen and "\u202e" not in amina.screen.text
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group")
    assert (
        "1 person has joined" in lea.screen
        and "Figures about all are shown from five people on" in lea.screen
    )
    assert "“Mina 🌸” · 0/2 · this week" in lea.screen
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
    await lea.expects(1, within=30)
    assert "Where is the library?" in lea.screen and "Learner 1, Tuesday group" in lea.screen
    await _does(lea, "Answer")
    await _says(lea, "In the main street.")
    await amina.expects(1, within=30)
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
    assert (
        "A friendly word was sent" in lea.screen and "Send a friendly word" not in lea.screen.labels
    )
    await service.fake.quiet()
    assert "thinks of you" not in amina.screen, "it is night"
    service.clock.now += 11 * 3600
    await amina.expects(1, within=12)
    assert "Lea thinks of you" in amina.screen
    await _does(amina, "Go on")
    assert "Tuesday group" in amina.screen


async def test_a_counsellor_s_own_name_for_a_learner_is_hers_alone(service: Service) -> None:
    lea, amina = await _with_member(service)
    learner, keeper = await _learner(service, 1001), await _learner(service, 901)
    group = _group(learner)
    await _does(lea, "1", "My own name for them")
    await _says(lea, "Samir · 3/3 ✅ “x”")
    assert "Samir 3/3 x (Learner 1)" in lea.screen, "no sign with which the list speaks"
    await _does(lea, "Back")
    assert "Samir 3/3 x (Learner 1) · 0/2" in lea.screen
    async with service.store.engine.connect() as connection:
        (sealed,) = (await connection.execute(sa.select(t.label.c.sealed))).scalars()
    assert b"Samir" not in sealed
    assert (await everything(service.store, keeper))["labels_given"] == ["Samir 3/3 x"]
    assert "Samir" not in str(await everything(service.store, learner))
    for file in ("Excel", "CSV"):
        await _does(lea, "Print, lists", file, "Back")
    await _document(lea, 2)
    assert any(b"Samir" in file.content for file in lea.documents)
    await _does(amina, "Leave the group", "Yes, I leave")
    assert not await service.store.ask(LabelsOf(keeper.id, group)), "it goes with who left"


async def test_a_label_can_be_taken_away_and_goes_with_the_group(service: Service) -> None:
    lea, _amina = await _with_member(service)
    keeper = await _learner(service, 901)
    group = _group(await _learner(service, 1001))
    await _does(lea, "1", "My own name for them")
    await _says(lea, "Samir")
    await _does(lea, "My own name for", "Take it away")
    assert not await service.store.ask(LabelsOf(keeper.id, group))
    await _does(lea, "My own name for them")
    await _says(lea, "Samir")
    await _does(lea, "Back", "Group settings", "Close the group for good", "Yes, close it")
    async with service.store.engine.connect() as connection:
        assert not (await connection.execute(sa.select(t.label))).all()


async def test_who_is_taken_out_could_come_back_by_the_old_link(service: Service) -> None:
    lea, amina = await _with_member(service)
    old = (await service.store.ask(GroupById(_group(await _learner(service, 1001))))).token
    await _does(lea, "1", "Take out", "Yes, take them out")
    assert "The old link would let them in again" in lea.screen
    await _does(lea, "Yes, a new link")
    await amina.starts(f"g-{old}")
    await amina.expects()
    assert "I do not know this invitation" in amina.screen


async def test_two_counsellors_cannot_see_that_two_nicknames_are_one_person(
    service: Service,
) -> None:
    lea, _amina = await _with_member(service)
    amina_id = (await _learner(service, 1001)).id
    one, other = (number_of(service.dispatcher.world, group, amina_id) for group in (1, 2))
    assert one != other and amina_id not in (one, other)
    assert not any(str(amina_id) in button.data for button in lea.screen.buttons if button.data)


async def test_an_answer_by_the_reply_gesture_arrives_both_ways(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _does(amina, "Ask Lea")
    await _says(amina, "Where is the library?")
    await lea.expects(1, within=30)
    question = lea.screen
    assert "Where is the library?" in question
    await _says(lea, "/today")
    await lea.says("In the main street.", reply_to=question)
    await lea.expects()
    assert "✉ Sent." in lea.screen and "☀ Today" in lea.screen, "she stays where she was"
    await amina.expects(1, within=30)
    answer = amina.screen
    assert "In the main street." in answer
    await _says(amina, "/menu")
    await amina.says("Thank you!", reply_to=answer)
    await amina.expects()
    assert "on its way to Lea" in amina.screen
    await lea.expects(1, within=30)
    assert "Thank you!" in lea.screen
    await amina.says("stop", reply_to=answer)
    await amina.expects()
    assert (await _learner(service, 1001)).muted, "STOP is honoured whatever it answers"


async def test_an_answer_typed_right_under_a_question_is_shown_first(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _does(amina, "Ask Lea")
    await _says(amina, "Where is the library?")
    await lea.expects(1, within=30)
    await _says(lea, "In the main street.", "Next to the bank.")
    assert (
        "Send this as your answer to Learner 1?" in lea.screen and "Next to the bank." in lea.screen
    )
    await _does(lea, "Yes, send it")
    await amina.expects(1, within=30)
    assert "In the main street.\nNext to the bank." in amina.screen
    await _says(amina, "Thank you!")
    assert "Send this to Lea?" in amina.screen
    service.clock.now += 5
    await _does(amina, "No")
    assert (await _learner(service, 1001)).drafted == "", "what was not sent is forgotten"
    await _says(amina, "and now?")
    assert "I did not understand that" in amina.screen, "only right under a letter"


async def test_what_a_letter_became_is_kept_without_a_word_and_goes_with_who_left(
    service: Service,
) -> None:
    lea, amina = await _with_member(service)
    await _does(amina, "Ask Lea")
    await _says(amina, "I have no papers.")
    await lea.expects(1, within=30)
    row = await _letter(service)
    assert row.message == str(lea.screen.id) and "papers" not in str(row)
    await amina.says("answer to nothing", reply_to=amina.screen)
    await amina.expects()
    await _says(amina, "/menu")
    await _does(amina, "Tuesday group", "Leave the group", "Yes, I leave")
    async with service.store.engine.connect() as connection:
        assert not (await connection.execute(sa.select(t.letter))).all()
    await lea.says("Come to my office.", reply_to=next(m for m in lea.messages if "papers" in m))
    await lea.expects()
    assert "I did not understand" in lea.screen


async def _letter(service: Service) -> "sa.Row[Any]":
    """What became of a letter is noted after it went out: in a transaction of its own."""
    async with asyncio.timeout(30):
        while True:
            async with service.store.engine.connect() as connection:
                (row,) = (await connection.execute(sa.select(t.letter))).all()
            if row.message:
                return row
            await asyncio.sleep(0.02)


async def test_another_organisation_needs_another_yes(service: Service) -> None:
    lea, amina = await _with_member(service)
    group = _group(await _learner(service, 1001))
    await _does(lea, "Group settings", "Organisation")
    await _says(lea, "Border Police")
    assert "Everybody in the group is asked again" in lea.screen
    await amina.expects(1, within=30)
    assert "You said yes to AMSED. Now it is Border Police, with Lea." in amina.screen
    await _does(lea, "Back")
    assert (
        "0 people have joined" in lea.screen
        and "Asked again after the change of organisation: 1" in lea.screen
    )
    await _does(amina, "Look at it")
    assert "Nobody sees anything of you until you say yes again" in amina.screen
    old = next(button.data for button in amina.screen.buttons if "Yes, share" in button.label)
    await _does(lea, "Group settings", "Organisation")
    await _says(lea, "Secret Service")
    await service.dispatcher.handle(Update("telegram", "old", "1001", Tap(old)))
    assert (await _learner(service, 1001)).groups[group].organisation == "AMSED", (
        "a yes is bound to what was read"
    )
    await _says(amina, "/menu")
    await _does(amina, "Tuesday group", "Yes, share with Secret Service")
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group")
    assert "1 person has joined" in lea.screen


async def test_an_old_name_of_the_organisation_brings_the_old_yes_back(service: Service) -> None:
    lea, _amina = await _with_member(service)
    for name in ("AMSD", "AMSED"):
        await _does(lea, "Group settings", "Organisation")
        await _says(lea, name)
        await _does(lea, "Back")
    assert "1 person has joined" in lea.screen


async def test_another_name_of_the_counsellor_is_told_with_a_way_out_and_not_too_often(
    service: Service,
) -> None:
    lea, amina = await _with_member(service)
    for number, name in enumerate(("Officer Smith", "Lea B.", "Lea C.", "Lea D.")):
        await _says(lea, "/groups")
        await _does(lea, "My name for learners")
        await _says(lea, name)
        if number < 3:
            await amina.expects(1, within=30)
    assert "three messages from you today" in lea.screen
    assert "Lea B. is called Lea C. here now, AMSED." in amina.screen
    await _does(amina, "Leave the group", "Yes, I leave")
    assert "Nothing is shared any more" in amina.screen


async def test_a_flood_of_new_people_is_told_once_and_a_known_one_gets_through(
    service: Service,
) -> None:
    lea, amina = await _with_member(service)
    learner, keeper = await _learner(service, 1001), await _learner(service, 901)
    group = _group(learner)
    token = (await service.store.ask(GroupById(group))).token
    await _does(amina, "Ask Lea")
    await _says(amina, "May I ask?")
    await lea.expects(1, within=30)
    await _says(lea, "Of course.")
    await _does(lea, "Yes, send it")
    number = 0

    async def does(who: str, *taps: object) -> None:
        nonlocal number
        for doing in taps:
            number += 1
            await service.dispatcher.handle(Update("web", f"f{number}", who, doing))

    for n in range(14):  # one page that leaves and joins again, and others
        who = f"page{n // 3}"
        await does(
            who,
            Start(f"g-{token}"),
            Tap(await _yes(service, token)),
            Tap(encode(AskCounsellor(group))),
            Typed(f"Q{n}"),
        )
        if n % 3 == 1:
            await does(who, Tap(encode(Leave(group))))
    await _does(amina, "Write back")
    await _says(amina, "A real question")
    await _reads(lea, "A real question")
    await _reads(lea, "Many new questions in Tuesday group")
    await service.fake.quiet(30)
    assert sum("Many new questions in Tuesday group" in message for message in lea.messages) == 1
    held = await service.store.ask(HeldQuestions(keeper.id, group))
    assert held, "those who left took theirs along"
    await service.fake.quiet()
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group", f"New questions: {held}", "Show them all")
    await _reads(lea, "Q11")
    assert await service.store.ask(HeldQuestions(keeper.id, group)) == 0


async def test_stop_keeps_words_of_others_away_but_not_an_answer(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _does(amina, "Ask Lea")
    await _says(amina, "A question")
    await lea.expects(1, within=30)
    await _says(amina, "stop")
    await _does(lea, "Look")
    assert "Wants no messages" in lea.screen and not any(
        "friendly" in label for label in lea.screen.labels
    )
    await _does(lea, "Answer")
    await _says(lea, "An answer")
    await amina.expects(1, within=30)
    assert "An answer" in amina.screen


async def test_a_meeting_and_who_comes(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _does(lea, "Meeting")
    await _says(lea, "Tuesday 14:00, library")
    assert "It goes to 1 person" in lea.screen
    await _does(lea, "Yes, send it")
    await amina.expects(1, within=30)
    assert "📅 Tuesday, 22 September, 14:00\nlibrary" in amina.screen
    meeting = amina.screen
    await _does(amina, "Yes, I will")
    assert "You are expected" in amina.screen
    await amina.taps("No, I cannot", on=meeting, stale=True)
    await amina.expects()
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group")
    assert "come: 0 · cannot: 1" in lea.screen, "the last answer counts"


async def test_a_meeting_is_remembered_the_day_before_changed_and_cancelled(
    service: Service,
) -> None:
    lea, amina = await _with_member(service)
    begun = int(service.clock())
    await _does(lea, "Meeting", "Wednesday, 23 September", "14:00")
    await _says(lea, "Library, room 2")
    assert (
        "Wednesday, 23 September, 14:00" in lea.screen and "reminded the day before" in lea.screen
    )
    await _does(lea, "Yes, send it")
    await amina.expects(1, within=30)
    await _does(amina, "Yes, I will")
    await _says(amina, "/menu")
    await _does(amina, "Tuesday group", "Library, room 2", "For my calendar")
    file = await _document(amina)
    assert (
        b"DTSTART:20260923T140000\r\n" in file.content
        and b"LOCATION:Library\\, room 2\r\n" in file.content
    )
    assert await maintenance.remind_of_meetings(service.store, begun) == 0
    tomorrow = begun + DAY
    service.clock.now = tomorrow + 3600
    assert await maintenance.remind_of_meetings(service.store, tomorrow) == 1
    assert await maintenance.remind_of_meetings(service.store, tomorrow) == 0, "once"
    await _reads(amina, "📅 Tomorrow: Lea, AMSED")
    await amina.expects()
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group", "Meeting", "Library, room 2", "Change it")
    await _says(lea, "25.9. 15:30 Library, room 3")
    await _does(lea, "Yes, send it")
    await _reads(amina, "📅 Changed: Lea, AMSED")
    await _does(lea, "Meeting", "room 3")
    assert "come: 0 · cannot: 0" in lea.screen, "the old yes was to another day"
    await _does(lea, "Cancel it", "Yes, cancel it")
    await _reads(amina, "📅 Cancelled: Lea, AMSED")
    await amina.expects()
    await _says(amina, "/menu")
    await _does(amina, "Tuesday group")
    assert "room" not in amina.screen
    assert await maintenance.remind_of_meetings(service.store, tomorrow + DAY) == 0, (
        "nobody is reminded of what is cancelled"
    )


async def test_who_said_no_is_not_reminded(service: Service) -> None:
    lea, amina = await _with_member(service)
    now = int(service.clock()) + DAY
    await _does(lea, "Meeting")
    await _says(lea, "Wednesday 9h, café")
    await _does(lea, "Yes, send it")
    await amina.expects(1, within=30)
    await _does(amina, "No, I cannot")
    before = len(amina.messages)
    assert await maintenance.remind_of_meetings(service.store, now) == 1
    await service.fake.quiet()
    assert len(amina.messages) == before


async def test_links_that_do_not_work_say_why_and_learning_goes_on(service: Service) -> None:
    lea = await _counsellor(service)
    invite = _invite(lea)
    await _does(lea, "For how many", "10 people", "Close the link")
    amina = service.fake.user(1001)

    async def turned_away(link: str, why: str) -> None:
        await amina.starts(link)
        await amina.expects()
        assert why in amina.screen
        assert any("Start: Meet the computer" in label for label in amina.screen.labels)

    await turned_away(invite, "Lea, AMSED, has closed this invitation")
    await turned_away("g-nothing", "I do not know this invitation")
    await turned_away("s-nothing", "used already")
    await _does(lea, "Open the link", "New link", "Yes, a new link")
    await turned_away(invite, "there is a newer one")
    await _does(lea, "Until when", "7 days")
    service.clock.now += 9 * DAY
    await turned_away(_invite(lea), "Ask Lea, AMSED, for a new one")
    await _does(lea, "Until when", "no end", "Back", "Group settings", "Last day", "in 30 days")
    service.clock.now += 31 * DAY
    await _does(lea, "Back", "Invite")
    await turned_away(_invite(lea), "The group “Tuesday group” ended on")


async def test_an_invitation_names_everything_that_will_be_seen(service: Service) -> None:
    """What a counsellor's board and lists hold (`bot.model.group_progress`,
    `bot.documents.spreadsheet`), word for word."""
    lea = await _counsellor(service)
    amina = service.fake.user(1001)
    await amina.starts(_invite(lea))
    await amina.expects(1)
    seen = ("the day you joined", "modules and decks you have finished", "week of your last step")
    seen = (*seen, "not begun", "no step for ten days", "work out twice")
    assert all(words in amina.screen for words in ("a nickname that you choose", *seen))
    assert "What you have finished before" not in amina.screen
    await _does(amina, "Yes, I join", "Skip", "What is seen")
    assert all(words in amina.screen for words in ("Learner 1", *seen))


async def test_who_has_learnt_already_is_told_that_it_is_seen(service: Service) -> None:
    lea = await _counsellor(service)
    amina = service.fake.user(1001)
    await amina.starts("m-phone")
    await amina.expects(1)
    await _does(amina, "▶ Start", "Next", "The red", "Next")
    await amina.says(
        f"Come to us: https://pasito.example/join/{_invite(lea).removeprefix('g-')}"
    )  # pasted, not opened
    await amina.expects()
    assert (
        "Lea invites you" in amina.screen
        and "What you have finished before counts, and is seen, too." in amina.screen
    )


async def test_a_message_to_a_group_that_is_gone_is_not_dropped_in_silence(
    service: Service,
) -> None:
    lea, amina = await _with_member(service)
    await _does(amina, "Ask Lea")
    await _does(lea, "Group settings", "Close the group for good", "Yes, close it")
    await _says(amina, "Where is the library?")
    assert "This group is closed. Your message was not sent." in amina.screen
    assert "Take it off my list" in amina.screen.labels


async def test_words_to_somebody_who_left_say_that_they_left(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _does(lea, "Invite")
    invite = _invite(lea)
    await _does(lea, "Back", "1", "Write a message")
    await _does(amina, "Leave the group", "Yes, I leave")
    await _says(lea, "How are you?")
    assert (
        "This person is not in the group any more. Nothing was sent." in lea.screen
        and "0 people have joined" in lea.screen
    )
    await amina.starts(invite)
    await amina.expects()
    await _does(amina, "Yes, I join", "Skip", "Ask Lea")
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group", "1", "Take out of the group", "Yes, take them out")
    await _says(amina, "Where is the library?")
    assert "You are not in this group any more. Your message was not sent." in amina.screen


async def test_a_counsellor_who_deletes_everything_is_told_that_the_groups_close(
    service: Service,
) -> None:
    lea, amina = await _with_member(service)
    await _says(amina, "/delete")
    assert "groups close" not in amina.screen
    await _says(lea, "/delete")
    assert "Your groups close: their links stop" in lea.screen
    await _does(lea, "Yes, delete everything")
    await _says(amina, "/menu")
    await _does(amina, "Tuesday group")
    assert "This group is closed" in amina.screen


async def test_a_full_group(service: Service) -> None:
    lea = await _counsellor(service)
    invite = _invite(lea)
    await _does(lea, "For how many", "10 people")
    for n in range(11):
        learner = service.fake.user(2000 + n)
        await learner.starts(invite)
        await learner.expects()
        if n < 10:
            await _does(learner, "Yes, I join", "Skip")
            assert f"Learner {n + 1}" in learner.screen
    assert "The group “Tuesday group” is full. Tell Lea, AMSED" in learner.screen
    await _does(lea, "Back")
    assert "10 people have joined" in lea.screen and "learning: 10" in lea.screen


async def test_the_last_seat_is_taken_once(service: Service, database: str) -> None:
    """Two processes, each with half of those who say yes at the same moment."""
    lea = await _counsellor(service)
    invite = _invite(lea)
    await _does(lea, "For how many", "10 people")
    engine = connect(database)
    there = Dispatcher(Store(engine, service.store.vault), service.dispatcher.world, service.clock)
    await there.start()
    both = (service.dispatcher, there)
    people = [(str(2000 + n), both[n % 2]) for n in range(30)]
    await asyncio.gather(
        *(d.handle(Update("telegram", f"s{id}", id, Start(invite))) for id, d in people)
    )
    yes = await _yes(service, invite.removeprefix("g-"))
    await asyncio.gather(
        *(d.handle(Update("telegram", f"j{id}", id, Tap(yes))) for id, d in people)
    )
    await there.stop()
    await engine.dispose()
    members = await service.store.ask(MembersOf(_group(await _learner_in(service, people))))
    assert sorted(m.groups[g].number for m in members for g in m.groups) == list(range(1, 11))


async def test_who_joins_crosswise_in_two_processes_waits_for_nobody_in_vain(
    service: Service, database: str
) -> None:
    """Each process has one who joins the first group and one who joins the second, in the other
    order: PostgreSQL ends one."""
    lea = await _counsellor(service)
    invites = [_invite(lea)]
    await _says(lea, "/newgroup", "Friday group")
    invites.append(_invite(lea))
    assert len(set(invites)) == 2
    engine = connect(database)
    there = Dispatcher(Store(engine, service.store.vault), service.dispatcher.world, service.clock)
    await there.start()

    async def joins(who: Dispatcher, id: str, invite: str) -> None:
        await who.handle(Update("telegram", f"s{id}", id, Start(invite)))

    for turn in range(3):
        people = [
            (who, f"{3000 + 4 * turn + 2 * p + n}")
            for p, who in enumerate((service.dispatcher, there))
            for n in (0, 1)
        ]
        order = [invites[0], invites[1], invites[1], invites[0]]
        await asyncio.gather(
            *(joins(who, id, invite) for (who, id), invite in zip(people, order, strict=True))
        )
        taps = [Tap(await _yes(service, invite.removeprefix("g-"))) for invite in order]
        updates = [
            (who, Update("telegram", f"j{id}", id, tap))
            for (who, id), tap in zip(people, taps, strict=True)
        ]
        outcomes = await asyncio.gather(*(who.handle(update) for who, update in updates))
        assert all("You are in" in str(outcome.screen) for outcome in outcomes)
    await there.stop()
    await engine.dispose()


async def test_a_staff_link_makes_one_person_staff(service: Service, database: str) -> None:
    """Two people, two processes, the same moment."""
    admin = service.fake.user(900)
    await admin.starts()
    await admin.expects()
    await _does(admin, "English", "Staff", "➕ Admin")
    link = _payload(admin.screen.text, "s")
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
    assert sorted([(await _learner(service, id)).role for id in (2001, 2002)]) == [
        "admin",
        "learner",
    ]


async def test_words_to_somebody_who_blocked_us_wait_until_they_are_back(service: Service) -> None:
    lea, amina = await _with_member(service)
    await amina.blocks()
    await service.fake.quiet()
    await _does(lea, "1", "Write a message")
    await _says(lea, "The room has changed.")
    await amina.unblocks()
    await amina.says("/menu")
    await amina.expects()
    await _comes(amina, "The room has changed.")


async def _comes(user: User, text: str) -> None:
    for _ in range(600):
        if any(text in message for message in user.messages):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(user.messages[-1])


@pytest.mark.parametrize("how", ["leaves", "role taken away"])
async def test_words_that_waited_for_the_morning_do_not_come_when_sharing_ended(
    service: Service, how: str
) -> None:
    lea, amina = await _with_member(service)
    service.clock.now += (23 - datetime.fromtimestamp(service.clock.now, UTC).hour) * 3600
    await _does(lea, "1", "Write a message")
    await _says(lea, "I know where you live.")
    if how == "leaves":
        await _does(amina, "Leave the group", "Yes, I leave")
    else:
        admin = service.fake.users[900]
        await _says(admin, "/staff")
        await _does(admin, "Lea: counsellor", "Take the role away")
    service.clock.now += 11 * 3600
    for _ in range(3):
        await service.sending.outbox.look()
        await service.sending.outbox.finished()
    await service.fake.quiet()
    assert not any("I know where you live." in message for message in amina.messages)


async def test_an_admin_whom_the_settings_name_no_longer_keeps_no_group(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss = service.fake.user(900)
    await boss.starts()
    await boss.expects()
    await _does(boss, "English", "Your groups", "New group")
    await _says(boss, "Boss", "Tuesday group", "AMSED")
    invite = _invite(boss)
    amina = service.fake.user(1001)
    await amina.starts(invite)
    await amina.expects()
    await _does(amina, "Yes, I join", "Skip", "Ask Boss")
    monkeypatch.setattr(service.store, "admins", [])
    await _says(amina, "I have trouble with the police.")
    assert "This group is closed. Your message was not sent." in amina.screen
    monkeypatch.undo()
    await _says(amina, "/menu")
    await _does(amina, "Tuesday group")
    assert "Boss · AMSED" in amina.screen, "a slip in the settings costs nothing"


async def test_an_old_button_announces_nothing_that_was_not_looked_at(service: Service) -> None:
    lea, _amina = await _with_member(service)
    await _does(lea, "Meeting")
    await _says(lea, "Tuesday 14:00, library")
    group = _group(await _learner(service, 1001))
    await _does(lea, "Type it again")
    await _says(lea, "/menu")
    for action in (SendAnnouncement(group), EndGroup(group)):
        await service.dispatcher.handle(Update("telegram", str(action), "901", Tap(encode(action))))
    assert not (await service.store.ask(GroupById(group))).meetings
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group", "Meeting")
    await service.dispatcher.handle(
        Update("telegram", "end", "900", Tap(encode(TakeRole((await _learner(service, 901)).id))))
    )
    await _says(lea, "Friday 9:00")
    assert "for counsellors and admins" in lea.screen


async def test_nobody_is_invited_by_an_organisation_without_a_name(service: Service) -> None:
    lea = await _counsellor(service)
    async with service.store.batch(int(service.clock())) as tx:
        (group,) = await tx.ask(GroupsOf((await _learner(service, 901)).id))
        async with tx.applied(group.owner, [GroupKept(replace(group, organisation=""))]):
            pass
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group", "Invite")
    assert "join/" not in lea.screen and "which organisation invites them" in lea.screen
    await _does(lea, "1")
    await _says(lea, "AMSED")
    assert "join/" in lea.screen


async def test_a_new_link_is_made_once_and_only_when_asked_for(service: Service) -> None:
    lea, _amina = await _with_member(service)
    group = _group(await _learner(service, 1001))
    before = (await service.store.ask(GroupById(group))).token
    assert re.fullmatch("[a-hj-km-np-z2-9]{16}", before), (
        "no letter looks like another: it stands on posters"
    )
    await _does(lea, "Invite", "New link", "Yes, a new link")
    once = (await service.store.ask(GroupById(group))).token
    await service.dispatcher.handle(
        Update("telegram", "again", "901", Tap(encode(RenewLink(group))))
    )
    assert before != once == (await service.store.ask(GroupById(group))).token
    late = service.fake.user(3000)
    await late.starts(f"g-{once.upper()}")
    await late.expects()
    assert "Lea invites you" in late.screen, "capitals do not matter"


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
    _lea, amina = await _with_member(service)
    group = _group(await _learner(service, 1001))
    share = Tap(
        encode(ShareSensitive(group, True, consent.read(await service.store.ask(GroupById(group)))))
    )
    await service.dispatcher.handle(Update("telegram", "old", "1001", share))
    assert not (await _learner(service, 1001)).groups[group].sensitive, "an old button is no yes"
    await _does(amina, "Show my sensitive modules too")
    assert "Lea, AMSED, would see" in amina.screen and "• The phone" in amina.screen
    await _does(amina, "Yes, show them")
    assert (await _learner(service, 1001)).groups[group].sensitive
    await _does(amina, "Hide my sensitive modules again")
    assert not (await _learner(service, 1001)).groups[group].sensitive


async def test_a_day_can_be_typed_as_people_write_it(service: Service) -> None:
    lea = await _counsellor(service)
    await _does(lea, "Back")
    for typed, shown in (
        ("٣٠/٦/٢٠٢٧", "2027-06-30"),
        ("1.7.2027", "2027-07-01"),
        ("2027-08-02", "2027-08-02"),
    ):
        await _does(lea, "Group settings", "Last day", "Another day")
        await _says(lea, "soon", typed)
        assert f"Last day: {shown}" in str(lea.screen.labels)
        await _does(lea, "Back")


async def test_a_role_that_is_taken_away_leaves_no_spare_link(service: Service) -> None:
    admin, bad = service.fake.user(900), service.fake.user(905)
    await admin.starts()
    await admin.expects()
    await _does(admin, "English", "Staff", "➕ Admin")
    await bad.starts(_payload(admin.screen.text, "s"))
    await bad.expects()
    await _does(bad, "Yes, I accept")
    await _says(bad, "Bad", "/staff")
    await _does(bad, "➕ Admin")
    spare = _payload(bad.screen.text, "s")
    await _says(admin, "/staff")
    await _does(admin, "Bad: admin", "Take the role away")
    await bad.starts(spare)
    await bad.expects()
    assert "used already" in bad.screen and (await _learner(service, 905)).role == "learner"


@pytest.mark.parametrize("how", ["deletes everything", "leaves"])
async def test_a_question_that_waits_goes_with_who_asked(service: Service, how: str) -> None:
    lea, amina = await _with_member(service)
    await lea.blocks()
    await service.fake.quiet()
    await _does(amina, "Ask Lea")
    await _says(amina, "I have no papers.")
    if how == "leaves":
        await _does(amina, "Leave the group", "Yes, I leave")
    else:
        await _says(amina, "/delete")
        await _does(amina, "Yes, delete everything")
    async with service.store.engine.connect() as connection:
        kinds = (
            await connection.execute(sa.select(t.order.c.about).where(t.order.c.about.is_not(None)))
        ).all()
    assert kinds == [], "nothing of it is stored any more"
    await lea.unblocks()
    await _says(lea, "/menu")
    assert not any("no papers" in message for message in lea.messages)


async def test_a_counsellor_who_deletes_everything_leaves_no_name_behind(service: Service) -> None:
    lea, _amina = await _with_member(service)
    await _says(lea, "/delete")
    await _does(lea, "Yes, delete everything")
    (membership,) = (await _learner(service, 1001)).groups.values()
    assert membership.counsellor == "" and membership.title == "Tuesday group"


async def test_ten_questions_without_an_answer_are_enough(service: Service) -> None:
    _lea, amina = await _with_member(service)
    group = _group(await _learner(service, 1001))
    await _does(amina, "Ask Lea")
    for n in range(11):
        await service.dispatcher.handle(
            Update("telegram", f"ask{n}", "1001", Tap(encode(AskCounsellor(group))))
        )
        outcome = await service.dispatcher.handle(
            Update("telegram", f"q{n}", "1001", Typed(f"Question {n}"))
        )
    assert "Please wait for an answer" in str(outcome.screen)
    assert (await _learner(service, 1001)).groups[group].asks == 10


async def test_ten_digits_to_the_counsellor_are_no_code(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _does(amina, "Ask Lea")
    await _says(amina, "06 12 34 56 78")
    await _comes(lea, "06 12 34 56 78")


async def test_typed_start_ends_stop_too(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects()
    await _does(amina, "English")
    for word in ("start", "/start"):
        await _says(amina, "stop")
        assert (await _learner(service, 1001)).muted
        await service.dispatcher.handle(Update("telegram", word, "1001", Typed(word)))
        assert not (await _learner(service, 1001)).muted, word


async def test_a_link_does_not_end_stop_but_start_does_and_says_so(service: Service) -> None:
    lea = await _counsellor(service)
    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects()
    await _does(amina, "English")
    await _says(amina, "stop")
    await amina.starts(_invite(lea))
    await amina.expects()
    await _does(amina, "No, I learn alone")
    assert (await _learner(service, 1001)).muted
    await _says(amina, "/start")
    assert "Messages are on again." in amina.screen and not (await _learner(service, 1001)).muted


async def _learner_in(service: Service, people: list[tuple[str, Dispatcher]]) -> Learner:
    learners = [await _learner(service, int(id)) for id, _dispatcher in people]
    return next(learner for learner in learners if learner.groups)


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


async def _reads(user: User, text: str) -> None:
    """Waits until a message says this."""
    for _ in range(1500):
        if any(text in message for message in user.messages):
            break
        await asyncio.sleep(0.02)
    else:
        raise AssertionError(f"{text} never came")


async def _yes(service: Service, token: str) -> str:
    """The button below an invitation as it reads now."""
    group = await service.store.ask(GroupByToken(token))
    return encode(JoinGroup(token, consent.read(group)))


async def _with_member(service: Service) -> tuple[User, User]:
    """Lea's group has one learner; Lea looks at the group, the learner at the group's page."""
    lea = await _counsellor(service)
    amina = service.fake.user(1001)
    await amina.starts(_invite(lea))
    await amina.expects()
    await _does(amina, "Yes, I join", "Skip")
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
    for count, (kind, words) in enumerate(
        {"Poster with QR": "Tuesday group", "Excel": "", "CSV": ""}.items(), 1
    ):
        await _does(lea, kind)
        file = await _document(lea, count)
        if words:
            text = "".join(
                page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages
            )
            assert words in text
    assert b"Learner 1" in lea.documents[-1].content, "the list as CSV"
    cells = [
        cell.value
        for row in openpyxl.load_workbook(io.BytesIO(lea.documents[1].content)).active.rows
        for cell in row
    ]
    assert "Learner 1" in cells
    for count, kind in enumerate(("Handout", "Question cards", "Workshop plan"), 4):
        await _does(lea, kind, "The computer")
        file = await _document(lea, count)
        assert "computer" in "".join(
            page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages
        )
    await _does(lea, "as a picture")
    for _ in range(100):
        if lea.photos:
            break
        await asyncio.sleep(0.05)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(lea.photos[0].content)))
    assert re.fullmatch(r"http://w/join/[A-Za-z0-9_-]+", code.text)


async def test_a_list_is_made_from_what_the_group_is_then(service: Service) -> None:
    """Whoever left after it was ordered is not on it; whose group is closed, or who is not its
    counsellor, gets none."""
    await _with_member(service)
    group = _group(await _learner(service, 1001))
    counsellor = await _learner(service, 901)

    async def made(by: Learner) -> bytes:
        delivery = Delivery(
            Order(1, OrderKind.CSV, str(group), language="en"), by, "telegram", "901", 1, 0
        )
        return (await service.files.make(delivery)).content  # type: ignore[union-attr]

    async def handout(by: Learner, address: str) -> bytes:
        delivery = Delivery(
            Order(1, OrderKind.HANDOUT, "computer", language="en"), by, "telegram", address, 1, 0
        )
        return (await service.files.make(delivery)).content  # type: ignore[union-attr]

    assert b"Learner 1" in await made(counsellor)
    learner = await _learner(service, 1001)
    with pytest.raises(Unwanted):
        await made(learner)
    assert (await handout(counsellor, "901")).startswith(b"%PDF")
    assert (await handout(learner, "900")).startswith(b"%PDF"), "an admin of the settings"
    with pytest.raises(Unwanted):
        await handout(learner, "1001")
    await service.dispatcher.handle(
        Update("telegram", "leaving", "1001", Tap(encode(Leave(group))))
    )
    assert b"Learner 1" not in await made(counsellor)
    for place, action in enumerate((EndGroupSure(group), EndGroup(group))):
        await service.dispatcher.handle(
            Update("telegram", f"end{place}", "901", Tap(encode(action)))
        )
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
    await _says(admin, "/staff")
    await _does(admin, "Lea", "Take the role away")
    await comes_to_pass(lambda: not shown(901))  # only those for everybody are left


async def test_a_full_group_an_ended_one_and_ones_own(service: Service) -> None:
    lea, amina = await _with_member(service)
    group = _group(await _learner(service, 1001))
    token = (await service.store.ask(GroupById(group))).token
    await service.dispatcher.handle(
        Update("telegram", "limit", "901", Tap(encode(SetGroup(group, Setting.LIMIT, "10"))))
    )
    for id in range(2001, 2010):
        await service.dispatcher.handle(Update("telegram", f"s{id}", str(id), Start(f"g-{token}")))
        await service.dispatcher.handle(
            Update("telegram", f"j{id}", str(id), Tap(await _yes(service, token)))
        )
    late = service.fake.user(3000)
    await late.starts(f"g-{token}")
    await late.expects()
    assert "is full. Tell Lea, AMSED" in late.screen and any(
        "Start: Meet the computer" in label for label in late.screen.labels
    )
    await amina.starts(f"g-{token}")
    await amina.expects()
    assert "You are in this group already" in amina.screen, "who is in is not turned away"
    await service.dispatcher.handle(
        Update("telegram", "limit0", "901", Tap(encode(SetGroup(group, Setting.LIMIT, "0"))))
    )
    await lea.starts(f"g-{token}")
    await lea.expects()
    assert "This is your own group" in lea.screen
    await service.dispatcher.handle(
        Update("telegram", "ends", "901", Tap(encode(SetGroup(group, Setting.ENDS, "30"))))
    )
    service.clock.now += 32 * DAY
    await late.starts(f"g-{token}")
    await late.expects()
    assert "The group “Tuesday group” ended on" in late.screen
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group")
    assert "10 people have joined" in lea.screen and "learning:" in lea.screen, (
        "figures from five people on"
    )


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
    await lea.expects(1, within=30)
    await _says(amina, "stop")
    await _does(lea, "Answer")
    await _says(lea, "An answer")
    await amina.expects(1, within=30)
    assert not any("Write a message" in label for label in lea.screen.labels), (
        "nothing more is welcome"
    )
    amina_id, group = (await _learner(service, 1001)).id, _group(await _learner(service, 1001))
    await service.dispatcher.handle(
        Update("telegram", "write", "901", Tap(encode(WriteTo(group, amina_id))))
    )
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
        async with tx.applied(stranger.id, [GroupKept(taken)]):
            pass
    assert await service.store.ask(GroupById(group.id)) == group


async def test_my_data_holds_the_groups_that_i_keep(service: Service) -> None:
    await _with_member(service)
    kept = (await everything(service.store, await _learner(service, 901)))["groups_kept"]
    assert [group["title"] for group in kept] == ["Tuesday group"]
    assert (await everything(service.store, await _learner(service, 1001)))["groups_kept"] == []


async def test_a_meeting_counts_only_those_who_get_it(service: Service) -> None:
    lea, amina = await _with_member(service)
    await _says(amina, "stop")
    await _says(lea, "/groups")
    await _does(lea, "Tuesday group", "Meeting")
    await _says(lea, "Tuesday 14:00, library")
    assert "It goes to 0 people" in lea.screen
