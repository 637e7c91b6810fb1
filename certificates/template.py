"""How an organisation's papers look: colours, logos, sizes, frame, the pictures of signatures. A
folder, no code.

    template/template.yaml      colours, logos, sizes; everything may be left out
    template/*.png, *.jpg       logos, and the signatures that programme.yaml names

Pictures are made small when they are read: no larger than they are printed, few colours, on white.
"""

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import yaml
from PIL import Image, ImageColor, UnidentifiedImageError

from certificates.look import Frame, Look
from certificates.typesetting.pdf import Colour, Picture
from certificates.typesetting.sheet import GREY, INK, PALE, TEAL

MOST_LOGOS = 6
LARGEST = 480
"""Pixels of a picture's longer side: 300 dots an inch at 40 mm."""
PALETTE = 32
CONTRAST = 4.5
"""Text on white needs this much (WCAG 2.2, 1.4.3)."""
_COLOURS = {"accent": TEAL, "line": PALE, "quiet": GREY, "ink": INK}
_SIZES = ("heading", "name", "title")


class TemplateError(ValueError):
    """A template that cannot be used; the text names the file and says what to do."""


def read_template(folder: Path, signatures: Sequence[str] = ()) -> Look:
    """The look of a folder's template; ours where there is none. `signatures` are files that the
    programme names.

    Raises `TemplateError`.
    """
    file = folder / "template.yaml"
    given = _yaml(file) if file.is_file() else {}
    if unknown := set(given) - {"colours", "logos", "logo_height", "sizes", "frame"}:
        raise TemplateError(
            f"{file}: {', '.join(sorted(unknown))} is not a setting of a template: check its "
            "spelling"
        )
    logos = given.get("logos") or []
    if not isinstance(logos, list) or len(logos) > MOST_LOGOS:
        raise TemplateError(f"{file}: logos is a list of at most {MOST_LOGOS} file names")
    frame = given.get("frame", "double")
    if frame not in get_args(Frame):
        raise TemplateError(f"{file}: frame is one of {', '.join(get_args(Frame))}")
    return Look(
        colours={ours: _colour(file, name, given) for name, ours in _COLOURS.items()},
        logos=tuple(_picture(folder / str(name), file) for name in logos),
        logo_height=_number(file, "logo_height", given.get("logo_height", 12), 5, 18),
        signatures={
            name: _picture(folder / name, folder.parent / "programme.yaml") for name in signatures
        },
        frame=frame,
        **{
            f"{name}_size": _number(file, name, size, 10, 48)
            for name, size in _sizes(file, given).items()
        },
    )


def _yaml(file: Path) -> Mapping[str, Any]:
    try:
        given = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise TemplateError(f"{file} cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(given, dict):
        raise TemplateError(f"{file}: write settings like `colours:` one below the other")
    return given


def _sizes(file: Path, given: Mapping[str, Any]) -> Mapping[str, Any]:
    sizes = given.get("sizes") or {}
    if not isinstance(sizes, dict) or set(sizes) - set(_SIZES):
        raise TemplateError(f"{file}: sizes are those of {', '.join(_SIZES)}, in points")
    return sizes


def _number(file: Path, name: str, value: object, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise TemplateError(f"{file}: {name} is a number between {least:g} and {most:g}")
    return float(value)


def _colour(file: Path, name: str, given: Mapping[str, Any]) -> Colour:
    colours = given.get("colours") or {}
    if not isinstance(colours, dict) or set(colours) - set(_COLOURS):
        raise TemplateError(f"{file}: colours are those of {', '.join(_COLOURS)}")
    if name not in colours:
        return _COLOURS[name]
    try:
        red, green, blue, *_ = ImageColor.getrgb(str(colours[name]))
    except ValueError as error:
        raise TemplateError(f'{file}: {name} is a colour like "#0f5e59"') from error
    colour = Colour(red / 255, green / 255, blue / 255)
    if name != "line" and contrast_on_white(colour) < CONTRAST:
        raise TemplateError(
            f"{file}: {name} is too pale to be read on white paper: choose a darker colour"
        )
    return colour


def contrast_on_white(colour: Colour) -> float:
    """The contrast ratio of WCAG 2.2, from 1 (white) to 21 (black)."""
    light = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour
    )
    return 1.05 / (
        sum(part * value for part, value in zip((0.2126, 0.7152, 0.0722), light, strict=True))
        + 0.05
    )


def _picture(path: Path, named_in: Path) -> Picture:
    try:
        with Image.open(path) as image:
            image.load()
            return small(image)
    except FileNotFoundError as error:
        raise TemplateError(
            f"{named_in} names the picture {path.name}, which is not in {path.parent}"
        ) from error
    except (UnidentifiedImageError, OSError) as error:
        raise TemplateError(
            f"{path} is no picture that can be used: save it as PNG or JPEG"
        ) from error


def small(image: Image.Image) -> Picture:
    """A picture as it is embedded: on white, at most `LARGEST` pixels wide or high, in few
    colours."""
    image = image.convert("RGBA")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    paper.thumbnail((LARGEST, LARGEST))
    few = paper.convert("RGB").quantize(PALETTE)
    palette = few.getpalette() or []
    pixels = few.tobytes()  # one byte each: its place in the palette
    return Picture(
        few.width,
        few.height,
        zlib.compress(pixels, 9),
        "FlateDecode",
        bytes(palette[: 3 * (max(pixels) + 1)]),
    )
