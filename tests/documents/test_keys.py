"""Keys: which look random, what a retired one signs."""

import base64
import secrets
from datetime import date, timedelta
from fractions import Fraction

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.facts import Kind
from certificates.proof.token import (
    KeyRing,
    KeyUnusable,
    NotGenuine,
    Statement,
    private_text,
    public_text,
)
from db.vault import looks_random


def test_only_random_keys_look_random() -> None:
    for _ in range(2000):
        raw = secrets.token_bytes(32)
        made = (
            raw.hex(),
            secrets.token_urlsafe(32),
            base64.b64encode(raw).decode(),
            secrets.token_hex(64),
        )
        assert all(map(looks_random, made)), made
    for made_up in (
        *(
            "passwordpassword",
            "k" * 64,
            "0123456789abcdef" * 4,
            "correct horse battery staple and some more words here",
        ),
        *(
            "CorrectHorseBatteryStapleCorrectHorseBatteryStaple",
            "a" * 63 + "1",
            "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrs",
        ),
        *("deadbeef" * 8, "Pasito2026!Pasito2026!Pasito2026!Pasito2026!Pasito", ""),
    ):
        assert not looks_random(made_up), made_up


def _statement(issued: date) -> Statement:
    day = date(2026, 11, 1)
    return Statement(
        "0123456789abcdef",
        Kind.MODULE,
        "computer",
        "A",
        "en",
        issued,
        Fraction(2),
        day,
        day,
        timedelta(minutes=3),
    )


def test_a_retired_key_signs_nothing_after_its_last_day() -> None:
    old, new = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    ring = KeyRing.parse(f"{private_text(new)},{public_text(old.public_key())}@2026-11-30")
    signed = KeyRing([old])
    assert ring.read(signed.sign(_statement(date(2026, 11, 30)))).name == "A"
    with pytest.raises(NotGenuine, match="no longer in use"):
        ring.read(signed.sign(_statement(date(2026, 12, 1))))
    assert ring.read(KeyRing([new]).sign(_statement(date(2026, 12, 1))))
    for wrong in ("@soon", "@"):
        with pytest.raises(KeyUnusable, match="looks like @2026-11-30"):
            KeyRing.parse(f"{private_text(new)},{public_text(old.public_key())}{wrong}")
    with pytest.raises(KeyUnusable, match="has no last day"):
        KeyRing.parse(f"{private_text(new)}@2026-11-30")


def test_a_secret_key_is_made() -> None:
    from click.testing import CliRunner

    from bot.__main__ import cli

    made = CliRunner().invoke(cli, ["keys", "--secret"]).output.strip()
    assert made.startswith("PASITO_SECRET_KEY=") and looks_random(made.partition("=")[2])
