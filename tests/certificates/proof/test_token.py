"""Tokens: what is stated comes back, and nothing else is ever taken for genuine."""

import base64
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from certificates import (
    KeyRing,
    KeyUnusable,
    Kind,
    NotGenuine,
    Statement,
    private_text,
    public_text,
    token_in,
    verify_url,
)
from tests.support import certificates as samples

OLD, NEW, OTHER = (
    Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2, 3)
)
KEYS = KeyRing([NEW])
STATEMENT = Statement.of(replace(samples.ENGLISH, subject="computer", serial="00c0ffee00c0ffee"))
TOKEN = KEYS.sign(STATEMENT)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
days = st.dates(date(1971, 1, 1), date(2200, 1, 1))


@given(
    kind=st.sampled_from(Kind),
    subject=st.text(max_size=40),
    name=st.text(max_size=60),
    issued=days,
    first_day=days,
    length=st.integers(0, 5000),
    hours=st.integers(1, 60_000).map(lambda minutes: Fraction(minutes, 60)),
    active=st.integers(1, 600_000).map(lambda minutes: timedelta(minutes=minutes)),
    modules=st.integers(0, 400),
    rule=st.integers(0, 100),
    mark=st.none() | st.integers(0, 100),
)
def test_what_is_stated_comes_back(first_day: date, length: int, **stated: object) -> None:
    statement = replace(
        STATEMENT, first_day=first_day, last_day=first_day + timedelta(days=length), **stated
    )  # type: ignore[arg-type]
    assert KEYS.read(KEYS.sign(statement)) == statement


def test_facts_become_a_statement() -> None:
    assert (STATEMENT.name, STATEMENT.kind, STATEMENT.hours, STATEMENT.modules) == (
        "Amina Diallo",
        Kind.MODULE,
        3,
        0,
    )
    assert STATEMENT.active == timedelta(hours=2, minutes=35), (
        "a begun minute counts whole, as on the paper"
    )
    assert Statement.of(samples.programme()).modules == 40


def test_it_can_be_read_in_any_letter_case_and_is_the_same_each_time() -> None:
    assert KEYS.read(TOKEN.lower()) == KEYS.read(TOKEN.title()) == STATEMENT
    assert KEYS.sign(STATEMENT) == TOKEN


def test_a_changed_letter_fails() -> None:
    for place, was in enumerate(TOKEN):
        for step in (1, 16) if place < len(TOKEN) - 1 else range(1, 32):
            letter = ALPHABET[(ALPHABET.index(was) + step) % 32]
            with pytest.raises(NotGenuine):
                KEYS.read(TOKEN[:place] + letter + TOKEN[place + 1 :])


@given(
    st.text()
    | st.text(ALPHABET)
    | st.binary(max_size=200).map(lambda raw: base64.b32encode(raw).decode().rstrip("="))
)
def test_nothing_else_is_genuine_and_nothing_breaks(text: str) -> None:
    with pytest.raises(NotGenuine):
        KEYS.read(text)


@given(
    st.integers(0, len(TOKEN)), st.integers(0, len(TOKEN)), st.text(ALPHABET + "=\n -", max_size=3)
)
def test_a_token_is_written_in_one_way_only(start: int, end: int, inserted: str) -> None:
    changed = TOKEN[:start] + inserted + TOKEN[end:]
    if changed != TOKEN:
        with pytest.raises(NotGenuine):
            KEYS.read(changed)


@pytest.mark.parametrize("more", ["=", "A", "AA", " ", "\n", TOKEN])
def test_nothing_may_stand_behind_it(more: str) -> None:
    with pytest.raises(NotGenuine):
        KEYS.read(TOKEN + more)


@given(st.binary(max_size=120))
def test_signed_nonsense_is_refused_as_well(content: bytes) -> None:
    signature = NEW.sign(b"pasito certificate 1\0" + content)
    with pytest.raises(NotGenuine):
        KEYS.read(base64.b32encode(signature + content).decode().rstrip("="))


def test_a_signature_under_something_else_is_none_under_a_certificate() -> None:
    content = base64.b32decode(TOKEN + "=" * (-len(TOKEN) % 8))[64:]
    with pytest.raises(NotGenuine):
        KEYS.read(base64.b32encode(NEW.sign(content) + content).decode().rstrip("="))


