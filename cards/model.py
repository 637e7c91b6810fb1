"""The programme as plain data: categories, pathways, modules, decks, cards and questions.

Everything a learner reads is a `Text`. Structure and right answers exist once, whatever the number
of languages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from math import ceil
from typing import Any

from cards.annex import Annex
from cards.audience import Audience
from cards.cefr import Cefr
from cards.collection import Category, Competence, Pathway
from cards.crisis import Crisis
from cards.entry import EntryCheck
from cards.faq import Answer
from cards.medium import Medium
from cards.partners import Organisation, Signatory
from cards.picture import Picture
from cards.practice import Practice
from cards.question import Question
from cards.recording import Recordings
from cards.resources import Resource
from cards.scenes import Story
from cards.selftest import SelfTest
from cards.text import ENGLISH, Text

PASS_MARK = 70
"""Per cent of the questions that have to be right at the first answer; an operator or a module may
set another.
"""


class Level(StrEnum):
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Role(StrEnum):
    """What a card is for. A deck ends with a memo (what to keep) and a task (one thing to do
    today)."""

    IDEA = "idea"
    MEMO = "memo"
    TASK = "task"
    WARMUP = "warmup"
    """The first of a deck: something to look at (seed 10)."""
    STORY = "story"
    """How somebody managed (seed 28)."""

    @property
    def at_end(self) -> bool:
        """Whether it belongs to the summary."""
        return self in (Role.MEMO, Role.TASK)


@dataclass(frozen=True, slots=True)
class Card:
    """One idea. `body` is a paragraph or a list item each; `**bold**` may stand in it."""

    id: str
    title: Text
    body: tuple[Text, ...]
    role: Role = Role.IDEA
    line: int = 0
    picture: Picture | None = None
    medium: Medium | None = None


Item = Card | Question


@dataclass(frozen=True)
class Deck:
    """One sitting: cards with a question after every second or third."""

    id: str
    title: Text
    aim: Text | None
    items: tuple[Item, ...]
    version: str
    line: int = 0

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        return tuple(item for item in self.items if isinstance(item, Card))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Those that count. Their sisters only come when one of them comes again."""
        return tuple(q for q in self._asked if not q.sister_of)

    @cached_property
    def sisters(self) -> Mapping[str, tuple[Question, ...]]:
        """Question id -> the questions that stand in for it."""
        return {q.id: tuple(s for s in self._asked if s.sister_of == q.id) for q in self.questions}

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The ids of what is gone through one by one: no sisters, and neither memo nor task, which
        are the summary at the end."""
        return tuple(
            item.id
            for item in self.items
            if not (item.sister_of if isinstance(item, Question) else item.role.at_end)
        )

    @cached_property
    def _asked(self) -> tuple[Question, ...]:
        return tuple(item for item in self.items if isinstance(item, Question))

    @cached_property
    def asks(self) -> tuple[bool, ...]:
        """Of each of its steps, whether it is a question."""
        return tuple(isinstance(self.by_id[id], Question) for id in self.steps)

    def main(self, id: str) -> str:
        """The question that counts where this one is asked."""
        return self._mains.get(id, id)

    @cached_property
    def _mains(self) -> Mapping[str, str]:
        return {q.id: q.sister_of for q in self._asked if q.sister_of}

    @cached_property
    def memo(self) -> Card | None:
        return next((card for card in self.cards if card.role is Role.MEMO), None)

    @cached_property
    def seconds(self) -> int:
        """How long a slow reader takes: 90 words a minute, 5 s to turn a card, 15 s to think about
        a question.

        Counted, not typed by hand (seed 31). 90 words a minute is a common figure for adults who
        read a second language.
        """
        gone_through = [item for item in self.items if item.id not in self._mains]
        words = sum(len(text.source.split()) for item in gone_through for text in texts(item))
        return round(words / 90 * 60 + 5 * len(self.cards) + 15 * len(self.questions))


@dataclass(frozen=True, slots=True)
class Word:
    """A glossary entry."""

    term: Text
    meaning: Text


@dataclass(frozen=True)
class Module:
    """A course with a cover, decks, a glossary and one certificate."""

    id: str
    title: Text
    short: Text
    description: Text
    level: Level
    hours: int
    """What the author declares; 0 where nothing is declared."""
    decks: tuple[Deck, ...]
    objectives: tuple[Text, ...] = ()
    outcomes: tuple[Text, ...] = ()
    competences: tuple[str, ...] = ()
    glossary: tuple[Word, ...] = ()
    cover: Picture | None = None
    practice: Practice | None = None
    exams: tuple[Deck, ...] = ()
    """Decks of questions whose feedback comes at the end; they count in no mark."""
    stories: tuple[Story, ...] = ()
    selftests: tuple[SelfTest, ...] = ()
    trailer: Card | None = None
    """What it is about, in one card, before anybody begins."""
    further: tuple[Text, ...] = ()
    """Where to look for more, in words."""
    trainer: str | None = None
    """The organisation."""
    trainers: tuple[str, ...] = ()
    """The people."""
    pass_mark: int | None = None
    eqf_level: int | None = None
    cefr: Cefr | None = None
    """How hard its words are in the language of its author, as the author estimates it."""
    sensitive: bool = False
    requires: tuple[str, ...] = ()
    """Modules that are good to have done before."""
    locked: bool = False
    """Whether nobody begins it before; `reason` says why."""
    reason: Text | None = None
    policy_ref: str = ""
    """A plan or law that the module follows, as its own authors call it."""
    modified: date | None = None
    """When its author last changed a text of it (`modified` of Dublin Core): no review."""
    reviewed_on: date | None = None
    """When somebody last looked whether all of it is still right, and who: `reviewer`."""
    reviewer: str = ""
    audience: Audience = Audience.LEARNER
    written_in: str = ENGLISH
    """The language of its author's words (BCP 47)."""
    path: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """The line of each name in the head."""

    @cached_property
    def by_id(self) -> Mapping[str, Deck]:
        return {deck.id: deck for deck in self.all_decks}

    @cached_property
    def all_decks(self) -> tuple[Deck, ...]:
        """Those that are learned, and the exams."""
        return (*self.decks, *self.exams)

    def line(self, name: str) -> int:
        """Where a name of the head stands; 1 when it is not there."""
        return self.lines.get(name, 1)

    @property
    def minutes(self) -> int:
        """What it offers: cards and questions, at the pace of a slow reader."""
        return ceil(sum(deck.seconds for deck in self.decks) / 60)

    def pictures(self) -> Iterator[tuple[Picture, int]]:
        """Each picture, and the line it belongs to."""
        if self.cover:
            yield self.cover, self.line("cover")
        cards = [card for deck in self.decks for card in deck.cards]
        cards += [self.trailer] if self.trailer else []
        yield from ((card.picture, card.line) for card in cards if card.picture)

    def texts(self) -> Iterator[Text]:
        """Every text of the module, for translators and for the completeness of a translation."""
        yield from (self.title, self.short, self.description, *self.objectives, *self.outcomes)
        for word in self.glossary:
            yield from (word.term, word.meaning)
        for deck in self.all_decks:
            yield deck.title
            if deck.aim:
                yield deck.aim
            for item in deck.items:
                yield from texts(item)
        for part in (self.practice, *self.stories, *self.selftests):
            if part:
                yield from part.texts()
        yield from self.further
        if self.reason:
            yield self.reason
        if self.trailer:
            yield from texts(self.trailer)
        if self.cover:
            yield self.cover.alt


