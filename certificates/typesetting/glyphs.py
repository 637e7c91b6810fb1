"""The font program of a document: a small TrueType font whose glyphs are numbered as the document's
codes, some of them composed.

A letter with its dots and vowel signs is shaped into several glyphs. Drawn one by one they confuse
every program that reads a PDF: dots become characters, words come apart. As one composite glyph
(OpenType, table `glyf`) a letter with all that belongs to it has one code, one place and one text.
Numbered as the codes are, glyphs need no table that maps them.

Its em has 500 units, and points stand on even ones: none moves by more than 2/1000 em, half a
printer's dot in the largest name, and the font has a fifth less of bytes.
"""

import struct
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

WORDS_AS_OFFSETS, MORE_COMPONENTS, OVERLAP = 0x0003, 0x0020, 0x0400
WORDS, SCALES = 0x0001, {0x0008: 2, 0x0040: 4, 0x0080: 8}
"""Flags of a component: its offsets take two bytes each; how many bytes its scale takes."""
LONG_OFFSETS = 1
LARGEST_SHORT_OFFSET = 2 * 0xFFFF
CHECKSUM_OF_A_FONT = 0xB1B0AFBA
HEAD_CHECKSUM, HEAD_UNITS, HEAD_BOX, HEAD_OFFSET_FORMAT = 8, 18, 36, 50
HHEA_ASCENT, HHEA_METRICS = 4, 34
MAXP_GLYPHS, MAXP_POINTS = 4, 6
UNITS, GRID = 500, 2
"""To the em, and of them from one place of a point to the next."""


class Part(NamedTuple):
    """A glyph of a composite, moved by x, y font units."""

    glyph: int
    x: int
    y: int


class Composite(NamedTuple):
    parts: tuple[Part, ...]
    advance: int


def arranged(font: bytes, glyphs: Sequence[int | Composite]) -> bytes:
    """The font with these glyphs as number 1, 2 and so on: its own by their numbers there, and new
    ones. Glyph 0 stays, what only composites need comes last."""
    tables = _read_tables(font)
    head, maxp, hhea = (
        bytearray(tables["head"]),
        bytearray(tables["maxp"]),
        bytearray(tables["hhea"]),
    )
    (count,) = struct.unpack_from(">H", maxp, MAXP_GLYPHS)
    (units,) = struct.unpack_from(">H", head, HEAD_UNITS)
    scale = UNITS / units
    outlines = [
        _smaller(outline, scale)
        for outline in _outlines(
            tables["glyf"], tables["loca"], count, head[HEAD_OFFSET_FORMAT + 1] == LONG_OFFSETS
        )
    ]
    widths = _advances(tables["hmtx"], count, *struct.unpack_from(">H", hhea, HHEA_METRICS))
    named = {glyph for glyph in glyphs if isinstance(glyph, int)}
    order = [0, *glyphs, *(glyph for glyph in range(1, count) if glyph not in named)]
    numbers = {glyph: number for number, glyph in enumerate(order) if isinstance(glyph, int)}
    records: list[bytes] = []
    metrics: list[tuple[int, int]] = []
    for glyph in order:
        if isinstance(glyph, int):
            records.append(_renumbered(outlines[glyph], numbers))
            advance = widths[glyph]
        else:
            parts = [
                Part(part.glyph, _place(part.x, scale), _place(part.y, scale))
                for part in glyph.parts
            ]
            records.append(_record(parts, _box(parts, outlines), numbers))
            advance = glyph.advance
        left = struct.unpack_from(">h", records[-1], 2)[0] if records[-1] else 0
        metrics.append((round(advance * scale), left))
    offsets = list(accumulate(map(len, records), initial=0))
    is_long = offsets[-1] > LARGEST_SHORT_OFFSET
    struct.pack_into(">H", maxp, MAXP_GLYPHS, len(records))
    _raise_limits(maxp, [len(glyph.parts) for glyph in glyphs if isinstance(glyph, Composite)])
    struct.pack_into(">h", head, HEAD_OFFSET_FORMAT, is_long)
    struct.pack_into(">I", head, HEAD_CHECKSUM, 0)
    struct.pack_into(">H", head, HEAD_UNITS, UNITS)
    _shrink(head, HEAD_BOX, "4h", scale)
    _shrink(hhea, HHEA_ASCENT, "3h", scale)
    struct.pack_into(">H", hhea, HHEA_METRICS, len(metrics))
    tables |= {
        "glyf": b"".join(records),
        "loca": _loca(offsets, is_long),
        "hmtx": b"".join(struct.pack(">Hh", *metric) for metric in metrics),
        "head": bytes(head),
        "maxp": bytes(maxp),
        "hhea": bytes(hhea),
    }
    return _write_tables(font[:4], tables)


def _read_tables(font: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    tables: dict[str, bytes] = {}
    for entry in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * entry)
        tables[tag.decode()] = font[offset : offset + length]
    return tables


def _outlines(glyf: bytes, loca: bytes, count: int, is_long: bool) -> list[bytes]:
    size, unit = ("I", 1) if is_long else ("H", 2)
    offsets = [unit * number for number in struct.unpack(f">{count + 1}{size}", loca)]
    return [glyf[start:end] for start, end in pairwise(offsets)]


