"""What a reader pays for: every byte between browser and server, counted on the wire in both
directions.
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.flows.learning.kinds import asking_of
from bot.i18n.catalogues import Catalogues
from bot.model.words import Words
from cards.model import Programme
from cards.question import Question
from cards.reader import SHIPPED
from certificates import Fonts
from tests.support.web import open_site, plain

KILOBYTE = 1024
PHONE = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
    "*/*;q=0.8",
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
        with contextlib.suppress(OSError):
            await asyncio.gather(
                self._pipe(reader, there_writer, "up"), self._pipe(there_reader, writer, "down")
            )

    async def _pipe(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, way: str
    ) -> None:
        while some := await source.read(65536):
            setattr(self, way, getattr(self, way) + len(some))
            target.write(some)
            await target.drain()
        target.close()


@asynccontextmanager
async def metered(port: int) -> AsyncIterator[tuple[Meter, str]]:
    meter = Meter(port)
    server = await asyncio.start_server(meter.carry, "127.0.0.1", 0)
    async with server:
        yield meter, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@dataclass
class Browser:
    """Follows redirects, fetches the stylesheet once, presses buttons."""

    session: aiohttp.ClientSession
    site: str
    page: str = ""
    path: str = "/"
    loads: int = 0

    async def goes(self, method: str, path: str, **form: str) -> None:
        async with self.session.request(method, self.site + path, data=form or None) as response:
            assert response.status == 200
            self.path = response.url.path
            self.page = await response.text()
        self.loads += 1

    async def presses(self, beginning: str) -> None:
        """The first button whose action begins like this."""
        do = next(
            do
            for do in re.findall(r'<button name="do" value="([^"]*)"', self.page)
            if do.startswith(beginning)
        )
        form = self.page[self.page.index("<form") :]
        hidden = dict(
            re.findall(
                r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[: form.index("</form>")]
            )
        )
        target = re.match(r'<form method="post" action="([^"]+)"', form)
        await self.goes("POST", target[1] if target else self.path, **hidden, do=do)


@pytest.mark.row("13")
@pytest.mark.parametrize(
    ("language", "name"), [("en", "English"), ("ar", "العربية"), ("fr", "Français")]
)
@pytest.mark.parametrize(
    ("knowing", "limit"), [(True, 30), (False, 36)], ids=["knowing", "guessing"]
)
async def test_a_deck_from_the_first_page_to_the_summary(
    tmp_path: Path,
    fonts: Fonts,
    shipped: Programme,
    shipped_words: Catalogues,
    language: str,
    name: str,
    knowing: bool,
    limit: int,
) -> None:
    """Seed 13: the first answer under 14 KB, a deck of text alone under 30 KB. Who guesses sees
    most questions twice: nearly two decks."""
    answers = _answers(shipped, shipped_words, language) if knowing else {}
    async with open_site(SHIPPED, tmp_path, fonts) as site:
        headers = {**PHONE, "Accept-Language": language}
        async with (
            metered(site.client.port or 0) as (meter, url),
            aiohttp.ClientSession(headers=headers) as session,
        ):
            browser = Browser(session, url)
            await browser.goes("GET", "/")
            style = re.search(r'href="(/static/[^"]+)"', browser.page)
            assert style
            async with session.get(url + style[1]) as response:
                assert response.headers["Content-Encoding"] == "gzip"
                await response.read()
            async with session.get(url + "/favicon.ico") as response:
                assert response.status == 204 and "max-age" in response.headers["Cache-Control"]
            first = meter.down
            assert first < 14 * KILOBYTE
            await browser.presses("L:" + language)
            await browser.presses("b:computer:")
            while 'class="card centre"' not in browser.page:
                await browser.presses(_next(browser.page, answers))
                assert browser.loads < 60
            print(
                f"{name}: first page {first}, deck {meter.down} bytes down, {meter.up} up, "
                f"{browser.loads} pages"
            )
            assert meter.down < limit * KILOBYTE


async def test_the_deck_with_the_heaviest_pictures(
    tmp_path: Path, fonts: Fonts, shipped: Programme, shipped_words: Catalogues
) -> None:
    """product.md, Numbers: with pictures under 100 KB, each fetched once, from the first page
    on."""

    def heavy(way: tuple[str, str]) -> int:
        cards = shipped.modules[way[0]].by_id[way[1]].cards
        return sum(len(shipped.pictures[card.picture.file]) for card in cards if card.picture)

    module, deck = max(((m.id, d.id) for m in shipped.modules.values() for d in m.decks), key=heavy)
    assert heavy((module, deck)) > 2 * KILOBYTE
    answers = _answers(shipped, shipped_words, "en", module)
    async with (
        open_site(SHIPPED, tmp_path, fonts) as site,
        metered(site.client.port or 0) as (meter, url),
        aiohttp.ClientSession(headers=PHONE) as session,
    ):
        browser, seen = Browser(session, url), set[str]()
        await browser.goes("GET", f"/?start=m-{module}")
        style = re.search(r'href="(/static/[^"]+)"', browser.page)
        assert style
        async with session.get(url + style[1]) as response:
            await response.read()
        await browser.presses("L:en")
        await browser.presses(f"b:{module}:{deck}")
        while 'class="card centre"' not in browser.page:
            for picture in set(re.findall(r'<img src="([^"]+)"', browser.page)) - seen:
                seen.add(picture)
                async with session.get(url + picture) as response:
                    assert response.status == 200 and await response.read()
            await browser.presses(_next(browser.page, answers))
            assert browser.loads < 60
        print(f"{module}/{deck}: {len(seen)} pictures, {meter.down} bytes down")
        assert seen and meter.down < 100 * KILOBYTE


def _answers(
    programme: Programme, words: Catalogues, language: str, module: str = "computer"
) -> dict[str, tuple[str, ...]]:
    """Heading of a question -> what is to be chosen, in order."""

    def said(text: Words) -> str:
        return " ".join(words.say(text, language).split())

    return {
        said(question.text): tuple(
            said(asking_of(question).option(question, i)) for i in question.right
        )
        for deck in programme.modules[module].decks
        for question in deck.items
        if isinstance(question, Question)
    }


def _next(page: str, answers: dict[str, tuple[str, ...]]) -> str:
    """The button to press: on; a right answer where it is known, else the first that is left. Odd
    as it is, it is often wrong."""
    found = re.findall(
        r'<button name="do" value="((?:x|a|k|ok):[^"]*)"([^>]*)>(.*?)</button>', page
    )
    left = {plain(label): do for do, state, label in found if 'pressed="true"' not in state}
    heading = re.search("<h1>(.*?)</h1>", page)
    right = answers.get(plain(heading[1]), ()) if heading else ()
    known = [do for words in right for label, do in left.items() if label.endswith(words)]
    done = [do for do in left.values() if do.startswith("ok:")]
    return (known or done or list(left.values()))[0]
