"""Where to begin (`entry.yaml`): who one is, and a few short questions whose answers speak for a
pathway or a category (seed: BAPA, Information Sweden). An operator can replace the list."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cards.finding import Finding, Report, brief, did_you_mean
from cards.reading import Passages
from cards.text import Text
from cards.text_file import read_text
from cards.yaml_file import Fields, read_mapping

NAME = "entry.yaml"
CONTEXT = "entry"
"""The context of its texts."""
MOST, FEWEST = 10, 2
"""Questions at most; options at least."""
OPTIONS, ENTRIES = 4, 5
"""Options of a question and entries of the menu at most: one screen."""
SKIPPED = 0
ALSO = ("yes", "no", "partly", "unknown", "sometimes", "often")
"""The everyday words that an answer can name."""
ENDLESS = 12 * 150
"""Months in which everybody's lengths of time lie."""
_MONTHS = re.compile(r"(\d{1,4})-(\d{0,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer, and how much it speaks for each pathway or category. `also` names the everyday
    words that mean it; `lasts` the months, first and last, that it stands for."""

    text: Text
    speaks: Mapping[str, int]
    also: tuple[str, ...] = ()
    lasts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    text: Text
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class IAm:
    """`to` is the id of a pathway or a category."""

    text: Text
    to: str


@dataclass(frozen=True, slots=True)
class EntryCheck:
    """Answers are places in the choices, counted from 1; `SKIPPED` says nothing."""

    people: tuple[IAm, ...] = ()
    questions: tuple[Asked, ...] = field(default=())
    passages: Passages = field(default_factory=dict)
    """Texts by which somebody sees whether they can read the language of the country."""

    def proposed(self, answers: tuple[int, ...]) -> tuple[str, ...]:
        """Pathways and categories, the likeliest first; of equals the one that is named first in
        the file. Without any answer that speaks, nothing."""
        points: Counter[str] = Counter()
        for asked, answer in zip(self.questions, answers, strict=False):
            if 0 < answer <= len(asked.choices):
                points.update(asked.choices[answer - 1].speaks)
        named = list(self._named())
        spoken = (path for path in points if points[path] > 0)
        return tuple(sorted(spoken, key=lambda path: (-points[path], named.index(path))))

    def _named(self) -> Iterator[str]:
        yield from (one.to for one in self.people)
        for asked in self.questions:
            for choice in asked.choices:
                yield from choice.speaks

    def buttons(self) -> Iterator[Text]:
        yield from (one.text for one in self.people)
        yield from (choice.text for asked in self.questions for choice in asked.choices)

    def texts(self) -> Iterator[Text]:
        yield from (one.text for one in self.people)
        for asked in self.questions:
            yield asked.text
            yield from (choice.text for choice in asked.choices)


def read_entry(
    root: Path, shipped: Path, paths: Collection[str]
) -> tuple[EntryCheck, tuple[Finding, ...]]:
    """The list in a folder of decks; the one that ships where it has none. What leads to no pathway
    and no category (`paths`) is left out, in an own list with a finding."""
    own = root / NAME
    report = Report(NAME)
    there = own.exists()
    text = read_text(own if there else shipped / NAME, report)
    fields = None if text is None else read_mapping(text, report)
    if fields is None:
        return EntryCheck(), tuple(report.findings)
    fields.only(("people", "questions"))
    reading = _Reading(report if there or root == shipped else Report(NAME), paths)
    people = tuple(filter(None, map(reading.person, fields.mappings("people"))))
    questions = tuple(filter(None, map(reading.question, fields.mappings("questions"))))
    for name, entries, most in (("people", people, ENTRIES), ("questions", questions, MOST)):
        if len(entries) > most:
            fields.wrong(name, f"`{name}:` has {len(entries)} entries; the first {most} are used")
    return EntryCheck(people[:ENTRIES], questions[:MOST]), tuple(report.findings)


@dataclass
class _Reading:
    report: Report
    paths: Collection[str]

    def person(self, entry: Fields) -> IAm | None:
        entry.only(("say", "to"))
        say, to = entry.text("say", needed=True), entry.text("to", needed=True)
        return IAm(Text(say, CONTEXT), to) if entry.usable and self._known(to, entry) else None

    def question(self, entry: Fields) -> Asked | None:
        entry.only(("ask", "choices"))
        ask = entry.text("ask", needed=True)
        choices = tuple(filter(None, map(self._choice, entry.mappings("choices"))))
        if not FEWEST <= len(choices) <= OPTIONS:
            entry.wrong("choices", f"a question has {FEWEST} to {OPTIONS} choices", needed=True)
        return Asked(Text(ask, CONTEXT), choices) if entry.usable else None

    def _choice(self, entry: Fields) -> Choice | None:
        entry.only(("say", "for", "also", "months"))
        say, speaks = entry.text("say", needed=True), entry.mapping("for")
        points = {
            path: speaks.number(path) or 0
            for path in (speaks.nodes if speaks else ())
            if speaks and self._known(path, entry)
        }
        also, lasts = self._also(entry), self._lasts(entry)
        return Choice(Text(say, CONTEXT), points, also, lasts) if entry.usable else None

    def _also(self, entry: Fields) -> tuple[str, ...]:
        named = tuple(entry.text("also").split())
        for name in set(named) - set(ALSO):
            near = did_you_mean(name, ALSO)
            self.report.odd(entry.line, f"`{brief(name)}` are no everyday words{near}")
        return tuple(name for name in named if name in ALSO)

    def _lasts(self, entry: Fields) -> tuple[int, int] | None:
        found = _MONTHS.fullmatch(said := entry.text("months"))
        if said and not found:
            entry.wrong("months", "`months:` has a first and a last month: `0-11`, or `37-`")
        return (int(found[1]), int(found[2] or ENDLESS)) if found else None

    def _known(self, path: str, entry: Fields) -> bool:
        if path in self.paths:
            return True
        near = did_you_mean(path, self.paths)
        self.report.odd(entry.line, f"`{brief(path)}` is no pathway and no category{near}")
        return False