def texts(item: Item) -> Iterator[Text]:
    """The texts of one card or question, in reading order."""
    if isinstance(item, Card):
        yield from (item.title, *item.body)
        if item.picture:
            yield item.picture.alt
        if item.medium:
            yield from item.medium.words
        return
    yield item.text
    if item.kind.worded:
        for option in item.options:
            yield option.text
            yield from option.also
            if option.pair:
                yield option.pair
            if option.reason:
                yield option.reason
    yield item.reason


@dataclass(frozen=True)
class Programme:
    """All modules of an installation."""

    id: str
    title: Text
    reference: str
    platform: str
    categories: tuple[Category, ...]
    pathways: tuple[Pathway, ...]
    modules: Mapping[str, Module]
    help: Module
    organisations: tuple[Organisation, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    competences: tuple[Competence, ...] = ()
    credits: tuple[Text, ...] = ()
    """Whose the words and pictures are, and under which licence."""
    annex: Annex | None = None
    pass_mark: int = PASS_MARK
    coming: Mapping[str, Text] = field(default_factory=dict)
    """The titles of modules that are still to be written."""
    pictures: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    """The files of covers and cards, by name."""
    audio: Recordings = field(default_factory=dict, compare=False, repr=False)
    """What can be heard of cards and decks."""
    crisis: Crisis = field(default_factory=Crisis, compare=False, repr=False)
    """Words of crisis, and who helps."""
    resources: tuple[Resource, ...] = ()
    """Offices, courses and pages that help beside the lessons."""
    answers: tuple[Answer, ...] = ()
    """What people ask, and what is answered."""
    entry: EntryCheck = field(default_factory=EntryCheck)
    """Where to begin: who one is, and a few questions that propose a path."""
    tutorials: tuple[str, ...] = ()
    """The modules that are one tap from home for everybody: how to use a phone, a computer."""
    tracks: tuple[Module, ...] = ()
    """Modules for others than learners. None of them is counted in `modules`."""
    sectors: Mapping[str, Module] = field(default_factory=dict)
    """A lesson for each trade, beside the programme; none is counted in `modules` or certified."""
    audience: Audience = Audience.LEARNER
    """Who sees this programme."""
    written_in: str = ENGLISH
    """The language of the words in programme.yaml (BCP 47); each module says its own."""
    readable: bool = True
    """False when a part of programme.yaml could not be read: nobody knows then what belongs to the
    programme."""

    @property
    def whole(self) -> bool:
        """Whether every module of every category is here. Only then the programme can be
        completed."""
        return (
            self.readable
            and bool(self.categories)
            and all(category.whole for category in self.categories)
        )

    @property
    def total(self) -> int:
        """How many modules belong to the programme; `len(modules)` of them are here."""
        if self.audience is not Audience.LEARNER:
            return len(self.modules)
        return sum(category.total for category in self.categories)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The modules that belong to the programme, are not still to be written, and cannot be
        used."""
        return tuple(m for c in self.categories for m in c.missing if m not in self.coming)

    @cached_property
    def every(self) -> tuple[Module, ...]:
        """All modules that somebody reads, whoever it is."""
        return (*self.offered.values(), self.help, *self.tracks)

    @cached_property
    def offered(self) -> Mapping[str, Module]:
        """What can be learned here: the modules that count, and the sectors beside them."""
        return {**self.modules, **self.sectors}

    def seen_by(self, audience: Audience) -> "Programme":
        """What this audience finds: of a track its modules, and nothing of learners."""
        return self if audience is self.audience else self._by_audience[audience]

    @cached_property
    def _by_audience(self) -> Mapping[Audience, "Programme"]:
        def track(audience: Audience) -> Programme:
            modules = {m.id: m for m in self.tracks if m.audience is audience}
            nothing: dict[str, Any] = dict.fromkeys(
                ("categories", "pathways", "answers", "tutorials"), ()
            )
            nothing |= {name: {} for name in ("coming", "sectors")}
            return replace(self, audience=audience, modules=modules, entry=EntryCheck(), **nothing)

        return {audience: track(audience) for audience in Audience}

    def module(self, id: str) -> Module | None:
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> Mapping[str, Module]:
        return {**{m.id: m for m in (*self.tracks, self.help)}, **self.offered}

    def category_of(self, module_id: str) -> Category | None:
        return self._category.get(module_id)

    @cached_property
    def _category(self) -> Mapping[str, Category]:
        return {id: category for category in self.categories for id in category.modules}

    def mark_of(self, module: Module) -> int:
        """The mark in per cent that passes this module."""
        return self.pass_mark if module.pass_mark is None else module.pass_mark

    def pathways_of(self, module_id: str) -> tuple[Pathway, ...]:
        return tuple(pathway for pathway in self.pathways if module_id in pathway.modules)
