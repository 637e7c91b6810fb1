"""What `pasito doctor` says of WhatsApp, and the file of templates."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.channels.whatsapp.checks import ENDS, looks, templates, version
from bot.channels.whatsapp.settings import WhatsAppSettings
from bot.channels.whatsapp.templates import all_submitted
from bot.commands.whatsapp import templates_of
from bot.i18n.catalogues import Catalogues
from bot.runtime.check import Finding, Level
from bot.settings import Settings
from tests.fakes.whatsapp import FakeWhatsApp

TODAY = date(2026, 11, 27)


async def found(meta: FakeWhatsApp, folder: Path, public: str, **own: object) -> list[Finding]:
    given = WhatsAppSettings(**{**meta.own, **own})
    settings = Settings(data_dir=folder, public_url=public, channels={"whatsapp": given})
    return [each async for each in looks(settings, TODAY, ("en",))]


async def test_all_is_well(meta: FakeWhatsApp, words: Catalogues, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("x" * 40)
    meta.templates = [{**t, "status": "APPROVED"} for t in all_submitted(["en"], words)]
    said = await found(meta, tmp_path, "https://learn.example.org")
    assert all(each.level is Level.OK for each in said), said
    text = "\n".join(each.text for each in said)
    assert "https://learn.example.org/whatsapp/webhook, verify token: " in text
    assert meta.number not in text and meta.token not in text


async def test_what_is_to_mend_is_one_sentence(meta: FakeWhatsApp, tmp_path: Path) -> None:
    off = [each async for each in looks(Settings(), TODAY, ("en",))]
    assert [each.level for each in off] == [Level.NOTE]
    plain = await found(meta, tmp_path, "http://learn.example.org")
    assert "https://" in plain[0].text and plain[0].level is Level.PROBLEM
    refused = await found(meta, tmp_path, "https://x.example", token="EAAwrong0123456789")
    assert "PASITO_WHATSAPP_TOKEN is refused" in refused[-1].text
    unknown = await found(meta, tmp_path, "https://x.example", phone_id="99999")
    assert "PASITO_WHATSAPP_PHONE_ID" in unknown[-1].text
    away = await found(meta, tmp_path, "https://x.example", api_url="http://127.0.0.1:9/v26.0")
    assert "cannot be reached" in away[-1].text


@pytest.mark.parametrize("name", sorted(ENDS))
def test_a_version_that_ends_is_told_90_days_before(name: str) -> None:
    url, ends = f"https://graph.facebook.com/v{name}", ENDS[name]
    assert version(url, ends - timedelta(91)).level is Level.OK
    assert version(url, ends - timedelta(90)).level is Level.PROBLEM
    assert version(url, ends).level is Level.PROBLEM
    assert version("https://graph.facebook.com/v26.0", ends).level is Level.OK


def test_templates_are_told_by_their_state_and_category(words: Catalogues) -> None:
    rows = [{**t, "status": "APPROVED"} for t in all_submitted(["en"], words)]
    rows[0]["status"] = "REJECTED"
    rows[1]["category"] = "MARKETING"
    said = [each.text for each in templates({"data": rows}, ("en",))]
    assert any("en (rejected)" in text for text in said)
    assert any("charges the template pasito_letter as marketing" in text for text in said)


def test_the_file_of_templates_is_ready_to_submit() -> None:
    made = json.loads(templates_of(Settings()))
    assert {each["language"] for each in made} >= {"en", "fr", "ar", "pt_PT", "tr"}
