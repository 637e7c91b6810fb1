"""Phrases that are heard in what people type, however they spell it. Pure.

A phrase is words one behind the other. In it `a/b` stands for either of two words, `…` for up to
three more words, and a `*` at the end or beginning of a word for more letters. Capitals, accents
and signs make no difference. A `$` behind all is the end of a sentence or of a part of it: it
stands in phrases that are `cut` out.

A text is looked at word by word: only the phrases that can begin with a word are tried there, so
thousands of them cost a text a few looks into a table.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cards.folding import LONGEST, folded

_OVERLAP = 100
"""Characters of a long text that are looked at twice, so that no cut hides a phrase."""
_GAP = re.compile(r"\s*(?:…|\.\.\.)\s*")
_BETWEEN = r"(?: \S+){0,3} "
_WORD = re.compile(r"\S+")
_PART = re.compile(r"[.,;:!?…،؛؟۔。，！？।፣፤።\n]+")
_MARK = "~"
"""A word that is in no phrase."""
_compiled = lru_cache(maxsize=None)(re.compile)  # of our own phrases, when first needed


@dataclass(frozen=True)
class Phrases:
    """Phrases by language."""

    of: Mapping[str, tuple[str, ...]]

    def __bool__(self) -> bool:
        return bool(self.of)

    def heard(self, text: str, but: "Phrases | None" = None) -> bool:
        """Whether a text in any language holds one of them, once those of `but` are cut out."""
        step = LONGEST - _OVERLAP
        starts = range(0, max(len(text), 1), step)
        parts = (text[at : at + LONGEST] for at in starts)
        said = (but.cut(part) if but else folded(part) for part in parts)
        return any(next(self._found_in(each), None) for each in said)

    def cut(self, text: str) -> str:
        """The text, folded, with a mark for each of them."""
        return " ".join(self._without(folded(part)) for part in _PART.split(text))

    def _without(self, part: str) -> str:
        kept, at = list[str](), 0
        for start, end in self._found_in(part):
            if start >= at:
                kept += (part[at:start], _MARK)
                at = end
        return "".join((*kept, part[at:]))

    def _found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each begins and ends, in the order of the text."""
        known = self._by_begin
        for word in _WORD.finditer(text):
            for begin in _begins(word[0]):
                for pattern in known.get(begin, ()):
                    if found := _compiled(pattern).match(text, word.start()):
                        yield found.span()

    @cached_property
    def _by_begin(self) -> dict[str, tuple[str, ...]]:
        """How the first word begins or ends, with its stars -> what then follows."""
        found: dict[str, dict[str, None]] = {}
        for language, phrases in self.of.items():
            for whole in phrases:
                phrase = whole.removesuffix(" $")
                end = r"(?!\S)" if phrase == whole else r"\Z"
                for spoken in (language, ""):  # nobody says in which language they write
                    runs = [[_either(w, spoken) for w in run.split()] for run in _GAP.split(phrase)]
                    if all(runs) and all(word for run in runs for word in run):
                        pattern = _BETWEEN.join(" ".join(map(_spelled, run)) for run in runs)
                        for first in runs[0][0]:
                            found.setdefault(_begin(first), {})[pattern + end] = None
        return {begin: tuple(patterns) for begin, patterns in found.items()}


def _either(word: str, language: str) -> tuple[str, ...]:
    """What may stand for one word of a phrase, folded, with its stars."""
    each = ((one, folded(one.strip("*"), language)) for one in word.split("/"))
    return tuple(
        f"{'*' * one.startswith('*')}{letters}{'*' * one.endswith('*')}"
        for one, letters in each
        if letters
    )


def _spelled(words: tuple[str, ...]) -> str:
    either = "|".join(re.escape(word).replace(r"\*", r"\S*") for word in words)
    return f"(?:{either})"


def _begin(word: str) -> str:
    """The first part of what is folded into several: `m'a`. With stars on both sides any word
    is."""
    first = word.split(" ")[0]
    return "*" if first.startswith("*") and first.endswith("*") else first


def _begins(word: str) -> Iterator[str]:
    """All that a word is in `_begin`."""
    yield word
    yield "*"
    for cut in range(1, len(word) + 1):
        yield f"{word[:cut]}*"
        yield f"*{word[-cut:]}"
