"""What goes wrong on the web: double taps, the way back, broken and hostile requests; nothing
leaks."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from prometheus_client import REGISTRY
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversation.action import encode
from bot.flows.account.actions import Connect, Delete, Erase, NewCode, SettingsMenu
from bot.web.server import PAGE_HEADERS
from db import tables as t
from tests.support.web import Reader, Site, learners
from tests.support.web_learner import NOBODY, who_learns


async def test_a_first_page_sent_twice_makes_one_learner(site: Site) -> None:
    """On a slow network people tap again; the browser shows the second answer. A code is used up by
    the first."""
    settled = await who_learns(site.client)
    await settled.act(Connect())
    await settled.act(NewCode())
    code = re.search(r"\d{3} \d{3} \d{4}", settled.page)
    assert code
    amina = Reader(site.client)
    await amina.opens(f"/?code={code[0].replace(' ', '')}")
    first = amina.page
    await amina.taps("English")
    assert "Make the two one?" in amina.page
    await amina.taps("Yes, both are mine")
    assert "Joined" in amina.page and amina.form.startswith("/chat/")
    amina.url, amina.page = "/", first
    await amina.taps("English")
    assert "not valid" not in amina.page and "MigranTech" in amina.page
    assert await learners(site.store) == 1


async def test_another_button_of_a_page_seen_again_counts(site: Site) -> None:
    """The browser's "back" may show the very same page without asking us."""
    amina = await who_learns(site.client)
    home = amina.page
    await amina.taps("Settings")
    assert amina.heading == "Settings"
    amina.page = home
    await amina.taps("Help")
    assert "Small steps" in amina.page or "❓" in amina.page


async def test_two_people_with_the_same_random_text_do_not_meet(site: Site) -> None:
    first, second = await who_learns(site.client), await who_learns(site.client)
    for reader in (first, second):
        await reader.request("POST", reader.url, data={"u": "same", "do": encode(SettingsMenu())})
        assert reader.heading == "Settings"


async def test_what_is_stored_of_an_update_tells_nothing(site: Site) -> None:
    amina = await who_learns(site.client)
    u, token = amina.field("u"), amina.url.removeprefix("/chat/")
    await amina.types("my secret")
    async with site.store.engine.connect() as connection:
        rows = (await connection.execute(sa.select(t.update))).all()
    stored = repr(rows)
    assert rows and u not in stored and token not in stored and "secret" not in stored


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"text=\xff\xfe&u=1", "application/x-www-form-urlencoded"),
        (b"text=%00%ED%A0%80%E2%80%AE&u=%00", "application/x-www-form-urlencoded; charset=no-such"),
        (b"do=" + b"%F0%9F%91%A3" * 100, "application/x-www-form-urlencoded"),
        (b"do=a:1:1:9999999999999", "application/x-www-form-urlencoded"),
        (b"", "application/x-www-form-urlencoded"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
    ],
)
async def test_a_broken_form_shows_where_the_learner_is(site: Site, body: bytes, kind: str) -> None:
    amina = await who_learns(site.client)
    async with site.client.post(amina.url, data=body, headers={"Content-Type": kind}) as response:
        assert response.status == 200 and "MigranTech" in await response.text()


async def test_a_form_that_is_too_large_is_refused_however_it_is_sent(site: Site) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"text=" + b"x" * 1000

    for url in ("/", (await who_learns(site.client)).url):
        for data in (b"text=" + b"x" * 9000, in_pieces()):
            async with site.client.post(url, data=data) as response:
                assert response.status == 413 and "too long" in await response.text()


async def test_too_many_fields(site: Site) -> None:
    async with site.client.post(
        "/", data=b"a=1&" * 100, headers={"Content-Type": "application/x-www-form-urlencoded"}
    ) as response:
        assert response.status == 400


