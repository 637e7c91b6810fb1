"""Pictures as messengers fetch them."""

import io

import pytest
from PIL import Image

from bot.web.banner import HEIGHT, WIDTH, banner
from cards.reader import SHIPPED

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72">{}</svg>'


def test_a_symbol_is_drawn_in_the_middle_of_a_band() -> None:
    made = banner("1F91D.svg", (SHIPPED / "pictures" / "1F91D.svg").read_bytes())
    image = Image.open(io.BytesIO(made)).convert("RGB")
    assert image.size == (WIDTH, HEIGHT) and len(made) < 8000
    assert image.getpixel((WIDTH // 2, HEIGHT // 2)) != image.getpixel((5, 5))


def test_an_authors_photo_keeps_its_shape() -> None:
    file = io.BytesIO()
    Image.new("RGB", (100, 400), "red").save(file, "PNG")
    image = Image.open(io.BytesIO(banner("tall.png", file.getvalue()))).convert("RGB")
    assert image.size == (WIDTH, HEIGHT) and image.getpixel((WIDTH // 2, HEIGHT // 2))[0] > 200


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="file:///etc/passwd"/>',
        '<image href="https://x.example/a.png"/>',
        '<use href="https://x.example/a.svg#b"/>',
    ],
)
def test_what_reaches_outside_is_refused(inside: str) -> None:
    with pytest.raises(ValueError, match="no picture"):
        banner("odd.svg", SVG.format(inside).encode())


@pytest.mark.parametrize("content", [b"", b"<svg", b"\x89PNG\r\n", b"words"])
@pytest.mark.parametrize("name", ["odd.svg", "odd.png"])
def test_what_is_no_picture_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValueError, match=name):
        banner(name, content)
