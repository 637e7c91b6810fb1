"""Text into lines of glyphs.

The way of a paragraph: (1) the bidirectional algorithm gives every character a level, odd is right
to left; (2) words are shaped in pieces of one level and one face, and shaped words are remembered,
because certificates say the same again and again; (3) lines are broken greedily; (4) the pieces of
a line are put into the order in which they stand on paper (UAX #9, rules L1 and L2). Widths are in
em: a paragraph is shaped once and can be laid out in any size.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from certificates.typesetting.bidi import levels
from certificates.typesetting.fonts import Face, Glyph, MissingGlyphs
from certificates.typesetting.glyphs import Part

INVISIBLE = frozenset(
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
)
NOTHING = dict.fromkeys(map(ord, INVISIBLE))
WHITE = str.maketrans("\t\n\r", "   ")
WORD_OR_SPACES = re.compile(r" +|[^ ]+")
HAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BREAK = re.compile(
    "(?<= )(?! )"  # after spaces
    # after a zero width space, and after the separators of Ethiopic words and clauses
    "|(?<=[\u200b\u1361-\u1366])(?! )"
    # after a hyphen, a dash or a stroke that joins two words
    r"|(?<=[^\W\d_][-/–—\u2010])(?=[^\W\d_])"
    # between Chinese characters
    rf"|(?<=[{HAN}、。》」』】！），：；？])(?=[\w《「『【（])"
    rf"|(?<=\w)(?=[{HAN}《「『【（])"
)
"""Where a line may end."""
ROUNDING = 1e-6


class Cluster(NamedTuple):
    """Glyphs that stand for one piece of text: a letter with its dots and vowel signs, or a
    ligature.

    `parts` are placed from the first one, which is the leftmost letter, no mark; `offset` is where
    that stands, `advance` where the next cluster starts, both in font units. `start` is its first
    character, counted from where its piece starts.
    """

    start: int
    text: str
    parts: tuple[Part, ...]
    offset: int
    advance: int


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Shaped text of one direction and one face, its clusters from left to right. `width` in em."""

    face: Face
    clusters: Sequence[Cluster]
    width: float
    blank: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces of one face from left to right."""

    face: Face
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands on paper, runs from left to right; `width` in em."""

    runs: Sequence[Run]
    width: float


class Stretch(NamedTuple):
    """Where a piece stands in its text, and at which level."""

    start: int
    end: int
    level: int
    piece: Piece


class Word(NamedTuple):
    """What stays together on a line. `ink` is its width in em without the spaces at its end,
    `width` with them."""

    start: int
    end: int
    ink: float
    width: float


def first_strong_is_rtl(text: str) -> bool | None:
    """Whether the first letter of a text is written from right to left; None for a text without
    letters."""
    for char in text:
        if (direction := unicodedata.bidirectional(char)) in ("L", "R", "AL"):
            return direction != "L"
    return None


class Paragraph:
    """A text in a face for each of its characters. Raises `MissingGlyphs`."""

    def __init__(self, text: str, faces: Sequence[Face], rtl: bool, language: str) -> None:
        self.text = unicodedata.normalize("NFC", text.translate(WHITE))
        self._language = language
        breaks = [match.start() for match in BREAK.finditer(self.text)]
        self._stretches = self._shape(levels(self.text, rtl), _faces_of(self.text, faces), breaks)
        self._starts = [stretch.start for stretch in self._stretches]
        self._words = _words(self._stretches, {0, *breaks})
        self.width = sum(word.width for word in self._words)

    def lines(self, width: float) -> list[tuple[int, int]]:
        """Where each line starts and ends when there is room for `width` em. A word that is too
        long is cut."""
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
                used = sum(stretch.piece.width for stretch in self._between(start, word.end))
            else:
                used += word.width
        return [*lines, (start, len(self.text))]

    def line(self, start: int, end: int) -> Line:
        """The line from `start` to `end`, without what is blank at its end."""
        stretches = self._between(start, end)
        while stretches and stretches[-1].piece.blank:
            stretches.pop()
        pieces = [stretch.piece for stretch in _visual_order(stretches)]
        runs = [
            Run(face, list(together)) for face, together in groupby(pieces, key=attrgetter("face"))
        ]
        return Line(runs, sum(piece.width for piece in pieces))

    def _shape(
        self, levels: Iterable[int], faces: Iterable[Face], breaks: Iterable[int]
    ) -> list[Stretch]:
        """Words and spaces, parted where a line may end and where level or face change."""
        kinds = list(zip(levels, faces, strict=True))
        borders = {
            *breaks,
            *(place for place, (one, other) in enumerate(pairwise(kinds), 1) if one != other),
        }
        stretches: list[Stretch] = []
        for token in WORD_OR_SPACES.finditer(self.text):
            first, last = token.span()
            inside = (
                sorted(border for border in borders if first < border < last) if borders else ()
            )
            for start, end in pairwise((first, *inside, last)):
                level, face = kinds[start]
                piece = _piece(
                    face, token[0], start - first, end - first, bool(level % 2), self._language
                )
                stretches.append(Stretch(start, end, level, piece))
        return stretches

    def _between(self, start: int, end: int) -> list[Stretch]:
        """The stretches from `start` to `end`; those that are cut there are shaped anew."""
        first = bisect_right(self._starts, start) - 1
        found = [*self._stretches[max(first, 0) : bisect_left(self._starts, end)]]
        for place in {0, len(found) - 1} if found else ():
            found[place] = self._cut(found[place], start, end)
        return found

    def _cut(self, stretch: Stretch, start: int, end: int) -> Stretch:
        start, end = max(start, stretch.start), min(end, stretch.end)
        if (start, end) == (stretch.start, stretch.end):
            return stretch
        piece = _piece(
            stretch.piece.face, self.text, start, end, bool(stretch.level % 2), self._language
        )
        return Stretch(start, end, stretch.level, piece)

    def _cuts(self, word: Word, room: float) -> list[int]:
        """The places at which a word begins that is wider than a line, and at which it has to be
        cut."""
        cuts, used = [word.start], 0.0
        for stretch in self._between(word.start, word.end):
            per_em = stretch.piece.face.units_per_em
            for cluster in sorted(stretch.piece.clusters):
                used += cluster.advance / per_em
                if used > room and stretch.start + cluster.start > cuts[-1] and cluster.advance:
                    cuts.append(stretch.start + cluster.start)
                    used = cluster.advance / per_em
        return cuts


