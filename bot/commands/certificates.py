"""What the command line does with certificates: check, take back, keys."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import certificates as paper
from bot import assembly
from bot.documents import keys as keys_of
from bot.documents.certificate import organisations_of
from bot.i18n.catalogues import SOURCE, name_of
from bot.model.certificate import Earned, subject_title
from bot.settings import SettingError, Settings
from db import revocations
from db.engine import connect, file_of
from db.migrate import migrate


class NotConfirmed(ValueError):
    """One sentence on why a certificate cannot be confirmed."""


def keys_to_read_with(settings: Settings, given: Sequence[str]) -> paper.KeyRing:
    """The keys given, or those of this installation. Nothing is made by asking. Raises
    `SettingError`."""
    if given:
        try:
            return paper.KeyRing.parse(",".join(given))
        except paper.KeyUnusable as error:
            raise SettingError(f"--key cannot be used: {error}") from error
    if not _has_keys(settings):
        raise SettingError(
            "there are no keys here: give the issuer's public key with --key public:…"
        )
    return keys_of.signing_keys(settings)


def _has_keys(settings: Settings) -> bool:
    return bool(
        settings.signing_keys or settings.secret_key or (settings.data_dir / "secret.key").exists()
    )


def read(certificate: str, keys: paper.KeyRing) -> paper.Statement:
    """What a PDF file, a link or a code states. Raises `NotConfirmed`."""
    try:
        if file := _file(certificate):
            return paper.read_pdf(file.read_bytes(), keys)
        return keys.read(paper.token_in(certificate))
    except (paper.NotGenuine, OSError) as error:
        raise NotConfirmed(f"this certificate cannot be confirmed: {error}") from error


def _file(named: str) -> Path | None:
    """A code may be longer than the name of any file."""
    with suppress(OSError):
        return Path(named) if Path(named).is_file() else None
    return None


def in_lines(statement: paper.Statement, settings: Settings) -> Iterator[str]:
    """What is certified, a line each, with the titles of the decks that are here."""
    programme, words = assembly.programme_of(settings)
    kind = Earned(statement.kind)
    title = subject_title(programme, kind, statement.subject)
    stated = paper.in_words(
        statement,
        SOURCE,
        words.say(title, SOURCE) if title else statement.subject,
        organisations_of(programme, kind, statement.subject),
        paper_language=name_of(statement.language),
    )
    yield "Genuine: it was signed with the issuer's key and says this. The paper must say the same."
    for row in stated.rows:
        yield f"{row.label}: {row.value}" + (f" ({row.note})" if row.note else "")
    yield f"Serial: {statement.serial}"
    yield from stated.disclaimer
    yield "Whether it was withdrawn later, only its page on the Internet knows."


async def revoke(settings: Settings, certificate: str, undo: bool) -> str:
    """Takes a certificate back, or with `undo` gives it back. A sentence on what was done. Raises
    `NotConfirmed`."""
    serial = paper.token_in(certificate)
    if not re.fullmatch(r"[0-9a-f]{16}", serial):
        serial = read(certificate, keys_of.signing_keys(settings)).serial
    file = file_of(settings.database)
    if file and not file.exists():
        raise SettingError(
            f"there is no data in {file.absolute().parent} (PASITO_DATA_DIR): nothing to take back"
        )
    engine = connect(settings.database)
    try:
        await migrate(engine)
        async with engine.begin() as db:
            if not undo:
                await revocations.revoke(db, serial, datetime.now(UTC).date())
                return (
                    f"Certificate {serial} no longer counts. Its page says so within half a minute."
                )
            if await revocations.reinstate(db, serial):
                return f"Certificate {serial} counts again. Its page says so within half a minute."
            return f"Certificate {serial} was not revoked."
    finally:
        await engine.dispose()


def key_lines(settings: Settings, new: bool) -> Iterator[str]:
    """The public keys, or with `new` a setting that adds a key in front of them."""
    if not _has_keys(settings):
        raise SettingError(
            f"there are no keys in {settings.data_dir.absolute()} yet: they are made at the first "
            "start"
        )
    ring = keys_of.signing_keys(settings)
    days = {place: f"@{day}" for place, day in ring.last_days.items()}
    public = [paper.public_text(key) + days.get(place, "") for place, key in enumerate(ring.public)]
    if new:
        signing = paper.private_text(Ed25519PrivateKey.generate())
        yield "Set this where the other settings are, keep it secret, and start Pasito again:"
        public[0] += f"@{datetime.now(UTC).date()}"
        yield f"PASITO_SIGNING_KEYS={','.join((signing, *public))}"
        yield (
            "New certificates are signed with the new key. Those that exist still verify; "
            "the old key signs nothing after today."
        )
        return
    for place, text in enumerate(public):
        yield f"{text}  {'verifies' if place else 'signs and verifies'}"
    yield f"Programs find them at {settings.public_url.rstrip('/')}/.well-known/did.json"
    yield "To change the key that signs: pasito keys --new"