def test_after_a_new_key_old_certificates_still_verify() -> None:
    old_token = KeyRing([OLD]).sign(STATEMENT)
    rotated = KeyRing.parse(f"{private_text(NEW)}, {public_text(OLD.public_key())}")
    assert rotated.read(old_token) == STATEMENT
    assert rotated.read(rotated.sign(STATEMENT)) == KEYS.read(rotated.sign(STATEMENT))
    for stranger in (KEYS, KeyRing([OTHER, NEW])):
        with pytest.raises(NotGenuine):
            stranger.read(old_token)


def test_a_private_key_that_no_longer_signs_still_verifies() -> None:
    assert KeyRing([NEW, OLD]).read(KeyRing([OLD]).sign(STATEMENT)) == STATEMENT


def test_public_keys_alone_verify_but_do_not_sign() -> None:
    ring = KeyRing.parse(public_text(NEW.public_key()))
    assert ring.read(TOKEN) == STATEMENT
    with pytest.raises(KeyUnusable, match="private:"):
        ring.sign(STATEMENT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "private:",
        "private:abc",
        "secret:" + "A" * 43,
        "public:" + "A" * 44,
        "private:" + "é" * 43,
    ],
)
def test_what_is_no_key_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(KeyUnusable) as refused:
        KeyRing.parse(text)
    assert "AAA" not in str(refused.value) and "é" not in str(refused.value)


def test_a_serial_is_needed() -> None:
    for serial in ("", "00C0FFEE00C0FFEE", "00c0ffee00c0ffee0"):
        with pytest.raises(ValueError, match="16 hexadecimal digits"):
            KEYS.sign(replace(STATEMENT, serial=serial))


def test_the_link_is_in_upper_case_where_case_does_not_count() -> None:
    assert (
        verify_url("https://learn.example.org/", TOKEN)
        == f"HTTPS://LEARN.EXAMPLE.ORG/VERIFY/{TOKEN}"
    )
    assert (
        verify_url("https://example.org/Learn", TOKEN)
        == f"https://example.org/Learn/verify/{TOKEN}"
    )
    code = segno.make(verify_url("https://learn.example.org", TOKEN), error="m", boost_error=False)
    assert code.mode == "alphanumeric" and code.version <= 8


def test_a_pasted_link_or_code_is_understood() -> None:
    url = verify_url("https://learn.example.org", TOKEN)
    for pasted in (
        url,
        url.lower(),
        f" {url}\n",
        f"{url[:90]}\n{url[90:]}",
        f"{url}?language=fr",
        f"{url}/#x",
        TOKEN,
    ):
        assert KEYS.read(token_in(pasted)) == STATEMENT
    for pasted in (
        f"My certificate: {url}. Thank you!",
        f"{url}\nThank you and goodbye",
        f"({url.lower()})",
        f"İşte sertifikam: {url}",
    ):
        assert KEYS.read(token_in(pasted)) == STATEMENT
    for pasted in (
        "00C0FFEE 00C0FFEE",
        "№ 00c0 ffee 00c0 ffee",
        "certificate 00c0 ffee 00c0 ffee, please",
        "No. 00C0-FFEE-00C0-FFEE",
    ):
        assert token_in(pasted) == STATEMENT.serial


def test_results_and_levels_are_signed() -> None:
    """What the paper says beyond the rest cannot be added to it by hand."""
    stated = replace(STATEMENT, tests_passed=True, eqf_level=3)
    assert KEYS.read(KEYS.sign(stated)) == stated != STATEMENT


def test_papers_of_before_and_of_now_are_read_by_the_same_keys() -> None:
    before = STATEMENT
    now = replace(before, rule=70, chat=25)
    for statement in (before, now, replace(now, rule=0, chat=0)):
        assert KEYS.read(KEYS.sign(statement)) == statement
    assert len(KEYS.sign(now)) - len(KEYS.sign(before)) <= 6, "two bytes in the QR code"


@pytest.mark.parametrize(("practice", "confirmed"), [(0, 0), (40, 0), (120, 40), (30, 30)])
def test_practice_at_home_is_stated_as_far_as_there_is_any(practice: int, confirmed: int) -> None:
    """A paper without it is as short as before, and one from before reads as having none."""
    for rule in (None, 70):
        paper = replace(
            samples.ENGLISH,
            subject="computer",
            serial="00c0ffee00c0ffee",
            rule=70 if practice else rule,
            practice=practice,
            confirmed=confirmed,
        )
        stated = KEYS.read(KEYS.sign(Statement.of(paper)))
        assert (stated.practice, stated.confirmed) == (practice, confirmed)
    with pytest.raises(ValueError, match="only practice"):
        replace(samples.ENGLISH, practice=practice, confirmed=practice + 1)
