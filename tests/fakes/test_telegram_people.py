"""People on the fake: a test reads like a chat."""

import asyncio

import pytest

from tests.fakes.calls import Ask, keyboard, texts
from tests.fakes.telegram import (
    FakeTelegram,
)


async def test_a_test_reads_like_a_chat(fake: FakeTelegram, ask: Ask) -> None:
    amal = fake.user(1001, language="ar")

    async def bot() -> None:
        offset = 0
        while True:
            for update in (await ask("getUpdates", offset=offset, timeout=5))["result"]:
                offset = update["update_id"] + 1
                if query := update.get("callback_query"):
                    where = {"chat_id": 1001, "message_id": query["message"]["message_id"]}
                    await ask("answerCallbackQuery", callback_query_id=query["id"])
                    await ask("editMessageText", **where, text=f"You chose {query['data']}")
                else:
                    assert update["message"]["from"]["language_code"] == "ar"
                    await ask(
                        "sendMessage",
                        chat_id=1001,
                        text="Ready?",
                        reply_markup=keyboard("1. Yes", "2. Later"),
                    )

    running = asyncio.create_task(bot())
    await amal.says("/start")
    (question,) = await amal.expects(1)
    assert "Ready?" in question and amal.screen.labels == ["1. Yes", "2. Later"]
    await amal.taps(2)
    await amal.expects(1)
    assert (
        amal.screen is question
        and str(amal.screen) == "You chose data:2. Later"
        and amal.spinning == 0
    )
    with pytest.raises(AssertionError, match="sees no button 'Yes'"):
        await amal.taps("Yes")
    await amal.taps("Yes", on=question, stale=True)
    await amal.expects(1)
    assert "You chose data:1. Yes" in amal.screen
    with pytest.raises(AssertionError, match="expected 1 messages and saw 0"):
        await amal.expects(1, within=0.05)
    running.cancel()


async def test_all_that_a_person_may_send(fake: FakeTelegram, ask: Ask) -> None:
    amal = fake.user(1001)
    said = await amal.says("/start abc")
    await amal.edits(said, "changed")
    await amal.sends_voice()
    await amal.sends_sticker()
    await amal.sends_photo("me")
    await amal.sends_document("cv.pdf")
    await amal.sends_contact()
    await amal.sends_location()
    await amal.blocks()
    updates = (await ask("getUpdates"))["result"]
    assert [next(key for key in update if key != "update_id") for update in updates] == [
        "message",
        "edited_message",
        *["message"] * 6,
        "my_chat_member",
    ]
    assert updates[0]["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    kinds = ["voice", "sticker", "photo", "document", "contact", "location"]
    assert all(kind in update["message"] for kind, update in zip(kinds, updates[2:8], strict=True))
    assert updates[8]["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(
    fake: FakeTelegram, ask: Ask
) -> None:
    amal, group = fake.user(1001), fake.group(-1001, "Class A")
    await ask("sendMessage", chat_id=-1001, text="Who is there?")
    await amal.says("hello all", group)
    await amal.says("/groups", group)
    await amal.says("@pasito_bot help", group)
    await amal.says("me", group, reply_to=group.messages[0])
    updates = (await ask("getUpdates"))["result"]
    assert texts(updates) == ["/groups", "@pasito_bot help", "me"]
    assert updates[0]["message"]["chat"] == {"id": -1001, "type": "supergroup", "title": "Class A"}
