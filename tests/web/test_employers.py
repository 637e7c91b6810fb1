"""What employers read about our papers, through real HTTP; and an organisation's paper checked."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cards.reader import SHIPPED
from certificates import Fonts, Kind
from tests.support.statement import STATEMENT
from tests.support.web import Client, Reader, Site, open_site, plain

MOST_BYTES = 14 * 1024


async def test_the_page_is_small_and_without_script(shipped_site: Client) -> None:
    reader = Reader(shipped_site)
    assert await reader.opens("/employers") == 200
    assert len(reader.page.encode()) <= MOST_BYTES and "<script" not in reader.page
    for said in (
        "It is not a diploma",
        "the person's own word",
        "Ask for the permit",
        "offer a placement",
        "not a label",
    ):
        assert said in plain(reader.page)
    assert 'href="/verify?language=en"' in reader.page
    assert 'href="/annex/en.pdf"' in reader.page


@pytest.mark.row("04")
@pytest.mark.parametrize("address", ["/employers", "/join/e-employer"])
async def test_from_the_page_to_the_five_steps(shipped_site: Client, address: str) -> None:
    reader = Reader(shipped_site)
    await reader.opens(address)
    await reader.taps("Open here")
    assert reader.heading == "For employers: five steps" and "0/5" in reader.text
    assert "Digital skills" not in reader.text
    await reader.taps("Checklist")
    assert "Checklist (PDF)" in reader.text
    link = reader.page.partition('href="/chat/')[2].partition('"')[0]
    async with shipped_site.get(f"/chat/{link}") as response:
        assert response.content_type == "application/pdf"
        assert (await response.read()).startswith(b"%PDF")


@pytest.mark.row("15")
async def test_an_organisations_paper_is_checked_like_any_other(
    tmp_path: Path, fonts: Fonts
) -> None:
    day = date(2026, 11, 27)
    async with open_site(SHIPPED, tmp_path, fonts) as site:
        token = _token(site, day)
        reader = Reader(site.client)
        assert await reader.opens(f"/verify/{token}") == 200
    assert "This certificate is genuine" in plain(reader.page)
    for said in ("Organisation", "Bakery Müller", "Track for employers", "five steps"):
        assert said in plain(reader.page)
    assert "it is not a label" in plain(reader.page) and "not a diploma" not in plain(reader.page)
    assert "what our papers mean" in plain(reader.page)


def _token(site: Site, day: date) -> str:
    stated = replace(
        STATEMENT,
        kind=Kind.ORGANISATION,
        subject="for-employers",
        name="Bakery Müller",
        issued=day,
        last_day=day,
        first_day=day,
    )
    return site.verify.keys.sign(stated)
