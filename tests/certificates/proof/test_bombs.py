"""Files of a few kilobytes that cost gigabytes or hours where somebody opens them: refused
before."""

import binascii
import zlib
from collections.abc import Callable
from functools import cache

import pytest

from certificates.attached import attached
from certificates.proof.token import NotGenuine

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
WIDE = b"/DecodeParms<</Predictor 12/Columns %b>>"
FLATE, TWICE = b"/Filter/FlateDecode", b"/Filter[/FlateDecode/FlateDecode]"


@cache
def _packed(megabytes: int, times: int = 1) -> bytes:
    packer = zlib.compressobj(9)
    some = b" " * (1 << 20)
    content = b"".join([*(packer.compress(some) for _ in range(megabytes)), packer.flush()])
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    return content


def _pdf(*objects: bytes) -> bytes:
    out = b"%PDF-1.5\n" + b"".join(
        b"%d 0 obj\n%b\nendobj\n" % (number, each) for number, each in enumerate(objects, 1)
    )
    return out + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (len(objects) + 1)


def _table(packing: bytes, content: bytes, begin: bytes = b"stream\n") -> bytes:
    """A file whose table of objects is packed: it is unpacked before anything is known."""
    out = b"%%PDF-1.5\n1 0 obj\n%b\nendobj\n2 0 obj\n%b\nendobj\n" % (CATALOG, PAGES)
    table = b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 2]/Root 1 0 R%b/Length %d>>\n%b%b\nendstream"
    return (
        out
        + table % (packing, len(content), begin, content)
        + (b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(out))
    )


def _tree(levels: int) -> bytes:
    """Names of attachments as a tree whose branches are the same two again and again."""
    root = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 4 0 R>>>>"
    two = (b"<</Limits[(a)(z)]/Kids[%d 0 R %d 0 R]>>" % (n + 5, n + 5) for n in range(levels))
    return _pdf(root, PAGES, PAGE, *two, b"<</Limits[(a)(z)]/Names[(b) 3 0 R]>>")


SMALL = zlib.compress(bytes(28))
UNLIKE, LARGE, NOTHING = "packed in a way", "far larger", "can be read"
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "twice": (UNLIKE, lambda: _table(TWICE, _packed(200, 2))),
    "twice, elsewhere": (UNLIKE, lambda: _table(b"/Filter 9 0 R", _packed(200, 2))),
    "twice, spelled": (UNLIKE, lambda: _table(TWICE.replace(b"ilt", b"#69l#74"), _packed(200, 2))),
    "twice, after a comment": (
        UNLIKE,
        lambda: _table(TWICE.replace(b"[", b"%\n["), _packed(200, 2)),
    ),
    "hexadecimal": (
        UNLIKE,
        lambda: _table(
            b"/Filter[/ASCIIHexDecode/FlateDecode]", binascii.hexlify(_packed(90)) + b">"
        ),
    ),
    "runs": (UNLIKE, lambda: _table(b"/Filter/RunLengthDecode", b"\x81 " * 90_000)),
    "a line of its own": (LARGE, lambda: _table(FLATE, _packed(150), b"stream\r")),
    "blanks": (LARGE, lambda: _table(FLATE, _packed(150), b"stream \t \n")),
    "no line": (LARGE, lambda: _table(FLATE, _packed(150), b"stream")),
    "wide": (UNLIKE, lambda: _table(FLATE + WIDE % b"2000000000", SMALL)),
    "wide, elsewhere": (UNLIKE, lambda: _table(FLATE + WIDE % b"9 0 R", SMALL)),
    "wide, spelled": (
        UNLIKE,
        lambda: _table(FLATE + (WIDE % b"2000000000").replace(b"l", b"#6C"), SMALL),
    ),
    "parameters elsewhere": (UNLIKE, lambda: _table(FLATE + b"/DecodeParms 9 0 R", SMALL)),
    "colours": (UNLIKE, lambda: _table(FLATE + WIDE % b"9/Colors 200000000", SMALL)),
    "a tree of lists": (NOTHING, lambda: _tree(60)),
    "locked": (
        UNLIKE,
        lambda: _pdf(CATALOG, PAGES, PAGE).replace(b"<</Root", b"<</Encrypt 9 0 R/Root"),
    ),
}


@pytest.mark.parametrize(("why", "made"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_unopened(why: str, made: Callable[[], bytes]) -> None:
    content = made()
    assert len(content) < 200_000
    with pytest.raises(NotGenuine, match=why):
        attached(content, "x.json", 16_000, 2)
