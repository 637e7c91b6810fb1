"""Strangers at the doors: half-open connections, floods of new chats, forms from elsewhere. Real
sockets.
"""

import asyncio
import logging
import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from prometheus_client import REGISTRY

from bot.channels.web import chat
from bot.web import doors, forms, server
from bot.web.doors import Doors, Runner, room
from bot.web.visitor import Proxies
from certificates import Fonts
from tests.support.program import Program
from tests.support.web import Client, Reader, Site, learners, open_site
from tests.support.world import SMALL

HALF = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n"
FORM = {"do": "L:en", "u": "one"}


async def _connected(
    port: int, sent: bytes = b""
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    await writer.drain()
    return reader, writer


def _refused(why: str) -> float:
    return REGISTRY.get_sample_value("pasito_web_connections_refused_total", {"reason": why}) or 0


# --- S6: connections


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HTT", HALF, HALF + b"\r\nu=1&do=", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"],
    ids=[
        "nothing",
        "half a head",
        "a head without its end",
        "half a body",
        "silence after an answer",
    ],
)
async def test_nobody_holds_a_connection_in_silence(
    site: Site, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "SILENT_SECONDS", 0.3)
    monkeypatch.setattr(doors, "SILENT_SECONDS", 0.3)
    monkeypatch.setattr(doors, "LINGERING_SECONDS", 0.2)
    app = web.Application(middlewares=[server.whole_forms({}), doors.while_answering])
    app.router.add_route("*", "/{any:.*}", _ok)
    async with _Served(app, 100) as served:
        reader, writer = await _connected(served.port or 0, sent)
        answer = await asyncio.wait_for(reader.read(), 20)
        assert (b" 408 " in answer) == (b"do=" in sent) and (b" 200 " in answer) == (
            b"healthz" in sent
        )
        writer.close()


async def _ok(_request: web.Request) -> web.Response:
    return web.Response()


class _Served(TestServer):
    def __init__(
        self, app: web.Application, most: int, proxies: Proxies | None = None, from_one: int = 400
    ) -> None:
        super().__init__(app)
        self.doors = Doors(most, proxies or Proxies(), from_one)

    async def _make_runner(self, **more: object) -> Runner:
        return Runner(self.app, self.doors, **{**more, "handler_cancellation": False})


@pytest.mark.parametrize("why", ["total", "address"])
async def test_who_waits_longest_gives_way_to_who_comes(
    why: str, caplog: pytest.LogCaptureFixture
) -> None:
    """300 half-open connections, of which 20 have room: whoever asks something is answered at
    once."""
    app = web.Application(middlewares=[doors.while_answering])
    app.router.add_get("/", _ok)
    before = _refused(why)
    most, from_one, proxies = (20, 400, Proxies()) if why == "total" else (1000, 20, Proxies(()))
    async with _Served(app, most, proxies, from_one) as served:
        half = [await _connected(served.port or 0, b"GET / HTT") for _ in range(300)]
        for _ in range(30):
            reader, writer = await _connected(
                served.port or 0, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
            )
            assert b" 200 " in await asyncio.wait_for(reader.readline(), 20)
            writer.close()
        assert await asyncio.wait_for(half[0][0].read(), 20) == b"", "the first one was closed"
        assert served.doors.open <= 20
        for _reader, writer in half:
            writer.close()
    assert _refused(why) - before >= 280
    (line,) = [record for record in caplog.records if record.name == "bot.web.doors"]
    assert "127.0.0.1" not in line.message


