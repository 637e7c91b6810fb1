"""A CV: one A4 page in one column, real text in the order of reading, no picture.

Two columns are read across by the machines of employers, and a second page is not read. So type
gets a little smaller first; then courses and languages run on in lines, and then the oldest jobs
lose their points, three at a time. Whatever the facts, it is one page and no text is cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from certificates.prints.flow import Block, Column, Line, flow
from certificates.prints.paper import BLACK, DARK, HEIGHT, WIDTH, Paper
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.pdf_a import Attachment
from certificates.typesetting.sheet import TEAL, Sheet, Style

MARGIN = 18.0
INNER = WIDTH - 2 * MARGIN
TOP, BOTTOM = 15.0, HEIGHT - 14.0
NAME_LINE = 60.0
"""How long the line is on which a name is written by hand."""
NAME = Style(24, bold=True, colour=BLACK, leading=1.25)
WANTED = Style(13, bold=True, colour=TEAL, leading=1.3)
CONTACT = Style(10.5, colour=BLACK, leading=1.35)
HEADING = Style(12, bold=True, colour=TEAL, leading=1.3)
ENTRY = Style(11, bold=True, colour=BLACK, leading=1.3)
NOTE = Style(10, colour=DARK, leading=1.3)
BODY = Style(10.5, colour=BLACK, leading=1.35)
SCALES = (1.0, 0.97, 0.94, 0.92, 0.9)
"""Nothing is smaller than 8.5 points."""
LAST_SCALES = tuple(0.88 * 0.97**step for step in range(24))
"""Only where all has given way that can: forty courses, each with a long title."""
INDENT, FEW = 4.5, 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A job, or what was done at home: `note` says where and how long."""

    title: str
    note: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """`url` says whether its certificate is genuine; empty where there is none to show."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Headings:
    """In the language of the paper."""

    paper: str
    work: str
    home: str
    skills: str
    school: str
    courses: str
    languages: str
    licences: str
    when: str
    name: str


@dataclass(frozen=True, slots=True)
class CvFacts:
    """Everything as it is printed. `jobs` stand newest first; `skills` are their points once each.
    `layout` is work, skills or short. Without a `name` there is a line to write one on."""

    language: str
    headings: Headings
    made: date
    name: str = ""
    also: str = ""
    """The name in letters of its own, where `name` is not in them."""
    wanted: str = ""
    contact: tuple[str, ...] = ()
    line: str = ""
    jobs: tuple[Entry, ...] = ()
    home: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    school: tuple[str, ...] = ()
    courses: tuple[Course, ...] = ()
    tongues: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    when: str = ""
    layout: str = "work"
    example: str = ""
    """A word at the top of a paper of nobody."""


class Drawn(NamedTuple):
    """`left_out` are the titles of jobs that lost points."""

    content: bytes
    left_out: tuple[str, ...]


def cv(facts: CvFacts, fonts: Fonts, attachments: Sequence[Attachment] = ()) -> Drawn:
    """PDF/A-3B of one page; the same facts give the same bytes. Raises `MissingGlyphs`."""
    title = " – ".join(filter(None, (facts.headings.paper, facts.name)))
    paper = Paper(title, facts.language, facts.made, fonts)
    sheet = paper.page()
    into = [Column(sheet, MARGIN, _head(sheet, facts, paper), INNER, BOTTOM)]
    ways = list(_ways(facts))
    for smaller, run_on, left_out in ways:
        if flow([*_blocks(smaller, run_on, paper)], into, SCALES):
            return Drawn(paper.save(attachments), left_out)
    smaller, run_on, left_out = ways[-1]
    flow([*_blocks(smaller, run_on, paper)], into, LAST_SCALES)
    return Drawn(paper.save(attachments), left_out)


def _ways(facts: CvFacts) -> Iterator[tuple[CvFacts, bool, tuple[str, ...]]]:
    """All of it; then courses and languages in lines; then, from the oldest job on, fewer points
    and none."""
    yield facts, False, ()
    yield facts, True, ()
    left_out: tuple[str, ...] = ()
    for place in reversed(range(len(facts.jobs))):
        job = facts.jobs[place]
        if not job.points:
            continue
        left_out = (*left_out, job.title)
        for few in (FEW, 0):
            if few < len(job.points):
                shorter = replace(job, points=job.points[:few])
                jobs = (*facts.jobs[:place], shorter, *facts.jobs[place + 1 :])
                facts = replace(facts, jobs=jobs)
                yield facts, True, left_out


def _head(sheet: Sheet, facts: CvFacts, paper: Paper) -> float:
    """Name, the job that is looked for, how somebody is reached. Returns where the rest begins."""
    y = TOP
    if facts.example:
        y = sheet.write(facts.example, NOTE, MARGIN, y - 5, INNER)
    for place, name in enumerate(filter(None, (facts.name, facts.also))):
        style = sheet.type.fitting(name, NAME if not place else WANTED, INNER, is_name=True)
        y = sheet.write(name, style, MARGIN, y, INNER, is_name=True)
    if not facts.name:
        sheet.write(facts.headings.name, NOTE, MARGIN, y + 4, NAME_LINE)
        y += 10
        sheet.rule(MARGIN, y, NAME_LINE * 2, 0.6, BLACK)
        y += 2
    if facts.wanted:
        y = sheet.write(facts.wanted, WANTED, MARGIN, y, INNER)
    if facts.contact:
        y = sheet.write(paper.labels.joined(facts.contact), CONTACT, MARGIN, y, INNER)
    if facts.line:
        y = sheet.write(facts.line, NOTE, MARGIN, y, INNER)
    sheet.rule(MARGIN, y + 1.5, INNER, 1.2, TEAL)
    return y + 4


def _blocks(facts: CvFacts, run_on: bool, paper: Paper) -> Iterator[Block]:
    short, labels, heads = facts.layout == "short", paper.labels, facts.headings
    jobs = [replace(job, points=()) if short else job for job in facts.jobs]
    if facts.layout == "skills" and facts.skills:
        yield from _list(heads.skills, facts.skills)
        jobs = [replace(job, points=()) for job in jobs]
    heading: tuple[Line, ...] = (Line(heads.work, HEADING),)
    for job in jobs:
        yield Block((*heading, *_entry(job)), 3.2 if heading else 1.6)
        heading = ()
    if facts.home and facts.layout != "skills":
        yield from _list(heads.home, () if short else facts.home)
    yield from _list(heads.school, facts.school, "")
    yield from _courses(facts, run_on or short, paper)
    tongues = facts.tongues
    if tongues:
        lines = (labels.joined(tongues),) if run_on or short or len(tongues) < 4 else tongues
        yield from _list(heads.languages, lines, "")
    if facts.licences:
        yield from _list(heads.licences, (labels.joined(facts.licences),), "")
    if facts.when:
        yield from _list(heads.when, (facts.when,), "")


def _courses(facts: CvFacts, run_on: bool, paper: Paper) -> Iterator[Block]:
    heading = Line(facts.headings.courses, HEADING)
    if not facts.courses:
        return
    if run_on and len(facts.courses) > 3:
        texts = paper.labels.joined(course.text for course in facts.courses)
        yield Block((heading, Line(texts, BODY)), 3.2)
        return
    lines = [Line(course.text, BODY, link=course.url) for course in facts.courses]
    yield Block((heading, *lines), 3.2)


def _entry(entry: Entry) -> Iterator[Line]:
    yield Line(entry.title, ENTRY)
    if entry.note:
        yield Line(entry.note, NOTE)
    yield from (Line(point, BODY, "•", INDENT) for point in entry.points)


def _list(heading: str, lines: Sequence[str], mark: str = "•") -> Iterator[Block]:
    if lines:
        indent = INDENT if mark else 0
        yield Block((Line(heading, HEADING), *(Line(x, BODY, mark, indent) for x in lines)), 3.2)
