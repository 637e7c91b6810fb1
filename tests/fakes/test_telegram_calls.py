"""Calls of the bot: what the fake does, and what it refuses."""

import json

import aiohttp

from tests.fakes.calls import Ask, keyboard, refused
from tests.fakes.telegram import (
    FakeTelegram,
)


async def test_wrong_tokens_and_methods(fake: FakeTelegram, ask: Ask) -> None:
    assert (await ask("getMe"))["result"]["username"] == "pasito_bot"
    assert (await ask("GETME"))["ok"]
    assert await refused(ask("getMe", token="4200:other")) == "401 Unauthorized"
    assert await refused(ask("getMe", token="nonsense")) == "404 Not Found"
    assert await refused(ask("sendPigeon")) == "404 Not Found: method not found"


async def test_who_cannot_be_written_to(fake: FakeTelegram, ask: Ask) -> None:
    amal, group = fake.user(1001), fake.group(-100)
    assert await refused(ask("sendMessage", text="x")) == "400 Bad Request: chat_id is empty"
    assert (
        await refused(ask("sendMessage", chat_id=7, text="x")) == "400 Bad Request: chat not found"
    )
    await amal.blocks()
    assert (
        await refused(ask("sendMessage", chat_id=1001, text="x"))
        == "403 Forbidden: bot was blocked by the user"
    )
    await amal.unblocks()
    assert (await ask("sendMessage", chat_id="1001", text="x"))["ok"]
    await amal.deactivates()
    assert (
        await refused(ask("sendMessage", chat_id=1001, text="x"))
        == "403 Forbidden: user is deactivated"
    )
    stranger = fake.user(1002, met=False)
    unmet = "403 Forbidden: bot can't initiate conversation with a user"
    assert await refused(ask("sendMessage", chat_id=1002, text="x")) == unmet
    await stranger.says("hello")
    assert (await ask("sendMessage", chat_id=1002, text="x"))["ok"]
    await amal.removes_bot(group)
    kicked = "403 Forbidden: bot was kicked from the supergroup chat"
    assert await refused(ask("sendMessage", chat_id=-100, text="x")) == kicked


async def test_a_group_that_became_a_supergroup_tells_its_new_id(
    fake: FakeTelegram, ask: Ask
) -> None:
    await fake.group(-7, kind="group").upgrades(-1007)
    answer = await ask("sendMessage", chat_id=-7, text="x")
    assert answer["error_code"] == 400 and answer["parameters"] == {"migrate_to_chat_id": -1007}
    assert (await ask("sendMessage", chat_id=-1007, text="x"))["ok"]


async def test_editing(fake: FakeTelegram, ask: Ask) -> None:
    amal = fake.user(1001)
    await ask("sendMessage", chat_id=1001, text="One", reply_markup=keyboard("Yes"))
    where = {"chat_id": 1001, "message_id": amal.screen.id}
    twice = ask(
        "editMessageText",
        **where,
        text="<i></i>One ",
        parse_mode="HTML",
        reply_markup=keyboard("Yes"),
    )
    same = await refused(twice)
    assert same.startswith(
        "400 Bad Request: message is not modified: specified new message content and reply markup"
    )
    assert (await ask("editMessageText", **where, text="One"))["ok"] and amal.screen.labels == []
    assert (await ask("editMessageReplyMarkup", **where, reply_markup=keyboard("No")))["ok"]
    assert str(amal.screen) == "One\n[No]"
    assert (
        await refused(ask("editMessageText", **where, text="x" * 4097))
        == "400 Bad Request: MESSAGE_TOO_LONG"
    )
    gone = "400 Bad Request: message to edit not found"
    assert await refused(ask("editMessageText", chat_id=1001, message_id=99, text="x")) == gone
    own = await amal.says("mine")
    cannot = "400 Bad Request: message can't be edited"
    assert (
        await refused(ask("editMessageText", chat_id=1001, message_id=own.id, text="x")) == cannot
    )
    assert (await ask("deleteMessage", **where))["ok"] and amal.messages == []
    assert (
        await refused(ask("deleteMessage", **where))
        == "400 Bad Request: message to delete not found"
    )
    assert await refused(ask("editMessageText", **where, text="x")) == gone