def _place(units: int, scale: float) -> int:
    return GRID * round(units * scale / GRID)


def _shrink(table: bytearray, start: int, layout: str, scale: float) -> None:
    values = struct.unpack_from(f">{layout}", table, start)
    struct.pack_into(f">{layout}", table, start, *(_place(value, scale) for value in values))


@lru_cache(maxsize=4096)
def _smaller(outline: bytes, scale: float) -> bytes:
    """Remembered, because most documents have the same letters."""
    if not outline:
        return outline
    if _is_composite(outline):
        record = bytearray(outline)
        _shrink(record, 2, "4h", scale)
        for place, flags in _components(outline):
            _shrink(record, place + 4, "2h" if flags & WORDS else "2b", scale)
    else:
        # fontTools is large, and no start has to wait for it
        from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates

        glyph = Glyph(outline)
        glyph.expand(None)
        glyph.coordinates = GlyphCoordinates(
            (_place(x, scale), _place(y, scale)) for x, y in glyph.coordinates
        )
        record = bytearray(glyph.compile(None))
    return bytes(record + bytes(len(record) % 2))


def _is_composite(outline: bytes) -> bool:
    return bool(outline) and struct.unpack_from(">h", outline)[0] < 0


def _components(outline: bytes) -> list[tuple[int, int]]:
    """Where the components of a composite glyph are, and their flags."""
    found: list[tuple[int, int]] = []
    place, more = 10, True
    while more:
        (flags,) = struct.unpack_from(">H", outline, place)
        found.append((place, flags))
        place += (8 if flags & WORDS else 6) + sum(
            size for flag, size in SCALES.items() if flags & flag
        )
        more = bool(flags & MORE_COMPONENTS)
    return found


def _renumbered(outline: bytes, numbers: dict[int, int]) -> bytes:
    if not _is_composite(outline):
        return outline
    record = bytearray(outline)
    for place, _flags in _components(outline):
        (glyph,) = struct.unpack_from(">H", record, place + 2)
        struct.pack_into(">H", record, place + 2, numbers[glyph])
    return bytes(record)


def _advances(hmtx: bytes, count: int, full: int) -> list[int]:
    """The advance of each glyph; from the `full`-th on the font repeats the last one."""
    advances = [struct.unpack_from(">H", hmtx, 4 * glyph)[0] for glyph in range(full)]
    return [*advances, *advances[-1:] * (count - full)]


def _loca(offsets: Sequence[int], is_long: bool) -> bytes:
    if is_long:
        return struct.pack(f">{len(offsets)}I", *offsets)
    return struct.pack(f">{len(offsets)}H", *(offset // 2 for offset in offsets))


def _box(parts: Sequence[Part], outlines: Sequence[bytes]) -> tuple[int, int, int, int]:
    boxes = [
        (left + part.x, bottom + part.y, right + part.x, top + part.y)
        for part in parts
        if outlines[part.glyph]
        for left, bottom, right, top in [struct.unpack_from(">4h", outlines[part.glyph], 2)]
    ]
    if not boxes:
        return 0, 0, 0, 0
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _record(
    parts: Sequence[Part], box: tuple[int, int, int, int], numbers: dict[int, int]
) -> bytes:
    record = struct.pack(">5h", -1, *box)
    for place, part in enumerate(parts):
        more = MORE_COMPONENTS if place < len(parts) - 1 else 0
        flags = WORDS_AS_OFFSETS | more | (0 if place else OVERLAP)
        record += struct.pack(">HHhh", flags, numbers[part.glyph], part.x, part.y)
    return record


def _raise_limits(maxp: bytearray, parts: Sequence[int]) -> None:
    """What an interpreter has to make room for: points and contours of a composite, its parts and
    its depth."""
    if not parts:
        return
    points, contours, composite_points, composite_contours = struct.unpack_from(
        ">4H", maxp, MAXP_POINTS
    )
    struct.pack_into(
        ">2H",
        maxp,
        MAXP_POINTS + 4,
        min(max(parts) * max(points, composite_points), 0xFFFF),
        min(max(parts) * max(contours, composite_contours), 0xFFFF),
    )
    most, depth = struct.unpack_from(">2H", maxp, 28)
    struct.pack_into(">2H", maxp, 28, max(most, *parts), depth + 1)


def _write_tables(version: bytes, tables: dict[str, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    header = version + struct.pack(
        ">4H", len(tables), 16 << power, power, 16 * len(tables) - (16 << power)
    )
    offset = len(header) + 16 * len(tables)
    body = b""
    head_at = 0
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        if tag == "head":
            head_at = offset
        header += struct.pack(">4sIII", tag.encode(), _checksum(padded), offset, len(table))
        body += padded
        offset += len(padded)
    font = bytearray(header + body)
    struct.pack_into(
        ">I", font, head_at + HEAD_CHECKSUM, (CHECKSUM_OF_A_FONT - _checksum(font)) & 0xFFFFFFFF
    )
    return bytes(font)


def _checksum(data: bytes | bytearray) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) & 0xFFFFFFFF
