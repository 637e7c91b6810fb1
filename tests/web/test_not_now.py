"""While the database takes nothing, whoever sends a form gets a kind page at once, and what they
sent counts once.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.web import not_now
from certificates import Fonts
from db import tables as t
from tests.support.person import count_of
from tests.support.web import Site, open_site
from tests.support.world import SMALL


@pytest.fixture
async def site(
    tmp_path: Path, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Site]:
    monkeypatch.setattr(not_now, "PATIENCE", 0.3)
    async with open_site(SMALL, tmp_path, fonts) as opened:
        yield opened


def _fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Nothing is lost"), ("fr", "Rien n’est perdu"), ("ar", "لم يضع شيء")],
)
async def test_a_form_while_somebody_holds_the_database(
    site: Site, language: str, said: str
) -> None:
    headers = {"Accept-Language": language}
    first = {"u": "page-1", "do": "language:en", "start": "m-computer"}
    async with site.store.engine.connect() as holder:
        await holder.execute(sa.text("SELECT 1"))  # BEGIN IMMEDIATE: nobody else writes
        async with site.client.post(
            "/", data=first, headers=headers, allow_redirects=False
        ) as response:
            page = await response.text()
            assert response.status == 503 and said in page and 'method="post"' in page
            assert response.headers["Cache-Control"] == "no-store"
        assert _fields(page) == first, "the button sends the same"
    async with asyncio.timeout(20):
        while await count_of(site.store, t.update) < 1:  # it waited, and is taken all the same
            await asyncio.sleep(0.05)
    async with site.client.post(
        "/", data=_fields(page), headers=headers, allow_redirects=False
    ) as response:
        assert response.status in (200, 303)
    assert await count_of(site.store, t.learner) == 1


async def test_what_was_typed_comes_back_as_it_was(site: Site) -> None:
    typed = {"u": "page-2", "text": '<b>"Amina" & مينا</b>'}
    async with site.store.engine.connect() as holder:
        await holder.execute(sa.text("SELECT 1"))
        async with site.client.post("/", data=typed) as response:
            page = await response.text()
    assert _fields(page) == typed and "<b>" not in page


async def test_a_page_that_cannot_be_read_offers_itself_again(site: Site, tmp_path: Path) -> None:
    async with site.client.post(
        "/", data={"u": "1", "do": "language:en"}, allow_redirects=False
    ) as response:
        mine = response.headers.get("Location", "")
    for file in tmp_path.rglob("*.sqlite3*"):
        file.unlink()
    for path in (mine or "/chat/" + "A" * 32, "/join/abcdefghjkmnpqrs"):
        async with site.client.get(path) as response:
            page = await response.text()
            assert response.status == 503 and f'href="{path}"' in page and "Nothing is lost" in page


async def test_a_file_may_take_longer_than_the_patience(site: Site) -> None:
    """It has come before the database is asked; while that takes nothing, a way leads back."""

    async def slowly() -> AsyncIterator[bytes]:
        for part in (b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n', b"%&PDF" * 50):
            yield part
            await asyncio.sleep(0.3)
        yield b"\r\n--b--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    async with site.client.post("/", data={"u": "1", "do": "language:en"}) as response:
        send = f"{response.url.path}/send"
    async with site.client.post(send, data=slowly(), headers=headers) as response:
        assert response.status == 200, "back on the page"
    async with site.store.engine.connect() as holder:
        await holder.execute(sa.text("SELECT 1"))
        async with site.client.post(send, data=slowly(), headers=headers) as response:
            page = await response.text()
            assert response.status == 503 and f'href="{send}"' in page and "Nothing is lost" in page