@lru_cache(maxsize=2048)
def paragraph(text: str, faces: tuple[Face, ...], rtl: bool, language: str) -> Paragraph:
    """A paragraph, remembered: most of what a certificate says stands on others too."""
    return Paragraph(text, faces, rtl, language)


def _words(stretches: Iterable[Stretch], starts: Container[int]) -> list[Word]:
    words: list[Word] = []
    for start, end, _, piece in stretches:
        ink = 0.0 if piece.blank else piece.width
        if start in starts:
            words.append(Word(start, end, ink, piece.width))
        else:
            word = words[-1]
            words[-1] = Word(
                word.start, end, word.width + ink if ink else word.ink, word.width + piece.width
            )
    return words


@lru_cache(maxsize=4096)
def _piece(face: Face, word: str, start: int, end: int, rtl: bool, language: str) -> Piece:
    """`word[start:end]` in one face; what stands around it decides how its letters join. Raises
    `MissingGlyphs`."""
    glyphs = face.shape(word, start, end, rtl, language)
    if unknown := [word[glyph.cluster] for glyph in glyphs if glyph.number == 0]:
        raise MissingGlyphs(unknown)
    end_of = dict(pairwise([*sorted({glyph.cluster for glyph in glyphs}), end]))
    clusters: list[Cluster] = []
    for place, together in groupby(glyphs, key=attrgetter("cluster")):
        text = _readable(word[place : end_of[place]], rtl)
        clusters.append(_cluster(place - start, text, list(together)))
    width = sum(cluster.advance for cluster in clusters) / face.units_per_em
    return Piece(face, tuple(clusters), width, not word[start:end].translate(NOTHING).strip())


def _cluster(start: int, text: str, glyphs: Sequence[Glyph]) -> Cluster:
    if len(glyphs) == 1:
        (glyph,) = glyphs
        return Cluster(start, text, (Part(glyph.number, 0, glyph.dy),), glyph.dx, glyph.advance)
    pens = list(accumulate((glyph.advance for glyph in glyphs), initial=0))
    placed = [
        Part(glyph.number, pen + glyph.dx, glyph.dy)
        for glyph, pen in zip(glyphs, pens[:-1], strict=True)
    ]
    first = next((place for place, glyph in enumerate(glyphs) if glyph.advance), 0)
    placed.insert(0, placed.pop(first))
    offset = placed[0].x
    return Cluster(
        start, text, tuple(part._replace(x=part.x - offset) for part in placed), offset, pens[-1]
    )


def _readable(text: str, rtl: bool) -> str:
    """What a reader of the file is told. Programs that read right-to-left text reverse it character
    by character, so that a vowel sign would end up on the wrong letter; without vowel signs they
    all find the same word."""
    return "".join(
        char for char in text if char not in INVISIBLE and not (rtl and unicodedata.combining(char))
    )


def _faces_of(text: str, faces: Sequence[Face]) -> list[Face]:
    """A face for each character; spaces, digits, marks and punctuation stay with the letters before
    them if they can."""
    if all(char in faces[0].characters for char in text):
        return [faces[0]] * len(text)
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


def _visual_order(stretches: list[Stretch]) -> list[Stretch]:
    """UAX #9, L2: from the highest level down to the lowest odd one, what stands together at that
    level is reversed."""
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
