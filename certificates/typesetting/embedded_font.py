"""A face in a document: the glyphs that are used, their codes, and the way back to text (ISO
32000-1, 9.6-9.10)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from certificates.typesetting.fonts import BOLD, Face
from certificates.typesetting.glyphs import Composite, Part, arranged
from certificates.typesetting.shaping import Piece

SYMBOLIC = 4
FIRST_CODE = 1
CODES_OF_A_RANGE = 64
"""At most 100, and the codes of a range differ in their second byte only (ISO 32000-1, 9.10.3)."""


@dataclass(slots=True)
class EmbeddedFont:
    """A face in a document. Each pair of a shape and the text it stands for gets a code of its own,
    because one glyph may be two letters (Latin A, Cyrillic А) and a reader has to find the right
    one."""

    face: Face
    codes: dict[tuple[tuple[Part, ...], str], int] = field(default_factory=dict)
    widths: list[int] = field(default_factory=list)
    """How far the shape of each code moves the pen, in 1/1000 em."""
    _shown: dict[Piece, tuple[bytes, int]] = field(default_factory=dict)

    def shown(self, piece: Piece) -> tuple[bytes, int]:
        """The strings and shifts of a TJ operator that show a piece, and how far they move the pen
        in 1/1000 em."""
        if piece not in self._shown:
            self._shown[piece] = self._encoded(piece)
        return self._shown[piece]

    def _encoded(self, piece: Piece) -> tuple[bytes, int]:
        per_mille = 1000 / self.face.units_per_em
        shown: list[bytes] = []
        pen, at = 0.0, 0
        for cluster in piece.clusters:
            if shift := round(pen + cluster.offset * per_mille - at):
                shown.append(b"%d" % -shift)
            code = self.code(cluster.parts, cluster.text)
            shown.append(_string(code.to_bytes(2)))
            at += shift + self.width(code)
            pen += cluster.advance * per_mille
        return b"".join(shown), at

    def code(self, parts: tuple[Part, ...], text: str) -> int:
        code = self.codes.setdefault((parts, text), len(self.codes) + FIRST_CODE)
        if len(self.codes) > len(self.widths):
            self.widths.append(self.scaled(self._advance(parts)))
        return code

    def width(self, code: int) -> int:
        return self.widths[code - FIRST_CODE]

    def scaled(self, units: int) -> int:
        """Font units in thousandths of an em, as PDF counts."""
        return round(units * 1000 / self.face.units_per_em)

    def _advance(self, parts: tuple[Part, ...]) -> int:
        return sum(self.face.width(part.glyph) for part in parts)

    def program(self) -> bytes:
        """The TrueType file: its glyphs are numbered as the codes."""
        data, numbers = self.face.subset({part.glyph for parts, _ in self.codes for part in parts})
        glyphs: list[int | Composite] = []
        for parts, _ in self.codes:
            moved = tuple(part._replace(glyph=numbers[part.glyph]) for part in parts)
            alone = len(moved) == 1 and not moved[0].y and moved[0].glyph not in glyphs
            glyphs.append(moved[0].glyph if alone else Composite(moved, self._advance(parts)))
        return arranged(data, glyphs)


def font_object(pdf: pikepdf.Pdf, font: EmbeddedFont) -> Dictionary:
    """A composite font (ISO 32000-1, 9.7) with two-byte codes, its TrueType subset and its way back
    to text."""
    face = font.face
    data = font.program()
    name = Name(f"/{_subset_tag(data)}+{face.name}")
    ascent, descent = face.ascent_descent
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=SYMBOLIC,
        FontBBox=Array([font.scaled(edge) for edge in face.box]),
        ItalicAngle=0,
        Ascent=font.scaled(ascent),
        Descent=font.scaled(descent),
        CapHeight=714,
        StemV=140 if face.weight == BOLD else 80,
        FontFile2=pdf.make_stream(data, Length1=len(data)),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=1000,
        W=Array([FIRST_CODE, Array(font.widths)]),
        CIDToGIDMap=Name.Identity,
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(_to_unicode(font)),
    )


def _to_unicode(font: EmbeddedFont) -> bytes:
    texts = [
        (code, f"<{text.encode('utf-16-be').hex()}>") for (_, text), code in font.codes.items()
    ]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000><FFFF> endcodespacerange",
            *(
                _range(*zip(*block, strict=True))
                for _, block in groupby(texts, key=lambda text: text[0] // CODES_OF_A_RANGE)
            ),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode()


def _range(codes: Sequence[int], texts: Sequence[str]) -> str:
    """The texts of consecutive codes: a third smaller than code by code."""
    return f"1 beginbfrange <{codes[0]:04X}><{codes[-1]:04X}>[{''.join(texts)}] endbfrange"


def _subset_tag(data: bytes) -> str:
    """Six letters that say this is a part of a font (ISO 32000-1, 9.6.4), the same for the same
    part."""
    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(data).digest()[:6])


def _string(codes: bytes) -> bytes:
    escaped = (
        codes.replace(b"\\", b"\\\\")
        .replace(b"(", b"\\(")
        .replace(b")", b"\\)")
        .replace(b"\r", b"\\r")
    )
    return b"(" + escaped + b")"
