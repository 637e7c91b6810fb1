"""Text into lines of glyphs.

The way of a paragraph: (1) the bidirectional algorithm gives every character a level, odd is right to left; (2) stretches
of one level and one face are shaped to learn how wide each character is; (3) lines are broken greedily; (4) each line is
shaped by itself, because a break parts letters, and its stretches are put into the order in which they stand on paper
(UAX #9, rules L1 and L2). Widths are in em: a paragraph is shaped once and can be laid out in any size.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

from certificates.composite import Part
from certificates.fonts import Face, Glyph, MissingGlyphs

INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")
RIGHT_TO_LEFT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI"))
TRAILING = frozenset(("WS", "S", "B", "FSI", "LRI", "RLI", "PDI", "BN"))
BREAK_AFTER = frozenset(" \u200b\u1361\u1362\u1363\u1364\u1365\u1366")
BREAK_INSIDE_AFTER = frozenset("-/–—\u2010")
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Cluster:
    """Glyphs that stand for one piece of text: a letter with its dots and vowel signs, or a ligature.

    `parts`, the widest first, are placed from the left end of the cluster; `advance` is where the next one starts. Both
    in font units.
    """

    text: str
    parts: tuple[Part, ...]
    advance: int


@dataclass(frozen=True, slots=True)
class Run:
    """Clusters of one face from left to right."""

    face: Face
    clusters: Sequence[Cluster]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands on paper, runs from left to right; `width` in em."""

    runs: Sequence[Run]
    width: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one level and one face."""

    start: int
    end: int
    level: int
    face: Face


def first_strong_is_rtl(text: str) -> bool | None:
    """Whether the first letter of a text is written from right to left; None for a text without letters."""
    for char in text:
        if (direction := unicodedata.bidirectional(char)) in ("L", "R", "AL"):
            return direction != "L"
    return None


def has_direction(text: str, rtl: bool) -> bool:
    """Whether a text has a letter of this direction."""
    return any((unicodedata.bidirectional(char) in ("R", "AL")) == rtl for char in text if char.isalpha())


class Paragraph:
    """A text in a face for each of its characters. Raises `MissingGlyphs`."""

    def __init__(self, text: str, faces: Sequence[Face], rtl: bool, language: str) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self.rtl = rtl
        self._language = language
        self._faces = _faces_of(self.text, faces)
        self._levels = _levels(self.text, rtl)
        self._advances = self._measure()
        self.width = sum(self._advances)

    def lines(self, width: float) -> list[tuple[int, int]]:
        """Where each line starts and ends when there is room for `width` em. A word that is too long is cut."""
        lines: list[tuple[int, int]] = []
        start, used, room = 0, 0.0, width + ROUNDING
        possible: int | None = None
        for place, char in enumerate(self.text):
            is_full = used + self._advances[place] > room and place > start
            if is_full and char != " " and not unicodedata.combining(char):
                end = possible or place
                lines.append((start, end))
                start, possible = end, None
                used = sum(self._advances[start:place])
            used += self._advances[place]
            if self._may_break_after(place):
                possible = place + 1
        return [*lines, (start, len(self.text))]

    def line(self, start: int, end: int) -> Line:
        """The line from `start` to `end`, without the spaces at its end."""
        while end > start and self.text[end - 1] == " ":
            end -= 1
        levels = self._levels[start:end]
        for place in reversed(range(end - start)):
            if unicodedata.bidirectional(self.text[start + place]) not in TRAILING:
                break
            levels[place] = int(self.rtl)
        stretches = _visual_order(self._stretches(start, levels))
        runs = [self._run(stretch) for stretch in stretches]
        return Line(runs, sum(cluster.advance / run.face.units_per_em for run in runs for cluster in run.clusters))

    def _may_break_after(self, place: int) -> bool:
        char, following = self.text[place], self.text[place + 1 : place + 2]
        if char in BREAK_AFTER:
            return True
        return char in BREAK_INSIDE_AFTER and following.isalpha() and self.text[max(place - 1, 0)].isalpha()

    def _measure(self) -> list[float]:
        advances = [0.0] * len(self.text)
        for stretch in self._stretches(0, self._levels):
            for glyph in self._shape(stretch):
                advances[glyph.cluster] += glyph.advance / stretch.face.units_per_em
        return advances

    def _stretches(self, start: int, levels: Sequence[int]) -> list[Stretch]:
        keys = [(level, self._faces[start + place]) for place, level in enumerate(levels)]
        bounds = [0, *(n + 1 for n, (one, other) in enumerate(pairwise(keys)) if one != other), len(keys)]
        return [Stretch(start + a, start + b, *keys[a]) for a, b in pairwise(bounds) if a < b]

    def _shape(self, stretch: Stretch) -> list[Glyph]:
        return stretch.face.shape(self.text, stretch.start, stretch.end, bool(stretch.level % 2), self._language)

    def _run(self, stretch: Stretch) -> Run:
        glyphs = self._shape(stretch)
        if unknown := [self.text[glyph.cluster] for glyph in glyphs if glyph.number == 0]:
            raise MissingGlyphs(unknown)
        end_of = dict(pairwise([*sorted({glyph.cluster for glyph in glyphs}), stretch.end]))
        return Run(
            stretch.face,
            [
                _cluster(stretch.face, _readable(self.text[start : end_of[start]], bool(stretch.level % 2)), list(together))
                for start, together in groupby(glyphs, key=lambda glyph: glyph.cluster)
            ],
        )


def _cluster(face: Face, text: str, glyphs: Sequence[Glyph]) -> Cluster:
    parts: list[Part] = []
    pen = 0
    for glyph in glyphs:
        parts.append(Part(glyph.number, pen + glyph.dx, glyph.dy))
        pen += glyph.advance
    parts.sort(key=lambda part: -face.width(part.glyph))
    return Cluster(text, tuple(parts), pen)


def _readable(text: str, rtl: bool) -> str:
    """What a reader of the file is told. Programs that read right-to-left text reverse it character by character, so that
    a vowel sign would end up on the wrong letter; without vowel signs they all find the same word."""
    return "".join(char for char in text if char not in INVISIBLE and not (rtl and unicodedata.combining(char)))


def _faces_of(text: str, faces: Sequence[Face]) -> list[Face]:
    """A face for each character; spaces, digits, marks and punctuation stay with the letters before them if they can."""
    chosen: list[Face] = []
    missing: set[str] = set()
    previous: Face | None = None
    for char in text:
        if char in INVISIBLE or (previous and not char.isalpha() and char in previous.characters):
            face = previous or faces[0]
        else:
            found = next((face for face in faces if char in face.characters), None)
            if found is None:
                missing.add(char)
            previous = face = found or faces[0]
        chosen.append(face)
    if missing:
        raise MissingGlyphs(missing)
    return chosen


def _levels(text: str, rtl: bool) -> list[int]:
    if not rtl and not any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in text):
        return [0] * len(text)
    direction = TextDirection.RTL if rtl else TextDirection.LTR
    paragraph = BidiParagraph(text, base_direction=direction, preserve_bn_chars=True)
    return [char.embedding_level for char in paragraph.characters]


def _visual_order(stretches: list[Stretch]) -> list[Stretch]:
    """UAX #9, L2: from the highest level down to the lowest odd one, what stands together at that level is reversed."""
    levels = [stretch.level for stretch in stretches]
    lowest_odd = min((level for level in levels if level % 2), default=0)
    for level in range(max(levels, default=0), lowest_odd - 1, -1):
        if level == 0:
            break
        ordered: list[Stretch] = []
        together: list[Stretch] = []
        for stretch in stretches:
            if stretch.level >= level:
                together.append(stretch)
            else:
                ordered += [*reversed(together), stretch]
                together = []
        stretches = [*ordered, *reversed(together)]
    return stretches
