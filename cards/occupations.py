"""Jobs, tasks and short lists of the papers for work: the data of `cards/work/` and its words.

Ids and ESCO's addresses are in tables; the words are ours. English stands in `words.yaml`, below a
name that is also the gettext context (`job cook button`); the other languages are in `work.po`.
What cannot be read is left out and named: no file stops anything.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cards.called import Names, table
from cards.finding import Finding, Report
from cards.text import Text
from cards.yaml_file import read_mapping

SHIPPED = Path(__file__).parent / "work"
OCCUPATIONS, TASKS, LISTS = "occupations.csv", "tasks.csv", "lists.yaml"
RULES, WORDS, CALLED = "rules.yaml", "words.yaml", "called.yaml"
COMMON, UNPAID = "common", "unpaid"
"""Where a task belongs that belongs to no sector."""
BETWEEN_FORMS = " / "
"""Stands between the two forms of a job that has two."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """`regulated` are the countries (ISO 3166) in which a licence is asked for; `tasks` twelve
    ids."""

    id: str
    sector: str
    isco: str
    esco: str
    regulated: frozenset[str]
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """`where` is a sector, `common` or `unpaid`; `esco` an address or empty."""

    id: str
    where: str
    esco: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A suggestion of the profile: `when` names its condition, `module` where it leads."""

    id: str
    when: str
    module: str = ""
    card: str = ""


@dataclass(frozen=True)
class Work:
    """All of it, each in its order on the screen. `words` is context -> English; `called` has the
    names of jobs by language, which are only read."""

    occupations: Mapping[str, Occupation] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, Names] = field(default_factory=dict)

    def list(self, name: str) -> tuple[str, ...]:
        return self.lists.get(name, ())

    def word(self, context: str) -> Text:
        """A text by its name; one that is missing is its own name."""
        return Text(self.words.get(context, context), context)

    def texts(self) -> tuple[Text, ...]:
        return tuple(map(self.word, self.words))

    @cached_property
    def by_sector(self) -> Mapping[str, tuple[Occupation, ...]]:
        return {
            sector: tuple(o for o in self.occupations.values() if o.sector == sector)
            for sector in self.list("sectors")
        }

    def tasks_of(self, where: str) -> tuple[str, ...]:
        return tuple(task.id for task in self.tasks.values() if task.where == where)

    def needed(self) -> Iterator[str]:
        """The contexts of all words that have to be there."""
        for sector in self.list("sectors"):
            yield f"sector {sector}"
        for occupation in self.occupations:
            yield f"job {occupation} button"
            yield f"job {occupation} printed"
        for task in self.tasks:
            yield f"task {task}"
        for name, ids in self.lists.items():
            if name != "sectors":
                yield from (f"list {name} {id}" for id in ids)
        yield from (f"can-do {level}" for level in self.list("levels") if level[:1] in "ABC")
        yield from (f"rule {rule.id}" for rule in self.rules)
        for name in ("seen", "wish"):
            yield from (f"letter {name} {id}" for id in self.list(name))


@dataclass(frozen=True)
class WorkReading:
    work: Work
    findings: tuple[Finding, ...]


def read_work(folder: Path = SHIPPED) -> WorkReading:
    """What lies in a folder. Raises nothing: what is missing or broken is in the findings."""
    findings: list[Finding] = []

    def text(name: str) -> tuple[str, Report]:
        report = Report(f"work/{name}", findings)
        try:
            return (folder / name).read_text(encoding="utf-8-sig"), report
        except (OSError, UnicodeDecodeError) as error:
            report.broken(1, f"cannot be read: {type(error).__name__}")
            return "", report

    tasks = {task.id: task for task in _tasks(*text(TASKS))}
    lists = dict(_lists(*text(LISTS)))
    occupations = {
        occupation.id: occupation for occupation in _occupations(*text(OCCUPATIONS), lists, tasks)
    }
    rules, words = tuple(_rules(*text(RULES))), dict(_words(*text(WORDS)))
    called = dict(_called(*text(CALLED), occupations))
    work = Work(occupations, tasks, lists, rules, words, called)
    return WorkReading(work, tuple(findings))


def _rows(text: str, report: Report, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row, its id never twice."""
    rows = csv.reader(io.StringIO(text))
    if text and tuple(next(rows, ())) != columns:
        report.broken(1, f"the first line must be {','.join(columns)}")
        return
    seen: set[str] = set()
    for row in rows:
        line = rows.line_num
        cells = [cell.strip() for cell in row]
        if len(cells) != len(columns) or not cells[0]:
            report.odd(line, f"expected {len(columns)} cells: {','.join(columns)}")
        elif cells[0] in seen:
            report.odd(line, f"`{cells[0]}` stands here for the second time")
        else:
            seen.add(cells[0])
            yield line, cells


def _tasks(text: str, report: Report) -> Iterator[Task]:
    for _line, (id, where, esco) in _rows(text, report, ("id", "where", "esco")):
        yield Task(id, where, esco)


def _occupations(
    text: str, report: Report, lists: Mapping[str, tuple[str, ...]], tasks: Mapping[str, Task]
) -> Iterator[Occupation]:
    columns = ("id", "sector", "isco", "esco", "regulated", "tasks")
    for line, (id, sector, isco, esco, regulated, given) in _rows(text, report, columns):
        if sector not in lists.get("sectors", ()):
            report.odd(line, f"`{sector}` is no sector of {LISTS}")
            continue
        wanted = tuple(given.split())
        if unknown := [task for task in wanted if task not in tasks]:
            report.odd(line, f"`{unknown[0]}` is no task of {TASKS}")
        known = tuple(dict.fromkeys(task for task in wanted if task in tasks))
        yield Occupation(id, sector, isco, esco, frozenset(regulated.split()), known)


def _lists(text: str, report: Report) -> Iterator[tuple[str, tuple[str, ...]]]:
    fields = read_mapping(text, report) if text else None
    for name in fields.nodes if fields else ():
        yield name, tuple(line.text for line in (fields.texts(name) if fields else None) or ())


def _rules(text: str, report: Report) -> Iterator[Rule]:
    fields = read_mapping(text, report) if text else None
    for rule in fields.mappings("rules") if fields else ():
        rule.only(("id", "if", "module", "card"))
        id, when = rule.text("id", needed=True), rule.text("if", needed=True)
        if id and when:
            yield Rule(id, when, rule.text("module"), rule.text("card"))


def _words(text: str, report: Report) -> Iterator[tuple[str, str]]:
    fields = read_mapping(text, report) if text else None
    for name in fields.nodes if fields else ():
        if fields and (said := fields.text(name, needed=True)):
            yield name, said


def _called(
    text: str, report: Report, occupations: Mapping[str, Occupation]
) -> Iterator[tuple[str, Names]]:
    fields = read_mapping(text, report) if text else None
    for language in fields.nodes if fields else ():
        if fields and (jobs := fields.mapping(language)):
            jobs.only(occupations)
            yield language, table((jobs.text(id), id) for id in occupations if id in jobs.nodes)
