"""Which job of the list somebody means who types the name of their work. Pure.

A job is found by its own words in a language, however the forms for men and women are written into
one: `cuisinier·ère`, `Koch/-in`, `cocinero(a)`, `Bäcker*in`. What people call it besides
(`called.yaml`) never decides alone, because nobody's work is renamed unasked: it is offered.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from cards.folding import folded, keys

MOST, NEAR, LIKE = 4, 3, 72
"""Jobs that are offered for their name, and for one that is only like it, so many per cent."""
WORDS = 12
"""Of a text that are looked at."""
_ENDINGS = (
    "e|es|ne|nes|ère|ere|ière|iere|euse|se|rice|trice|ve|fe|ffe|esse|le|te|onne|enne|ienne|che|"
    "in|innen|a|o|as|os|ora|ra|eira|ira|era|iera|triz|ة|ه|ات|ка|иця|ця|ниця"
)
_ENDING = re.compile(rf"(?<=\w\w)\s?[·•∙‧.*_:/(\-–]+\s?-?(?:{_ENDINGS})\)?(?!\w)", re.IGNORECASE)
"""Behind the other form of a word, set off by a sign."""
_OF_BOTH = re.compile(r"\(?\b[mwfdhxiv](?:\s?[/|,*]\s?[mwfdhxiv]){1,3}\b\)?", re.IGNORECASE)
"""As in advertisements: (m/w/d), H/F."""
_AT = re.compile(r"(?<=\w)@(?=s?\b|\s|$)")
_ARTICLE = re.compile(r"\bال(?=\w{3})")
AS_TYPED = 3
"""The level of `cards.folding` on which `ä` is also `ae`."""
_BRACKETS = re.compile(r"\(([^)]*)\)")
_PARTS = re.compile(r"[/,|]")
_TYPED_OTHERWISE = (("\u200c", " "), ("’", ""))
"""What keyboards lack inside a word, and what is typed for it: کمک‌آشپز, м’ясо."""

Names = Mapping[str, tuple[str, ...]]
"""A folded name, and the ids of the jobs that have it, in the order of the list."""


def table(texts: Iterable[tuple[str, str]]) -> Names:
    """The names of jobs, of each text and its job."""
    found: dict[str, dict[str, None]] = {}
    for text, id in texts:
        for name in _names_in(text):
            found.setdefault(name, {})[id] = None
    return {name: tuple(ids) for name, ids in found.items()}


@lru_cache(maxsize=8_192)
def _names_in(text: str) -> tuple[str, ...]:
    """Of a text of ours: the whole, its forms, with and without what stands in brackets. An ending
    alone (`-ière`) is no name."""
    bare, inside = _BRACKETS.sub("", text), ",".join(_BRACKETS.findall(text))
    parts = (text, *_PARTS.split(bare), *_PARTS.split(inside))
    whole = [part for part in parts if not part.strip().startswith("-")]
    spelt = (*whole, *(part.replace(*each) for each in _TYPED_OTHERWISE for part in whole))
    names = (keys(part)[AS_TYPED] for part in dict.fromkeys(spelt))
    return tuple(name for spellings in names for name in sorted(spellings) if len(name) > 2)


def sure(typed: str, names: Names) -> str:
    """The id of the one job that the whole text names; empty where there is none, or where
    something else stands beside it."""
    for text in _written(typed):
        for parts in ([text], text.split("/")):
            found = [names.get(folded(part), ()) for part in parts]
            if all(found) and len(jobs := {id for ids in found for id in ids}) == 1:
                return jobs.pop()
    return ""


def offered(typed: str, own: Names, called: Iterable[Names]) -> tuple[str, ...]:
    """The jobs that may be meant, the likeliest first: of this name, of one within the text, else
    of a name that is like it. `called` begins with the languages that are read first."""
    tables = (own, *called)
    texts = [folded(text) for text in (*_written(typed), *_PARTS.split(typed))]
    for these in (texts, [*_runs(texts[0])]):
        if found := [id for text in these for names in tables for id in names.get(text, ())]:
            return tuple(dict.fromkeys(found))[:MOST]
    near: dict[str, float] = {}
    for names in tables[:3]:
        for name, like, _place in process.extract(texts[0], list(names), scorer=_likeness, limit=9):
            for id in names[name]:
                near[id] = max(near.get(id, 0), like)
    best = sorted((id for id in near if near[id] >= LIKE), key=lambda id: -near[id])
    return tuple(best[:NEAR])


def _written(typed: str) -> list[str]:
    """The text as it is, then ever more of it without the signs of two forms and articles."""
    texts = [typed]
    for sign, instead in ((_OF_BOTH, ""), (_ENDING, ""), (_AT, "o"), (_ARTICLE, "")):
        texts.append(sign.sub(instead, texts[-1]).strip())
    return list(dict.fromkeys(texts))


def _runs(text: str) -> Iterator[str]:
    """Neighbouring words, the longest runs first."""
    words = text.split()[:WORDS]
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def _likeness(one: str, other: str, **_: object) -> float:
    """Per cent: by letters, or by the words that both have."""
    return max(fuzz.ratio(one, other), fuzz.token_set_ratio(_long(one), _long(other)))


def _long(text: str) -> str:
    """Without short words, which many names share."""
    return " ".join(word for word in text.split() if len(word) > 3)
