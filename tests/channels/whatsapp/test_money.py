"""A month's messages: counted, and what happens when they are used up."""

import re

import pytest
from aiohttp import ClientSession
from prometheus_client import generate_latest

from bot.channels.whatsapp import money
from bot.conversation.turn import World
from bot.i18n.catalogues import Catalogues
from bot.model.broadcast import SpentThisMonth
from cards.model import Programme
from certificates import Fonts
from db import spent
from db.store import Store
from tests.fakes.whatsapp import FakeWhatsApp
from tests.support.web import Reader
from tests.support.whatsapp import ANSWERS, OnWhatsApp, begins, open_whatsapp
from tests.support.world import Clock


@pytest.mark.both_databases
async def test_messages_are_counted_by_category_and_month(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    await on.quiet()
    await on.whatsapp.month.write()
    found = await spent.this_month(on.store.engine, "whatsapp", on.clock.now)
    assert found == {"service": 2}, found
    assert await on.ask(SpentThisMonth()) == 2
    assert b'pasito_whatsapp_month_messages{category="service"} 2.0' in generate_latest()
    assert await spent.this_month(on.store.engine, "whatsapp", on.clock.now + 40 * 86400) == {}


async def test_used_up_learners_are_led_to_the_web_with_one_link_and_lose_nothing(
    meta: FakeWhatsApp,
    store: Store,
    programme: Programme,
    words: Catalogues,
    world: World,
    fonts: Fonts,
    clock: Clock,
) -> None:
    async with open_whatsapp(store, programme, words, world, fonts, clock, meta, monthly=3) as on:
        amal = on.fake.person()
        await begins(amal)
        await amal.taps("Start: Meet the computer")
        await amal.expects(1)
        before = await store.learner_at("whatsapp", amal.user_id)
        await amal.says(ANSWERS["Which part"])
        (led,) = await amal.expects(1)
        assert "used up" in led and led.link.startswith("https://learn.example.org/?code=")
        for _ in range(3):
            await amal.says("hello?")
        await on.quiet()
        assert amal.screen is led, "one link, as long as it works"
        learner = await store.learner_at("whatsapp", amal.user_id)
        assert before and learner and learner.attempts != before.attempts, "the answer counted"
        code = re.search(r"code=(\d+)", led.link)
        assert code
        async with ClientSession(on.url) as session:
            page = await (await session.get(f"/?code={code[1]}")).text()
            assert f'value="link-{code[1]}"' in page
        assert Reader and money.USED_UP
        await amal.says("/delete")
        await amal.forges("er")
        await amal.expects(1)
        assert "All is deleted." in amal.screen, "a goodbye is always said"
