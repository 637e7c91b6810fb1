"""Checking, taking back and keys on the command line; withdrawn certificates in both databases."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.__main__ import cli
from bot.documents.keys import seal_of, signing_keys
from bot.settings import SettingError, Settings
from certificates import (
    BADGE_NAME,
    Fonts,
    KeyRing,
    Statement,
    credential,
    private_text,
    public_text,
    render,
    verify_url,
)
from db.revocations import State, Withdrawal, is_revoked, reinstate, revoke, withdrawn
from db.revocations import replace as replace_paper
from db.store import Store
from tests.support.certificates import ENGLISH
from tests.support.command import decks_read_once

SIGNING, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (7, 8))
KEYS = KeyRing([SIGNING])
PUBLIC = public_text(SIGNING.public_key())
URL = "https://learn.example.org"
FACTS = replace(ENGLISH, subject="computer", serial="00c0ffee00c0ffee", verify_url="")
TOKEN = KEYS.sign(Statement.of(FACTS))

Pasito = Callable[..., Result]


@pytest.fixture
def pasito(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pasito]:
    """The command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    with decks_read_once():
        yield lambda *words, **settings: CliRunner().invoke(
            cli, words, env={f"PASITO_{k}": v for k, v in settings.items()}
        )


@pytest.fixture(scope="module")
def file(fonts: Fonts) -> bytes:
    return render(replace(FACTS, verify_url=verify_url(URL, TOKEN)), fonts)


def with_badge(file: bytes, badge: str) -> bytes:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        pdf.attachments[BADGE_NAME] = badge.encode()
        pdf.save(written := io.BytesIO())
    return written.getvalue()


# --- pasito verify


@pytest.mark.parametrize(
    "certificate",
    [TOKEN, TOKEN.lower(), verify_url(URL, TOKEN), f"{URL}/verify/{TOKEN}?language=ar"],
)
def test_a_link_is_checked_without_a_network(pasito: Pasito, certificate: str) -> None:
    result = pasito("verify", certificate, "--key", PUBLIC)
    assert result.exit_code == 0
    assert (
        "Genuine" in result.output
        and "Name: Amina Diallo (as the holder wrote it)\n" in result.output
    )
    assert "Module: The computer and its features\n" in result.output
    assert not Path("data").exists(), "asking makes no key"


def test_a_code_longer_than_a_file_name_is_checked(pasito: Pasito) -> None:
    token = KEYS.sign(
        Statement.of(replace(FACTS, name="عبد الرحمن محمّد الأحمدي المغربي الأندلسي الطويل"))
    )
    assert len(token) > 255
    assert "Genuine" in pasito("verify", token, "--key", PUBLIC).output
    assert pasito("migrate").exit_code == 0
    assert "no longer counts" in pasito("revoke", token, SIGNING_KEYS=private_text(SIGNING)).output


def test_a_file_is_checked_with_its_badge(pasito: Pasito, file: bytes) -> None:
    for name, content in (
        ("a.pdf", file),
        ("b.pdf", with_badge(file, credential(FACTS, KEYS, URL))),
    ):
        Path(name).write_bytes(content)
        assert "Amina Diallo" in pasito("verify", name, "--key", PUBLIC).output


def test_a_badge_of_another_certificate_is_noticed(pasito: Pasito, file: bytes) -> None:
    for badge in (
        credential(replace(FACTS, serial="1" * 16), KEYS, URL),
        credential(FACTS, KeyRing([OTHER]), URL),
        "nonsense",
    ):
        Path("x.pdf").write_bytes(with_badge(file, badge))
        result = pasito("verify", "x.pdf", "--key", PUBLIC)
        assert (
            result.exit_code == 1 and "credential" in result.output and "Amina" not in result.output
        )


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.5\n%%EOF"])
def test_other_files_are_one_sentence(pasito: Pasito, content: bytes, tmp_path: Path) -> None:
    Path("x.pdf").write_bytes(content)
    result = pasito("verify", "x.pdf", "--key", PUBLIC)
    assert (
        result.exit_code == 1
        and result.output.count("\n") == 1
        and "cannot be confirmed" in result.output
    )


def test_a_certificate_without_a_link_is_not_confirmed(pasito: Pasito, fonts: Fonts) -> None:
    Path("x.pdf").write_bytes(render(FACTS, fonts))
    assert "no link" in pasito("verify", "x.pdf", "--key", PUBLIC).output


def test_another_key_or_a_changed_letter_is_not_confirmed(pasito: Pasito) -> None:
    changed = TOKEN[:50] + ("A" if TOKEN[50] != "A" else "B") + TOKEN[51:]
    for certificate, key in (
        (TOKEN, public_text(OTHER.public_key())),
        (changed, PUBLIC),
        ("nothing", PUBLIC),
    ):
        result = pasito("verify", certificate, "--key", key)
        assert (
            result.exit_code == 1
            and "cannot be confirmed" in result.output
            and "Amina" not in result.output
        )
    assert (
        pasito("verify", TOKEN, "--key", public_text(OTHER.public_key()), "--key", PUBLIC).exit_code
        == 0
    )


