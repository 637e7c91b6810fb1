"""Which option somebody means who leaves out its article, or misses one key in it. Pure.

Where options stand on the screen, what is typed is one of them or nothing: an article counts for
nothing where that leaves one option alone. A slip is forgiven in one word of five letters or more,
where that option alone is near. Neither decides between two that look alike (legal, illegal), or of
which one says more than the other (a contract, no contract).
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from cards.folding import folded, script

LONG, FAR = 5, 3
"""Letters of a word that may have a slip; keys by which any other option differs at least."""
ARTICLES = {
    "de": "der die das den dem des ein eine einen einem einer eines",
    "en": "the a an",
    "es": "el la los las lo un una unos unas al del",
    "fr": "le la les l un une des du de d au aux",
    "pt": "o a os as um uma uns umas ao do da dos das",
    "ti": "እቲ እታ እቶም እተን",
}
"""Words; what Arabic writes in one with its noun is in `_bare`."""
_AL = "ال"
ALPHABETS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN")
"""Elsewhere one sign is a syllable or a vowel."""

Words = tuple[str, ...]


def meant(typed: str, options: Sequence[Iterable[str]], language: str = "") -> int | None:
    """The index of the option, each a list of its spellings; None where it is none of them, or
    where another one is near, too."""
    wanted = _bare(typed, language)
    spelled = [{_known(each, language) for each in spellings} for spellings in options]
    for fits, near in ((_same, _holds), (_slipped, _like)):
        found = [i for i, forms in enumerate(spelled) if any(fits(wanted, f) for f in forms)]
        if found:
            others = (form for i, forms in enumerate(spelled) if i != found[0] for form in forms)
            return None if any(near(wanted, form) for form in others) else found[0]
    return None


def _same(typed: Words, option: Words) -> bool:
    return bool(typed) and typed == option


def _holds(typed: Words, option: Words) -> bool:
    """Whether it may be meant as well: it says the same and more, `no contract`."""
    return set(typed) <= set(option)


def _like(typed: Words, option: Words) -> bool:
    """The same of words with a slip, and whatever looks much like the whole."""
    far = OSA.distance(" ".join(typed), " ".join(option), score_cutoff=FAR) >= FAR
    return not far or all(
        any(OSA.distance(mine, its, score_cutoff=1) <= 1 for its in option) for mine in typed
    )


def _slipped(typed: Words, option: Words) -> bool:
    """Whether all words are the same but one, in which one key was missed."""
    if len(typed) != len(option):
        return False
    differ = [(mine, its) for mine, its in zip(typed, option, strict=True) if mine != its]
    if len(differ) != 1 or len(differ[0][1]) < LONG or not all(map(_slips, "".join(differ[0]))):
        return False
    return OSA.distance(*differ[0], score_cutoff=1) == 1


def _slips(char: str) -> bool:
    """A figure is never a slip of another."""
    return char.isalpha() and script(char) in ALPHABETS


@lru_cache(maxsize=4096)
def _known(option: str, language: str) -> Words:
    """Of our own texts; nothing that is typed is remembered."""
    return _bare(option, language)


def _bare(text: str, language: str) -> Words:
    """Its words without articles, where anything is left. What is not translated is in English."""
    words = folded(text, language).split()
    articles = {*ARTICLES.get(language.split("-")[0], "").split(), *ARTICLES["en"].split()}
    kept = [word for word in words if word not in articles] or words
    return tuple(word.removeprefix(_AL) or word for word in kept)
