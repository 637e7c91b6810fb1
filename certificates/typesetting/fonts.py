"""Faces: the outlines that text is drawn with, one for every group of scripts, regular and bold.

The fonts are static ones of the Noto project (`font_files/`, SIL Open Font License; `make_fonts.py`
says how they were made). A face shapes text (letters joined, marks in place) and gives a subset of
itself with only the glyphs that a document uses. A file is read when a text needs it; until then it
costs nothing.
"""

import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

REGULAR, BOLD = 400, 700
FILES = Path(__file__).parent / "font_files"
_OTHERS = (
    *(
        "Arabic",
        "Ethiopic",
        "Armenian",
        "Bengali",
        "Devanagari",
        "Georgian",
        "Gujarati",
        "Gurmukhi",
        "Hebrew",
    ),
    *(
        "Kannada",
        "Khmer",
        "Lao",
        "Malayalam",
        "Myanmar",
        "Oriya",
        "Sinhala",
        "Tamil",
        "Telugu",
        "Thai",
        "SC",
        "Symbols2",
    ),
)
SCRIPTS = ("NotoSans", *(f"NotoSans{script}" for script in _OTHERS))
"""Latin, Cyrillic and Greek first, then one script each, last the signs of keys and buttons, in the
order in which a character looks for its face.
"""
WEIGHTS = {"NotoSansSC": (REGULAR,), "NotoSansSymbols2": (REGULAR,)}
"""Fonts that do not come in both weights: eleven thousand Chinese characters are large enough once,
signs have one.
"""

UNUSED_TABLES = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "name",
    "OS/2",
    "cmap",
    "post",
    "STAT",
    "gasp",
    "vhea",
    "vmtx",
)
"""A PDF addresses glyphs by number and places them itself: these tables would only make the file
larger.
"""


class MissingGlyphs(ValueError):
    """No font has these characters. A certificate is refused rather than printed with a blank."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = "".join(sorted(set(characters)))
        super().__init__(
            f"no font has {' '.join(f'{char} (U+{ord(char):04X})' for char in self.characters)}"
        )


class Glyph(NamedTuple):
    """A shaped glyph: its number, the first character it stands for, and its advance and offset in
    font units."""

    number: int
    cluster: int
    advance: int
    dx: int
    dy: int


class Face:
    """One weight of one font."""

    def __init__(self, name: str, weight: int) -> None:
        self.name = f"{name}-{'Bold' if weight == BOLD else 'Regular'}"
        self.weight = weight
        self._file = file_of(name, weight)
        self._widths: dict[int, int] = {}

    @cached_property
    def _face(self) -> hb.Face:
        return hb.Face(hb.Blob.from_file_path(self._file))

    @cached_property
    def _font(self) -> hb.Font:
        return hb.Font(self._face)

    @cached_property
    def units_per_em(self) -> int:
        return int(self._face.upem)

    @cached_property
    def characters(self) -> frozenset[str]:
        return frozenset(map(chr, self._face.unicodes))

    def width(self, glyph: int) -> int:
        """The advance of a glyph by itself, in font units."""
        if glyph not in self._widths:
            self._widths[glyph] = int(self._font.get_glyph_h_advance(glyph))
        return self._widths[glyph]

    def shape(self, text: str, start: int, end: int, rtl: bool, language: str) -> list[Glyph]:
        """The glyphs of `text[start:end]` from left to right; what stands around it decides how
        letters join."""
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        buffer.add_str(text, start, end - start)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.language = language
        hb.shape(self._font, buffer)
        return [
            Glyph(info.codepoint, info.cluster, place.x_advance, place.x_offset, place.y_offset)
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def subset(self, glyphs: Collection[int]) -> tuple[bytes, Mapping[int, int]]:
        """A TrueType file with these glyphs only, and their new numbers by their old ones."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update({0, *glyphs})
        wanted.flags = (
            hb.SubsetFlags.NO_HINTING
            | hb.SubsetFlags.NO_LAYOUT_CLOSURE
            | hb.SubsetFlags.NOTDEF_OUTLINE
        )
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in UNUSED_TABLES)
        plan = hb.SubsetPlan(self._face, wanted)
        data = bytes(plan.execute().blob.data)
        return data, dict(plan.old_to_new_glyph_mapping.items())

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """The box that all glyphs fit into, in font units: left, bottom, right, top (table
        `head`)."""
        left, bottom, right, top = struct.unpack_from(
            ">4h", bytes(self._face.reference_table("head").data), 36
        )
        return left, bottom, right, top

    @cached_property
    def ascent_descent(self) -> tuple[int, int]:
        extents = self._font.get_font_extents("ltr")
        return int(extents.ascender), int(extents.descender)


class Fonts:
    """The faces of some scripts, by default of all."""

    def __init__(self, scripts: Sequence[str] = SCRIPTS) -> None:
        self.regular = tuple(Face(name, REGULAR) for name in scripts)
        self.bold = tuple(Face(name, BOLD) for name in scripts)


def file_of(name: str, weight: int) -> Path:
    """A font's file in a weight, or in the only one it has."""
    weights = WEIGHTS.get(name, (REGULAR, BOLD))
    return FILES / f"{name}-{weight if weight in weights else weights[0]}.ttf"
