"""A length of time as people type it: `6 months`, `٥ سنوات`, `2-3 years`, `a year`. Pure."""

import re

from bot.conversation.lexicon import Lexicon
from cards.folding import folded

_PARTS = re.compile(r"\d+(?:\.\d+)?|[^\W\d]+")
MOST = 9999
"""No life is so many months long."""


def months_in(text: str, words: Lexicon) -> tuple[int, ...]:
    """Whole months: one number, or two where the text has two. Nothing where it says more than a
    length."""
    bare = folded(re.sub(r"(?<=\d)\s*[-–—]\s*(?=\d)", " ", text))
    if bare in words.lengths:
        return (int(words.lengths[bare]),)
    counts: list[float] = []
    unit, rest = 0.0, list[str]()
    for part in _PARTS.findall(bare):
        if part[0].isdigit():
            counts.append(float(part))
        elif part in words.lengths and not unit:
            unit = words.lengths[part]
        elif part in words.numbers:
            counts.append(words.numbers[part])
        elif part not in words.about and part not in words.between:
            rest.append(part)
    if not unit or rest or len(counts) > 2 or max(counts, default=0) > MOST:
        return ()
    return tuple(int(count * unit) for count in counts or [1.0])
