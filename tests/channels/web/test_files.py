"""Files on the page: whose they are, how long they wait, and one that cannot be made."""

import asyncio
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.channels.web import files
from bot.channels.web.files import KEPT_SECONDS, Shelf
from bot.documents.parcel import MadeFile
from bot.flows.account.actions import MyData
from bot.model.learner import Learner
from bot.model.order import OrderKind
from bot.model.words import Msg
from certificates import Fonts, MissingGlyphs
from db import tables as t
from db.orders import Order
from db.outbox import Delivery
from tests.support.web import Client, Reader, Site, open_site, plain
from tests.support.web_learner import NOBODY, who_learns
from tests.support.world import SMALL


async def _to_the_certificate(client: Client) -> Reader:
    amina = Reader(client)
    await amina.opens("/?start=m-phone")
    await amina.taps("English")
    for label in ("▶ Start", "Next", "The red", "Next", "Get my certificate"):
        await amina.taps(label)
    await amina.types("محمّد Diallo")
    await amina.taps("do not keep")
    return amina


async def test_files_stay_in_sight_when_something_was_not_understood(site: Site) -> None:
    amina = await _to_the_certificate(site.client)
    await amina.types("and now?")
    assert "I did not understand" in amina.page and "Use of the cell phone (PDF)" in amina.text


async def test_the_annex_waits_beside_the_certificate_and_when_asked_for(site: Site) -> None:
    amina = await _to_the_certificate(site.client)
    label = "About the project and its certificates (PDF)"
    assert label in amina.page and amina.page.count('/text"') == 1, (
        "the certificate can be read as text"
    )
    await amina.types("certificates")
    await amina.taps("About the project, for employers")
    assert "The file about the project comes here" in amina.page and amina.page.count(label) == 1
    *_, file = re.findall(r'href="(/chat/[^"]+/file/\d+)"', amina.page)
    async with site.client.get(file) as response:
        assert response.status == 200 and response.content_type == "application/pdf"
        assert "About-the-project" in response.headers["Content-Disposition"]
    async with site.client.get(f"{file}/text") as response:
        assert response.status == 404


async def test_a_file_in_another_language_says_so(site: Site) -> None:
    amina = await _to_the_certificate(site.client)
    assert "Use of the cell phone (PDF)" in amina.text
    await amina.types("français")
    await amina.types("/certificates")
    assert amina.text.count("– English") == 2, "on the file and on its text"


async def test_files_are_for_their_owner_alone(site: Site) -> None:
    amina, omar = await _to_the_certificate(site.client), await who_learns(site.client)
    file = re.search(r"/file/\d+", amina.page)
    assert file
    async with site.client.get(amina.url + file[0]) as response:
        assert response.status == 200 and response.headers["Cache-Control"] == "no-store"
        assert "%D9%85%D8%AD%D9%85%D9%91%D8%AF" in response.headers["Content-Disposition"]
    for link in (omar.url + file[0], omar.url + file[0] + "/text", NOBODY + file[0]):
        async with site.client.get(link) as response:
            assert response.status == 404


async def test_the_text_of_a_certificate_is_a_page_in_its_language(site: Site) -> None:
    amina = await _to_the_certificate(site.client)
    file = re.search(r"/file/\d+", amina.page)
    assert file and await amina.opens(amina.url + file[0] + "/text") == 200
    assert '<html lang="en" dir="ltr">' in amina.page and "<bdi>محمّد Diallo</bdi>" in amina.page
    assert "not a diploma" in amina.page and "Back to the chat" in amina.page


async def test_a_file_that_cannot_be_made_is_one_sentence(tmp_path: Path, fonts: Fonts) -> None:
    async def refused(delivery: Delivery) -> MadeFile:
        raise MissingGlyphs("𒀀")

    async with open_site(SMALL, tmp_path, fonts, refused) as site:
        amina = await _to_the_certificate(site.client)
        file = re.search(r"/file/\d+", amina.page)
        assert file
        for link in (file[0], file[0] + "/text"):
            async with site.client.get(amina.url + link) as response:
                page = await response.text()
                assert response.status == 422 and "Content-Disposition" not in response.headers
                assert "could not be made" in page and f'href="{amina.url}"' in page


