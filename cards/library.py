"""What stands in the whole programme, found by meaningful words, also misspelled ones. Pure.

An index is made of the words of one language. What people type is cut into words; those that
stand nearly everywhere say nothing. A word is found exactly, by its beginning, or with a slip or
two (`cards.near`). How much a find says is how rare the word is (inverse document frequency, as in
BM25), how exactly it was found, and where it stands: in a title more than in a text. Who types all
words of a phrase by which something is sought means that, whatever stands around them: in “je veux
rencontrer des gens” the first two words are rare in lessons and say nothing.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from math import log

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from cards.folding import AROUND, folded, script
from cards.model import Card, Module, Programme
from cards.near import slips
from cards.text import Text

Say = Callable[[Text], str]
WEIGHTS = (3.0, 2.5, 1.0)
"""How much a word counts in a title, among the words by which something is sought, in a text."""
EXACT, BEGINS, NEAR = 1.0, 0.8, 0.6
COMMON = 0.12
"""A word that stands in a larger share of all that is there says nothing by itself."""
USUAL = 20
"""In how many places a usual word of meaning stands: what a word that is nowhere weighs."""
ENOUGH = 0.5
"""The share of the meaningful words that has to be found, by what each of them says."""
STEM = 4
"""Letters from which on the beginning of a word is enough."""
_GLUED = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل")
"""Arabic words that are written in one with the word behind them."""


class Shelf(StrEnum):
    """What kind of thing it is. The order is the one in which equals are shown."""

    PAPER = "paper"
    """Something to fill in, of the interface: it is not the programme's."""
    PEOPLE = "people"
    """Others to talk to outside of this service, of the interface, too."""
    ANSWER = "answer"
    MODULE = "module"
    WORD = "word"
    CARD = "card"
    TASK = "task"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` says what it is on its shelf: of a card and a word its module and its own id."""

    shelf: Shelf
    id: tuple[str, ...]
    title: Text
    also: tuple[Text, ...] = ()
    """Words by which it is sought."""
    body: tuple[Text, ...] = ()


def entries(programme: Programme) -> Iterator[Entry]:
    """Everything that can be found."""
    for answer in programme.answers:
        words = (answer.words,) if answer.words else ()
        yield Entry(Shelf.ANSWER, (answer.id,), answer.question, words, (answer.answer,))
    for module in programme.offered.values():
        yield from _of_module(module)
    for one in programme.resources:
        name = Text(one.name, "")
        yield Entry(Shelf.HELP, (one.id,), name, tuple(filter(None, (one.town,))), (one.about,))


def _of_module(module: Module) -> Iterator[Entry]:
    yield Entry(
        Shelf.MODULE,
        (module.id,),
        module.title,
        (module.short,),
        (module.description, *module.objectives),
    )
    for word in module.glossary:
        yield Entry(Shelf.WORD, (module.id, word.term.source), word.term, (), (word.meaning,))
    if module.practice:
        yield Entry(Shelf.TASK, (module.id,), module.practice.title, (), module.practice.steps)
    for deck in module.decks:
        for item in deck.items:
            if isinstance(item, Card):
                yield Entry(Shelf.CARD, (module.id, deck.id, item.id), item.title, (), item.body)


class Index:
    """The entries of one language, by their words. Made once; asking it changes nothing."""

    def __init__(self, found: Iterable[Entry], say: Say, language: str) -> None:
        self.entries = tuple(found)
        self._language = language
        spelled: dict[str, list[str]] = {}
        where: dict[str, dict[int, int]] = {}
        for number, entry in enumerate(self.entries):
            for place, texts in enumerate(((entry.title,), entry.also, entry.body)):
                written = {
                    each.strip(AROUND) for text in texts for each in _said(text, say).split()
                }
                for each in written:
                    if each not in spelled:
                        spelled[each] = _words(each, language)
                    for word in spelled[each]:
                        where.setdefault(word, {}).setdefault(number, place)
        self._where = {
            word: array("I", (number * len(WEIGHTS) + place for number, place in places.items()))
            for word, places in where.items()
        }
        self._known = tuple(self._where)
        self._phrases = [
            (words, number)
            for number, entry in enumerate(self.entries)
            for text in entry.also
            for phrase in (say(text) if text.context else text.source).split("|")
            if len(words := frozenset(_words(phrase, language))) > 1
        ]

    def find(self, typed: str, most: int) -> tuple[Entry, ...]:
        """The likeliest entries first; nothing where no meaningful word of the text is there."""
        scores: dict[int, float] = {}
        says: dict[int, float] = {}
        total = 0.0
        words = dict.fromkeys(_words(typed, self._language))
        meant = {number for phrase, number in self._phrases if phrase <= words.keys()}
        for word in words:
            places = self._places(word)
            rare = log(1 + len(self.entries) / (len(places) or USUAL))
            if places and len(places) > COMMON * len(self.entries):
                continue
            total += rare
            for number, weight in places.items():
                scores[number] = scores.get(number, 0.0) + rare * weight
                says[number] = says.get(number, 0.0) + rare
        shelves = list(Shelf)
        ranked = sorted(
            (n for n in scores.keys() | meant if n in meant or says[n] >= ENOUGH * total),
            key=lambda n: (
                n not in meant,
                -scores.get(n, 0.0),
                shelves.index(self.entries[n].shelf),
                n,
            ),
        )
        ordered = (self.entries[number] for number in ranked)
        return tuple(islice(_different(ordered), most))

    def _places(self, word: str) -> dict[int, float]:
        """Entry -> how much it says that this word, or nearly it, stands there."""
        found: dict[int, float] = {}
        for known, likeness in self._alike(word):
            for packed in self._where[known]:
                number, place = divmod(packed, len(WEIGHTS))
                found[number] = max(found.get(number, 0.0), WEIGHTS[place] * likeness)
        return found

    def _alike(self, word: str) -> Iterator[tuple[str, float]]:
        if word in self._where:
            yield word, EXACT
        if len(word) >= STEM:
            for known in self._known:
                shorter = min(len(known), len(word))
                if known != word and shorter >= STEM and known[:shorter] == word[:shorter]:
                    yield known, BEGINS
        if word not in self._where and (most := slips(word)):
            near = extract(word, self._known, scorer=OSA.distance, score_cutoff=most, limit=8)
            for known, distance, _place in near:
                if known[:1] == word[:1] or distance == 1:
                    yield known, NEAR / distance if distance else EXACT


def _different(ranked: Iterable[Entry]) -> Iterator[Entry]:
    """Of the cards of a deck, and of one term in several modules, the first: ways on that
    differ."""
    seen: set[tuple[str, ...]] = set()
    for entry in ranked:
        same = (entry.title.source,) if entry.shelf is Shelf.WORD else entry.id[:2]
        if (entry.shelf, *same) not in seen:
            seen.add((entry.shelf, *same))
            yield entry


def _said(text: Text, say: Say) -> str:
    """As it is read; names that are no words of a language stay."""
    return say(text).replace("|", " ") if text.context else text.source


def _words(text: str, language: str) -> list[str]:
    """The words of a text, folded. One of two letters may be a name: CV."""
    words = [word for word in folded(text, language).split() if len(word) > 1]
    return [_bare(word) for word in words]


def _bare(word: str) -> str:
    """Without what Arabic writes in one with it."""
    if script(word[0]) != "ARABIC":
        return word
    glued = next((g for g in _GLUED if word.startswith(g) and len(word) - len(g) > 2), "")
    return word[len(glued) :]
