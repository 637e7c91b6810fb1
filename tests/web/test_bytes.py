"""What a reader pays for: every byte between browser and server, counted on the wire in both directions."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from support import Clock
from test_pages import _client as site

from cards.reader import SHIPPED
from certificates import Fonts

KILOBYTE = 1024
PHONE = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en",
    "Upgrade-Insecure-Requests": "1",
    "Cache-Control": "max-age=0",
}


@dataclass
class Meter:
    """Stands between a browser and the server and counts."""

    port: int
    down: int = 0
    up: int = 0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.port)
        await asyncio.gather(self._pipe(reader, there_writer, "up"), self._pipe(there_reader, writer, "down"))

    async def _pipe(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, way: str) -> None:
        while some := await source.read(65536):
            setattr(self, way, getattr(self, way) + len(some))
            target.write(some)
            await target.drain()
        target.close()


@asynccontextmanager
async def metered(port: int) -> AsyncIterator[tuple[Meter, str]]:
    meter = Meter(port)
    server = await asyncio.start_server(meter.carry, "127.0.0.1", 0)
    yield meter, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


@dataclass
class Browser:
    """Follows redirects, fetches the stylesheet once, presses buttons."""

    session: aiohttp.ClientSession
    site: str
    page: str = ""
    loads: int = 0

    async def goes(self, method: str, path: str, **form: str) -> None:
        async with self.session.request(method, self.site + path, data=form or None) as response:
            assert response.status == 200
            self.page = await response.text()
        self.loads += 1

    async def presses(self, label: str) -> None:
        buttons = re.findall(r'<button name="do" value="([^"]*)"[^>]*>(.*?)</button>', self.page)
        do = next(data for data, text in buttons if label in text)
        form = self.page[self.page.index("<form") :]
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[: form.index("</form>")]))
        path = re.search(r'action="([^"]+)"', form)
        assert path
        await self.goes("POST", path[1], **hidden, do=do)


@pytest.mark.parametrize(("language", "name"), [("en", "English"), ("ar", "العربية"), ("fr", "Français")])
async def test_a_deck_from_the_first_page_to_the_summary(tmp_path: Path, fonts: Fonts, language: str, name: str) -> None:
    """Seed 13: the first answer under 14 KB, a deck of text alone under 30 KB."""
    async for client, _store in site(SHIPPED, tmp_path, fonts, Clock()):
        async with (
            metered(client.port or 0) as (meter, url),
            aiohttp.ClientSession(headers={**PHONE, "Accept-Language": language}) as s,
        ):
            browser = Browser(s, url)
            await browser.goes("GET", "/")
            style = re.search(r'href="(/static/[^"]+)"', browser.page)
            assert style
            async with s.get(url + style[1]) as response:
                assert response.headers["Content-Encoding"] == "gzip"
                await response.read()
            async with s.get(url + "/favicon.ico") as response:
                assert response.status == 204 and "max-age" in response.headers["Cache-Control"]
            first = meter.down
            assert first < 14 * KILOBYTE
            await browser.presses(name)
            await browser.presses(_first_deck(browser.page))
            while "🏁" not in browser.page:
                await _step(browser)
            print(f"{language}: first page {first}, deck {meter.down} bytes down, {meter.up} up, {browser.loads} pages")
            assert meter.down < 30 * KILOBYTE


def _first_deck(page: str) -> str:
    label = re.search(r'<button name="do" value="b:computer:[^"]*"[^>]*>(.*?)</button>', page)
    assert label
    return label[1]


async def _step(browser: Browser) -> None:
    """On, or the first answer that is left: what was missed is asked again, so this costs more than a deck without a fault."""
    buttons = re.findall(r'<button name="do" value="(?:x|a|k):[^"]*"[^>]*>(.*?)</button>', browser.page)
    await browser.presses(next(label for label in buttons if not label.startswith("✓")))
    assert browser.loads < 60
