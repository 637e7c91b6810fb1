"""The fake Bot API is what the other tests trust: it refuses what Telegram refuses, and loses
nothing.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.telegram import (
    JSON,
    FakeTelegram,
    Pace,
    Refusal,
    clean,
    inline_rows,
    is_blank,
    parse_html,
)

Ask = Callable[..., Awaitable[JSON]]


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        server.calm = 0.01
        yield server


@pytest.fixture
async def ask(fake: FakeTelegram) -> AsyncIterator[Ask]:
    """Calls a method as a bare HTTP client would; gives the whole answer."""
    async with aiohttp.ClientSession() as session:

        async def ask(method: str, token: str = fake.token, **params: Any) -> JSON:
            async with session.post(f"{fake.api_url}/bot{token}/{method}", json=params) as response:
                answer: JSON = await response.json()
                assert answer["ok"] == (response.status == 200)
                return answer

        yield ask


def keyboard(*labels: str) -> JSON:
    return {
        "inline_keyboard": [[{"text": label, "callback_data": f"data:{label}"} for label in labels]]
    }


async def refused(answer: Awaitable[JSON]) -> str:
    """The error as Telegram writes it: code and description."""
    body = await answer
    assert not body["ok"], body
    return f"{body['error_code']} {body['description']}"


# -- who may write where


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


# -- texts


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        (" \n\t", "text must be non-empty"),
        ("\u200f\u200f\u2068", "message is fine"),
        ("\u200f\u200b\u00a0", "text must be non-empty"),
        ("x" * 4096, "message is fine"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2048, "message is fine"),
        ("😀" * 2049, "message is too long"),
        ("  " + "x" * 4096 + "\n\n", "message is fine"),
        ("é" * 20000, "text is too long"),
    ],
)
async def test_length_of_a_text(fake: FakeTelegram, ask: Ask, text: str, why: str) -> None:
    fake.user(1001)
    answer = await ask("sendMessage", chat_id=1001, text=text)
    assert answer.get("description", "Bad Request: message is fine") == f"Bad Request: {why}"


async def test_length_counts_after_parsing(fake: FakeTelegram, ask: Ask) -> None:
    fake.user(1001)
    text = "<b>" + "&lt;" * 4096 + "</b>"
    answer = await ask("sendMessage", chat_id=1001, text=text, parse_mode="HTML")
    assert answer["result"]["text"] == "<" * 4096
    assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


@pytest.mark.parametrize(
    ("html", "error"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ],
)
def test_html_is_refused_as_telegram_does(html: str, error: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_html(html)
    assert refusal.value.description == f"Bad Request: can't parse entities: {error}"


def test_html_becomes_entities() -> None:
    text, entities = parse_html(
        '😀 <b>bold <i>both</i></b> &amp;&nbsp;<a href="https://a.b/?x&amp;y">link</a>&#8207;'
    )
    assert text == "😀 bold both &&nbsp;link\u200f"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bold", 3, 9),
        ("italic", 8, 4),
        ("text_link", 20, 4),
    ]
    assert entities[2]["url"] == "https://a.b/?x&y"


def test_a_text_is_cleaned_as_telegram_does() -> None:
    assert clean("a\tb\r\nc\u202ed\u2029 \n")[0] == "a b\ncd"
    assert (
        clean("\u200f\u2068ن\u2069")[0] == "\u200f\u2068ن\u2069"
    )  # what right-to-left screens are made of stays
    assert clean("\u200f\u200fx")[0] == "\u200c\u200fx"
    assert clean("  😀 <b>", [{"type": "bold", "offset": 5, "length": 3}])[1] == [
        {"type": "bold", "offset": 3, "length": 3}
    ]
    assert is_blank("\u200f \u00a0\u2800") and not is_blank("\u200f.")


@given(st.text(alphabet="a 😀ن\n\r\t\u200e\u200f\u202e\u2068\u030a", max_size=12))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)[0]
    assert clean(once)[0] == once


@given(st.text(alphabet="<>/&;b a=\"'#x1é😀", max_size=20))
def test_any_html_is_parsed_or_refused(html: str) -> None:
    with suppress(Refusal):
        text, entities = parse_html(html)
        assert all(
            0 <= e["offset"] < e["offset"] + e["length"] <= len(text.encode("utf-16-le")) // 2
            for e in entities
        )


# -- buttons


def button(data: str = "d", text: str = "x", **more: str) -> JSON:
    return {"text": text, "callback_data": data} | more


@pytest.mark.parametrize(
    ("keyboard", "why"),
    [
        ([[button("é" * 32)]], ""),
        ([[button("é" * 33)]], "BUTTON_DATA_INVALID"),
        (
            [[button("")]],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ([[button()] * 8] * 12 + [[button()] * 4], ""),
        ([[button()] * 8] * 12 + [[button()] * 5], "reply markup is too long"),
        ([[button()] * 9], "reply markup is too long"),
        ([[button("d" * 60, "x" * 60)] * 8] * 12, "reply markup is too long"),
        ([[button("", url="https://pasito.example/join")]], ""),
        (
            [[button("", url="http://localhost:8080/join")]],
            "inline keyboard button URL 'http://localhost:8080/join' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x"},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
    ],
)
def test_limits_of_a_keyboard(keyboard: Any, why: str) -> None:
    if not why:
        assert inline_rows(keyboard)
        return
    with pytest.raises(Refusal) as refusal:
        inline_rows(keyboard)
    assert refusal.value.description == f"Bad Request: {why}"


def test_a_button_without_a_label_is_not_there() -> None:
    assert [
        b.label for row in inline_rows([[button(text=""), button(text=" Go ")]]) for b in row
    ] == ["Go"]


# -- editing and deleting


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


# -- files


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


# -- long polling


async def test_polling_forgets_only_what_was_acknowledged(fake: FakeTelegram, ask: Ask) -> None:
    amal = fake.user(1001)
    for text in ("one", "two", "three"):
        await amal.says(text)
    first = (await ask("getUpdates"))["result"]
    assert [update["message"]["text"] for update in first] == ["one", "two", "three"]
    assert (await ask("getUpdates"))["result"] == first
    assert (await ask("getUpdates", offset=first[1]["update_id"], limit=1))["result"] == first[1:2]
    assert (await ask("getUpdates", offset=-1))["result"] == first[2:]
    assert (await ask("getUpdates", offset=first[2]["update_id"] + 1))["result"] == []
    assert fake.handled == [update["update_id"] for update in first]


async def test_long_polling_waits_for_an_update(fake: FakeTelegram, ask: Ask) -> None:
    poll = asyncio.ensure_future(ask("getUpdates", timeout=5))
    await asyncio.sleep(0.03)
    assert not poll.done()
    await fake.user(1001).says("hello")
    assert [update["message"]["text"] for update in (await poll)["result"]] == ["hello"]


async def test_a_second_poll_or_a_webhook_ends_the_first(fake: FakeTelegram, ask: Ask) -> None:
    other = (
        "409 Conflict: terminated by other getUpdates request; make sure that only one bot "
        "instance is running"
    )
    first = asyncio.create_task(refused(ask("getUpdates", timeout=5)))
    await asyncio.sleep(0.03)
    second = asyncio.create_task(refused(ask("getUpdates", timeout=5)))
    assert await first == other
    await asyncio.sleep(0.03)
    await ask("setWebhook", url="http://127.0.0.1:9/hook")
    assert await second == "409 Conflict: terminated by setWebhook request"
    assert (await refused(ask("getUpdates"))).startswith(
        "409 Conflict: can't use getUpdates method while webhook"
    )


async def test_only_updates_that_were_asked_for(fake: FakeTelegram, ask: Ask) -> None:
    await ask("getUpdates", allowed_updates=["callback_query"])
    await fake.user(1001).says("hello")
    assert (await ask("getUpdates"))["result"] == []


# -- webhook


class Hook:
    """A bot's webhook that answers what it is told."""

    def __init__(self) -> None:
        self.got: list[JSON] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.body: JSON = {}
        self.delay = 0.0
        self.at_once: dict[int, int] = {}
        self.most_at_once = 0

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        chat = update["message"]["chat"]["id"] if "message" in update else 0
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.at_once[chat] = self.at_once.get(chat, 0) + 1
        self.most_at_once = max(self.most_at_once, *self.at_once.values())
        await asyncio.sleep(self.delay)
        self.at_once[chat] -= 1
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.got.append(update)
        if status == 0 and request.transport:
            request.transport.close()
        return (
            web.json_response(self.body, status=status or 500)
            if self.body
            else web.Response(status=status or 500)
        )


