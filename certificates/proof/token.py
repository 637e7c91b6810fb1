"""The signed token of a certificate: everything a reader needs to check it, in a link short enough
for a QR code.

A token is what is stated (MessagePack, days as numbers) and an Ed25519 signature of it, in base32
without padding: upper-case letters and digits, which a QR code packs most tightly (ISO/IEC 18004,
alphanumeric mode). Nothing is looked up to read one: who has the public key can check it, without
us and without a register of names.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from certificates.facts import Facts, Hours, Kind

LONGEST = 2000
"""Characters that are looked at. A long name in four-byte letters needs 900."""
_SERIAL = re.compile(r"[0-9a-f]{16}")
_PRINTED = re.compile(
    r"(?<![0-9A-Za-z/])(?:[0-9a-fA-F]{4}[ \u00a0\u2009–-]?){3}[0-9a-fA-F]{4}(?![0-9A-Za-z])"
)
"""A serial as people have it in front of them: in groups of four, capitals or not."""
_CODE = re.compile(r"\s*[0-9A-Za-z]+(?:\s*\n[ \t]*[0-9A-Za-z]+(?=\s*(?:\n|$)))*")
"""A token, broken into lines perhaps; not the words behind it."""
_CONTEXT = b"pasito certificate 1\0"
"""Signed along, so that the same key's signature under something else never passes for a
certificate. Another format: another one.
"""
_KINDS = tuple(Kind)
_SIGNATURE = 64
_UNREADABLE = "this is not the link or code of a certificate, or a part of it is missing"
_EPOCH = date(1970, 1, 1)
_Old = tuple[bytes, int, str, str, str, int, int, int, int, int, int, bool, int]
_Wire = tuple[bytes, int, str, str, str, int, int, int, int, int, int, bool, int, int, int]
_Practised = tuple[
    bytes, int, str, str, str, int, int, int, int, int, int, bool, int, int, int, int, int
]
_Marked = tuple[
    bytes, int, str, str, str, int, int, int, int, int, int, bool, int, int, int, int, int, int
]
_encode = msgspec.msgpack.Encoder().encode
_READERS: dict[int, msgspec.msgpack.Decoder[Any]] = {
    13: msgspec.msgpack.Decoder(_Old),
    15: msgspec.msgpack.Decoder(_Wire),
    17: msgspec.msgpack.Decoder(_Practised),
    18: msgspec.msgpack.Decoder(_Marked),
}
"""By how many there are: papers of older versions state less, one without practice nothing of it,
and one on which the learner wants no mark none."""
_LENGTHS = {msgspec.msgpack.encode([None] * length)[:-length]: length for length in _READERS}
_Stated = _Old | _Wire | _Practised | _Marked


def _decode(stated: bytes) -> _Stated:
    length = _LENGTHS.get(stated[:1]) or _LENGTHS.get(stated[:3], 17)
    wire: _Stated = _READERS[length].decode(stated)
    return wire


class NotGenuine(ValueError):
    """This is no token, a letter of it was changed, or it was not signed with one of these keys:
    that cannot be told apart."""


class KeyUnusable(ValueError):
    """A text that is no key; says what is expected."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a token states. `serial` (16 hexadecimal digits) and `subject` are those of `Facts`;
    `modules` is how many modules the certificate lists, 0 for that of one module. `hours` and
    `active` are whole minutes."""

    serial: str
    kind: Kind
    subject: str
    name: str
    language: str
    issued: date
    hours: Hours
    first_day: date
    last_day: date
    active: timedelta
    modules: int = 0
    tests_passed: bool = False
    eqf_level: int | None = None
    rule: int | None = None
    """None for a paper of an older version; see `Facts`."""
    chat: int = 0
    practice: int = 0
    confirmed: int = 0
    mark: int | None = None

    @classmethod
    def of(cls, facts: Facts) -> "Statement":
        """What these facts state; a begun minute counts whole, as it is printed."""
        return cls(
            serial=facts.serial,
            kind=facts.kind,
            subject=facts.subject,
            name=facts.name,
            language=facts.language,
            issued=facts.issued,
            hours=Fraction(ceil(facts.hours * 60), 60),
            first_day=facts.first_day,
            last_day=facts.last_day,
            active=timedelta(minutes=max(ceil(facts.active.total_seconds() / 60), 1)),
            modules=len(facts.modules),
            tests_passed=facts.tests_passed,
            eqf_level=facts.eqf_level,
            rule=facts.rule,
            chat=facts.chat,
            practice=facts.practice,
            confirmed=facts.confirmed,
            mark=facts.mark,
        )


class KeyRing:
    """Ed25519 keys. The first signs, if it is a private one; all of them verify."""

    def __init__(
        self,
        keys: Sequence[Ed25519PrivateKey | Ed25519PublicKey],
        last_days: Mapping[int, date] | None = None,
    ) -> None:
        """`last_days` tells, by place, the day after which nothing that a key signed is genuine."""
        if not keys:
            raise KeyUnusable("at least one key is needed")
        self._signing = keys[0] if isinstance(keys[0], Ed25519PrivateKey) else None
        self.public = tuple(
            key.public_key() if isinstance(key, Ed25519PrivateKey) else key for key in keys
        )
        self.last_days = dict(last_days or {})

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Keys as `private:…` or `public:…` with commas between them, a retired one with its last
        day: `public:…@2026-11-30`. Raises `KeyUnusable`, which does not repeat the key."""
        parts = [part.strip().partition("@") for part in text.split(",")]
        last_days = {place: _day(day) for place, (_, at, day) in enumerate(parts) if at}
        if 0 in last_days:
            raise KeyUnusable("the first key signs: it has no last day")
        return cls([_key(key) for key, _, _ in parts], last_days)

    @property
    def signing(self) -> Ed25519PrivateKey:
        """Raises `KeyUnusable` where the first key is a public one."""
        if self._signing is None:
            raise KeyUnusable("the first key signs: it must begin with private:")
        return self._signing

    def sign(self, statement: Statement) -> str:
        """The token: about 200 characters of A-Z and 2-7. Raises `ValueError` for a serial that is
        none."""
        if not _SERIAL.fullmatch(statement.serial):
            raise ValueError("a serial has 16 hexadecimal digits")
        stated = _encode(_to_wire(statement))
        signature = self.signing.sign(_CONTEXT + stated)
        return base64.b32encode(signature + stated).decode().rstrip("=")

    def read(self, token: str) -> Statement:
        """What a token states, in any letter case. Raises `NotGenuine`, and nothing else."""
        content = _bytes(token)
        signature, stated = content[:_SIGNATURE], content[_SIGNATURE:]
        signers = self._signers(signature, _CONTEXT + stated)
        if not signers:
            raise NotGenuine("something in it was changed, or it was signed with another key")
        try:
            statement = _from_wire(_decode(stated))
        except (msgspec.DecodeError, ValueError, OverflowError, IndexError) as error:
            raise NotGenuine("signed, but states nothing that can be read") from error
        self._in_time(signers, statement.issued)
        return statement

    def check(self, signature: bytes, content: bytes, day: Callable[[], date]) -> None:
        """Raises `NotGenuine` unless one of the keys signed the content, and was in use on the
        `day` that it names."""
        signers = self._signers(signature, content)
        if not signers:
            raise NotGenuine("the credential is not signed with a key that is known here")
        self._in_time(signers, day())

    def _signers(self, signature: bytes, content: bytes) -> list[int]:
        return [place for place, key in enumerate(self.public) if _signed(key, signature, content)]

    def _in_time(self, signers: Sequence[int], day: date) -> None:
        if all(day > self.last_days.get(place, day) for place in signers):
            raise NotGenuine("its key was no longer in use on the day that it names")


