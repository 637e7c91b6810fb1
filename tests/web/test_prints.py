"""Papers for anybody: from the page to each file, and a stranger who wants more than is good."""

import asyncio
import io

import pikepdf
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.documents.parcel import MadeFile, Unwanted
from bot.i18n.catalogues import Catalogues
from bot.model.order import OrderKind
from bot.model.prints import MODULE_PRINTS
from bot.model.words import verbatim
from bot.web.prints import AN_HOUR, WAITING, Prints
from cards.model import Module, Programme
from tests.support.pdf_text import by_pdfium, words
from tests.support.web import Client, Reader, plain
from tests.support.world import SMALL, taught


@pytest.mark.row("21", "38")
async def test_a_stranger_finds_handout_cards_key_plan_and_session_sheet(
    shipped_site: Client,
) -> None:
    reader = Reader(shipped_site)
    assert await reader.opens("/print") == 200
    assert reader.page.count('href="/print/') == 40 + 6
    assert "You need no account" in plain(reader.page) and 'href="/print/kitchen' in reader.page
    assert await reader.opens("/print/cv?language=fr") == 200
    assert "pour la maison, 2 pages" in plain(reader.page)
    found = {}
    for kind in MODULE_PRINTS:
        url = f"/print/cv/{kind}.pdf?language=fr"
        assert f'href="{url}"' in reader.page
        async with shipped_site.get(url) as response:
            assert response.status == 200 and response.content_type == "application/pdf"
            found[kind] = await response.read()
    said = {kind: words(" ".join(by_pdfium(data))) for kind, data in found.items()}
    assert all("Comment écrire un CV" in text for text in said.values())
    assert "Apprendre sur le téléphone" in said[OrderKind.HANDOUT]
    assert "Réponses" in said[OrderKind.CARDS]
    assert "Atelier" in said[OrderKind.WORKSHOP]
    assert "Tour de conversation" in said[OrderKind.SESSION]
    with pikepdf.open(io.BytesIO(found[OrderKind.CARDS])) as pdf:
        assert pdf.Root.Lang == "fr"


async def test_what_is_not_translated_says_so_and_what_is_not_there_is_not_found(
    shipped_site: Client,
) -> None:
    reader = Reader(shipped_site)
    assert await reader.opens("/print/cv?language=so") == 200
    assert "English" in plain(reader.page) or "Ingiriis" in plain(reader.page)
    for nowhere in ("/print/nothing", "/print/nothing/cards.pdf", "/print/cv/data.pdf"):
        assert await reader.opens(nowhere) == 404


class Drawing:
    """Counts what is drawn, and draws only when it may."""

    def __init__(self) -> None:
        self.times, self.may = 0, asyncio.Event()

    async def make(self, kind: OrderKind, module: Module, language: str) -> MadeFile:
        self.times += 1
        await self.may.wait()
        return MadeFile(f"{module.id}-{kind}.pdf", b"%PDF", "application/pdf", verbatim(""))


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


def _prints(drawing: Drawing) -> Prints:
    programme, said = taught(SMALL)
    return Prints(said, programme, drawing.make, clock=lambda: 1_790_000_000.0)


async def _served(prints: Prints) -> TestClient[web.Request, web.Application]:
    app = web.Application()
    prints.add_to(app)
    client = TestClient(TestServer(app))
    await client.start_server()
    return client


@pytest.mark.row("21")
async def test_a_paper_is_drawn_once(drawing: Drawing) -> None:
    drawing.may.set()
    prints = _prints(drawing)
    client = await _served(prints)
    for _time in range(5):
        assert (await client.get("/print/computer/handout.pdf")).status == 200
    assert drawing.times == 1
    prints.teach(prints.programme)
    await client.get("/print/computer/handout.pdf")
    assert drawing.times == 2, "decks were changed"
    await client.close()


@pytest.mark.row("21")
async def test_a_stranger_has_a_bound_and_few_wait(
    drawing: Drawing, shipped: Programme, shipped_words: Catalogues
) -> None:
    prints = Prints(shipped_words, shipped, drawing.make, clock=lambda: 1_790_000_000.0)
    client = await _served(prints)
    urls = [f"/print/{module}/handout.pdf" for module in shipped.offered]
    first = [asyncio.create_task(client.get(urls[n])) for n in range(WAITING)]
    while drawing.times < WAITING:
        await asyncio.sleep(0.001)
    late = await client.get(urls[WAITING])
    assert late.status == 503 and late.headers["Retry-After"] == "10"
    drawing.may.set()
    assert {(await task).status for task in first} == {200}
    for _time in range(AN_HOUR - WAITING):
        prints.teach(prints.programme)  # nothing is kept
        assert (await client.get(urls[0])).status == 200
    prints.teach(prints.programme)
    late = await client.get(urls[0])
    assert late.status == 429 and int(late.headers["Retry-After"]) > 0
    await client.close()


async def test_a_module_that_was_taken_out_while_its_paper_waited_is_not_found() -> None:
    async def gone(_kind: OrderKind, _module: Module, _language: str) -> MadeFile:
        raise Unwanted

    programme, said = taught(SMALL)
    client = await _served(Prints(said, programme, gone))
    assert (await client.get("/print/computer/handout.pdf")).status == 404
    await client.close()


async def test_a_class_that_opens_the_same_paper_at_once_waits_for_one_drawing(
    drawing: Drawing,
) -> None:
    prints = _prints(drawing)
    client = await _served(prints)
    url = "/print/computer/handout.pdf"
    pupils = [asyncio.create_task(client.get(url)) for _ in range(40)]
    while not drawing.times:
        await asyncio.sleep(0.001)
    drawing.may.set()
    assert {(await pupil).status for pupil in pupils} == {200} and drawing.times == 1
    await client.close()


async def test_what_was_drawn_of_decks_of_before_is_not_kept(drawing: Drawing) -> None:
    prints = _prints(drawing)
    client = await _served(prints)
    early = asyncio.create_task(client.get("/print/computer/handout.pdf"))
    while not drawing.times:
        await asyncio.sleep(0.001)
    prints.teach(prints.programme)
    drawing.may.set()
    assert (await early).status == 200
    assert (await client.get("/print/computer/handout.pdf")).status == 200
    assert drawing.times == 2
    await client.close()
