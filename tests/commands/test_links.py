"""Links that are dead are found, politely, and nobody is led to an address that is not public."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web

from bot.commands import links
from bot.commands.links import Checker, Dead, Link, check, is_public, links_of, told
from cards.medium import Medium, MediumKind
from cards.model import Programme

TODAY = date(2026, 11, 27)


class Site:
    """Pages on this machine, and what was asked of them."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.at_once, self.most = 0, 0
        self.port = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.method, request.path))
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        try:
            return await self._answer(request)
        finally:
            self.at_once -= 1

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.002)
        match request.path:
            case "/gone" | "/once" if request.path == "/gone" or len(self.asked) < 3:
                return web.Response(status=404)
            case "/no-head" if request.method == "HEAD":
                return web.Response(status=405)
            case "/shy":
                return web.Response(status=403)
            case "/broken":
                return web.Response(status=500)
            case "/moved":
                return web.Response(status=301, headers={"Location": "/here"})
            case "/circle":
                return web.Response(status=302, headers={"Location": "/circle"})
            case "/inside":
                return web.Response(
                    status=302, headers={"Location": "http://169.254.169.254/latest/meta-data"}
                )
            case "/other-scheme":
                return web.Response(status=302, headers={"Location": "file:///etc/passwd"})
            case "/slow":
                await asyncio.sleep(30)
        return web.Response(text="x" * 100_000)


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    pages = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", pages.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pages.port = runner.addresses[0][1]
    try:
        yield pages
    finally:
        await runner.cleanup()


def here_only(address: str) -> bool:
    return address == "127.0.0.1"


def checker(total: float = 20.0) -> Checker:
    return Checker(here_only, pause=0, total=total)


@pytest.mark.row("34")
async def test_what_does_not_answer_is_told_with_the_day_since_when(tmp_path: Path) -> None:
    kept = tmp_path / "links.json"
    async with site() as pages:
        asked = [Link("a-card", pages.url("/here")), Link("b-card", pages.url("/gone"))]
        first = await check(asked, checker(), kept, date(2026, 10, 1))
        again = await check(asked, checker(), kept, TODAY)
        assert first == again == [Dead(asked[1], "answers 404", date(2026, 10, 1))]
        assert list(told(again, 2)) == [
            f"2026-10-01  b-card           {pages.url('/gone')}: answers 404",
            "1 of 2 links did not answer, each with since when",
        ]
        assert await check(asked[:1], checker(), kept, TODAY) == []
        new = await check(asked, checker(), kept, TODAY)
        assert new[0].since == TODAY, "it had answered in between"


async def test_a_machine_that_is_cut_off_blames_nobody(tmp_path: Path) -> None:
    kept = tmp_path / "links.json"
    asked = [Link(f"{n}", f"http://127.0.0.1:9/{n}") for n in range(links.MANY)]
    with pytest.raises(links.NoneAnswered):
        await check(asked, checker(), kept, TODAY)
    assert not kept.exists()


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/here", ""),
        ("/no-head", ""),
        ("/shy", ""),
        ("/moved", ""),
        ("/once", ""),
        ("/gone", "answers 404"),
        ("/broken", "answers 500"),
        ("/circle", "leads around in a circle"),
        ("/inside", "leads to an address that is not public"),
        ("/other-scheme", "is no address of a page"),
        ("/slow", "no answer in time"),
    ],
)
async def test_what_counts_as_an_answer(path: str, why: str) -> None:
    async with site() as pages:
        url = pages.url(path)
        found = await checker(total=0.3 if path == "/slow" else 20).silent([url])
        assert found == ({url: why} if why else {})
        assert pages.asked[0] == ("HEAD", path)


async def test_a_host_is_asked_one_thing_at_a_time_with_a_pause() -> None:
    waited: Counter[float] = Counter()

    async def wait(seconds: float) -> None:
        waited[seconds] += 1

    async with site() as pages:
        urls = [pages.url(f"/{number}") for number in range(12)]
        assert await Checker(here_only, wait=wait).silent([*urls, *urls]) == {}
        assert (pages.most, len(pages.asked)) == (1, 12), "and each link once"
        assert waited == {links.PAUSE: 12}


PRIVATE = str(links.NotPublic())


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:{port}/", PRIVATE),
        ("http://localhost:{port}/", PRIVATE),
        ("http://2130706433:{port}/", "cannot be reached (InvalidUrlClientError)"),
        ("http://0x7f.1:{port}/", PRIVATE),
        ("http://１２７.0.0.1:{port}/", PRIVATE),
        ("http://127。0。0。1:{port}/", PRIVATE),
        ("http://①②⑦.0.0.1:{port}/", PRIVATE),
        ("http://[::1]:{port}/", PRIVATE),
        ("http://[::ffff:127.0.0.1]:{port}/", PRIVATE),
        ("http://10.0.0.1/", PRIVATE),
        ("http://169.254.169.254/latest/meta-data", PRIVATE),
        ("http://user:secret@127.0.0.1:{port}/", links.NO_PAGE),
        ("ftp://127.0.0.1/", links.NO_PAGE),
        ("http://[broken/", links.NO_PAGE),
    ],
)
async def test_nothing_that_is_not_public_is_ever_asked(url: str, why: str) -> None:
    """However a host is written: digits of other scripts are folded after any look at it."""
    async with site() as pages:
        url = url.format(port=pages.port)
        found = await Checker(pause=0, total=5).silent([url])
        assert found == {url: why} and pages.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d70e", True),
        ("2002:a00:1::", False),
        ("fec0::1", False),
        ("::7f00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("somewhere", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_cards_and_videos_are_asked(programme: Programme) -> None:
    module = programme.modules["computer"]
    deck = module.decks[0]
    film = Medium(MediumKind.VIDEO, "https://example.org/first-day", "12")
    filmed = replace(deck.cards[0], medium=film)
    first = replace(module, decks=(replace(deck, items=(filmed, *deck.items[1:])),))
    found = list(links_of(replace(programme, modules={"computer": first})))
    assert found[-1] == Link(f"{module.path}:{filmed.line}", "https://example.org/first-day")
    cards = [one for one in programme.resources if one.link]
    assert cards and len(found) == len(cards) + 1