def verify_url(public_url: str, token: str) -> str:
    """Where a certificate is checked. Upper case if the address is only scheme and host, which have
    no case (RFC 3986, 6.2.2.1), and a QR code holds half as much again in upper case; a longer
    address is left as it is."""
    url = f"{public_url.rstrip('/')}/verify/{token}"
    return url.upper() if re.fullmatch(r"https?://[^/]+/?", public_url) else url


def token_in(text: str) -> str:
    """The token (or serial) in what a person pasted: a link in a sentence, the code alone, a number
    as it is printed, all of them with line breaks in them. Lower case."""
    joined = "".join(text.split()).lower()
    if "/verify/" in joined:
        _before, *links = re.split("/verify/", text, flags=re.IGNORECASE)
        found = _CODE.match(links[-1] if links else joined.rpartition("/verify/")[2])
        return "".join(found[0].split()).lower() if found else ""
    number = _PRINTED.search(text)
    return "".join(filter(str.isalnum, number[0])).lower() if number else joined.strip("/")


def public_text(key: Ed25519PublicKey) -> str:
    """A public key as it is handed on: `public:` and 43 characters of base64url."""
    return f"public:{base64url(key.public_bytes_raw())}"


def private_text(key: Ed25519PrivateKey) -> str:
    """A private key as it stands in the settings: `private:` and 43 characters of base64url. It is
    a secret."""
    return f"private:{base64url(key.private_bytes_raw())}"


