"""Text into lines of glyphs.

The way of a paragraph: (1) the bidirectional algorithm gives every character a level, odd is right to left; (2)
stretches of one level and one face are shaped to learn how wide each character is; (3) lines are broken greedily; (4)
each line is shaped by itself, because a break parts letters, and its stretches are put into the order in which they
stand on paper (UAX #9, rules L1 and L2). Widths are in em: a paragraph is shaped once and can be laid out in any
size.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

from certificates.composite import Part
from certificates.fonts import Face, Glyph, MissingGlyphs

INVISIBLE = frozenset(
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
)
WHITE = str.maketrans("\t\n\r", "   ")
AGAINST_LEFT_TO_RIGHT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI"))
AGAINST_RIGHT_TO_LEFT = frozenset(("L", "EN", "AN", "LRE", "LRO", "LRI", "FSI"))
"""Bidirectional classes without which all of a text is of one level, as most texts are."""
TRAILING = frozenset(("WS", "S", "B", "FSI", "LRI", "RLI", "PDI", "BN"))
BREAK_AFTER = frozenset(" \u200b\u1361\u1362\u1363\u1364\u1365\u1366")
BREAK_INSIDE_AFTER = frozenset("-/–—\u2010")
ROUNDING = 1e-6


class Cluster(NamedTuple):
    """Glyphs that stand for one piece of text: a letter with its dots and vowel signs, or a ligature.

    `parts` are placed from the widest one, which comes first; `offset` is where that stands, `advance` where the next
    cluster starts. All in font units.
    """

    text: str
    parts: tuple[Part, ...]
    offset: int
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


class Stretch(NamedTuple):
    """Characters of one level and one face."""

    start: int
    end: int
    level: int
    face: Face


class Word(NamedTuple):
    """What stays together on a line. `ink` is its width in em without the spaces at its end, `width` with them."""

    start: int
    end: int
    ink: float
    width: float


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
        self.text = unicodedata.normalize("NFC", text.translate(WHITE))
        self.rtl = rtl
        self._language = language
        self._faces = _faces_of(self.text, faces)
        self._levels = _levels(self.text, rtl)
        self._shaped: dict[Stretch, list[Glyph]] = {}
        self._advances = self._measure()
        self.width = sum(self._advances)
        self._words = self._split()

    def lines(self, width: float) -> list[tuple[int, int]]:
        """Where each line starts and ends when there is room for `width` em. A word that is too long is cut."""
        room = width + ROUNDING
        if self.width <= room:
            return [(0, len(self.text))]
        lines: list[tuple[int, int]] = []
        start, used = 0, 0.0
        for word in self._words:
            if used + word.ink > room and word.start > start:
                lines.append((start, word.start))
                start, used = word.start, 0.0
            if word.ink > room:
                *cuts, start = self._cuts(word, room)
                lines += pairwise([*cuts, start])
                used = sum(self._advances[start : word.end])
            else:
                used += word.width
        return [*lines, (start, len(self.text))]

    def _cuts(self, word: Word, room: float) -> list[int]:
        """The places at which a word begins that is wider than a line, and at which it has to be cut."""
        cuts, used = [word.start], 0.0
        for place in range(word.start, word.end):
            used += self._advances[place]
            if used > room and place > cuts[-1] and self._advances[place]:
                cuts.append(place)
                used = self._advances[place]
        return cuts

    def _split(self) -> list[Word]:
        ends = [place + 1 for place in range(len(self.text) - 1) if self._may_break_after(place)]
        return [self._word(start, end) for start, end in pairwise([0, *ends, len(self.text)])]

    def _word(self, start: int, end: int) -> Word:
        ink_end = start + len(self.text[start:end].rstrip(" "))
        return Word(start, end, sum(self._advances[start:ink_end]), sum(self._advances[start:end]))

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
        if stretch not in self._shaped:
            rtl = bool(stretch.level % 2)
            self._shaped[stretch] = stretch.face.shape(self.text, stretch.start, stretch.end, rtl, self._language)
        return self._shaped[stretch]

    def _run(self, stretch: Stretch) -> Run:
        glyphs = self._shape(stretch)
        if unknown := [self.text[glyph.cluster] for glyph in glyphs if glyph.number == 0]:
            raise MissingGlyphs(unknown)
        rtl = bool(stretch.level % 2)
        end_of = dict(pairwise([*sorted({glyph.cluster for glyph in glyphs}), stretch.end]))
        clusters: list[Cluster] = []
        for start, together in groupby(glyphs, key=attrgetter("cluster")):
            text = _readable(self.text[start : end_of[start]], rtl)
            clusters.append(_cluster(stretch.face, text, list(together)))
        return Run(stretch.face, clusters)


def _cluster(face: Face, text: str, glyphs: Sequence[Glyph]) -> Cluster:
    if len(glyphs) == 1:
        (glyph,) = glyphs
        return Cluster(text, (Part(glyph.number, 0, glyph.dy),), glyph.dx, glyph.advance)
    placed: list[Part] = []
    pen = 0
    for glyph in glyphs:
        placed.append(Part(glyph.number, pen + glyph.dx, glyph.dy))
        pen += glyph.advance
    placed.sort(key=lambda part: -face.width(part.glyph))
    offset = placed[0].x
    return Cluster(text, tuple(part._replace(x=part.x - offset) for part in placed), offset, pen)


@lru_cache(maxsize=4096)
def _readable(text: str, rtl: bool) -> str:
    """What a reader of the file is told. Programs that read right-to-left text reverse it character by character, so
    that a vowel sign would end up on the wrong letter; without vowel signs they all find the same word."""
    return "".join(char for char in text if char not in INVISIBLE and not (rtl and unicodedata.combining(char)))


def _faces_of(text: str, faces: Sequence[Face]) -> list[Face]:
    """A face for each character; spaces, digits, marks and punctuation stay with the letters before them if they
    can."""
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
    classes = set(map(unicodedata.bidirectional, text))
    if not classes & (AGAINST_RIGHT_TO_LEFT if rtl else AGAINST_LEFT_TO_RIGHT):
        return [int(rtl)] * len(text)
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