def test_the_keys_of_the_settings_are_used(pasito: Pasito) -> None:
    assert pasito("verify", TOKEN, SIGNING_KEYS=private_text(SIGNING)).exit_code == 0
    assert pasito("verify", TOKEN, SECRET_KEY="k" * 20).exit_code == 1
    assert "--key public:" in pasito("verify", TOKEN).output
    assert "--key cannot be used" in pasito("verify", TOKEN, "--key", "public:short").output


# --- pasito keys


def test_old_certificates_verify_after_the_key_was_changed_as_pasito_says(pasito: Pasito) -> None:
    """From the key that follows from the secret key, over two changes."""
    settings = Settings(data_dir=Path("data"), secret_key="k" * 20)
    tokens, setting = [], ""
    for _change in range(3):
        tokens.append(
            signing_keys(replace(settings, signing_keys=setting)).sign(Statement.of(FACTS))
        )
        output = pasito("keys", "--new", SECRET_KEY="k" * 20, SIGNING_KEYS=setting).output
        setting = next(line for line in output.splitlines() if "=" in line).partition("=")[2]
    keys = signing_keys(replace(settings, signing_keys=setting))
    assert len(keys.public) == 4 and len(set(tokens)) == 3
    for token in tokens:
        assert keys.read(token) == Statement.of(FACTS)


def test_only_public_keys_are_shown(pasito: Pasito) -> None:
    output = pasito("keys", SIGNING_KEYS=f"{private_text(SIGNING)},{private_text(OTHER)}").output
    assert "private" not in output
    first, second, *_more = output.splitlines()
    assert first.startswith(PUBLIC) and "signs" in first and "signs" not in second


@pytest.mark.parametrize("setting", ["abc", PUBLIC, f"{private_text(SIGNING)},", "private:abc"])
def test_a_wrong_key_is_one_sentence_that_does_not_repeat_it(pasito: Pasito, setting: str) -> None:
    result = pasito("keys", SIGNING_KEYS=setting)
    assert (
        result.exit_code == 1
        and "PASITO_SIGNING_KEYS" in result.output
        and "abc" not in result.output
    )
    assert private_text(SIGNING) not in repr(Settings(signing_keys=private_text(SIGNING)))


def test_a_seal_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="PASITO_PADES_KEY"):
        seal_of(Settings(pades_key=tmp_path / "nothing.p12"))
    assert seal_of(Settings()) is None


# --- pasito revoke


@pytest.mark.parametrize(
    "certificate", [TOKEN, verify_url(URL, TOKEN), FACTS.serial, FACTS.serial.upper()]
)
def test_revoking_and_undoing(pasito: Pasito, certificate: str) -> None:
    settings = {"SIGNING_KEYS": private_text(SIGNING)}
    assert "nothing to take back" in pasito("revoke", certificate, **settings).output
    assert pasito("migrate").exit_code == 0
    assert "no longer counts" in pasito("revoke", certificate, **settings).output
    assert "counts again" in pasito("revoke", certificate, "--undo", **settings).output
    assert "was not revoked" in pasito("revoke", certificate, "--undo", **settings).output


def test_only_a_genuine_certificate_or_a_serial_can_be_revoked(pasito: Pasito) -> None:
    for certificate in (TOKEN, "amina", "00c0ffee"):
        result = pasito("revoke", certificate, SIGNING_KEYS=private_text(OTHER))
        assert result.exit_code == 1 and "cannot be confirmed" in result.output


async def test_withdrawn_certificates_keep_their_first_day_and_revoked_wins(store: Store) -> None:
    first, later = date(2026, 4, 1), date(2026, 5, 1)
    async with store.engine.begin() as db:
        await revoke(db, "a", first)
        await revoke(db, "a", later)
        await replace_paper(db, "a", "a2", later)
        await replace_paper(db, "b", "b2", first)
    both = {"a": Withdrawal(State.REVOKED, first), "b": Withdrawal(State.REPLACED, first)}
    assert await withdrawn(store.engine) == {**both, "a2": Withdrawal(State.REVOKED, later)}
    async with store.engine.begin() as db:
        assert await reinstate(db, "a") and not await reinstate(db, "b")
    assert await withdrawn(store.engine) == {
        "a": Withdrawal(State.REPLACED, later),
        "b": Withdrawal(State.REPLACED, first),
    }


async def test_what_is_taken_back_stays_so_with_another_spelling(store: Store) -> None:
    """Whichever paper the admin has in hand, and whatever is ordered afterwards."""
    day = date(2026, 4, 1)
    async with store.engine.begin() as db:
        await replace_paper(db, "first", "second", day)
        await replace_paper(db, "second", "first", day)  # back to the first spelling
        await replace_paper(db, "first", "third", day)
        await revoke(db, "second", day)
        assert [await is_revoked(db, serial) for serial in ("first", "second", "third")] == [
            True
        ] * 3
        await replace_paper(db, "third", "fourth", day)
        assert await is_revoked(db, "fourth")
        assert await reinstate(db, "second")
        assert not any(
            [await is_revoked(db, serial) for serial in ("first", "second", "third", "fourth")]
        )