async def test_every_error_is_a_protected_page_in_the_readers_language(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, OSError())

    async def status(method: str, url: str, **headers: str) -> int:
        headers["Accept-Language"] = "nl, fr-CH;q=0.8, en;q=0.5"
        async with site.client.request(method, url, headers=headers) as response:
            page = await response.text()
            assert (
                '<html lang="fr" dir="ltr">' in page
                and page.count("<h1") == page.count("<main") == 1
            )
            assert {name: response.headers[name] for name in PAGE_HEADERS} == PAGE_HEADERS
            assert (
                response.headers["X-Content-Type-Options"] == "nosniff"
                and "Server" not in response.headers
            )
            if response.status == 405:
                assert "GET" in response.headers["Allow"]
            return response.status

    def counted(status: str) -> float:
        return REGISTRY.get_sample_value("pasito_web_responses_total", {"status": status}) or 0

    before = counted("404"), counted("500")
    assert await status("GET", NOBODY) == 404
    assert await status("POST", NOBODY) == 404
    assert await status("GET", NOBODY + "/file/1") == 404
    assert await status("GET", "/chat/%FF%00'") == 404
    assert await status("GET", "/verify/%FF%00") == 404
    assert await status("DELETE", "/") == 405
    assert await status("POST", "/", **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert await status("POST", "/", **{"Sec-Fetch-Site": "same-site"}) == 403
    monkeypatch.setattr(site.store, "learner_at", away)
    assert await status("GET", NOBODY) == 503, "the database's fault: nothing is lost, try again"

    async def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(site.store, "learner_at", broken)
    assert await status("GET", NOBODY) == 500
    assert (counted("404") - before[0], counted("500") - before[1]) == (5, 1)


async def test_not_ready_names_what_is_missing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(AsyncEngine, "connect", away)
    async with site.client.get("/readyz") as response:
        assert response.status == 503 and await response.json() == {"database": False}
    async with site.client.get("/healthz") as response:
        assert response.status == 200


async def test_what_is_not_http_leaves_no_address_in_the_log(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for request in (
        b"GET / HTTP/1.1\r\nbad header line\r\n\r\n",
        b"GET /chat/secret HTTP/9.x\r\n\r\n",
        b"\x16\x03\x01 hello\r\n\r\n",
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", site.client.port)
        writer.write(request)
        await writer.drain()
        assert b"400" in await reader.readline()
        writer.close()
    assert "could not be read" in caplog.text
    assert (
        "127.0.0.1" not in caplog.text.replace("http://127.0.0.1", "")
        and "secret" not in caplog.text
    )


async def test_a_failing_page_is_logged_without_its_address(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    amina = await who_learns(site.client)

    async def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(site.store, "learner_at", broken)
    assert await amina.types("something private") == 500
    assert "a page failed: POST /chat/{token}" in caplog.text
    assert amina.url.removeprefix("/chat/") not in caplog.text and "private" not in caplog.text


async def test_looking_without_a_body(site: Site) -> None:
    """Monitors ask like this."""
    async with site.client.head("/") as response:
        assert response.status == 200 and await response.read() == b""


async def test_a_stylesheet_of_another_version_is_not_kept(site: Site) -> None:
    async with site.client.get("/static/pasito.00000000.css") as response:
        assert response.status == 200 and response.headers["Cache-Control"] == "no-store"
    async with site.client.get(
        "/static/pasito.00000000.css", headers={"Accept-Encoding": "identity"}
    ) as response:
        assert "Content-Encoding" not in response.headers and (await response.text()).startswith(
            "*{"
        )


async def test_deleted_is_deleted_and_one_can_begin_anew(site: Site) -> None:
    amina = await who_learns(site.client)
    link = amina.url
    await amina.act(Delete())
    await amina.act(Erase())
    assert "All is deleted." in amina.page and amina.url == "/"
    assert await learners(site.store) == 0
    goodbye = amina.page
    assert await amina.opens(link) == 404
    amina.url, amina.page = "/", goodbye
    await amina.types("hello")
    assert amina.url != link and "Which language" in amina.page


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Your name on the certificate"),
        ("   ", "could not read a name"),
        ("\u202e", "could not read a name"),
        ("😀", "could not read a name"),
        ("\x00\x01", "could not read a name"),
        ("42", "A name needs letters"),
        ("1234567890", "Your name on the certificate"),
        ("A" * 5000, "too long"),
    ],
    ids=[
        "nothing",
        "spaces",
        "override",
        "emoji",
        "control characters",
        "digits",
        "as many digits as a code",
        "very long",
    ],
)
async def test_what_is_no_name_is_explained(site: Site, typed: str, answer: str) -> None:
    amina = Reader(site.client)
    await amina.opens("/?start=m-phone")
    await amina.taps("English")
    for label in ("▶ Start", "Next", "The red", "Next", "Get my certificate"):
        await amina.taps(label)
    await amina.types(typed)
    assert answer in amina.page and "Your name on the certificate" in amina.page
    await amina.types("Amina Diallo")
    await amina.taps("do not keep")
    assert "Use of the cell phone (PDF)" in amina.text, "nothing is lost"
