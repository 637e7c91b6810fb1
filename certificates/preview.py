"""A certificate as a picture: A4 cannot be read on a small phone before it is downloaded and enlarged."""

import io

import pypdfium2
from PIL import Image

WIDTH = 640
"""Pixels."""
GREYS = 4


def preview(pdf: bytes) -> bytes:
    """The first page as a PNG of 640 pixels, 6-12 KB. Grey: it is looked at, not framed."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil()
    finally:
        document.close()
    few = image.convert("L").quantize(GREYS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True, bits=2)
    return file.getvalue()
