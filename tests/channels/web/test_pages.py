"""The web chat through real HTTP: no script, no cookie, small, private, in both directions of
writing.
"""

import re

import pytest

from cards.model import Programme
from db.store import Store
from tests.support.web import Client, Reader, learners, right_answer


@pytest.mark.row("02")
async def test_first_card_is_two_taps_away_and_the_link_is_the_key(
    small: tuple[Client, Store],
) -> None:
    client, store = small
    amina = Reader(client)
    assert await amina.opens("/") == 200
    assert await _learners(store) == 0, "looking stores nobody"
    await amina.taps("English")
    await amina.taps("Start: Meet")
    assert "A machine" in amina.page and re.fullmatch(r"/chat/[\w-]{32}", amina.url)
    for address in (amina.url, f"{amina.url}/send"):
        again = Reader(client)
        await again.opens(address)
        assert "A machine" in again.page


async def _learners(store: Store) -> int:
    return await learners(store)


async def test_a_double_submit_and_a_reload_count_once(small: tuple[Client, Store]) -> None:
    client, store = small
    amina = Reader(client)
    await amina.opens("/")
    await amina.taps("English")
    await amina.taps("Start: Meet")
    before = amina.page
    await amina.taps("Next")
    amina.page, after = before, amina.page
    await amina.taps("Next")  # the very same form again
    assert re.search("<h1>.*</h1>", amina.page)[0] == re.search("<h1>.*</h1>", after)[0]  # type: ignore[index]
    learner = await store.learner_at("web", amina.url.removeprefix("/chat/"))
    assert learner and learner.attempts["computer/meet-the-computer"].step == 1


async def test_typing_does_what_buttons_do_and_notes_are_seen(small: tuple[Client, Store]) -> None:
    client, _store = small
    amina = Reader(client)
    await amina.opens("/")
    await amina.types("english")
    await amina.types("1")
    await amina.types("<script>alert(1)</script>")
    assert 'role="status"' in amina.page and "I did not understand" in amina.page
    assert "<script>" not in amina.page


async def test_a_module_to_its_certificate(small: tuple[Client, Store]) -> None:
    client, store = small
    amina = Reader(client)
    await amina.opens("/?start=m-phone")
    await amina.taps("English")
    for label in ("▶ Start", "Next", "The red", "Next", "Get my certificate"):
        await amina.taps(label)
    await amina.types("Zoë <b>Nguyễn</b>")
    assert "<b>Nguyễn" not in amina.page and "Your name" in amina.page
    await amina.types("Zoë Nguyễn")
    assert "Zoë Nguyễn" in amina.page
    await amina.taps("do not keep")
    link = re.search(r'href="(/chat/[^"]+/file/\d+)"', amina.page)
    assert link
    async with client.get(link[1]) as response:
        content = await response.read()
        assert response.status == 200 and content.startswith(b"%PDF")
        assert "filename*=UTF-8''Pasito" in response.headers["Content-Disposition"]
    async with client.get(link[1] + "/text") as response:
        assert "Use of the cell phone" in await response.text()
    async with client.get(link[1].replace("/file/", "/file/9")) as response:
        assert response.status == 404
    assert await _learners(store) == 1


async def test_pages_are_private_and_load_nothing_from_elsewhere(
    small: tuple[Client, Store],
) -> None:
    client, _store = small
    async with client.get("/") as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "form-action 'self'" in policy
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"
        page = await response.text()
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")
    async with client.post(
        "/", data={"do": "L:en", "u": "x"}, headers={"Sec-Fetch-Site": "cross-site"}
    ) as response:
        assert response.status == 403


async def test_wrong_addresses_are_friendly(small: tuple[Client, Store]) -> None:
    client, store = small
    for url in ("/chat/nobody-has-this", "/nothing", "/chat/x/file/1"):
        async with client.get(url, headers={"Accept-Language": "fr-FR,fr;q=0.9"}) as response:
            assert response.status == 404 and 'lang="fr"' in await response.text()
    async with client.post("/chat/nobody", data={"text": "hello"}) as response:
        assert response.status == 404
    async with client.post("/", data={"text": "x" * 9000}) as response:
        assert response.status == 413
    async with client.put("/") as response:
        assert response.status == 405
    assert await _learners(store) == 0


async def test_arabic_runs_from_the_right(shipped_site: Client) -> None:
    amina = Reader(shipped_site, "ar")
    await amina.opens("/")
    assert '<html lang="ar" dir="rtl">' in amina.page
    await amina.taps("العربية")
    await amina.taps("ابدأ")
    assert "أمينة" in amina.page


@pytest.mark.row("13")
async def test_a_whole_deck_costs_less_than_30_kilobytes(
    shipped_site: Client, shipped: Programme
) -> None:
    """From the first page to the summary, headers, redirects and the stylesheet included (seed
    13)."""
    amina = Reader(shipped_site)
    await amina.opens("/")
    assert amina.bytes < 14 * 1024
    await amina.taps("English")
    await amina.taps("Start: Meet")
    pages = 3
    while not amina.at_the_end:
        pages += 1
        if any("Next" in label for _do, label in amina.buttons):
            await amina.taps("Next")
        else:
            await amina.types(right_answer(amina.page, shipped))
        assert pages < 60
    print(f"{amina.bytes} bytes, {pages} pages")
    assert amina.bytes < 30 * 1024


async def test_health(small: tuple[Client, Store]) -> None:
    client, store = small
    async with client.get("/healthz") as response:
        assert response.status == 200
    async with client.get("/readyz") as response:
        assert response.status == 200 and await response.json() == {"database": True}
    async with client.get("/metrics") as response:
        assert response.status == 200
    async with client.get("/robots.txt") as response:
        assert "Disallow: /chat" in await response.text()
    assert store
