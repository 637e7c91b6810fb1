"""The life of a page's address: changed, taken off, left (product.md, Privacy 11)."""

import asyncio
import re

import sqlalchemy as sa

from bot.channels.web.chat import AGAIN_SECONDS
from bot.conversation.action import encode
from bot.flows.account.actions import (
    Connect,
    Connections,
    Delete,
    Erase,
    LeavePage,
    NewAddressSure,
    NewCode,
    RenewAddress,
    TakeOffSure,
)
from bot.flows.learning.actions import Begin
from db import tables as t
from tests.support.web import Reader, Site, learners


async def _learning(site: Site, language: str = "en", name: str = "English") -> Reader:
    reader = Reader(site.client, language)
    await reader.opens("/")
    await reader.taps(name)
    return reader


async def test_a_page_gets_a_new_address_and_the_old_one_says_so(site: Site) -> None:
    amina = await _learning(site)
    await amina.act(Begin("computer", "meet-the-computer"))
    old, before = amina.url, await site.store.learner_at("web", amina.url.removeprefix("/chat/"))
    await amina.types("settings")
    await amina.taps("Phones and privacy")
    await amina.taps("Connected phones")
    assert "Web page, since 2" in amina.page and "this one" in amina.page
    await amina.taps("New address")
    sure = amina.page
    await amina.taps("Yes, a new address")
    new = amina.url
    assert (
        new != old
        and new.startswith("/chat/")
        and "has a new address" in amina.page
        and "bookmark" in amina.page
    )
    after = await site.store.learner_at("web", new.removeprefix("/chat/"))
    assert (
        after and before and after.attempts == before.attempts and await learners(site.store) == 1
    )

    stranger = Reader(site.client)
    for status in (
        await stranger.opens(old),
        await stranger.request("POST", old, data={"u": "x", "text": "hello"}),
    ):
        assert (
            status == 410
            and "has a new address" in stranger.page
            and "To get in again" in stranger.page
        )
        assert new not in stranger.page and "computer" not in stranger.page
    assert await stranger.opens(old + "/file/1") == 404

    amina.url, amina.page = old, sure
    await amina.taps("Yes, a new address")
    assert amina.url == new, "the very form that changed it, sent twice"
    async with site.store.engine.begin() as db:
        await db.execute(sa.update(t.update).values(at=t.update.c.at - AGAIN_SECONDS - 60))
    amina.url, amina.page = old, sure
    await amina.taps("Yes, a new address")
    assert amina.url == old and "has a new address" in amina.page, (
        "no longer: the browser's history is not the way in"
    )


async def test_two_taps_at_once_change_it_once(site: Site) -> None:
    amina = await _learning(site)
    await amina.act(NewAddressSure())
    form = {"u": amina.field("u"), "do": encode(RenewAddress())}

    async def sent() -> str:
        async with site.client.post(amina.url, data=form, allow_redirects=False) as response:
            return response.headers["Location"]

    places = set(await asyncio.gather(*(sent() for _ in range(4))))
    assert len(places) == 1 and amina.url not in places
    assert await amina.opens(places.pop()) == 200


async def test_a_page_that_another_took_off_is_a_plain_page(site: Site) -> None:
    amina, helper = await _learning(site), await _learning(site)
    await amina.act(Connect())
    await amina.taps("Make a code")
    code = re.search(r"\d{3} \d{3} \d{4}", amina.page)
    assert code
    await helper.types(code[0])
    await helper.taps("Yes, both are mine")
    await amina.opens(amina.url)
    assert "Connected: Web page" in amina.page, "the maker of the code is told on the page"
    await amina.taps("Take it off")
    await amina.taps("Yes, take it off")
    assert "It is taken off" in amina.page and "Only this one" in amina.page
    assert await helper.opens(helper.url) == 410 and "was taken off" in helper.page


async def test_who_leaves_a_shared_phone_is_told_how(site: Site) -> None:
    amina = await _learning(site)
    await amina.act(Connections())
    await amina.taps("Leave this page on this phone")
    assert "history" in amina.page and "Take this page off" in amina.page
    await amina.taps("Take this page off")
    assert "It is the only one" in amina.page and "Delete everything" in amina.page


async def test_who_takes_the_own_page_off_sees_a_goodbye(site: Site) -> None:
    amina, other = await _learning(site), await _learning(site)
    await amina.act(NewCode())
    learner = await site.store.learner_at("web", amina.url.removeprefix("/chat/"))
    assert learner and learner.code
    await other.types(learner.code.text)
    await other.taps("Yes, both are mine")
    here = site.store.connection_of("web", amina.url.removeprefix("/chat/"))
    await amina.act(TakeOffSure(here))
    link = amina.url
    await amina.taps("Yes, take it off")
    assert "This one is taken off" in amina.page and amina.url == "/"
    assert await amina.opens(link) == 410 and await other.opens(other.url) == 200


async def test_after_delete_an_old_address_says_nothing_more(site: Site) -> None:
    amina = await _learning(site)
    old = amina.url
    await amina.act(NewAddressSure())
    await amina.taps("Yes, a new address")
    await amina.act(Delete())
    await amina.act(Erase())
    assert await Reader(site.client).opens(old) == 404


async def test_right_to_left(site: Site) -> None:
    amina = await _learning(site, "ar", "العربية")
    for place in (Connections(), NewAddressSure(), LeavePage()):
        await amina.act(place)
        assert (
            '<html lang="ar" dir="rtl">' in amina.page
            and "page" not in amina.page.split("<main>")[1].split("<form")[0]
        )
