"""What only all modules together can show: a person in two of them, a word that is explained in two
ways, two modules that say the same. Pure.

From a review of the first modules: every deck began "X comes from Y", and the same first names and
definitions would have come back thirty-four times.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator
from functools import cache
from itertools import combinations
from math import log, sqrt

from babel import Locale

from cards.finding import Finding
from cards.glossary import same_word
from cards.model import Card, Module, Programme
from cards.text import ENGLISH, Text

ALIKE = 0.5
"""The most that the words of two modules may have in common: the cosine of their tf-idf vectors."""
OPENING = 3
"""Words of a deck's first sentence that no other deck of the module begins with."""
_NAME = re.compile(r"(?<=[\w,;’'] )[A-ZÀ-Þ][a-zà-ÿ]+\b")
_WORD = re.compile(r"[^\W\d_]+")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


Say = Callable[[Text], str]


def check_terms(
    programme: Programme, taught: Container[str], say: Say, language: str
) -> Iterator[Finding]:
    """A term of several glossaries that a translation names in two ways. `taught` are the modules
    that are whole in this language."""
    names: dict[tuple[str, str], tuple[str, Module]] = {}
    for module in programme.offered.values():
        for word in module.glossary if module.id in taught else ():
            same = word.term.source.casefold(), word.meaning.source
            said = say(word.term)
            other, where = names.setdefault(same, (said, module))
            if other.casefold() != said.casefold():
                message = f"`{word.term.source}` is `{said}` here and `{other}` in {where.path}"
                yield Finding(module.path, module.line("glossary"), message, False, language)


def check_together(programme: Programme) -> Iterator[Finding]:
    """The source's words, over all modules."""
    yield from _names(programme)
    yield from _definitions(programme)
    yield from _likeness(programme)
    for module in programme.offered.values():
        yield from _openings(module)
        yield from _bold(module)


def _names(programme: Programme) -> Iterator[Finding]:
    """A person of a story belongs to one module: in a second one readers look for the first. A
    capital tells a name in English; in German every noun has one, in Arabic no word."""
    english = [m for m in programme.offered.values() if m.written_in == ENGLISH]
    ordinary = _calendar_and_countries() | {
        word
        for module in english
        for text in module.texts()
        for word in _WORD.findall(text.source)
        if word.islower()
    }
    first: dict[str, Module] = {}
    for module in english:
        people = {
            name: deck.line
            for deck in reversed(module.decks)
            if deck.items and isinstance(card := deck.items[0], Card)
            for text in (card.title, *card.body)
            for name in _NAME.findall(text.source)
            if name.casefold().removesuffix("s") not in ordinary
        }
        for name, line in people.items():
            if other := first.get(name):
                yield Finding(module.path, line, f"{name} is a person of {other.path}, too")
            first.setdefault(name, module)


@cache
def _calendar_and_countries() -> frozenset[str]:
    """What has a capital in English and is nobody's name."""
    english = Locale("en")
    said = (
        *english.days["format"]["wide"].values(),
        *english.months["format"]["wide"].values(),
        *english.territories.values(),
        *english.languages.values(),
        "Turkey",  # CLDR says Türkiye
    )
    return frozenset(word.casefold() for text in said for word in _WORD.findall(text))


def _definitions(programme: Programme) -> Iterator[Finding]:
    meanings: dict[tuple[str, str], tuple[str, Module]] = {}
    for module in programme.offered.values():
        for word in module.glossary:
            said, term = word.meaning.source, word.term.source
            other, where = meanings.setdefault((module.written_in, term.casefold()), (said, module))
            if other != said:
                message = f"`{term}` has another meaning in {where.path}: {other}"
                yield Finding(module.path, module.line("glossary"), message, fails=False)


def _openings(module: Module) -> Iterator[Finding]:
    """Two decks that begin in the same words."""
    seen: dict[tuple[str, ...], int] = {}
    for deck in module.decks:
        story = deck.items[module.sensitive :]  # a sensitive deck begins with what it speaks of
        if story and isinstance(card := story[0], Card) and card.body:
            begins = tuple(_WORD.findall(card.body[0].source.casefold())[:OPENING])
            if begins in seen:
                message = f"begins in the same words as the deck on line {seen[begins]}"
                yield Finding(module.path, deck.line, message, fails=False)
            seen.setdefault(begins, deck.line)


def _bold(module: Module) -> Iterator[Finding]:
    """A bold word is one that can be looked up."""
    terms = {word.term.source.casefold() for word in module.glossary}
    for deck in module.decks:
        for item in deck.items:
            if not isinstance(item, Card):
                continue
            for bold in (b for text in item.body for b in _BOLD.findall(text.source)):
                if not any(same_word(bold.casefold(), term) for term in terms):
                    message = f"`{bold}` is bold and not in the glossary"
                    yield Finding(module.path, item.line, message, fails=False)


def _likeness(programme: Programme) -> Iterator[Finding]:
    """Cosine of tf-idf over the words of cards and questions."""
    counts = {name: _words_of(module) for name, module in programme.offered.items()}
    found_in = Counter(word for words in counts.values() for word in words)
    vectors: dict[str, dict[str, float]] = {}
    for name, words in counts.items():
        raw = {word: n * log(len(counts) / found_in[word]) for word, n in words.items()}
        size = sqrt(sum(value * value for value in raw.values())) or 1.0
        vectors[name] = {word: value / size for word, value in raw.items()}
    for one, other in combinations(vectors, 2):
        there = vectors[other]
        cosine = sum(value * there.get(word, 0.0) for word, value in vectors[one].items())
        if cosine > ALIKE:
            said = programme.offered[one].path
            message = f"says much of what {said} says (cosine {cosine:.2f}, at most {ALIKE})"
            yield Finding(programme.offered[other].path, 1, message)


def _words_of(module: Module) -> Counter[str]:
    return Counter(
        word
        for deck in module.decks
        for item in deck.items
        for text in (item.body if isinstance(item, Card) else (item.text, item.reason))
        for word in _WORD.findall(text.source.casefold())
    )