async def test_answering_a_tap(fake: FakeTelegram, ask: Ask) -> None:
    amal = fake.user(1001)
    await ask("sendMessage", chat_id=1001, text="Ready?", reply_markup=keyboard("Yes", "No"))
    await amal.taps("Yes")
    await amal.taps(2)
    first, second = (update["callback_query"] for update in (await ask("getUpdates"))["result"])
    assert (first["data"], second["data"]) == ("data:Yes", "data:No") and amal.spinning == 2
    assert (await ask("answerCallbackQuery", callback_query_id=first["id"], text="✅"))["ok"]
    assert [toast.text for toast in amal.toasts] == ["✅"] and amal.spinning == 1
    old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await refused(ask("answerCallbackQuery", callback_query_id=first["id"])) == old
    assert await refused(ask("answerCallbackQuery", callback_query_id="1")) == old
    too_long = await refused(
        ask("answerCallbackQuery", callback_query_id=second["id"], text="x" * 201)
    )
    assert too_long == "400 Bad Request: MESSAGE_TOO_LONG"
    fake.expire_queries()
    assert await refused(ask("answerCallbackQuery", callback_query_id=second["id"])) == old


async def test_documents_by_upload_and_by_id(fake: FakeTelegram, ask: Ask) -> None:
    amal = fake.user(1001)
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("chat_id", "1001")
    form.add_field("caption", "x" * 1024)
    form.add_field("document", b"%PDF", filename="شهادة.pdf", content_type="application/pdf")
    url = f"{fake.api_url}/bot{fake.token}/sendDocument"
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as response:
        document = (await response.json())["result"]["document"]
    assert amal.files[0].name == "شهادة.pdf" and amal.files[0].content == b"%PDF"
    again = await ask("sendDocument", chat_id=1001, document=document["file_id"])
    assert again["result"]["document"] == document and len(amal.files) == 2
    wrong = "400 Bad Request: wrong file identifier/HTTP URL specified"
    assert await refused(ask("sendDocument", chat_id=1001, document="x")) == wrong
    as_photo = await refused(ask("sendPhoto", chat_id=1001, photo=document["file_id"]))
    assert as_photo == "400 Bad Request: can't use file of type Document as Photo"
    assert (
        await refused(ask("sendDocument", chat_id=1001))
        == "400 Bad Request: there is no document in the request"
    )
    long = await refused(
        ask("sendDocument", chat_id=1001, document=document["file_id"], caption="x" * 1025)
    )
    assert long == "400 Bad Request: message caption is too long"
    text = await refused(ask("editMessageText", chat_id=1001, message_id=amal.screen.id, text="x"))
    assert text == "400 Bad Request: there is no text in the message to edit"


async def test_commands_are_kept_by_scope_and_language(fake: FakeTelegram, ask: Ask) -> None:
    menu = [{"command": "menu", "description": "القائمة"}]
    assert (await ask("setMyCommands", commands=json.dumps(menu), language_code="ar"))["ok"]
    assert (await ask("getMyCommands", language_code="ar"))["result"] == menu
    assert (await ask("getMyCommands"))["result"] == []
    bad = await refused(ask("setMyCommands", commands=[{"command": "Menu!", "description": "x"}]))
    assert bad == "400 Bad Request: BOT_COMMAND_INVALID"
    none = await refused(ask("setMyCommands", commands=[{"command": "menu", "description": ""}]))
    assert none == "400 Bad Request: command description must be non-empty"
    assert (await ask("setMyName", name="Pasito", language_code="es"))["ok"]
    assert (await ask("getMyName", language_code="es"))["result"] == {"name": "Pasito"}


async def test_python_telegram_bot_reads_all_of_it(fake: FakeTelegram) -> None:
    from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

    amal = fake.user(1001)
    async with Bot(fake.token, base_url=fake.api_url + "/bot") as bot:
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
        sent = await bot.send_message(1001, "<b>Hi</b>", parse_mode="HTML", reply_markup=markup)
        assert sent.text_html == "<b>Hi</b>" and sent.reply_markup == markup
        await bot.send_photo(1001, b"\x89PNG....", caption="look")
        document = await bot.send_document(1001, b"%PDF", filename="Certificado ñ.pdf")
        assert document.document and document.document.file_name == "Certificado ñ.pdf"
        await amal.taps("Go")
        await amal.blocks()
        tap, left = await bot.get_updates()
        assert tap.callback_query and tap.callback_query.data == "go"
        assert left.my_chat_member and left.my_chat_member.new_chat_member.status == "kicked"
        assert (await bot.get_webhook_info()).pending_update_count == 2