def _key(text: str) -> Ed25519PrivateKey | Ed25519PublicKey:
    kind, _, value = text.partition(":")
    try:
        raw = base64.b64decode(f"{value}=", altchars="-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if kind not in ("private", "public") or len(raw) != 32 or base64url(raw) != value:
        raise KeyUnusable(
            "a key looks like private:… or public:… with 43 letters and digits after it"
        )
    return (
        Ed25519PrivateKey.from_private_bytes(raw)
        if kind == "private"
        else Ed25519PublicKey.from_public_bytes(raw)
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise KeyUnusable("the last day of a key looks like @2026-11-30") from error


def base64url(raw: bytes) -> str:
    """Without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _signed(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _bytes(token: str) -> bytes:
    """Base32 that is written in the one way there is: the last letter's spare bits are not free to
    choose (RFC 4648, 3.5)."""
    if not token.isascii() or len(token) > LONGEST:
        raise NotGenuine(_UNREADABLE)
    token = token.upper()
    try:
        content = base64.b32decode(token + "=" * (-len(token) % 8))
    except binascii.Error as error:
        raise NotGenuine(_UNREADABLE) from error
    if base64.b32encode(content).decode().rstrip("=") != token:
        raise NotGenuine(_UNREADABLE)
    return content


def _to_wire(statement: Statement) -> _Stated:
    """Days and minutes as numbers; the later days as the distance to the one before, which is a
    byte."""
    old = (
        bytes.fromhex(statement.serial),
        _KINDS.index(statement.kind),
        statement.subject,
        statement.name,
        statement.language,
        (statement.first_day - _EPOCH).days,
        (statement.last_day - statement.first_day).days,
        (statement.issued - statement.last_day).days,
        ceil(statement.hours * 60),
        ceil(statement.active / timedelta(minutes=1)),
        statement.modules,
        statement.tests_passed,
        statement.eqf_level or 0,
    )
    if statement.rule is None:
        return old
    new = (*old, statement.rule, statement.chat)
    practised = (*new, statement.practice, statement.confirmed)
    if statement.mark is not None:
        return (*practised, statement.mark)
    return practised if statement.practice else new


def _from_wire(wire: _Stated) -> Statement:
    (
        serial,
        kind,
        subject,
        name,
        language,
        first,
        days,
        until_issued,
        hours,
        active,
        modules,
        tests_passed,
        eqf_level,
    ) = wire[:13]
    rule, chat = wire[13:15] or (None, 0)
    practice, confirmed = wire[15:17] or (0, 0)
    (mark,) = wire[17:] or (None,)
    first_day = _EPOCH + timedelta(days=first)
    last_day = first_day + timedelta(days=days)
    return Statement(
        serial=serial.hex(),
        kind=_KINDS[kind],
        subject=subject,
        name=name,
        language=language,
        issued=last_day + timedelta(days=until_issued),
        hours=Fraction(hours, 60),
        first_day=first_day,
        last_day=last_day,
        active=timedelta(minutes=active),
        modules=modules,
        tests_passed=tests_passed,
        eqf_level=eqf_level or None,
        rule=rule,
        chat=chat,
        practice=practice,
        confirmed=confirmed,
        mark=mark,
    )
