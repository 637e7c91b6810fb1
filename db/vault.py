"""Keys: addresses are found by a keyed hash and written to by opening a seal. A dump of the tables
shows neither.
"""

import errno
import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class Sealed(ValueError):
    """A seal that this key does not open."""


class Vault:
    """Hashing and sealing with keys derived from one secret (HKDF-SHA256, a key for each use)."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._keyed = HMAC(self.derive(b"address hash"), SHA256())
        self._aead = ChaCha20Poly1305(self.derive(b"address seal"))

    def derive(self, use: bytes) -> bytes:
        """32 bytes that only this use has."""
        return HKDF(SHA256(), 32, salt=None, info=b"pasito " + use).derive(self._secret)

    def hash(self, kind: str, value: str) -> bytes:
        """32 bytes by which the value is found again. `kind` keeps the same value on two channels
        apart."""
        keyed = self._keyed.copy()
        keyed.update(f"{kind}\0{value}".encode())
        return keyed.finalize()

    def prove(self, asked: str) -> str:
        """What only an installation with this key answers: 32 hex digits."""
        return self.hash("proof", asked).hex()[:32]

    def serial(self, learner: int, kind: str, subject: str, name: str) -> str:
        """The number on a certificate: 16 hex digits that tell nothing, the same for the same
        person, subject and spelling."""
        return self.hash("certificate", f"{learner}\0{kind}\0{subject}\0{name}").hex()[:16]

    def seal(self, value: bytes, context: bytes) -> bytes:
        """AEAD. `context` (the row it stands in) is authenticated: a seal cannot be moved to
        another row."""
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, value, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Raises `Sealed` when the key, the row or the bytes are not those it was sealed with."""
        try:
            return self._aead.decrypt(sealed[:_NONCE], sealed[_NONCE:], context)
        except (InvalidTag, ValueError) as error:  # not the key, or too short to be a seal at all
            raise Sealed(
                "the secret key does not open this: it is not the key the data was written with"
            ) from error

    def opens(self, seals: Sequence[tuple[bytes, bytes]]) -> int:
        """How many of these it opens; each comes with its context."""
        return sum(map(self._opens, seals))

    def _opens(self, seal: tuple[bytes, bytes]) -> bool:
        context, sealed = seal
        try:
            self.open(sealed, context)
        except Sealed:
            return False
        return True


READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""What a link is made of that somebody may have to type from a poster: no letter looks like
another.
"""


def readable_token() -> str:
    """The secret of a link: 16 letters and digits, 79 bits."""
    return "".join(secrets.choice(READABLE) for _ in range(16))


class Fresh:
    """A code of ten digits and the secret of a link that nobody has: few updates want one, so each
    is drawn when it is asked for, and is the same from then on."""

    @cached_property
    def code(self) -> str:
        return f"{secrets.randbelow(10**10):010d}"

    @cached_property
    def token(self) -> str:
        return readable_token()


MADE_BY = (
    "Where there is no data yet, set PASITO_SECRET_KEY to what `openssl rand -hex 32` prints, "
    "or leave it out: one is made."
)


def looks_random(secret: str) -> bool:
    """Whether a program made it: 32 bytes or more in hexadecimal or base64, and nothing in it that
    random bytes do not show (few different characters, rows like abc, the same piece twice)."""
    bare = secret.rstrip("=")
    if re.fullmatch(r"[0-9a-f]{64,}|[0-9A-F]{64,}", bare):
        different = 9
    elif re.fullmatch(r"[A-Za-z0-9+/_-]{43,}", bare) and not bare.islower() and not bare.isupper():
        different = 18
    else:
        return False
    rows = sum(0 <= ord(b) - ord(a) <= 1 for a, b in pairwise(bare))
    pieces = [bare[at : at + 8] for at in range(len(bare) - 7)]
    return (
        len(set(bare)) >= different and rows < len(bare) / 2.5 and len(set(pieces)) == len(pieces)
    )


SHORTEST = 16
"""Characters of a secret."""


def read_secret(path: Path) -> str:
    """What stands in the file; nothing where there is none. Raises `OSError`, also for what is no
    text."""
    try:
        return path.read_text("utf-8-sig").strip() if path.exists() else ""
    except UnicodeDecodeError as error:
        raise OSError(
            errno.EINVAL,
            "it is no text: put the right one back, or delete it where there is no data yet",
            str(path),
        ) from error


def secret_in(path: Path) -> str:
    """The secret in a file; made at the first start, readable only by the owner. Raises `OSError`,
    also for a file that is cut off."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(32))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):  # another process was a moment faster
                os.link(whole, path)
        finally:
            whole.unlink()
    secret = read_secret(path)
    if len(secret) < SHORTEST:
        raise OSError(
            errno.EINVAL,
            "it is empty or cut off: put the right one back, or delete it where there is no data "
            f"yet: {path}",
        )
    return secret
