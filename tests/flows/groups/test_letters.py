"""What counsellors and learners write to each other: whether, when and to whom it comes."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from bot.conversation.action import encode
from bot.conversation.update import Start, Tap, Typed, Update
from bot.flows.groups.actions import (
    WriteTo,
)
from bot.flows.groups.member_actions import AskCounsellor, Leave
from bot.model.group import (
    GroupById,
    HeldQuestions,
)
from db import tables as t
from tests.support.group_talk import (
    DAY,
    comes,
    comes_to_read,
    does,
    group_of,
    invitation,
    learner_of,
    says,
    the_yes,
    with_member,
)
from tests.support.service import Service


@pytest.mark.row("30")
async def test_a_message_to_the_counsellor_and_back(service: Service) -> None:
    lea, amina = await with_member(service)
    await does(amina, "Ask Lea")
    assert "within 3 days" in amina.screen
    await says(amina, "Where is the library?")
    await lea.expects(1, within=30)
    assert "Where is the library?" in lea.screen and "Learner 1, Tuesday group" in lea.screen
    await does(lea, "Answer")
    await says(lea, "In the main street.")
    await amina.expects(1, within=30)
    assert "In the main street." in amina.screen and "Lea, AMSED" in amina.screen
    await does(lea, "Back", "Group settings", "I am away")
    await does(amina, "Write back")
    assert "Lea is away just now" in amina.screen


async def test_who_is_stuck_gets_a_friendly_word_by_day(service: Service) -> None:
    lea, amina = await with_member(service)
    service.clock.now += 12 * DAY
    service.clock.now += (23 - datetime.fromtimestamp(service.clock.now, UTC).hour) * 3600
    await says(lea, "/groups")
    await does(lea, "Tuesday group")
    assert "1 may need a call" in lea.screen and "⚠ Learner 1 · 0/2" in lea.screen
    await does(lea, "1")
    assert "No step for ten days" in lea.screen
    await does(lea, "friendly word", "Yes, send it")
    assert (
        "A friendly word was sent" in lea.screen and "Send a friendly word" not in lea.screen.labels
    )
    await service.fake.quiet()
    assert "thinks of you" not in amina.screen, "it is night"
    service.clock.now += 11 * 3600
    await amina.expects(1, within=12)
    assert "Lea thinks of you" in amina.screen
    await does(amina, "Go on")
    assert "Tuesday group" in amina.screen


async def test_an_answer_by_the_reply_gesture_arrives_both_ways(service: Service) -> None:
    lea, amina = await with_member(service)
    await does(amina, "Ask Lea")
    await says(amina, "Where is the library?")
    await lea.expects(1, within=30)
    question = lea.screen
    assert "Where is the library?" in question
    await says(lea, "/today")
    await lea.says("In the main street.", reply_to=question)
    await lea.expects()
    assert "✉ Sent." in lea.screen and "☀ Today" in lea.screen, "she stays where she was"
    await amina.expects(1, within=30)
    answer = amina.screen
    assert "In the main street." in answer
    await says(amina, "/menu")
    await amina.says("Thank you!", reply_to=answer)
    await amina.expects()
    assert "on its way to Lea" in amina.screen
    await lea.expects(1, within=30)
    assert "Thank you!" in lea.screen
    await amina.says("stop", reply_to=answer)
    await amina.expects()
    assert (await learner_of(service, 1001)).muted, "STOP is honoured whatever it answers"


async def test_an_answer_typed_right_under_a_question_is_shown_first(service: Service) -> None:
    lea, amina = await with_member(service)
    await does(amina, "Ask Lea")
    await says(amina, "Where is the library?")
    await lea.expects(1, within=30)
    await says(lea, "In the main street.", "Next to the bank.")
    assert (
        "Send this as your answer to Learner 1?" in lea.screen and "Next to the bank." in lea.screen
    )
    await does(lea, "Yes, send it")
    await amina.expects(1, within=30)
    assert "In the main street.\nNext to the bank." in amina.screen
    await says(amina, "Thank you!")
    assert "Send this to Lea?" in amina.screen
    service.clock.now += 5
    await does(amina, "No")
    assert (await learner_of(service, 1001)).drafted == "", "what was not sent is forgotten"
    await says(amina, "0", "and now?")
    assert "I did not understand that" in amina.screen, "only right under a letter"
    await does(amina, "Tuesday group")
    await says(amina, "When is the next lesson?")
    assert "Send this to Lea?" in amina.screen and "next lesson" in amina.screen
    await does(amina, "Yes, send it")
    assert "on its way to Lea" in amina.screen and "What is seen" in amina.screen


async def test_what_a_letter_became_is_kept_without_a_word_and_goes_with_who_left(
    service: Service,
) -> None:
    lea, amina = await with_member(service)
    await does(amina, "Ask Lea")
    await says(amina, "I have no papers.")
    await lea.expects(1, within=30)
    row = await _letter(service)
    assert row.message == str(lea.screen.id) and "papers" not in str(row)
    await amina.says("answer to nothing", reply_to=amina.screen)
    await amina.expects()
    await says(amina, "/menu")
    await does(amina, "Tuesday group", "Leave the group", "Yes, I leave")
    async with service.store.engine.connect() as connection:
        assert not (await connection.execute(sa.select(t.letter))).all()
    await lea.says("Come to my office.", reply_to=next(m for m in lea.messages if "papers" in m))
    await lea.expects()
    assert "I did not understand that" in lea.screen and "Send this" not in lea.screen


async def _letter(service: Service) -> "sa.Row[Any]":
    """What became of a letter is noted after it went out: in a transaction of its own."""
    async with asyncio.timeout(30):
        while True:
            async with service.store.engine.connect() as connection:
                (row,) = (await connection.execute(sa.select(t.letter))).all()
            if row.message:
                return row
            await asyncio.sleep(0.02)


async def test_a_flood_of_new_people_is_told_once_and_a_known_one_gets_through(
    service: Service,
) -> None:
    lea, amina = await with_member(service)
    learner, keeper = await learner_of(service, 1001), await learner_of(service, 901)
    group = group_of(learner)
    token = (await service.store.ask(GroupById(group))).token
    await does(amina, "Ask Lea")
    await says(amina, "May I ask?")
    await lea.expects(1, within=30)
    await says(lea, "Of course.")
    await does(lea, "Yes, send it")
    number = 0

    async def one_does(who: str, *taps: object) -> None:
        nonlocal number
        for doing in taps:
            number += 1
            await service.dispatcher.handle(Update("web", f"f{number}", who, doing))

    for n in range(14):  # one page that leaves and joins again, and others
        who = f"page{n // 3}"
        await one_does(
            who,
            Start(f"g-{token}"),
            Tap(await the_yes(service, token)),
            Tap(encode(AskCounsellor(group))),
            Typed(f"Q{n}"),
        )
        if n % 3 == 1:
            await one_does(who, Tap(encode(Leave(group))))
    await does(amina, "Write back")
    await says(amina, "A real question")
    await comes_to_read(lea, "A real question")
    await comes_to_read(lea, "Many new questions in Tuesday group")
    await service.fake.quiet(30)
    assert sum("Many new questions in Tuesday group" in message for message in lea.messages) == 1
    held = await service.store.ask(HeldQuestions(keeper.id, group))
    assert held, "those who left took theirs along"
    await service.fake.quiet()
    await says(lea, "/groups")
    await does(lea, "Tuesday group", f"New questions: {held}", "Show them all")
    await comes_to_read(lea, "Q11")
    assert await service.store.ask(HeldQuestions(keeper.id, group)) == 0


async def test_stop_keeps_words_of_others_away_but_not_an_answer(service: Service) -> None:
    lea, amina = await with_member(service)
    await does(amina, "Ask Lea")
    await says(amina, "A question")
    await lea.expects(1, within=30)
    await says(amina, "stop")
    await does(lea, "Look")
    assert "Wants no messages" in lea.screen and not any(
        "friendly" in label for label in lea.screen.labels
    )
    await does(lea, "Answer")
    await says(lea, "An answer")
    await amina.expects(1, within=30)
    assert "An answer" in amina.screen


async def test_a_message_to_a_group_that_is_gone_is_not_dropped_in_silence(
    service: Service,
) -> None:
    lea, amina = await with_member(service)
    await does(amina, "Ask Lea")
    await does(lea, "Group settings", "Close the group for good", "Yes, close it")
    await says(amina, "Where is the library?")
    assert "This group is closed. Your message was not sent." in amina.screen
    assert "Take it off my list" in amina.screen.labels


async def test_words_to_somebody_who_left_say_that_they_left(service: Service) -> None:
    lea, amina = await with_member(service)
    await does(lea, "Invite")
    invite = invitation(lea)
    await does(lea, "Back", "1", "Write a message")
    await does(amina, "Leave the group", "Yes, I leave")
    await says(lea, "How are you?")
    assert (
        "This person is not in the group any more. Nothing was sent." in lea.screen
        and "0 people have joined" in lea.screen
    )
    await amina.starts(invite)
    await amina.expects()
    await does(amina, "Yes, I join", "Skip", "Ask Lea")
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "1", "Take out of the group", "Yes, take them out")
    await says(amina, "Where is the library?")
    assert "You are not in this group any more. Your message was not sent." in amina.screen


async def test_words_to_somebody_who_blocked_us_wait_until_they_are_back(service: Service) -> None:
    lea, amina = await with_member(service)
    await amina.blocks()
    await service.fake.quiet()
    await does(lea, "1", "Write a message")
    await says(lea, "The room has changed.")
    await amina.unblocks()
    await amina.says("/menu")
    await amina.expects()
    await comes(amina, "The room has changed.")


@pytest.mark.parametrize("how", ["leaves", "role taken away"])
async def test_words_that_waited_for_the_morning_do_not_come_when_sharing_ended(
    service: Service, how: str
) -> None:
    lea, amina = await with_member(service)
    service.clock.now += (23 - datetime.fromtimestamp(service.clock.now, UTC).hour) * 3600
    await does(lea, "1", "Write a message")
    await says(lea, "I know where you live.")
    if how == "leaves":
        await does(amina, "Leave the group", "Yes, I leave")
    else:
        admin = service.fake.users[900]
        await says(admin, "/staff")
        await does(admin, "Lea: counsellor", "Take the role away")
    service.clock.now += 11 * 3600
    for _ in range(3):
        await service.sending.outbox.look()
        await service.sending.outbox.finished()
    await service.fake.quiet()
    assert not any("I know where you live." in message for message in amina.messages)


@pytest.mark.parametrize("how", ["deletes everything", "leaves"])
async def test_a_question_that_waits_goes_with_who_asked(service: Service, how: str) -> None:
    lea, amina = await with_member(service)
    await lea.blocks()
    await service.fake.quiet()
    await does(amina, "Ask Lea")
    await says(amina, "I have no papers.")
    if how == "leaves":
        await does(amina, "Leave the group", "Yes, I leave")
    else:
        await says(amina, "/delete")
        await does(amina, "Yes, delete everything")
    async with service.store.engine.connect() as connection:
        kinds = (
            await connection.execute(sa.select(t.order.c.about).where(t.order.c.about.is_not(None)))
        ).all()
    assert kinds == [], "nothing of it is stored any more"
    await lea.unblocks()
    await says(lea, "/menu")
    assert not any("no papers" in message for message in lea.messages)


async def test_ten_questions_without_an_answer_are_enough(service: Service) -> None:
    _lea, amina = await with_member(service)
    group = group_of(await learner_of(service, 1001))
    await does(amina, "Ask Lea")
    for n in range(11):
        await service.dispatcher.handle(
            Update("telegram", f"ask{n}", "1001", Tap(encode(AskCounsellor(group))))
        )
        outcome = await service.dispatcher.handle(
            Update("telegram", f"q{n}", "1001", Typed(f"Question {n}"))
        )
    assert "Please wait for an answer" in str(outcome.screen)
    assert (await learner_of(service, 1001)).groups[group].asks == 10


async def test_ten_digits_to_the_counsellor_are_no_code(service: Service) -> None:
    lea, amina = await with_member(service)
    await does(amina, "Ask Lea")
    await says(amina, "06 12 34 56 78")
    await comes(lea, "06 12 34 56 78")


async def test_what_a_counsellor_writes_unasked_waits_for_the_morning(service: Service) -> None:
    lea, amina = await with_member(service)
    service.clock.now += (23 - datetime.fromtimestamp(service.clock.now, UTC).hour) * 3600
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "1", "Write a message")
    await says(lea, "Good luck tomorrow")
    await service.fake.quiet()
    assert "Good luck" not in amina.screen, "it is night"
    service.clock.now += 11 * 3600
    await amina.expects(1, within=12)
    assert "Good luck tomorrow" in amina.screen


async def test_after_stop_one_question_gets_one_answer(service: Service) -> None:
    lea, amina = await with_member(service)
    await does(amina, "Ask Lea")
    await says(amina, "A question")
    await lea.expects(1, within=30)
    await says(amina, "stop")
    await does(lea, "Answer")
    await says(lea, "An answer")
    await amina.expects(1, within=30)
    assert not any("Write a message" in label for label in lea.screen.labels), (
        "nothing more is welcome"
    )
    amina_id, group = (
        (await learner_of(service, 1001)).id,
        group_of(await learner_of(service, 1001)),
    )
    await service.dispatcher.handle(
        Update("telegram", "write", "901", Tap(encode(WriteTo(group, amina_id))))
    )
    await says(lea, "One more thing")
    assert "Not sent" in lea.screen
