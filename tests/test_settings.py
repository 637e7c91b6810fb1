"""Settings: the defaults, and one sentence that names what is wrong."""

from functools import partial
from pathlib import Path

import pytest

from bot import settings as module
from bot.channels import SETTINGS
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.whatsapp.settings import WhatsAppSettings
from bot.commands.errors import sentence
from bot.documents.keys import secret_of
from bot.settings import SettingError, Settings
from db.vault import read_secret, secret_in

load = partial(module.load, channels=SETTINGS)


def test_nothing_has_to_be_set() -> None:
    settings = load({})
    assert settings == Settings(
        channels={"telegram": TelegramSettings(), "whatsapp": WhatsAppSettings()}
    )
    assert settings.database.startswith("sqlite+aiosqlite:///data/")


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PASITO_PORT=9000\nPASITO_PASS_MARK=60\nOTHER=1\n")
    monkeypatch.setenv("PASITO_PORT", "9001")
    settings = load(dotenv=tmp_path / ".env")
    assert (settings.port, settings.pass_mark) == (9001, 60)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("PASITO_RUN_BY=Associação\n".encode("latin-1"), "UTF-8"),
        ("PASITO_PORT=9000\n".encode("utf-16"), "UTF-8"),
        ("PASITO_PORT=9000\n".encode("utf-16-le"), "UTF-8"),
        (b'PASITO_PASS_MARK=60\nPASITO_RUN_BY="AMSED\nPASITO_PORT=9000\n', "line 2"),
        (b"PASITO_PASS_MARK=60\nPASITO_PORT\n", "line 2"),
        (b"PASITO_PASS_MARK=60\nPASITO_PORT: 9000\n", "line 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, content: bytes, why: str
) -> None:
    """And never settings that are silently not there."""
    (tmp_path / ".env").write_bytes(content)
    with pytest.raises(SettingError) as error:
        load(dotenv=tmp_path / ".env")
    assert ".env" in str(error.value) and why in str(error.value)


def test_a_folder_that_a_container_made_in_its_place_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be read: Is a directory"):
        load(dotenv=tmp_path)


