"""Words that are nearly the same: one slip in a short word, two in a long one. Pure."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from cards.folding import folded, match

SHORT, LONG = 4, 8
"""Letters from which on one slip is forgiven, and two."""


def slips(word: str) -> int:
    """How many letters of a folded word may be missed, doubled, changed or swapped."""
    return 0 if len(word) < SHORT else 1 if len(word) < LONG else 2


def nearest(typed: str, candidates: Sequence[Iterable[str]], language: str = "") -> int | None:
    """The index of the one candidate that is typed, or nearly; each is a list of its spellings.
    None where it is none of them, or where two are as near."""
    spellings = [tuple(each) for each in candidates]
    exact = match(typed, spellings, language)
    if exact is not None:
        return exact
    wanted = folded(typed, language)
    most = slips(wanted)
    far = [
        min(
            OSA.distance(wanted, folded(each, language), score_cutoff=most)
            for each in spellings[index]
        )
        for index in range(len(spellings))
    ]
    best = min(far, default=most + 1)
    return far.index(best) if best <= most and far.count(best) == 1 else None
