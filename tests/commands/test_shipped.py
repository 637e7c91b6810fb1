"""What ships passes lint, and the doctor finds it well. Both read all decks in all languages, which
is done once for the tests of this file.
"""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram.settings import TelegramSettings
from bot.settings import Settings
from tests.fakes.telegram import FakeTelegram
from tests.support.command import decks_read_once, examined, findings


@pytest.fixture
def read_once() -> Iterator[None]:
    findings()  # doctor itself waits for so long and no longer
    with decks_read_once():
        yield


def test_the_shipped_decks_and_translations_pass() -> None:
    assert [str(finding) for finding in findings() if finding.fails] == []


async def test_doctor_changes_nothing_and_finds_nothing_wrong(
    tmp_path: Path, read_once: None
) -> None:
    folder = tmp_path / "new"
    problems, said = await examined(Settings(data_dir=folder))
    assert problems == 0 and "made at the first start" in said and not folder.exists()
    assert "Français: 40 of 40 modules" in said
    assert "were not checked for a year" in said, "offices and pages that help"


async def test_doctor_names_what_to_mend(tmp_path: Path, read_once: None) -> None:
    async with FakeTelegram() as fake:
        good = Settings(
            data_dir=tmp_path,
            channels={"telegram": TelegramSettings(fake.token, fake.api_url)},
            admins="telegram:1",
        )
        problems, said = await examined(good)
        assert problems == 0 and "polling, no webhook is set" in said
        wrong = Settings(
            data_dir=tmp_path,
            channels={"telegram": TelegramSettings(f"987654321:{'B' * 35}", fake.api_url)},
        )
        problems, said = await examined(wrong)
        assert problems == 1 and "PASITO_TELEGRAM_TOKEN is refused" in said and "B" * 35 not in said
    key = tmp_path / "secret.key"
    key.write_text(secrets.token_urlsafe(32))
    key.chmod(0o644)
    away = Settings(
        data_dir=tmp_path, database_url=f"postgresql+asyncpg://u:secret@/x?host={tmp_path}"
    )
    problems, said = await examined(away)
    assert problems == 3 and "chmod 600" in said and "database" in said and "secret@" not in said
