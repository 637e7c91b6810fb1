"""The stylesheet: what all pages look like, and the colours of the categories.

An author names a category's colour as they like. Here it is made darker or lighter until words in
it, and on it, can be read by everybody (WCAG 2.2, 1.4.3: contrast of 4.5 at least), by day and in
the dark.
"""

import colorsys
import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Self

from aiohttp import web

from cards.model import Programme

CONTRAST = 4.5
WHITE, DARK_PAPER, DARK_INK = (255, 255, 255), (26, 37, 43), (12, 20, 24)
_TINTED = 0.12
"""How much of the colour is in a light tint of it; in the dark it is twice that."""
_BASE = resources.files("bot.web").joinpath("static/pasito.css").read_text()
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """A category's colour, and its tint, for one kind of light."""

    colour: Colour
    tint: Colour


def by_day(colour: str) -> Palette:
    """Dark enough for words on white, on the tint, and for white words on it."""
    wished = _parsed(colour)
    tint = _mixed(WHITE, wished, _TINTED)
    return Palette(_until(wished, 0, tint, WHITE), tint)


def by_night(colour: str) -> Palette:
    """Light enough for words on the dark paper, on the tint, and for dark words on it."""
    wished = _parsed(colour)
    tint = _mixed(DARK_PAPER, wished, _TINTED * 2)
    return Palette(_until(wished, 1, tint, DARK_PAPER, DARK_INK), tint)


def contrast(one: Colour, other: Colour) -> float:
    """From 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = (c / 255 for c in colour)
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _until(wished: Colour, lightness: float, *beside: Colour) -> Colour:
    """The same hue, taken towards a lightness (0 is black, 1 is white) until it can be read."""
    hue, begin, saturation = colorsys.rgb_to_hls(*(part / 255 for part in wished))
    for step in range(21):
        light = begin + (lightness - begin) * step / 20
        red, green, blue = (round(p * 255) for p in colorsys.hls_to_rgb(hue, light, saturation))
        found = red, green, blue
        if all(contrast(found, other) >= CONTRAST for other in beside):
            return found
    raise AssertionError("black and white can be read beside these tints")


def _mixed(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _parsed(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


class Style:
    """The stylesheet, with the colours of each category. The address changes with the content."""

    def __init__(self, colours: Iterable[tuple[str, str]] = ()) -> None:
        """`colours` are id and colour of each category."""
        self._paint(colours)

    def _paint(self, colours: Iterable[tuple[str, str]]) -> None:
        colours = tuple(colours)
        day = _rules((id, by_day(colour)) for id, colour in colours)
        night = _rules((id, by_night(colour)) for id, colour in colours)
        dark = f"@media(prefers-color-scheme:dark){{{night}}}"
        self.content = f"{_BASE}{day}{dark}\n".encode()
        self.small = gzip.compress(self.content, mtime=0)
        self.hash = hashlib.sha256(self.content).hexdigest()[:8]

    @classmethod
    def of(cls, programme: Programme) -> Self:
        return cls((c.id, c.colour) for c in programme.categories)

    def teach(self, programme: Programme) -> None:
        """The colours of this one from now on."""
        self._paint((c.id, c.colour) for c in programme.categories)

    @property
    def url(self) -> str:
        return f"/static/pasito.{self.hash}.css"

    async def serve(self, request: web.Request) -> web.Response:
        """Kept for ever. Asked for another version, by a page of a process that is newer or older
        than this one, it is not."""
        fits = request.match_info["hash"] == self.hash
        headers = {
            "Cache-Control": "max-age=31536000, immutable" if fits else "no-store",
            "Vary": "Accept-Encoding",
        }
        body = self.content
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"], body = "gzip", self.small
        return web.Response(body=body, content_type="text/css", headers=headers)


STYLE = web.AppKey[Style]("style")
"""The stylesheet of an application."""


def _rules(palettes: Iterable[tuple[str, Palette]]) -> str:
    return "".join(
        f".c-{id}{{--c:{_hex(palette.colour)};--tint:{_hex(palette.tint)}}}\n"
        for id, palette in palettes
    )
