"""An organisation's own electronic signature on a certificate's file (PAdES, ETSI EN 319 142-1),
where it has a key for that.

Optional: the token already proves who issued what. This signature covers every byte of the file,
and PDF readers show it by themselves. It needs the extra `pades` (pyHanko). It carries the time of
signing: a signed file is not the same each time.
"""

import io
from pathlib import Path

FIELD = "Pasito"
"""The name of the signature's field in the file; nothing of it is seen on the page."""


class CannotSign(RuntimeError):
    """One sentence on why files cannot be signed: the extra is missing, or the key file cannot be
    read."""


class Seal:
    """The organisation's key and certificates out of a PKCS#12 file. Raises `CannotSign`."""

    def __init__(self, key_file: Path, password: str) -> None:
        try:
            from pyhanko.sign.signers import SimpleSigner
        except ImportError as error:
            raise CannotSign(
                "signing files needs pyHanko: install Pasito with the extra `pades`"
            ) from error
        try:
            content = key_file.read_bytes()
            self._signer: SimpleSigner = SimpleSigner.load_pkcs12_data(
                content, [], password.encode()
            )
        except OSError as error:
            raise CannotSign(f"{key_file}: {error.strerror}") from error
        except ValueError as error:
            raise CannotSign(f"{key_file} is no PKCS#12 file that this password opens") from error

    def sign(self, pdf: bytes) -> bytes:
        """The file with an invisible signature appended (profile B-B: no time stamp, nothing is
        asked of the Internet). Runs an event loop of its own: where there is one already, call it
        in a thread."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign.fields import SigSeedSubFilter
        from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

        metadata = PdfSignatureMetadata(
            field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
        )
        signed = sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, self._signer)
        content: bytes = signed.getvalue()
        return content
