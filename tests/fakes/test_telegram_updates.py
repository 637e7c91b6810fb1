"""Updates on their way: none is lost, by long polling and by a webhook."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from tests.fakes.calls import Ask, keyboard, refused, texts
from tests.fakes.telegram import (
    JSON,
    FakeTelegram,
)


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
