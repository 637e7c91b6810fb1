"""What stands in the whole programme, found by meaningful words, also misspelled ones. Pure.

An index is made of the words of one language. What people type is cut into words. A word is found
exactly, by its beginning, or, where it is of that language, with a slip or two (`cards.near`). How
much a find says is how rare the word is in all that is searched (inverse document frequency, as in
BM25), how exactly it was found, and where it stands: in a title more than in a text. A word that
stands nearly everywhere is looked for in titles alone, and one that says nothing in a search ("I
am", "I look for") not at all.

A find has to hold what was asked: both of two words, most of three. Where nothing does, what is
about one of them is found for that one, and says so. What only mentions the words, a card or a
lesson, comes behind everything that is about them.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from math import log

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from cards.faq import Answer
from cards.folding import AROUND, folded, script
from cards.model import Card, Module, Programme
from cards.near import slips
from cards.text import ENGLISH, Text

Say = Callable[[Text], str]
TITLE, ALSO, BODY = range(3)
WEIGHTS = (3.0, 2.5, 1.0)
"""How much a word counts in a title, among the words by which something is sought, in a text."""
EXACT, BEGINS, NEAR = 1.0, 0.8, 0.6
PHRASE = 2.0
"""How much more it counts that all the words are a title, or one of those phrases, and no more."""
PIECES = 0.75
"""How much less a lesson or a single card counts than a module or an answer of the same name."""
COMMON = 0.12
"""A word that stands in a larger share of all that is there says nothing in a text."""
USUAL = 20
"""In how many places a usual word of meaning stands: what a word that is nowhere weighs."""
FEW, ENOUGH = 2, 0.5
"""So many words have to be found all; of more this share, by what each of them says."""
STEM = 4
"""Letters from which on the beginning of a word is enough; of what was typed two thirds."""
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
"""What Arabic writes in one with the word behind it."""
_GLUED = ("و", "ب", "ل")
"""The same, where it may as well be the first letter of the word."""


class Shelf(StrEnum):
    """What kind of thing it is. The order is the one in which equals are shown."""

    PAPER = "paper"
    """Something to fill in, of the interface: it is not the programme's."""
    PEOPLE = "people"
    """Others to talk to outside of this service, of the interface, too."""
    ANSWER = "answer"
    CATEGORY = "category"
    PATHWAY = "pathway"
    MODULE = "module"
    DECK = "deck"
    WORD = "word"
    HELP = "help"
    CARD = "card"
    TASK = "task"


LED_TO = (Shelf.CATEGORY, Shelf.PATHWAY, Shelf.MODULE, Shelf.DECK)
_PIECES = (Shelf.DECK, Shelf.CARD, Shelf.TASK)
_SHORTEST = dict.fromkeys((*_PIECES, Shelf.WORD), FEW)
"""Words from which on the name of a small thing, typed, is that thing before all others."""
FAR_BEHIND = 2
_MENTIONING = {Shelf.DECK: 1, Shelf.WORD: 1, Shelf.CARD: FAR_BEHIND, Shelf.TASK: FAR_BEHIND}
"""What is not about a word that stands in its text alone, and how far behind the others it comes;
from `FAR_BEHIND` on only where there is nothing else."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` says what it is on its shelf: of a card and a word its module and its own id."""

    shelf: Shelf
    id: tuple[str, ...]
    title: Text
    also: tuple[Text, ...] = ()
    """Words by which it is sought, separated by |."""
    body: tuple[Text, ...] = ()
    see: tuple[tuple[str, ...], ...] = ()
    """The ids of what is shown behind it: categories, pathways, modules, lessons."""


@dataclass(frozen=True, slots=True)
class Finds:
    """The likeliest first. `only` are the words of ours that were found where others of the text
    were not; `mentioned`: it is about something else, and the words stand in it."""

    entries: tuple[Entry, ...] = ()
    only: tuple[str, ...] = ()
    mentioned: bool = False


def entries(programme: Programme) -> Iterator[Entry]:
    """Everything that can be found."""
    for answer in programme.answers:
        words = (answer.words,) if answer.words else ()
        see = tuple(tuple(each.split("/")) for each in answer.see)
        yield Entry(Shelf.ANSWER, (answer.id,), answer.question, words, (answer.answer,), see)
    for category in programme.categories:
        yield Entry(Shelf.CATEGORY, (category.id,), category.title, (), (category.description,))
    for path in programme.pathways:
        yield Entry(Shelf.PATHWAY, (path.id,), path.title, (), (path.description,))
    for module in programme.offered.values():
        yield from _of_module(module)
    for one in programme.resources:
        name = Text(one.name, "")
        where = tuple(filter(None, (one.town, one.country)))
        yield Entry(Shelf.HELP, (one.id,), name, where, (one.about,))


