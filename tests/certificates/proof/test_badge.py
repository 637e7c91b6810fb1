"""The Open Badges 3.0 credential, read by an independent library."""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from certificates import (
    Competence,
    Facts,
    KeyRing,
    NotGenuine,
    credential,
    did,
    did_document,
    revocation_list,
)
from certificates.proof.badge import credential_serial
from tests.support import certificates as samples

URL = "https://learn.example.org"
OLD, NEW = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))
KEYS = KeyRing([NEW])
SKILL = "http://data.europa.eu/esco/skill/d9013e0e-e937-43d5-ab71-0e917ee882b8"
FACTS = replace(
    samples.ENGLISH,
    subject="computer",
    serial="00c0ffee00c0ffee",
    competences=(
        Competence("Time management", "manage time", SKILL),
        Competence("Ability to learn"),
    ),
)


def verifier(keys: KeyRing) -> OB3Verifier:
    """One that knows nothing but the issuer's DID, and finds the document that we publish."""
    pages = {f"{URL}/.well-known/did.json": json.dumps(did_document(keys, URL)).encode()}
    return OB3Verifier.for_issuer_did(did(URL), download=pages.__getitem__)


def claims(signed: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(signed.split(".")[1] + "=="))
    return found


@pytest.mark.parametrize(
    "sample",
    [samples.ENGLISH, samples.FRENCH, samples.ARABIC, samples.category(), samples.programme()],
)
def test_it_is_genuine_for_an_independent_library(sample: Facts) -> None:
    read = verifier(KEYS).verify(
        credential(replace(sample, subject="computer", serial="00c0ffee00c0ffee"), KEYS, URL)
    )
    assert (read.achievement.name, read.issuer.name) == (sample.title, "MigranTech")
    assert read.issuance_date.date() == sample.issued


def test_it_names_nobody_and_says_which_skills() -> None:
    signed = credential(FACTS, KEYS, URL)
    stated = claims(signed)
    assert FACTS.name not in json.dumps(stated, ensure_ascii=False)
    assert stated["credentialSubject"]["achievement"]["alignment"] == [
        {
            "type": ["Alignment"],
            "targetName": "manage time",
            "targetUrl": SKILL,
            "targetFramework": "ESCO",
        }
    ]
    assert stated["sub"] == stated["credentialSubject"]["id"]
    assert "not a diploma" in stated["credentialSubject"]["achievement"]["criteria"]["narrative"]


def test_it_is_small_and_the_same_each_time() -> None:
    signed = credential(FACTS, KEYS, URL)
    assert signed == credential(FACTS, KEYS, URL)
    assert len(signed) < 2800


def test_a_change_is_noticed() -> None:
    header, body, signature = credential(FACTS, KEYS, URL).split(".")
    stated = json.loads(base64.urlsafe_b64decode(body + "=="))
    stated["credentialSubject"]["achievement"]["name"] = "Doctor of Medicine"
    forged = base64.urlsafe_b64encode(json.dumps(stated).encode()).decode().rstrip("=")
    with pytest.raises(OB3VerificationError):
        verifier(KEYS).verify(f"{header}.{forged}.{signature}")
    with pytest.raises(NotGenuine):
        credential_serial(f"{header}.{forged}.{signature}", KEYS)


def test_after_a_new_key_old_credentials_still_verify() -> None:
    old = credential(FACTS, KeyRing([OLD]), URL)
    rotated = KeyRing([NEW, OLD.public_key()])
    assert verifier(rotated).verify(old).id == f"{URL}/verify/{FACTS.serial}"
    assert verifier(rotated).verify(credential(FACTS, rotated, URL))
    with pytest.raises(OB3VerificationError):
        verifier(KEYS).verify(old)


def test_we_read_the_serial_back() -> None:
    assert credential_serial(credential(FACTS, KEYS, URL), KEYS) == FACTS.serial
    for nonsense in ("", "a.b.c", "é", credential(FACTS, KeyRing([OLD]), URL)):
        with pytest.raises(NotGenuine):
            credential_serial(nonsense, KEYS)


def test_subject_and_serial_are_needed() -> None:
    for missing in ({"subject": ""}, {"serial": ""}):
        with pytest.raises(ValueError, match="subject and the serial"):
            credential(replace(FACTS, **missing), KEYS, URL)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (URL, "did:web:learn.example.org"),
        ("https://example.org/learn/", "did:web:example.org:learn"),
        ("http://127.0.0.1:8080", "did:web:127.0.0.1%3A8080"),
    ],
)
def test_the_issuer_is_the_public_address(url: str, expected: str) -> None:
    assert did(url) == expected


def test_withdrawn_credentials_are_listed_by_their_ids() -> None:
    listed = revocation_list({"00c0ffee00c0ffee": "revoked"}, URL)
    assert claims(credential(FACTS, KEYS, URL))["credentialStatus"]["id"] == listed["id"]
    assert [entry["id"] for entry in listed["revokedCredential"]] == [
        claims(credential(FACTS, KEYS, URL))["id"]
    ]


def test_a_retired_key_signs_no_badge_after_its_last_day() -> None:
    badge = credential(FACTS, KeyRing([OLD]), URL)
    in_time, too_late = (
        KeyRing([NEW, OLD.public_key()], {1: FACTS.issued - timedelta(days=days)})
        for days in (0, 1)
    )
    assert credential_serial(badge, in_time) == FACTS.serial
    with pytest.raises(NotGenuine, match="no longer in use"):
        credential_serial(badge, too_late)
