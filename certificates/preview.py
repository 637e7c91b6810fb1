"""A certificate as a picture: A4 cannot be read on a small phone before it is downloaded and enlarged."""

import io

import pypdfium2
from PIL import Image

WIDTH = 640
"""Pixels."""
MOST_BYTES = 12_000
GREYS = (5, 4, 3, 2)
"""How many shades: the first number with which the picture is small enough."""


def preview(pdf: bytes) -> bytes:
    """The first page as a PNG of 640 pixels and at most 12 KB. Grey: it is looked at, not framed."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    drawn = b""
    for greys in GREYS:
        drawn = _png(image, greys)
        if len(drawn) <= MOST_BYTES:
            break
    return drawn


def _png(image: Image.Image, greys: int) -> bytes:
    file = io.BytesIO()
    image.quantize(greys, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