async def test_my_data_comes_as_a_file(site: Site) -> None:
    amina = await who_learns(site.client)
    await amina.act(MyData())
    file = re.search(r"/file/\d+", amina.page)
    assert file and "JSON" in amina.page and "/text" not in amina.page
    async with site.client.get(amina.url + file[0]) as response:
        assert (
            response.content_type == "application/json"
            and (await response.json())["learner"]["language"] == "en"
        )
    async with site.client.get(amina.url + file[0] + "/text") as response:
        assert response.status == 404


async def test_what_was_just_made_is_fetched_first_and_older_files_do_not_pile_up(
    site: Site,
) -> None:
    """D8: the download is the one big button, its text is named, a picture is not promised where
    there is none."""
    amina = await _to_the_certificate(site.client)
    (go,) = re.findall(r'<(?:a|button)[^>]*class="go"[^>]*>(.*?)</(?:a|button)>', amina.page)
    assert plain(go) == "Use of the cell phone (PDF)" and "picture" not in amina.page
    assert re.findall(r'/text">([^<]*)<', amina.page) == ["Read as text: Use of the cell phone"]
    async with site.store.engine.begin() as db:  # an hour later
        await db.execute(sa.update(t.order).values(at=t.order.c.at - 3600))
    await amina.types("certificates")
    await amina.taps("About the project, for employers")
    assert "Use of the cell phone (PDF)" not in amina.page and amina.page.count("/file/") == 1
    await amina.act(MyData())
    assert amina.page.count("/file/") == 1, "here only what is stored"


async def test_a_page_that_asks_for_its_files_in_a_loop_has_one_in_hand() -> None:
    """S15: whoever asks once stands behind one file of theirs, however many they ask for."""
    made: list[str] = []
    go_on, line = asyncio.Event(), asyncio.Semaphore(1)

    async def make(delivery: Delivery) -> MadeFile:
        async with line:
            await go_on.wait()
            made.append(delivery.address)
            return MadeFile("x.pdf", b"x" * 1000, "application/pdf", Msg("x"), preview=b"picture")

    def ordered(id: int, page: str, kind: OrderKind = OrderKind.MODULE) -> Delivery:
        return Delivery(Order(id, kind), Learner(1), "web", page, 0, 0)

    now = 0.0
    shelf = Shelf(make, lambda: now)
    greedy = [
        asyncio.ensure_future(shelf.get("greedy", ordered(i % 9, "greedy"))) for i in range(200)
    ]
    await asyncio.sleep(0)
    other = asyncio.ensure_future(shelf.get("other", ordered(50, "other")))
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.wait_for(other, 20)
    assert made.index("other") <= 1
    await asyncio.wait_for(asyncio.gather(*greedy), 20)
    assert len(made) == 9 + 1, "what was made a moment ago is not made again"
    now = KEPT_SECONDS
    await shelf.get("greedy", ordered(1, "greedy"))
    assert len(made) == 11 and shelf.kept_bytes == 1000, "after a minute nothing is kept"
    for _ in range(2):
        await shelf.get("greedy", ordered(90, "greedy", OrderKind.DATA))
    assert len(made) == 13, "what is stored is always fresh"


async def test_files_that_are_kept_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    async def make(_delivery: Delivery) -> MadeFile:
        return MadeFile("x.pdf", b"x" * 400, "application/pdf", Msg("x"))

    monkeypatch.setattr(files, "MOST_KEPT_BYTES", 1000)
    shelf = Shelf(make)
    for id in range(10):
        await shelf.get(
            "page", Delivery(Order(id, OrderKind.MODULE), Learner(1), "web", "page", 0, 0)
        )
        assert shelf.kept_bytes <= 1000
