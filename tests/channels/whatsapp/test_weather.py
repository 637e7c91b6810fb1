"""What goes wrong between us and Meta: the learner gets the answer, and the state is right."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import ClientTimeout

from bot.channels.whatsapp import client as whatsapp_client
from db import tables as t
from tests.support.whatsapp import ANSWERS, OnWhatsApp, begins


@pytest.mark.parametrize(
    "fault",
    [
        {"code": 131056},
        {"code": 130429},
        {"code": 131000, "status": 500},
        {"html": True},
        {"drop": "before"},
        {"drop": "after"},
        {"code": 2},
        {"delay": 1.5},
    ],
    ids=str,
)
async def test_bad_weather_is_stood(
    on: OnWhatsApp, fault: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whatsapp_client, "ALL_WAIT", 0.2)
    silence = ClientTimeout(connect=5, sock_read=0.5)
    monkeypatch.setattr(whatsapp_client, "_PATIENCE", silence)  # 20 s, where nobody waits for it
    amal, noor = on.fake.person(), on.fake.person("33612345678", "FR", "Noor")
    await begins(amal)
    on.fake.fail_next(**fault, to=amal.user_id)
    await amal.taps("Start: Meet the computer")
    await noor.says("hello")
    await noor.expects(1)
    async with asyncio.timeout(20):
        while "Which part" not in amal.screen:
            on.clock.now += 6  # what is unanswered is taken up again
            await asyncio.sleep(0.1)
    await amal.says(ANSWERS["Which part"])
    async with asyncio.timeout(20):
        while "✅ That is right." not in amal.screen:
            await asyncio.sleep(0.1)


async def test_a_form_that_is_refused_comes_as_plain_text(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    on.fake.fail_next(code=131009)
    await amal.says("hello")
    await amal.expects(1)
    assert amal.screen.kind == "text" and "English" in amal.screen
    await amal.says("English")
    await amal.expects(1)


@pytest.mark.parametrize("code", [131026, 131047, 131051])
async def test_what_is_final_is_not_tried_again(on: OnWhatsApp, code: int) -> None:
    amal = on.fake.person()
    await begins(amal)
    amal.refuses = code
    await amal.says("0")
    await on.quiet()
    async with asyncio.timeout(5):
        while await _unanswered(on):
            await asyncio.sleep(0.02)
    calls = len(on.fake.calls)
    on.clock.now += 60
    await asyncio.sleep(0)
    assert len(on.fake.calls) == calls
    async with on.store.engine.connect() as db:
        assert (await db.execute(sa.select(t.address.c.reachable))).scalar() == (code != 131026)
    amal.refuses = 0
    await amal.says("0")
    await amal.expects(1)
    async with on.store.engine.connect() as db:
        assert (await db.execute(sa.select(t.address.c.reachable))).scalar()


async def test_a_token_that_is_refused_says_so_and_nothing_is_lost(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    on.fake.token = "EAAanothertoken0123456789"
    await amal.says("0")
    await on.quiet()
    assert on.whatsapp.client.trouble
    with pytest.raises(Exception, match="token"):
        await on.whatsapp.reachable()
    on.fake.token = "EAAtestsystemusertoken0123456789"
    async with asyncio.timeout(20):
        while len(amal.shown) < 3:
            on.clock.now += 6
            await asyncio.sleep(0.1)
    await on.whatsapp.reachable()


async def _unanswered(on: OnWhatsApp) -> int:
    async with on.store.engine.connect() as db:
        left = sa.select(sa.func.count()).where(sa.not_(t.update.c.answered))
        return int((await db.execute(left)).scalar_one())