@pytest.fixture
async def hook(fake: FakeTelegram, ask: Ask) -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.updates.backoff = 0.01
    await ask(
        "setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret_-"
    )
    yield hook
    await runner.cleanup()


def texts(updates: list[JSON]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_webhook_gets_updates_in_order_one_at_a_time_per_chat(
    fake: FakeTelegram, hook: Hook
) -> None:
    hook.delay = 0.01
    amal, bo = fake.user(1001), fake.user(1002)
    for n in range(3):
        await amal.says(f"a{n}")
        await bo.says(f"b{n}")
    await fake.quiet()
    assert [text for text in texts(hook.got) if text[0] == "a"] == ["a0", "a1", "a2"]
    assert hook.most_at_once == 1 and set(hook.secrets) == {"s3cret_-"}
    assert len(set(texts(hook.got)[:2])) == 2  # the two chats went at once


async def test_a_tap_may_overtake_a_text(fake: FakeTelegram, hook: Hook, ask: Ask) -> None:
    amal = fake.user(1001)
    await ask("sendMessage", chat_id=1001, text="Ready?", reply_markup=keyboard("Yes"))
    hook.statuses = [500]
    await amal.says("yes")
    await amal.taps("Yes")
    await fake.quiet()
    assert ["callback_query" in update for update in hook.got] == [True, False]


async def test_an_update_dropped_on_its_way_leaves_all_quiet(
    fake: FakeTelegram, hook: Hook, ask: Ask
) -> None:
    hook.delay = 0.03
    await fake.user(1001).says("dropped")
    await asyncio.sleep(0.01)
    await ask("deleteWebhook", drop_pending_updates=True)
    await asyncio.sleep(0.04)
    await fake.quiet(within=0.2)
    assert texts(hook.got) == ["dropped"] and fake.handled == []


async def test_webhook_is_tried_again_until_it_is_answered(
    fake: FakeTelegram, hook: Hook, ask: Ask
) -> None:
    hook.statuses = [500, 0, 503]
    amal = fake.user(1001)
    await amal.says("one")
    await amal.says("two")
    await fake.quiet()
    assert texts(hook.got) == ["one", "two"]
    assert [status for _, status in fake.delivered] == [500, 0, 503, 200, 200]
    info = (await ask("getWebhookInfo"))["result"]
    assert info["pending_update_count"] == 0
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    fake.repeat(2)
    await fake.quiet()
    assert texts(hook.got) == ["one", "two", "two", "two"]


async def test_one_call_in_the_answer_of_a_webhook_is_done(fake: FakeTelegram, hook: Hook) -> None:
    amal = fake.user(1001)
    hook.body = {"method": "sendMessage", "chat_id": 1001, "text": "from the answer"}
    await amal.says("hello")
    (answer,) = await amal.expects(1)
    assert answer.text == "from the answer" and fake.calls[-1].in_webhook
    hook.body = {"method": "sendMessage", "chat_id": 1001, "text": ""}
    await amal.says("hello")
    await amal.expects(0)
    assert fake.calls[-1].description == "Bad Request: message text is empty"


async def test_updates_wait_for_a_webhook(fake: FakeTelegram, hook: Hook, ask: Ask) -> None:
    url = fake.webhook["url"]
    await ask("deleteWebhook")
    amal = fake.user(1001)
    await amal.says("kept")
    await ask("setWebhook", url=url)
    await fake.quiet()
    assert texts(hook.got) == ["kept"]
    await ask("deleteWebhook")
    await amal.says("dropped")
    await ask("setWebhook", url=url, drop_pending_updates=True)
    await amal.says("new")
    await fake.quiet()
    assert texts(hook.got) == ["kept", "new"]
    bad = "400 Bad Request: secret token contains unallowed characters"
    assert await refused(ask("setWebhook", url=url, secret_token="no spaces")) == bad


# -- commands


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


# -- faults


async def test_faults_come_once_and_then_all_is_well(fake: FakeTelegram, ask: Ask) -> None:
    amal = fake.user(1001)
    send = {"method": "sendMessage", "chat_id": 1001, "text": "x"}
    fake.fail_next("sendMessage", 429, retry_after=2)
    answer = await ask(**send)
    assert answer["description"] == "Too Many Requests: retry after 2" and answer["parameters"] == {
        "retry_after": 2
    }
    fake.fail_next("sendMessage", 403)
    assert await refused(ask(**send)) == "403 Forbidden: bot was blocked by the user"
    fake.fail_next("*", 500, times=2)
    assert await refused(ask(**send)) == "500 Internal Server Error"
    assert await refused(ask("getMe")) == "500 Internal Server Error"
    assert (await ask(**send))["ok"] and len(amal.messages) == 1


async def test_a_dropped_connection_leaves_the_work_undone_or_done(
    fake: FakeTelegram, ask: Ask
) -> None:
    amal = fake.user(1001)
    for drop, messages in (("before", 0), ("after", 1)):
        fake.fail_next("sendMessage", drop=drop)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await ask("sendMessage", chat_id=1001, text="x")
        assert len(amal.messages) == messages
        assert fake.calls[-1].dropped and fake.calls[-1].worked == bool(messages)


async def test_chaos_is_the_same_for_the_same_seed(fake: FakeTelegram, ask: Ask) -> None:
    fake.user(1001)

    async def run() -> list[int]:
        fake.chaos(seed=5, rate=0.5, kinds=["429", "500"])
        return [
            (await ask("sendMessage", chat_id=1001, text="x")).get("error_code", 0)
            for _ in range(20)
        ]

    first = await run()
    assert first == await run() and {0, 429, 500} == set(first)
    fake.no_chaos()
    assert (await ask("sendMessage", chat_id=1001, text="x"))["ok"]


async def test_pace_can_be_enforced(fake: FakeTelegram, ask: Ask) -> None:
    fake.user(1001)
    fake.enforce_pace = True
    fake.pace = Pace(burst=2)
    answers = [await ask("sendMessage", chat_id=1001, text="x") for _ in range(3)]
    assert [answer["ok"] for answer in answers] == [True, True, False]
    assert answers[2]["parameters"] == {"retry_after": 1} and fake.violations == 1
    assert (await ask("sendChatAction", chat_id=1001, action="typing"))["ok"]
    fake.flood(10)
    assert (await ask("sendMessage", chat_id=1001, text="x"))["parameters"]["retry_after"] == 10


def test_pace_counts_in_windows() -> None:
    fake, pace = FakeTelegram(), Pace(burst=3)
    group = fake.group(-1)
    assert [pace.wait(group, second) > 0 for second in range(21)] == [False] * 20 + [True]
    assert pace.wait(group, 60.0) == 0
    people = [fake.user(n).chat for n in range(40)]
    assert sum(pace.wait(chat, 100.0) == 0 for chat in people) == 30
    assert sum(pace.wait(chat, 101.0) == 0 for chat in people[30:]) == 10
    assert [pace.wait(people[0], 200.0) == 0 for _ in range(4)] == [True] * 3 + [False]


# -- what a person does and sees


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
