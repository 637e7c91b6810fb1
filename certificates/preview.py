"""A certificate as a picture: A4 cannot be read on a small phone before it is downloaded and
enlarged.
"""

import io
import threading

from PIL import Image

PDFIUM = threading.Lock()
"""PDFium is used by one thread at a time (its own rule)."""
WIDTH = 640
"""Pixels."""
MOST_BYTES = 12_000
GREYS = (5, 4, 3, 2)
"""How many shades: the first number with which the picture is small enough."""


def preview(pdf: bytes) -> bytes:
    """The first page as a PNG of 640 pixels and at most 12 KB. Grey: it is looked at, not
    framed."""
    import pypdfium2  # twenty modules, which no start has to wait for

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        image = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil().convert("L")
    drawn = b""
    for greys in GREYS:
        drawn = _png(image, greys)
        if len(drawn) <= MOST_BYTES:
            break
    return drawn


def _png(image: Image.Image, greys: int) -> bytes:
    """Even steps from black to white: palettes made to measure take ten times as long, and are no
    smaller."""
    step = 255 / (greys - 1)
    shades = image.point([round(value / step) for value in range(256)])
    picture = Image.frombytes("P", shades.size, shades.tobytes())
    picture.putpalette([round(step * shade) for shade in range(greys) for _ in range(3)])
    file = io.BytesIO()
    picture.save(file, "PNG", bits=4 if greys > 4 else 2)
    return file.getvalue()
