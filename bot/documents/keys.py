"""The keys and the look of what is handed over, from the settings."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import certificates as paper
from bot.settings import SettingError, Settings
from cards.model import Programme
from cards.reader import SHIPPED as DECKS
from db.vault import Vault, secret_in


def look_of(settings: Settings, programme: Programme) -> paper.Look:
    """How papers look: the template beside the decks. Raises `SettingError`."""
    signatures = [s.image for s in programme.signatories if s.image]
    try:
        return paper.read_template((settings.cards_dir or DECKS) / "template", signatures)
    except paper.TemplateError as error:
        raise SettingError(str(error)) from error


def signing_keys(settings: Settings) -> paper.KeyRing:
    """The keys of certificates: those of the setting, or one that is derived from the secret key.
    Raises `SettingError`."""
    if not settings.signing_keys:
        return paper.KeyRing(
            [
                Ed25519PrivateKey.from_private_bytes(
                    vault_of(settings).derive(b"certificate signing")
                )
            ]
        )
    try:
        keys = paper.KeyRing.parse(settings.signing_keys)
        _ = keys.signing
    except paper.KeyUnusable as error:
        raise SettingError(f"PASITO_SIGNING_KEYS cannot be used: {error}") from error
    return keys


def seal_of(settings: Settings) -> paper.Seal | None:
    if settings.pades_key is None:
        return None
    try:
        return paper.Seal(settings.pades_key, settings.pades_password)
    except paper.CannotSign as error:
        raise SettingError(f"PASITO_PADES_KEY cannot be used: {error}") from error


def vault_of(settings: Settings) -> Vault:
    """Raises `SettingError`."""
    return Vault(secret_of(settings).encode())


def secret_of(settings: Settings) -> str:
    """The secret that all keys follow from; made at the first start where none is set. Raises
    `SettingError`."""
    file = settings.data_dir / "secret.key"
    try:
        return settings.secret_key or secret_in(file)
    except OSError as error:
        raise SettingError(
            f"the secret key in {file} cannot be read or made: {error.strerror}"
        ) from error
