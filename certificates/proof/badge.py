"""An Open Badges 3.0 credential of a certificate: a VC-JWT that badge wallets and other platforms
read (1EdTech OB 3.0, 8.2).

It names nobody: whoever holds the file holds the badge. The issuer is a `did:web` of the public
address; the document behind it says which keys sign. Written by hand because it is one JSON object
and one signature; in the tests an independent library checks it.
"""

import base64
import hashlib
import json
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certificates.facts import Competence, Facts, Kind
from certificates.labels import Labels
from certificates.proof.token import KeyRing, NotGenuine, base64url
from certificates.wording import duration_note, practice_note, put_into_words, result_note

CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
BADGE_NAME = "open-badge.jwt"
"""What it is called where it is attached to a PDF file."""
WITHDRAWN = "verify/withdrawn"
"""Where, below the public address, the list of withdrawn credentials is (type
1EdTechRevocationList).
"""


def credential(facts: Facts, keys: KeyRing, public_url: str) -> str:
    """The signed credential in compact form, about 2 KB of ASCII; the same facts and keys give the
    same. Raises `ValueError` for facts without subject or serial."""
    if not facts.subject or not facts.serial:
        raise ValueError("a credential needs the subject and the serial of its certificate")
    issuer, id = did(public_url), credential_id(public_url, facts.serial)
    key = keys.signing.public_key()
    header = {"alg": "EdDSA", "typ": "JWT", "kid": f"{issuer}#{thumbprint(key)}", "jwk": _jwk(key)}
    body = _body(facts, issuer, id, public_url.rstrip("/"))
    claims = {
        "iss": issuer,
        "jti": id,
        "sub": body["credentialSubject"]["id"],
        "nbf": _epoch(facts),
        **body,
    }
    signed = f"{base64url(_json(header))}.{base64url(_json(claims))}"
    return f"{signed}.{base64url(keys.signing.sign(signed.encode()))}"


def credential_id(public_url: str, serial: str) -> str:
    """The address of the page that says whether this certificate still counts; it does not name
    anybody."""
    return f"{public_url.rstrip('/')}/verify/{serial}"


def credential_serial(credential: str, keys: KeyRing) -> str:
    """The serial of the certificate that a credential goes with. Raises `NotGenuine`."""
    signed, _dot, signature = credential.rpartition(".")
    try:
        keys.check(
            base64.urlsafe_b64decode(f"{signature}=="),
            signed.encode(),
            lambda: _day(_claims(signed)),
        )
        claims = _claims(signed)
        return str(claims["jti"]).rpartition("/")[2]
    except NotGenuine:
        raise
    except (ValueError, KeyError, TypeError, OverflowError, OSError) as error:
        raise NotGenuine("this is no credential that can be read") from error


def _claims(signed: str) -> dict[str, Any]:
    return dict(json.loads(base64.urlsafe_b64decode(f"{signed.partition('.')[2]}==")))


def _day(claims: Mapping[str, Any]) -> date:
    """The day of the certificate: `nbf`."""
    return datetime.fromtimestamp(claims["nbf"], UTC).date()


def did(public_url: str) -> str:
    """The `did:web` of an address: a port's colon is escaped, the path's slashes become colons
    (did:web, 3.1)."""
    place = public_url.rstrip("/").partition("://")[2]
    return "did:web:" + place.replace(":", "%3A").replace("/", ":")


def did_document(keys: KeyRing, public_url: str) -> Mapping[str, Any]:
    """All public keys, the one that signs first, as the document of the issuer's DID (DID Core 5.2,
    JsonWebKey)."""
    issuer = did(public_url)
    methods = [
        {
            "id": f"{issuer}#{thumbprint(key)}",
            "type": "JsonWebKey",
            "controller": issuer,
            "publicKeyJwk": _jwk(key),
        }
        for key in keys.public
    ]
    context = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"]
    return {
        "@context": context,
        "id": issuer,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def revocation_list(withdrawn: Mapping[str, str], public_url: str) -> Mapping[str, Any]:
    """Credentials that no longer count, as 1EdTech's revocation list has it. `withdrawn` is from
    serial to reason."""
    return {
        "id": f"{public_url.rstrip('/')}/{WITHDRAWN}",
        "issuer": did(public_url),
        "revokedCredential": [
            {"id": credential_id(public_url, serial), "revoked": True, "revocationReason": reason}
            for serial, reason in sorted(withdrawn.items())
        ],
    }


def thumbprint(key: Ed25519PublicKey) -> str:
    """The name of a key that follows from the key (RFC 7638)."""
    return base64url(hashlib.sha256(_json(dict(sorted(_jwk(key).items())))).digest())


def _jwk(key: Ed25519PublicKey) -> dict[str, str]:
    return {"kty": "OKP", "crv": "Ed25519", "x": base64url(key.public_bytes_raw())}


def _body(facts: Facts, issuer: str, id: str, public_url: str) -> dict[str, Any]:
    labels = Labels(facts.language)
    paper = put_into_words(facts, labels)
    achievement: dict[str, Any] = {
        "id": f"{public_url}/#{facts.kind}-{facts.subject}",
        "type": ["Achievement"],
        "achievementType": "Achievement"
        if facts.kind is Kind.LEARNING
        else "CertificateOfCompletion",
        "inLanguage": facts.language,
        "name": facts.title,
        "description": facts.description or labels.named(paper.recto.reason, facts.title),
        "criteria": {"narrative": _criteria(facts, labels, paper.disclaimer[0])},
    }
    if alignments := [
        _alignment(competence) for competence in facts.competences if competence.esco_uri
    ]:
        achievement["alignment"] = alignments
    return {
        "@context": list(CONTEXT),
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer, "type": ["Profile"], "name": facts.project, "url": public_url},
        "validFrom": f"{facts.issued.isoformat()}T00:00:00Z",
        "credentialSubject": {
            "id": f"{id}#holder",
            "type": ["AchievementSubject"],
            "achievement": achievement,
        },
        "credentialStatus": {"id": f"{public_url}/{WITHDRAWN}", "type": "1EdTechRevocationList"},
    }


def _criteria(facts: Facts, labels: Labels, disclaimer: str) -> str:
    _ = labels.text
    if facts.kind is Kind.LEARNING:
        time = labels.named(_("Learning time"), labels.time(facts.active))
        days = labels.days(facts.first_day, facts.last_day)
        return f"{time} ({_('{days}, measured without pauses', days=days)}). {disclaimer}"
    done = _("Every card was read, every question was answered and the mark was reached.")
    note = duration_note(facts.rule, facts.chat, labels)
    duration = labels.named(_("Duration"), f"{labels.hours(facts.hours)} ({note}).")
    rule = result_note(facts.rule, False, labels)
    result = f"{labels.named(_('Result'), rule)}. " if rule else ""
    practice = ""
    if facts.practice:
        note = practice_note(facts.practice, facts.confirmed, labels)
        time = labels.hours(Fraction(facts.practice, 60))
        practice = f"{labels.named(_('Practice at home'), time)} ({note}). "
    return f"{done} {duration} {practice}{result}{disclaimer}"


def _alignment(competence: Competence) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetName": competence.esco_title or competence.title,
        "targetUrl": competence.esco_uri,
        "targetFramework": "ESCO",
    }


def _epoch(facts: Facts) -> int:
    return timegm(facts.issued.timetuple())


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