def test_a_file_of_an_editor_that_marks_its_beginning_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfPASITO_PORT=9000\n\n# a note\nexport A=1\n")
    assert load(dotenv=tmp_path / ".env").port == 9000


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("PASITO_PORT", "eighty", "expected a whole number"),
        ("PASITO_PORT", "70000", "between 1 and 65535"),
        ("PASITO_TELEGRAM_TOKEN", "secret", "BotFather"),
        ("PASITO_TELEGRAM_MODE", "push", "Invalid enum value"),
        ("PASITO_TELEGRAM_RATE", "0", "between 1 and 1000"),
        ("PASITO_DATABASE_URL", "mysql://x", "postgresql+asyncpg://"),
        ("PASITO_PUBLIC_URL", "example.org", "https://"),
        ("PASITO_PUBLIC_URL", "https://[::1", "https://"),
        ("PASITO_PUBLIC_URL", "https://learn.example.org:80800", "https://"),
        ("PASITO_PUBLIC_URL", "https://learn.example.org:0", "https://"),
        ("PASITO_PUBLIC_URL", "https://me:secret@learn.example.org", "https://"),
        ("PASITO_TELEGRAM_API_URL", "http://bots:abc", "https://"),
        ("PASITO_WHATSAPP_API_URL", "http://[", "https://"),
        ("PASITO_SUPPORT_URL", "https://help.example.org:x/", "https://"),
        ("PASITO_PASS_MARK", "7\udcff", "UTF-8"),
        ("PASITO_RUN_BY", "Associa\udce7\udce3o", "UTF-8"),
        ("PASITO_ADMINS", "telegram:12,amina", "`amina`"),
        ("PASITO_PROXIES", "private, proxy.example", "`proxy.example`"),
        ("PASITO_PASS_MARK", "150", "between 0 and 100"),
        ("PASITO_SECRET_KEY", "short", "at least 16"),
        ("PASITO_TELEGRAM_WEBHOOK_SECRET", "a b", "letters, digits"),
        ("PASITO_PROT", "1", "did you mean PASITO_PORT?"),
        ("PASITO_TELEGRAM_TOKNE", "1", "did you mean PASITO_TELEGRAM_TOKEN?"),
        ("PASITO_XYZZY", "1", "the README lists them all"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(name: str, value: str, why: str) -> None:
    with pytest.raises(SettingError) as error:
        load({name: value})
    text = str(error.value)
    assert name in text and why in text and "\n" not in text


def test_secrets_are_not_shown() -> None:
    settings = load(
        {"PASITO_TELEGRAM_TOKEN": "123456789:AAHsecretsecret", "PASITO_SECRET_KEY": "k" * 20}
    )
    assert "secret" not in repr(settings).replace("secret_key", "") and "kkkk" not in repr(settings)


def test_a_webhook_needs_https() -> None:
    with pytest.raises(SettingError, match="PASITO_PUBLIC_URL"):
        load(
            {
                "PASITO_TELEGRAM_TOKEN": "123456789:AAHsecretsecret",
                "PASITO_TELEGRAM_MODE": "webhook",
            }
        )


def test_a_secret_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    """A full disk, or a file that Docker made: with an empty key everything would be sealed for
    nobody."""
    file = tmp_path / "secret.key"
    made = secret_in(file)
    assert secret_in(file) == made and len(made) > 40 and file.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"], "nothing else is left"
    file.write_text(f"\ufeff{made}\n")
    assert secret_in(file) == made, "as an editor keeps it"
    file.write_text("")
    with pytest.raises(OSError, match="empty or cut off"):
        secret_in(file)
    file.write_bytes(b"\xff\x80" * 16)  # openssl rand 32 > secret.key
    with pytest.raises(OSError, match="it is no text") as error:
        read_secret(file)
    assert sentence(error.value).startswith(f"{file} cannot be used: it is no text")
    with pytest.raises(SettingError, match=r"secret\.key cannot be read or made: it is no text"):
        secret_of(Settings(data_dir=tmp_path))


@pytest.mark.parametrize("url", ["postgresql+asyncpg://a@b:port/c", "postgres://a@b:port/c"])
def test_a_database_address_that_cannot_be_used_is_one_sentence(url: str) -> None:
    with pytest.raises(SettingError, match="PASITO_DATABASE_URL cannot be used"):
        load({"PASITO_DATABASE_URL": url})


def test_a_platform_that_reads_a_procfile_is_understood() -> None:
    url = "postgres://u:p@db.example:5432/x?sslmode=require"
    settings = load({"PORT": "5000", "DATABASE_URL": url})
    assert (settings.port, settings.host) == (5000, "0.0.0.0")
    assert settings.database == "postgresql+asyncpg://u:p@db.example:5432/x?ssl=require"
    ours = load(
        {
            "PORT": "5000",
            "PASITO_PORT": "6000",
            "DATABASE_URL": url,
            "PASITO_DATABASE_URL": "sqlite:///x.db",
        }
    )
    assert (ours.port, ours.host, ours.database) == (6000, "127.0.0.1", "sqlite+aiosqlite:///x.db")
    assert load({"PORT": "5000", "PASITO_HOST": "127.0.0.1"}).host == "127.0.0.1"


def test_the_public_address_follows_the_port_while_it_is_local() -> None:
    assert load({"PASITO_PORT": "8242"}).public_url == "http://127.0.0.1:8242"
    given = load({"PASITO_PORT": "8242", "PASITO_PUBLIC_URL": "https://learn.example.org"})
    assert given.public_url == "https://learn.example.org"
    assert load({}).local and not given.local and not load({"PORT": "1"}).local


@pytest.mark.parametrize(
    "entry", ["telegram:12", "whatsapp:DE.4913208655302741", "terminal:local", f"web:{'a' * 43}"]
)
def test_an_admin_may_be_on_any_channel(entry: str) -> None:
    assert load({"PASITO_ADMINS": entry}).admin_list == (entry,)