async def test_who_asked_something_stays_longer_than_who_never_did() -> None:
    app = web.Application(middlewares=[doors.while_answering])
    app.router.add_get("/", _ok)
    async with _Served(app, 10) as served:
        reader, writer = await _connected(served.port or 0, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 200 " in (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20))
        half = [await _connected(served.port or 0, b"GET / HTT") for _ in range(50)]
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 200 " in await asyncio.wait_for(reader.readline(), 20)
        for _reader, other in [*half, (reader, writer)]:
            other.close()
    assert (served.doors.open, served.doors.addresses) == (0, 0)


async def test_what_is_being_answered_is_never_closed() -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_request: web.Request) -> web.Response:
        begun.set()
        await go_on.wait()
        return web.Response(text="whole")

    app = web.Application(middlewares=[doors.while_answering])
    app.router.add_get("/", slow)
    async with _Served(app, 1) as served:
        reader, writer = await _connected(served.port or 0, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.wait_for(begun.wait(), 20)
        second, other = await _connected(served.port or 0, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 503 " in await asyncio.wait_for(second.readline(), 20), "no silent refusal"
        go_on.set()
        assert b" 200 " in await asyncio.wait_for(reader.readline(), 20)
        writer.close()
        other.close()


def test_a_reserve_of_files_is_kept() -> None:
    assert room(1024) == 768 and room(1_000_000) == doors.MOST and room(300) == 150
    assert doors.BACKLOG < doors.RESERVE, "so many are taken before the first is counted"


@pytest.fixture
def few_files() -> Iterator[None]:
    """1,024 for the program that is started now; more for us, who hold the other ends."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, before[1]), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


async def test_a_thousand_half_open_connections_and_1024_files(
    tmp_path: Path, few_files: None
) -> None:
    """Learners' pages and the database go on (S6 of the attacks: none of 20 pages came)."""
    program = Program(tmp_path, files=1024)
    await program.start()
    try:
        half = [await _connected(program.port, HALF) for _ in range(1000)]
        pages = 0
        for i in range(20):
            body = f"do=L%3Aen&u=learner{i}".encode()
            head = (
                f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\nConnection: "
                f"close\r\n\r\n"
            ).encode()
            reader, writer = await _connected(program.port, head + body)
            answer = await asyncio.wait_for(reader.read(), 30)
            pages += b" 303 " in answer.split(b"\r\n")[0]
            writer.close()
        for _reader, writer in half:
            writer.close()
    finally:
        stopped = await program.stop()
    assert pages == 20 and stopped == 0


# --- S3: whose page


async def test_no_form_chooses_the_address_of_a_page(site: Site) -> None:
    for name in ("key", "token", "u", "start"):
        async with site.client.post(
            "/", data={"do": "L:en", name: "F" * 32}, allow_redirects=False
        ) as response:
            assert response.status == 303 and "F" * 32 not in response.headers["Location"]


async def test_forms_at_the_same_moment_make_one_learner(site: Site) -> None:
    async def sent() -> str:
        async with site.client.post(
            "/", data={**FORM, "start": "m-phone"}, allow_redirects=False
        ) as response:
            return response.headers["Location"]

    assert (
        len(set(await asyncio.gather(*(sent() for _ in range(5))))) == 1
        and await learners(site.store) == 1
    )


async def test_the_same_form_of_somebody_else_makes_another_learner(site: Site) -> None:
    """Who sends a first form and has somebody else send it again does not know their page."""
    pages = set()
    for phone in ("Opera Mini", "Firefox"):
        async with site.client.post(
            "/", data=FORM, headers={"User-Agent": phone}, allow_redirects=False
        ) as response:
            pages.add(response.headers["Location"])
    assert len(pages) == 2


@pytest.mark.parametrize(
    ("origin", "taken"),
    [
        (None, True),
        ("null", True),
        ("http://{host}", True),
        ("https://{host}", True),
        ("https://learn.example.org", True),
        ("https://LEARN.example.org:443", True),
        ("https://evil.example", False),
        ("https://learn.example.org.evil.example", False),
        ("https://learn.example.org:8443", False),
        ("http://{host}0", False),
        ("https://evil.example:x", False),
        ("://", False),
        ("{host}", False),
    ],
)
async def test_only_our_own_pages_send_forms(site: Site, origin: str | None, taken: bool) -> None:
    """On phones too old for Sec-Fetch-Site."""
    amina = Reader(site.client)
    await amina.opens("/")
    await amina.taps("English")
    host = f"127.0.0.1:{site.client.port}"
    headers = {"Origin": origin.format(host=host)} if origin else {}
    for url in ("/", amina.url):
        async with site.client.post(
            url, data=FORM, headers=headers, allow_redirects=False
        ) as response:
            assert response.status in ((200, 303) if taken else (403,))
            if not taken:
                assert "another site" in await response.text()


# --- W1: new chats


async def test_a_centre_gets_in_and_a_flood_is_told_when_to_come_again(
    tmp_path: Path, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chat.NEW_CHATS >= 340, "300 people in an hour, and a class of 40 among them"
    monkeypatch.setattr(chat, "NEW_CHATS", 3)

    async def begins(client: Client, u: str, **headers: str) -> tuple[int, str, str]:
        async with client.post(
            "/", data={"do": "L:en", "u": u}, headers=headers, allow_redirects=False
        ) as response:
            return response.status, response.headers.get("Retry-After", ""), await response.text()

    async with open_site(SMALL, tmp_path, fonts) as site:
        assert [(await begins(site.client, f"{i}"))[0] for i in range(3)] == [303] * 3
        status, wait, page = await begins(site.client, "4")
        assert (
            status == 429
            and 1 <= int(wait) <= 3600
            and "come again in" in page
            and "minute" in page
        )
        assert (await begins(site.client, "2"))[0] == 303, "the same form again is nobody new"
        assert (await begins(site.client, "4", **{"X-Forwarded-For": "198.51.100.7"}))[0] == 303
        assert (await begins(site.client, "5", **{"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}))[
            0
        ] == 303
        assert await learners(site.store) == 5


@pytest.mark.parametrize(
    ("told", "visitor"),
    [
        ([], "127.0.0.1"),
        (["198.51.100.7"], "198.51.100.7"),
        (["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
        (["203.0.113.9", "198.51.100.7, 10.1.2.3"], "198.51.100.7"),
        (["203.0.113.9, what?"], "127.0.0.1"),
        (["2001:db8:1:2:3::4"], "2001:db8:1:2::/64"),
        (["::ffff:198.51.100.7"], "198.51.100.7"),
    ],
)
async def test_whose_word_about_visitors_is_believed(told: list[str], visitor: str) -> None:
    seen: list[str] = []

    async def look(request: web.Request) -> web.Response:
        seen.append(Proxies.of(["10.0.0.0/8"]).visitor(request))
        seen.append(Proxies(()).visitor(request))
        return web.Response()

    app = web.Application()
    app.router.add_get("/", look)
    async with TestServer(app) as served:
        head = "".join(f"X-Forwarded-For: {line}\r\n" for line in told)
        reader, writer = await _connected(
            served.port or 0, f"GET / HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode()
        )
        await reader.readline()
        writer.close()
    assert seen == [visitor, "127.0.0.1"], "of a stranger nothing is believed"


# --- S22, S23


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nbad header line\r\n\r\n",
        b"GET /secret HTTP/9.x\r\n\r\n",
        b"X : a\r\n\r\n",
    ],
)
async def test_what_is_no_request_gets_the_page_of_all_others(site: Site, request_: bytes) -> None:
    reader, writer = await _connected(site.client.port or 0, request_)
    answer = (await asyncio.wait_for(reader.read(), 20)).decode()
    writer.close()
    head, _empty, page = answer.partition("\r\n\r\n")
    async with site.client.post("/", data=b"a=1&" * 100) as usual:
        expected = await usual.text()
        names = set(usual.headers) - {"Content-Encoding", "Content-Length", "Date", "Vary"}
    assert (
        " 400 " in head.splitlines()[0]
        and "server" not in head.lower()
        and "secret" not in page
        and "bad" not in page
    )
    assert page == expected or _without_random(page) == _without_random(expected)
    assert names <= {line.partition(":")[0] for line in head.splitlines()}


def _without_random(page: str) -> str:
    return re.sub(r'name="u" value="[^"]*"', "", page)


async def test_a_form_that_breaks_off_is_one_line(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    _reader, writer = await _connected(site.client.port or 0, HALF + b"\r\nu=1&text=secret")
    writer.transport.abort()
    until = time.monotonic() + 20
    while "broke off" not in caplog.text and time.monotonic() < until:
        await asyncio.sleep(0.01)
    (line,) = [record for record in caplog.records if record.name.startswith(("bot", "aiohttp"))]
    assert line.levelno == logging.INFO and line.exc_info is None and "broke off" in line.message


@pytest.mark.parametrize("how", ["gzip", "deflate", "br", "zstd"])
async def test_what_comes_packed_is_not_unpacked_and_writes_no_log(
    how: str, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """A body that says how it is packed, and is not, was a traceback in the log each time."""
    caplog.set_level(logging.INFO)
    head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: {how}\r\nConnection: close\r\n"
    reader, writer = await _connected(
        site.client.port or 0, f"{head}Content-Length: 8\r\n\r\ndo=L:en".encode() + b"&"
    )
    assert b" 303 " in await reader.readline()
    writer.close()
    assert not [one for one in caplog.records if one.name.startswith(("bot", "aiohttp"))]
