"""An organisation's own signature on the file, checked by pyHanko."""

import io
import logging
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates import CannotSign, Fonts, Seal, render
from tests.support import certificates as samples

PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate that an organisation made itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "AMSED")])
    now = datetime.now(UTC)
    usage = {
        **dict.fromkeys(
            ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"), False
        ),
        **dict.fromkeys(("crl_sign", "encipher_only", "decipher_only"), False),
    }
    certificate = (
        x509.CertificateBuilder(
            name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=30)
        )
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .sign(key, SHA256())
    )
    file = tmp_path_factory.mktemp("key") / "amsed.p12"
    sealed = BestAvailableEncryption(PASSWORD.encode())
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(b"amsed", key, certificate, None, sealed)
    )
    return file


@pytest.fixture(scope="module")
def pdf(fonts: Fonts) -> bytes:
    return render(samples.ENGLISH, fonts)


def checked(signed: bytes) -> PdfSignatureStatus:
    signature = PdfFileReader(io.BytesIO(signed)).embedded_signatures[0]
    assert signature.signer_cert is not None
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[signature.signer_cert]))


def test_the_whole_file_is_signed(key_file: Path, pdf: bytes) -> None:
    signed = Seal(key_file, PASSWORD).sign(pdf)
    status = checked(signed)
    assert status.bottom_line and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert signed.startswith(pdf) and len(signed) - len(pdf) < 5500


def test_a_change_is_noticed(key_file: Path, pdf: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    signed = bytearray(Seal(key_file, PASSWORD).sign(pdf))
    signed[100] ^= 1
    assert not checked(bytes(signed)).bottom_line


def test_another_password_or_file_is_one_sentence(key_file: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotSign, match="no PKCS#12 file that this password opens"):
        Seal(key_file, "wrong")
    with pytest.raises(CannotSign, match="No such file"):
        Seal(tmp_path / "nothing.p12", "")


def test_without_the_extra_it_says_what_to_install(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.sign.signers", None)
    with pytest.raises(CannotSign, match="extra `pades`"):
        Seal(key_file, PASSWORD)
