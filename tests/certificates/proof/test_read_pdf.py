"""A file that somebody hands in is read only as far as it is ours."""

import io
import zlib

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.proof.badge import BADGE_NAME
from certificates.proof.read_pdf import read_pdf
from certificates.proof.token import (
    KeyRing,
    NotGenuine,
)


@pytest.mark.parametrize(
    "objects", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate]
)
def test_a_file_that_unpacks_to_far_more_is_refused(objects: pikepdf.ObjectStreamMode) -> None:
    """60 KB that become 60 MB, as an attachment and as anything else."""
    packed, content = zlib.compress(bytes(60 << 20), 9), io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pikepdf.Stream(pdf, b"")
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        pdf.attachments[BADGE_NAME] = pikepdf.AttachedFileSpec(pdf, b"{}")
        pdf.attachments[BADGE_NAME].obj.EF.F = stream
        pdf.save(content, object_stream_mode=objects, compress_streams=False)
    assert len(content.getvalue()) < 200_000
    with pytest.raises(NotGenuine, match="far larger"):
        read_pdf(content.getvalue(), KeyRing([Ed25519PrivateKey.generate()]))