def leads_to(answer: Answer, programme: Programme) -> tuple[Entry, ...]:
    """What an answer leads to: groups of modules, modules, lessons."""
    there = {entry.id: entry for entry in entries(programme) if entry.shelf in LED_TO}
    return tuple(there[id] for each in answer.see if (id := tuple(each.split("/"))) in there)


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
        ends = [card for card in deck.cards if card.role.at_end]
        aims = (*filter(None, (deck.aim,)), *(text for card in ends for text in card.body))
        yield Entry(Shelf.DECK, (module.id, deck.id), deck.title, (), aims)
        for item in deck.items:
            if isinstance(item, Card) and not item.role.at_end:
                yield Entry(Shelf.CARD, (module.id, deck.id, item.id), item.title, (), item.body)


@dataclass(slots=True)
class _Hit:
    """What speaks for an entry: the sum of what the words say, and which they are."""

    score: float = 0.0
    named: dict[int, str] = field(default_factory=dict)
    """Those in its title or among the words by which it is sought, and how they are written."""
    words: set[int] = field(default_factory=set)


class Index:
    """The entries of one language, by their words. Made once; asking it changes nothing.

    `nothing` are words that say nothing in a search, phrases too, as `folding.folded` writes them.
    """

    def __init__(
        self, found: Iterable[Entry], say: Say, language: str, nothing: Iterable[str] = ()
    ) -> None:
        self.entries = tuple(found)
        self._language = language
        self._nothing = frozenset(word for each in nothing for word in _words(each, language))
        spelled: dict[str, tuple[str, ...]] = {}
        where: dict[str, dict[int, int]] = {}
        self._phrases: dict[frozenset[str], set[int]] = {}
        self._written: dict[str, str] = {}
        own: set[str] = set()
        for number, entry in enumerate(self.entries):
            for place, texts in enumerate(((entry.title,), entry.also, entry.body)):
                for phrase, theirs in _phrases(texts, say, language):
                    whole: set[str] = set()
                    for each in {word.strip(f"{AROUND}*") for word in phrase.split()}:
                        if each not in spelled:
                            words = _words(each, language)
                            spelled[each] = tuple(form for word in words for form in _forms(word))
                            if len(words) == 1 and words[0] != each:
                                self._written.setdefault(words[0], each)
                        for word in spelled[each]:
                            where.setdefault(word, {}).setdefault(number, place)
                        whole.update(spelled[each])
                        own.update(spelled[each] if theirs else ())
                    whole = whole - self._nothing or whole
                    if place != BODY and len(whole) >= _SHORTEST.get(entry.shelf, 1):
                        self._phrases.setdefault(frozenset(whole), set()).add(number)
        self._where = {
            word: array("I", (number * len(WEIGHTS) + place for number, place in places.items()))
            for word, places in where.items()
        }
        self._known = tuple(sorted(self._where))
        self._own = tuple(word for word in self._known if word in own)
        self._by_id = {
            entry.id: number for number, entry in enumerate(self.entries) if entry.shelf in LED_TO
        }

    def find(self, typed: str, most: int) -> tuple[Entry, ...]:
        """The likeliest entries first; nothing where no meaningful word of the text is there."""
        return self.look(typed, most).entries

    def look(self, typed: str, most: int) -> Finds:
        """What is found, and what it was found for."""
        asked = dict.fromkeys(_words(typed, self._language))
        words = [word for word in asked if not self._nothing.intersection(_forms(word))]
        hits: dict[int, _Hit] = {}
        says: list[float] = []
        for at, word in enumerate(words):
            places = self._places(word)
            common = len(places) > COMMON * len(self.entries)
            says.append(log(1 + len(self.entries) / (len(places) or USUAL)))
            for number, (weight, named) in places.items():
                if common and not named:
                    continue
                hit = hits.setdefault(number, _Hit())
                hit.score += says[at] * weight
                hit.words.add(at)
                if named:
                    hit.named[at] = named
        phrase = frozenset(form for word in words or asked for form in _forms(word))
        for number in self._phrases.get(phrase, ()):  # also where no word of it says anything
            hits.setdefault(number, _Hit(1)).score *= PHRASE
        whole = [number for number, hit in hits.items() if self._enough(hit, says)]
        if whole:
            return self._ranked(whole, hits, most)
        return self._partly(hits, says, most)

    @staticmethod
    def _enough(hit: _Hit, says: list[float]) -> bool:
        if len(hit.words) < min(len(says), FEW):
            return False
        return sum(says[at] for at in hit.words) >= ENOUGH * sum(says)

    def _ranked(self, found: list[int], hits: dict[int, _Hit], most: int) -> Finds:
        shelves = list(Shelf)

        def behind(number: int) -> int:
            """How far: 0 is about all that was found of the text."""
            about = len(hits[number].named) == len(hits[number].words)
            return 0 if about else _MENTIONING.get(self.entries[number].shelf, 0)

        def rank(number: int) -> tuple[float, ...]:
            shelf = self.entries[number].shelf
            score = hits[number].score * (PIECES if shelf in _PIECES else 1)
            return behind(number), -score, shelves.index(shelf), number

        ranked = sorted(found, key=rank)
        if ranked and not behind(ranked[0]):
            ranked = [number for number in ranked if behind(number) < FAR_BEHIND]
        chosen = tuple(islice(_different(self._with_seen(ranked, hits)), most))
        return Finds(chosen, mentioned=bool(ranked) and bool(behind(ranked[0])))

    def _with_seen(self, ranked: list[int], hits: dict[int, _Hit]) -> Iterator[Entry]:
        """Behind an answer that is about it what it leads to."""
        for number in ranked:
            entry = self.entries[number]
            yield entry
            if hits[number].named:
                yield from (self.entries[self._by_id[id]] for id in entry.see if id in self._by_id)

    def _partly(self, hits: dict[int, _Hit], says: list[float], most: int) -> Finds:
        """What is about one of the words, the one that says most; no parts of modules."""
        named = {
            number: hit
            for number, hit in hits.items()
            if hit.named and self.entries[number].shelf not in _PIECES
        }
        if not named:
            return Finds()
        best = max({at for hit in named.values() for at in hit.named}, key=lambda at: says[at])
        about = [number for number, hit in named.items() if best in hit.named]
        found = self._ranked(about, hits, most)
        first = next(n for n in about if self.entries[n] == found.entries[0])
        word = hits[first].named[best]
        return Finds(found.entries, (self._written.get(word, word),))

    def _places(self, word: str) -> dict[int, tuple[float, str]]:
        """Entry -> how much it says that this word, or nearly it, stands there, and as which word
        of ours where it is named so."""
        found: dict[int, tuple[float, str]] = {}
        for known, likeness in self._alike(word):
            for packed in self._where[known]:
                number, place = divmod(packed, len(WEIGHTS))
                weight = WEIGHTS[place] * likeness
                if number not in found or weight > found[number][0]:
                    found[number] = weight, "" if place == BODY else known
        return found

    def _alike(self, word: str) -> Iterator[tuple[str, float]]:
        forms = _forms(word)
        yield from ((form, EXACT) for form in forms if form in self._where)
        if len(word) >= STEM:
            at = bisect_left(self._known, word)
            for known in islice(self._known, at, None):
                if not known.startswith(word):
                    break
                if known != word:
                    yield known, BEGINS
            shorter = (word[:size] for size in range(max(STEM, len(word) * 2 // 3), len(word)))
            yield from ((known, BEGINS) for known in shorter if known in self._where)
        if not self._where.keys() & set(forms) and (most := slips(word)):
            near = extract(word, self._own, scorer=OSA.distance, score_cutoff=most, limit=8)
            for known, distance, _place in near:
                other = distance > 1 or known in self._nothing
                if known[:1] == word[:1] or not other:
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


def _phrases(texts: Iterable[Text], say: Say, language: str) -> Iterator[tuple[str, bool]]:
    """As they are read, and whether in the reader's language: what is not translated is not. Names
    that are no words of a language stay, and are everybody's."""
    for text in texts:
        said = say(text) if text.context else text.source
        theirs = not text.context or language == ENGLISH or said != text.source
        yield from ((phrase, theirs) for phrase in said.split("|"))


def _words(text: str, language: str) -> list[str]:
    """The words of a text, folded. One of two letters may be a name: CV."""
    words = [word for word in folded(text, language).split() if len(word) > 1]
    return [_bare(word, _ARTICLES) for word in words]


def _forms(word: str) -> tuple[str, ...]:
    """The word, and without what may be written in one with it."""
    bare = _bare(word, _GLUED)
    return (word,) if bare == word else (word, bare)


def _bare(word: str, glued: tuple[str, ...]) -> str:
    """Without the first of these that Arabic writes in one with it."""
    if script(word[0]) != "ARABIC":
        return word
    first = next(
        (each for each in glued if word.startswith(each) and len(word) - len(each) > 2), ""
    )
    return word[len(first) :]
