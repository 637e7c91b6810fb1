"""A picture as a PNG for messengers, which fetch no SVG: drawn in the middle of a calm band."""

import io
import re
from pathlib import PurePosixPath

from PIL import Image

from certificates.preview import PDFIUM

WIDTH, HEIGHT, DRAWN = 640, 256, 216
"""Pixels of the band, and of the picture's height in it."""
GROUND = (233, 237, 240)
COLOURS = 64
_OUTSIDE = re.compile(
    rb"<image\b|<!DOCTYPE|<!ENTITY|<use\b[^>]*href\s*=\s*[\"'](?!#)", re.IGNORECASE
)


def banner(name: str, content: bytes) -> bytes:
    """PNG bytes, some kilobytes. Raises `ValueError` for what is no picture."""
    try:
        drawn = _svg(content) if PurePosixPath(name).suffix == ".svg" else _read(content)
    except Exception as error:  # an author's file can hold anything
        raise ValueError(f"{name} is no picture: {type(error).__name__}") from error
    drawn.thumbnail((WIDTH, DRAWN))
    band = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    band.paste(drawn, ((WIDTH - drawn.width) // 2, (HEIGHT - drawn.height) // 2), drawn)
    out = io.BytesIO()
    band.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _svg(content: bytes) -> Image.Image:
    """Through PDF, which draws shapes alone: nothing is fetched and nothing runs. PDFium draws on
    white, which is made clear again."""
    if _OUTSIDE.search(content):
        raise ValueError("it reaches for something outside of itself")
    # here, because they would be a tenth of every start
    import pypdfium2
    from fpdf import FPDF
    from fpdf.svg import SVGObject

    pdf = FPDF(unit="pt", format=(DRAWN, DRAWN))
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.add_page()
    SVGObject(content).draw_to_page(pdf)
    with PDFIUM, pypdfium2.PdfDocument(bytes(pdf.output())) as document:
        drawn: Image.Image = document[0].render(fill_color=(*GROUND, 255)).to_pil()
    return drawn.convert("RGBA")


def _read(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        return image.convert("RGBA")
