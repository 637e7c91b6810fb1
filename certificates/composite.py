"""Several glyphs made one: adds composite glyphs to a small TrueType font.

A letter with its dots and vowel signs is shaped into several glyphs. Drawn one by one they confuse every program that
reads a PDF: dots become characters, words come apart. As one composite glyph (OpenType, table `glyf`) a letter with all
that belongs to it has one code, one place and one text.
"""

import struct
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

WORDS_AS_OFFSETS, MORE_COMPONENTS, OVERLAP = 0x0003, 0x0020, 0x0400
LONG_OFFSETS = 1
LARGEST_SHORT_OFFSET = 2 * 0xFFFF
CHECKSUM_OF_A_FONT = 0xB1B0AFBA
HEAD_CHECKSUM, HEAD_OFFSET_FORMAT = 8, 50
HHEA_METRICS = 34
MAXP_GLYPHS, MAXP_POINTS = 4, 6


class Part(NamedTuple):
    """A glyph of a composite, moved by x, y font units."""

    glyph: int
    x: int
    y: int


class Composite(NamedTuple):
    parts: tuple[Part, ...]
    advance: int


def with_composites(font: bytes, composites: Sequence[Composite]) -> bytes:
    """The font with one more glyph for each composite, numbered on from its last glyph."""
    tables = _read_tables(font)
    head, maxp, hhea = bytearray(tables["head"]), bytearray(tables["maxp"]), bytearray(tables["hhea"])
    (count,) = struct.unpack_from(">H", maxp, MAXP_GLYPHS)
    outlines = _outlines(tables["glyf"], tables["loca"], count, head[HEAD_OFFSET_FORMAT + 1] == LONG_OFFSETS)
    metrics = _metrics(tables["hmtx"], count, *struct.unpack_from(">H", hhea, HHEA_METRICS))
    for composite in composites:
        box = _box(composite, outlines)
        outlines.append(_record(composite, box))
        metrics.append((composite.advance, box[0]))
    offsets = list(accumulate(map(len, outlines), initial=0))
    is_long = offsets[-1] > LARGEST_SHORT_OFFSET
    struct.pack_into(">H", maxp, MAXP_GLYPHS, len(outlines))
    _raise_limits(maxp, max(len(composite.parts) for composite in composites))
    struct.pack_into(">h", head, HEAD_OFFSET_FORMAT, is_long)
    struct.pack_into(">I", head, HEAD_CHECKSUM, 0)
    struct.pack_into(">H", hhea, HHEA_METRICS, len(metrics))
    tables |= {
        "glyf": b"".join(outlines),
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
    return [_even(glyf[start:end]) for start, end in pairwise(offsets)]


def _even(outline: bytes) -> bytes:
    return outline + bytes(len(outline) % 2)


def _metrics(hmtx: bytes, count: int, full: int) -> list[tuple[int, int]]:
    """Advance and left side bearing of each glyph; from the `full`-th on the font repeats the last advance."""
    metrics: list[tuple[int, int]] = [struct.unpack_from(">Hh", hmtx, 4 * glyph) for glyph in range(full)]
    for glyph in range(full, count):
        metrics.append((metrics[full - 1][0], *struct.unpack_from(">h", hmtx, 4 * full + 2 * (glyph - full))))
    return metrics


def _loca(offsets: Sequence[int], is_long: bool) -> bytes:
    if is_long:
        return struct.pack(f">{len(offsets)}I", *offsets)
    return struct.pack(f">{len(offsets)}H", *(offset // 2 for offset in offsets))


def _box(composite: Composite, outlines: Sequence[bytes]) -> tuple[int, int, int, int]:
    boxes = [
        (left + part.x, bottom + part.y, right + part.x, top + part.y)
        for part in composite.parts
        if outlines[part.glyph]
        for left, bottom, right, top in [struct.unpack_from(">4h", outlines[part.glyph], 2)]
    ]
    if not boxes:
        return 0, 0, 0, 0
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _record(composite: Composite, box: tuple[int, int, int, int]) -> bytes:
    record = struct.pack(">5h", -1, *box)
    for place, part in enumerate(composite.parts):
        more = MORE_COMPONENTS if place < len(composite.parts) - 1 else 0
        record += struct.pack(">HHhh", WORDS_AS_OFFSETS | more | (0 if place else OVERLAP), *part)
    return record


def _raise_limits(maxp: bytearray, parts: int) -> None:
    """What an interpreter has to make room for: points and contours of a composite, its parts and its depth."""
    points, contours, composite_points, composite_contours = struct.unpack_from(">4H", maxp, MAXP_POINTS)
    struct.pack_into(
        ">2H",
        maxp,
        MAXP_POINTS + 4,
        min(parts * max(points, composite_points), 0xFFFF),
        min(parts * max(contours, composite_contours), 0xFFFF),
    )
    most, depth = struct.unpack_from(">2H", maxp, 28)
    struct.pack_into(">2H", maxp, 28, max(most, parts), depth + 1)


def _write_tables(version: bytes, tables: dict[str, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    header = version + struct.pack(">4H", len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
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
    struct.pack_into(">I", font, head_at + HEAD_CHECKSUM, (CHECKSUM_OF_A_FONT - _checksum(font)) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(data: bytes | bytearray) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) & 0xFFFFFFFF
