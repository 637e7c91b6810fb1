"""Pictures that come along with questions, made as small as a phone needs them."""

import io
import re
import warnings
from pathlib import PurePosixPath

from PIL import Image as Pixels

from cards.exchange.asked import Image
from cards.ids import slug
from cards.model import Card
from cards.picture import ALT, BYTES, ENDINGS

_SYMBOL = re.compile(r"([0-9A-F]{4,5}(?:-[0-9A-F]{4,5})*)\.svg")
_SIDES = (640, 480, 320, 240, 160)
_PIXELS = 40_000_000
"""A larger picture is not unpacked."""


def symbol_of(name: str) -> str:
    """`1F91D.svg`, as the set that ships names its files -> 🤝; empty for other files."""
    found = _SYMBOL.fullmatch(name)
    return "".join(chr(int(point, 16)) for point in found[1].split("-")) if found else ""


def file_of(image: Image) -> tuple[str, bytes]:
    """Name and bytes as they may lie beside programme.yaml: as they are where they are small
    enough, else as WebP. Raises `ValueError` with the reason."""
    path = PurePosixPath(image.name)
    stem, ending = slug(path.stem), path.suffix.lower().replace(".jpeg", ".jpg")
    if ending in ENDINGS and len(image.data) <= BYTES:
        return stem + ending, image.data
    if ending == ".svg":
        raise ValueError(f"a drawing (SVG) has at most {BYTES:,} bytes")
    return f"{stem}.webp", _smaller(image.data)


def _smaller(data: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pixels.DecompressionBombWarning)
            file = Pixels.open(io.BytesIO(data))
        if file.width * file.height > _PIXELS:
            raise ValueError("it is too large")
        picture = file.convert("RGB")
    except (OSError, SyntaxError, Warning, Pixels.DecompressionBombError) as error:
        raise ValueError("it is no picture that can be read") from error
    for side in _SIDES:
        picture.thumbnail((side, side))
        for quality in (70, 40):
            out = io.BytesIO()
            picture.save(out, "WEBP", quality=quality)
            if out.tell() <= BYTES:
                return out.getvalue()
    raise ValueError("it cannot be made small enough")


def shown(image: Image, card: Card) -> str:
    """What the picture shows, in words; its heading where the file says nothing."""
    return (" ".join(re.sub(r"[\[\]]", "", image.alt).split()) or card.title.source)[:ALT]
