"""A certificate's file, read back: the token in its link, and the credential that is attached."""

import io
import re
import zlib
from collections.abc import Iterable
from typing import Any

import pikepdf

from certificates.proof.badge import BADGE_NAME, credential_serial
from certificates.proof.token import KeyRing, NotGenuine, Statement, token_in

LARGEST = 32 << 20
"""Bytes of all streams of a file, unpacked. A certificate with its fonts has less than 2 MB."""
UNREADABLE = (pikepdf.PdfError, ValueError, TypeError, AttributeError, RuntimeError)
"""What opening somebody's file may raise."""
_STREAM = re.compile(rb"(?<!end)stream[\s\0]*")
"""Where packed bytes begin. A reader forgives what stands between, so this does, too."""


def _key(name: str) -> bytes:
    """A pattern for a key of a PDF file: any letter of it may be written as its number."""
    letters = (f"(?:{letter}|#{ord(letter):x})" for letter in name)
    return f"/(?i:{''.join(letters)})(?=[\\s\\0()<>\\[\\]{{}}/%])".encode()


_PACKING = b"/(?:FlateDecode|DCTDecode)"
_UNLIKE_OURS = re.compile(
    b"|".join(
        (
            _key("Filter") + rb"(?!\s*(?:%b[\s/>]|\[\s*%b\s*\]))" % (_PACKING, _PACKING),
            _key("DecodeParms") + rb"(?!\s*<<)",
            _key("Columns") + rb"(?!\s*\d{1,5}\s*[/>])",
            _key("Colors") + rb"(?!\s*\d\s*[/>])",
            _key("Encrypt"),
        )
    )
)
"""What makes far more of a few bytes where nobody counts: packed twice or in another way than ours,
rows as wide as somebody says, what is read only after it was decrypted, and each of these where it
is only pointed at."""


def read_pdf(content: bytes, keys: KeyRing) -> Statement:
    """What the link in a certificate's file states. Where a credential is attached, it has to be
    genuine and of the same certificate. Raises `NotGenuine`.

    The signature is that of the statement, not of the drawing: whoever reads the page compares it
    with what is stated.
    """
    check_size(content)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            links = [
                link for page in pdf.pages for link in _links(page) if "/verify/" in link.lower()
            ]
            badge = embedded(pdf, BADGE_NAME)
            attached = unpacked(badge) if badge is not None else b""
    except UNREADABLE as error:
        raise NotGenuine("this is no PDF file that can be read") from error
    if not links:
        raise NotGenuine("no link to a check in this file")
    statement = keys.read(token_in(links[0]))
    if (
        attached
        and credential_serial(attached.decode("ascii", "replace"), keys) != statement.serial
    ):
        raise NotGenuine("the credential in this file is that of another certificate")
    return statement


def check_size(content: bytes, most: int = LARGEST) -> None:
    """Whoever opens a file unpacks what is packed in it, a thousand times its size perhaps: counted
    before it is opened. Raises `NotGenuine`."""
    if _UNLIKE_OURS.search(content):
        raise NotGenuine("this file is packed in a way that ours are not")
    view, left = memoryview(content), most
    for found in _STREAM.finditer(content):
        left -= len(_inflated(view[found.end() :], left))


def _inflated(packed: bytes | memoryview, most: int) -> bytes:
    try:
        unpacked = zlib.decompressobj().decompress(packed, most + 1)
    except zlib.error:  # packed in another way, or not at all
        return b""
    if len(unpacked) > most:
        raise NotGenuine("unpacked, this file is far larger than a certificate")
    return unpacked


def embedded(pdf: pikepdf.Pdf, name: str) -> Any:
    """The stream of the file of this name inside a PDF file, None where there is none. Looked for
    in one list, as ours is: a tree of lists in 2 KB has more branches than anybody can walk."""
    root: Any = pdf.Root
    names = list(root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", []))
    pairs = zip(names[::2], names[1::2], strict=True)
    found = (file for key, file in pairs if str(key) == name)
    file = next(found, None)
    return None if file is None else file.EF.F


def unpacked(stream: Any, most: int = LARGEST) -> bytes:
    """An attachment, packed once as ours are, or not at all. Raises `NotGenuine`."""
    raw, packing = bytes(stream.read_raw_bytes()), stream.get("/Filter")
    names = (
        [str(name) for name in packing]
        if isinstance(packing, pikepdf.Array)
        else [str(packing)]
        if packing
        else []
    )
    if names not in ([], ["/FlateDecode"]):
        raise NotGenuine("what is attached to this file is packed in a way that ours are not")
    content = _inflated(raw, most) if names else raw
    if len(content) > most:
        raise NotGenuine("what is attached to this file is far larger than ours")
    return content


def _links(page: pikepdf.Page) -> list[str]:
    annotations: Iterable[Any] = page.obj.get("/Annots", [])
    actions: list[Any] = [annotation.get("/A", {}) for annotation in annotations]
    return [str(action["/URI"]) for action in actions if "/URI" in action]
