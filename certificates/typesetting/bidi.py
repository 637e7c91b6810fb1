"""The levels of the bidirectional algorithm (UAX #9): even is left to right, odd is right to left.

fpdf2 has the whole algorithm, but spends 3 µs on every character. It looks only at the class of a
character, and equal neighbours end on the same level. So a text is brought down to one character
for each stretch of a class: a line of Arabic with a date becomes a dozen characters, and all lines
of that pattern are one, which is remembered.
"""

import unicodedata
from functools import lru_cache

ISOLATE, END_OF_ISOLATE = frozenset("\u2066\u2067\u2068"), "\u2069"
AGAINST_LEFT_TO_RIGHT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI"))
AGAINST_RIGHT_TO_LEFT = frozenset(("L", "EN", "AN", "LRE", "LRO", "LRI", "FSI"))
"""Classes without which all of a text is on one level, as most texts are."""
MODELS = {
    "L": "a",
    "R": "\u05d0",
    "AL": "\u0639",
    "EN": "1",
    "AN": "\u0661",
    "ET": "$",
    "WS": " ",
    "ON": "!",
}
"""A character for each class whose stretches are alike however long they are. Not those of
brackets, which look for their partner, and of separators, of which only one may stand between two
numbers.
"""


@lru_cache(maxsize=4096)
def reads_from_the_right(text: str, page: bool) -> bool:
    """The direction of a sentence on a page that runs from the right (or not). It goes with the
    page if its first letter does, or most of its letters do: a French name in front makes no French
    sentence, and a French quotation no Arabic one of it. What is isolated does not count."""
    letters, depth = [], 0
    for char in text:
        depth += (char in ISOLATE) - (char == END_OF_ISOLATE)
        if (
            not depth
            and char.isalpha()
            and (kind := unicodedata.bidirectional(char)) in ("L", "R", "AL")
        ):
            letters.append(kind != "L")
    if not letters:
        return page
    with_the_page = sum(letter == page for letter in letters)
    return page if letters[0] == page or 2 * with_the_page >= len(letters) else not page


def levels(text: str, rtl: bool) -> list[int]:
    """The level of each character when the paragraph runs from right to left or not. Spaces at the
    ends of lines (rule L1) are left to who breaks the lines."""
    classes = list(map(unicodedata.bidirectional, text))
    if not (AGAINST_RIGHT_TO_LEFT if rtl else AGAINST_LEFT_TO_RIGHT).intersection(classes):
        return [int(rtl)] * len(text)
    pattern: list[str] = []
    places: list[int] = []
    for char, kind in zip(text, classes, strict=True):
        model = char if kind == "ON" and unicodedata.mirrored(char) else MODELS.get(kind, char)
        last = pattern[-1] if pattern else ""
        belongs_to_last = (
            kind == "BN"
            or (kind == "NSM" and last in MODELS.values())
            or (model == last and kind in MODELS)
        )
        if not (belongs_to_last and pattern):
            pattern.append(model)
        places.append(len(pattern) - 1)
    found = _levels("".join(pattern), rtl)
    return [found[place] for place in places]


@lru_cache(maxsize=4096)
def _levels(pattern: str, rtl: bool) -> tuple[int, ...]:
    """Characters that the algorithm removes (rule X9) are on the level of the one before them."""
    # with fpdf come two hundred modules, which no start has to wait for
    from fpdf.bidi import BidiParagraph
    from fpdf.enums import TextDirection

    known = dict.fromkeys(range(-1, len(pattern)), int(rtl))
    paragraph = BidiParagraph(
        pattern, base_direction=TextDirection.RTL if rtl else TextDirection.LTR
    )
    resolved = {char.character_index: char.embedding_level for char in paragraph.characters}
    for place in range(len(pattern)):
        known[place] = resolved.get(place, known[place - 1])
    return tuple(known[place] for place in range(len(pattern)))
