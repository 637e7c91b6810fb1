"""The page that tells an employer whether a certificate is genuine, through real HTTP."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web import verify
from bot.web.style import STYLE, Style
from bot.web.verify import Withdrawals
from certificates import Kind, Statement, verify_url
from db.revocations import State, Withdrawal, reinstate, revoke
from db.revocations import replace as replace_paper
from tests.support.statement import STATEMENT
from tests.support.web import Reader, Site
from tests.support.world import Clock

DAY = date(2026, 4, 1)


async def opened(
    site: Site, url: str = "", language: str = "en", statement: Statement = STATEMENT
) -> tuple[int, str]:
    """Status and page of this certificate, or of another address."""
    reader = Reader(site.client, language)
    status = await reader.opens(url or f"/verify/{site.verify.keys.sign(statement)}")
    return status, reader.page


async def withdrawn(site: Site, state: State, serial: str = STATEMENT.serial) -> None:
    async with site.store.engine.begin() as db:
        await (
            revoke(db, serial, DAY)
            if state is State.REVOKED
            else replace_paper(db, serial, "f" * 16, DAY)
        )
    await site.verify.withdrawals.refresh()


async def test_it_says_what_the_paper_says(site: Site) -> None:
    status, page = await opened(site)
    assert status == 200 and "This certificate is genuine</h1>" in page
    rows = dict(re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page))
    said = {label: re.sub("<[^>]+>", "", value) for label, value in rows.items()}
    assert said == {
        "Name": "Zoë &lt;b&gt;Nguyễn&lt;/b&gt; (as the holder wrote it)",
        "Module": "The computer",
        "Duration": "3 hours (as declared by the author)",
        "Learning time": "2 hours 35 minutes (from 3 March 2026 to 9 March 2026, measured "
        "without pauses)",
        "Trainer organisation": "AMSED",
        "Issued on": "9 March 2026",
        "Language of the certificate": "العربية",
    }
    assert "not a diploma" in page and "as the programme names them today" in page


async def test_it_says_the_result_and_the_level_where_the_paper_does(site: Site) -> None:
    _status, page = await opened(site, statement=replace(STATEMENT, tests_passed=True, eqf_level=2))
    assert "mandatory tests passed" in page and "EQF level 2" in page and "not referenced" in page


@pytest.mark.parametrize(
    ("language", "direction", "words"),
    [
        ("fr", "ltr", ("Ce certificat est authentique", "n’est pas un diplôme", "9 mars 2026")),
        ("ar", "rtl", ("هذه الشهادة أصلية", "مارس")),
    ],
)
async def test_it_speaks_the_readers_language(
    site: Site, language: str, direction: str, words: tuple[str, ...]
) -> None:
    for page in (
        (await opened(site, language=language))[1],
        (await opened(site, f"{path(site)}?language={language}"))[1],
    ):
        assert f'<html lang="{language}" dir="{direction}">' in page
        assert all(word in page for word in words)
        assert '<p lang="en" dir="ltr">This certificate is not a diploma' in page, (
            "the disclaimer stands in English as well"
        )
        assert '<a href="?language=pt" lang="pt" dir="ltr">Português</a>' in page


def path(site: Site) -> str:
    return f"/verify/{site.verify.keys.sign(STATEMENT)}"


async def test_the_qr_code_leads_there(site: Site) -> None:
    url = verify_url("https://learn.example.org", site.verify.keys.sign(STATEMENT))
    assert url.isupper()
    assert (await opened(site, url.removeprefix("HTTPS://LEARN.EXAMPLE.ORG")))[0] == 200
    assert (await opened(site, path(site).lower()))[0] == 200


@pytest.mark.parametrize(
    "spoilt",
    [
        "x",
        "A" * 200,
        "ключ",
        "%00",
        "..%2f..%2f",
        "<script>alert(1)</script>",
        "A" * 4001,
        "0" * 15,
    ],
)
async def test_a_bad_token_is_one_kind_sentence(site: Site, spoilt: str) -> None:
    status, page = await opened(site, f"/verify/{spoilt}")
    assert (
        status == 404 and "This certificate cannot be confirmed" in page and "<script" not in page
    )


async def test_a_changed_letter_is_not_confirmed(site: Site) -> None:
    token = site.verify.keys.sign(STATEMENT)
    status, page = await opened(
        site, f"/verify/{token[:150]}{'A' if token[150] != 'A' else 'B'}{token[151:]}"
    )
    assert status == 404 and "Zoë" not in page


async def test_revoked_and_replaced_are_said_and_can_be_undone(site: Site) -> None:
    await withdrawn(site, State.REPLACED)
    status, page = await opened(site)
    assert (
        status == 200
        and "There is a newer certificate" in page
        and "1 April 2026" in page
        and "genuine" not in page
    )
    await withdrawn(site, State.REVOKED)
    assert "no longer counts" in (await opened(site))[1]
    async with site.store.engine.begin() as db:
        assert await reinstate(db, STATEMENT.serial)
        assert not await reinstate(db, STATEMENT.serial)
    await site.verify.withdrawals.refresh()
    assert "There is a newer certificate" in (await opened(site))[1], (
        "undoing the one leaves the other"
    )
    assert "genuine" in (await opened(site, statement=replace(STATEMENT, serial="1" * 16)))[1]


async def test_a_number_alone_tells_only_whether_it_was_withdrawn(site: Site) -> None:
    status, page = await opened(site, f"/verify/{STATEMENT.serial}")
    assert status == 200 and "A number alone confirms nothing" in page and "Zoë" not in page
    await withdrawn(site, State.REVOKED)
    assert "no longer counts" in (await opened(site, f"/verify/{STATEMENT.serial.upper()}"))[1]


async def test_the_form_takes_what_people_paste(site: Site) -> None:
    token = site.verify.keys.sign(STATEMENT)
    _status, form = await opened(site, "/verify", "fr")
    assert '<label for="text">' in form and "Collez le lien" in form
    for pasted in (f" HTTPS://LEARN.EXAMPLE.ORG/VERIFY/{token} ", token.lower()):
        async with site.client.get(
            "/verify", params={"certificate": pasted, "language": "fr"}
        ) as response:
            assert response.status == 200 and "authentique" in await response.text()
    for pasted in ("../..", "nothing", "https://elsewhere.example/verify/", "x" * 5000):
        async with site.client.get("/verify", params={"certificate": pasted}) as response:
            assert response.status == 404 and response.url.path.startswith("/verify/")


async def test_the_page_is_private_and_small(site: Site) -> None:
    async with site.client.get(path(site), headers={"Accept-Encoding": "gzip"}) as response:
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert int(response.headers["Content-Length"]) < 1600
        page = await response.text()
    assert "<script" not in page and "http" not in page and "Set-Cookie" not in response.headers
    assert page.count("<h1>") == page.count("<main>") == 1


class Database:
    """One that can be away."""

    def __init__(self) -> None:
        self.away = False

    async def load(self) -> Mapping[str, Withdrawal]:
        if self.away:
            raise ConnectionRefusedError
        return {STATEMENT.serial: Withdrawal(State.REVOKED, DAY)}


async def test_without_the_database_the_last_list_holds_and_the_page_says_of_when(
    site: Site, clock: Clock
) -> None:
    database = Database()
    offline = Withdrawals(database.load, clock)
    client = replace(site.verify, withdrawals=offline)
    await offline.refresh()
    database.away = True
    clock.now += verify.STALE_SECONDS + 1
    await offline.refresh()
    page = await shown(client, STATEMENT.serial)
    assert (
        "no longer counts" in page
        and "The last answer is from 21 September 2026" in page
        and "UTC" in page
    )


async def test_a_list_that_never_came_is_admitted(site: Site, clock: Clock) -> None:
    database = Database()
    database.away = True
    offline = Withdrawals(database.load, clock)
    await offline.refresh()
    page = await shown(replace(site.verify, withdrawals=offline), site.verify.keys.sign(STATEMENT))
    assert "This certificate is genuine" in page and "We could not ask just now" in page


async def shown(page: verify.Verify, token: str) -> str:
    """The page of a server whose database is away."""
    app = web.Application()
    app[STYLE] = Style()
    app.router.add_get("/verify/{token}", page.check)
    async with TestClient(TestServer(app)) as client, client.get(f"/verify/{token}") as response:
        return await response.text()


async def test_the_list_is_there_at_the_start_and_kept_fresh(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "REFRESH_SECONDS", 0.01)
    database = Database()
    withdrawals = Withdrawals(database.load, clock)
    app = web.Application()
    app.cleanup_ctx.append(withdrawals.keep_fresh)
    async with TestServer(app):
        assert withdrawals[STATEMENT.serial]
        clock.now += 50
        await asyncio.sleep(0.1)
        assert withdrawals.as_of == clock.now
        database.away = True
        await asyncio.sleep(0.05)
        database.away = False
        clock.now += 50
        await asyncio.sleep(0.1)
        assert withdrawals.as_of == clock.now, "it goes on after an error"


async def test_programs_find_the_keys_and_the_withdrawn(site: Site) -> None:
    for place in ("/.well-known/did.json", "/did.json"):
        async with site.client.get(place) as response:
            document = await response.json()
            assert (
                document["id"] == "did:web:learn.example.org"
                and len(document["verificationMethod"]) == 1
            )
    await withdrawn(site, State.REVOKED)
    async with site.client.get("/verify/withdrawn") as response:
        listed = await response.json()
    assert listed["revokedCredential"] == [
        {
            "id": f"https://learn.example.org/verify/{STATEMENT.serial}",
            "revoked": True,
            "revocationReason": "revoked",
        }
    ]


async def test_a_module_that_is_no_longer_taught_is_named_by_its_id(site: Site) -> None:
    status, page = await opened(site, statement=replace(STATEMENT, subject="typewriters"))
    assert status == 200 and "typewriters" in page and "genuine" in page


async def test_other_kinds(site: Site) -> None:
    kinds = (
        (Kind.CATEGORY, "digital-skills", "Digital skills"),
        (Kind.PROGRAMME, site.verify.programme.id, "MigranTech"),
    )
    for kind, subject, title in kinds:
        _status, page = await opened(
            site, statement=replace(STATEMENT, kind=kind, subject=subject, modules=6)
        )
        assert title in page and "<dt>Modules</dt>" in page


async def test_the_annex_stands_behind_the_answer(site: Site) -> None:
    _, page = await opened(site)
    assert 'href="/annex/en.pdf"' in page
    async with site.client.get("/annex/en.pdf") as answer:
        assert answer.status == 200 and answer.content_type == "application/pdf"
        assert (await answer.read()).startswith(b"%PDF")
    async with site.client.get("/annex/xx.pdf") as answer:
        assert answer.status == 404
