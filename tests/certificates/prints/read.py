"""Printed papers, read as a person and a camera would."""

import io
import re
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import zxingcpp
from PIL import Image

from bot.documents.print_facts import module_facts, poster_facts
from bot.i18n.catalogues import Catalogues
from bot.model.group import Group
from cards.model import Programme
from certificates.prints import (
    ModuleFacts,
    PosterFacts,
)

MADE = date(2026, 3, 9)


START = "https://learn.example.org/?start="


LANGUAGES = ["en", "fr", "ar"]


GROUP = Group(7, 1, "7K3F9Q2MX4TDhs0v", "Tuesday group", "AMSED", "Nadia", "en")


LINKS = (
    ("web", "https://learn.example.org/join/7K3F9Q2MX4TDhs0v"),
    ("telegram", "https://t.me/PasitoBot?start=g-7K3F9Q2MX4TDhs0v"),
)


PIXELS_PER_MM = 8


def of_module(module: str, language: str, programme: Programme, words: Catalogues) -> ModuleFacts:
    return module_facts(
        programme.modules[module], programme, words, language, start=START, made=MADE
    )


def pages(data: bytes) -> list[str]:
    """The words of each page; a reader of the file does not see how they were isolated."""
    found = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    return [
        " ".join(text.replace("\ufffe\r\n", "-").replace("\ufffe", "-").split()) for text in found
    ]


def picture(data: bytes, page: int = 0, *, threshold: int = 127) -> Image.Image:
    """A page as a fax would show it: every point is black or white."""
    scale = PIXELS_PER_MM * 25.4 / 72
    grey = pypdfium2.PdfDocument(data)[page].render(scale=scale, grayscale=True).to_pil()
    return grey.point(lambda value: 255 if value > threshold else 0)


def scanned(image: Image.Image) -> list[zxingcpp.Barcode]:
    """What a telephone that looks for QR codes finds on a picture."""
    return list(zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode))


def plain(text: str) -> str:
    return " ".join(text.split())


def assert_portrait(data: bytes, count: int) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [[round(float(edge)) for edge in page.mediabox] for page in pdf.pages] == [
            [0, 0, 595, 842]
        ] * count


def sizes(data: bytes) -> set[float]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = b"\n".join(page.Contents.read_bytes() for page in pdf.pages)
    return set(map(float, re.findall(rb"/F\d+ ([\d.]+) Tf", content)))


def assert_margin_is_white(data: bytes, millimetres: float = 6) -> None:
    """What stands nearer to the edge is lost in many printers."""
    edge = round(millimetres * PIXELS_PER_MM)
    for page in range(len(pypdfium2.PdfDocument(data))):
        image = picture(data, page, threshold=250)
        width, height = image.size
        for box in (
            (0, 0, width, edge),
            (0, height - edge, width, height),
            (0, 0, edge, height),
            (width - edge, 0, width, height),
        ):
            assert image.crop(box).getextrema() == (255, 255)


def poster_of(language: str, words: Catalogues, programme: Programme, **change: str) -> PosterFacts:
    return poster_facts(replace(GROUP, language=language, **change), programme, words, LINKS, MADE)
