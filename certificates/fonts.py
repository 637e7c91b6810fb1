"""Faces: the outlines that text is drawn with, one for every group of scripts, regular and bold.

The fonts come as variable fonts. Drawing with those is slow and their bold is spaced wrongly, so HarfBuzz makes a
static one of each weight when it is first needed (about 30 ms) and keeps it in a cache folder. A face shapes text
(letters joined, marks in place) and gives a subset of itself with only the glyphs that a document uses.
"""

import struct
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

REGULAR, BOLD = 400, 700
NORMAL_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Source:
    """A variable font in an installed distribution; `path` as the distribution lists it."""

    name: str
    distribution: str
    path: str


BASE = (
    Source("NotoSans", "fontpkg-noto-sans", "fontpkg_noto_sans/files/NotoSans[wdth,wght].ttf"),
    Source("NotoSansArabic", "fontpkg-noto-sans-arabic", "fontpkg_noto_sans_arabic/files/NotoSansArabic[wdth,wght].ttf"),
    Source(
        "NotoSansEthiopic",
        "justmytype-intl-africa",
        "justmytype_intl_africa/fonts/ofl/notosansethiopic/NotoSansEthiopic[wdth,wght].ttf",
    ),
)
"""Latin, Cyrillic, Greek, Arabic and Ethiopic scripts, in the order in which a character looks for its face."""

MORE_SCRIPTS = (
    *(
        Source(f"NotoSans{script}", "manimgx-fonts", f"manimgx_fonts/NotoSans{script}[wght].ttf")
        for script in (
            *("Armenian", "Bengali", "Devanagari", "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao"),
            *("Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai"),
        )
    ),
    Source("NotoSansSC", "justmytype-intl-cjk", "justmytype_intl_cjk/fonts/ofl/notosanssc/NotoSansSC[wght].ttf"),
)
"""What the extra `more-scripts` installs. A font is read when a text needs it; until then it costs nothing."""

UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "name", "OS/2", "cmap", "post", "STAT", "gasp", "vhea", "vmtx")
"""A PDF addresses glyphs by number and places them itself: these tables would only make the file larger."""


class MissingGlyphs(ValueError):
    """No font has these characters. A certificate is refused rather than printed with a blank."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = "".join(sorted(set(characters)))
        super().__init__(f"no font has {' '.join(f'{char} (U+{ord(char):04X})' for char in self.characters)}")


class Glyph(NamedTuple):
    """A shaped glyph: its number, the first character it stands for, and its advance and offset in font units."""

    number: int
    cluster: int
    advance: int
    dx: int
    dy: int


class Face:
    """One weight of one font."""

    def __init__(self, name: str, weight: int, file: Callable[[], Path]) -> None:
        self.name = f"{name}-{'Bold' if weight == BOLD else 'Regular'}"
        self.weight = weight
        self._file = file
        self._widths: dict[int, int] = {}

    @cached_property
    def _face(self) -> hb.Face:
        return hb.Face(hb.Blob.from_file_path(self._file()))

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
        """The glyphs of `text[start:end]` from left to right; what stands around it decides how letters join."""
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
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in UNUSED_TABLES)
        plan = hb.SubsetPlan(self._face, wanted)
        data = bytes(plan.execute().blob.data)
        return data, dict(plan.old_to_new_glyph_mapping.items())

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """The box that all glyphs fit into, in font units: left, bottom, right, top (table `head`)."""
        left, bottom, right, top = struct.unpack_from(">4h", bytes(self._face.reference_table("head").data), 36)
        return left, bottom, right, top

    @cached_property
    def ascent_descent(self) -> tuple[int, int]:
        extents = self._font.get_font_extents("ltr")
        return int(extents.ascender), int(extents.descender)


class Fonts:
    """The faces of those sources that are installed, made at first use and kept in `cache_dir`."""

    def __init__(self, cache_dir: Path, sources: Sequence[Source] = (*BASE, *MORE_SCRIPTS)) -> None:
        self._cache_dir, self._sources = cache_dir, sources

    @cached_property
    def regular(self) -> tuple[Face, ...]:
        return self._faces(REGULAR)

    @cached_property
    def bold(self) -> tuple[Face, ...]:
        return self._faces(BOLD)

    def _faces(self, weight: int) -> tuple[Face, ...]:
        return tuple(
            Face(source.name, weight, partial(self._static, source, version, weight))
            for source in self._sources
            if (version := _installed_version(source))
        )

    def _static(self, source: Source, version: str, weight: int) -> Path:
        kept = self._cache_dir / f"{source.name}-{version}-{weight}.ttf"
        if kept.exists():
            return kept
        data = _instance(_location(source).read_bytes(), weight)
        self._cache_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._cache_dir, delete=False) as file:
            file.write(data)
        return Path(file.name).replace(kept)


def _installed_version(source: Source) -> str | None:
    try:
        return metadata.version(source.distribution)
    except metadata.PackageNotFoundError:
        return None


def _location(source: Source) -> Path:
    return Path(str(metadata.distribution(source.distribution).locate_file(source.path)))


def _instance(variable_font: bytes, weight: int) -> bytes:
    face = hb.Face(hb.Blob(variable_font))
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    for axis in face.axis_infos:
        wanted.pin_axis_location(face, axis.tag, {"wght": weight, "wdth": NORMAL_WIDTH}[axis.tag])
    return bytes(hb.subset(face, wanted).blob.data)
