"""A CV as plain text: to paste into a form, and to be read by a screen reader."""

import textwrap
from collections.abc import Iterable, Sequence

from certificates.labels import RLM, Labels
from certificates.prints.cv import CvFacts, Entry

WIDTH = 80


def cv_text(facts: CvFacts) -> str:
    """The same as on the page, in its order; lines of at most 80 characters. In a right-to-left
    language each line begins with U+200F."""
    labels = Labels(facts.language)
    paragraphs = ("\n".join(_wrapped(lines)) for lines in _paragraphs(facts, labels))
    text = "\n\n".join(filter(None, paragraphs))
    return "\n".join(RLM + line if labels.rtl and line else line for line in text.split("\n"))


def _wrapped(lines: Sequence[str]) -> Iterable[str]:
    for line in filter(None, lines):
        yield from textwrap.wrap(line, WIDTH - 1, break_long_words=False, break_on_hyphens=False)


def _paragraphs(facts: CvFacts, labels: Labels) -> Iterable[Sequence[str]]:
    heads = facts.headings
    yield facts.name, facts.also, facts.wanted
    yield labels.joined(facts.contact), facts.line
    if facts.layout == "skills" and facts.skills:
        yield heads.skills, *_points(facts.skills)
    jobs = [_job(job, facts.layout == "work") for job in facts.jobs]
    if jobs:
        yield heads.work, *jobs[0]
        yield from jobs[1:]
    if facts.home and facts.layout == "work":
        yield heads.home, *_points(facts.home)
    for heading, lines in (
        (heads.school, facts.school),
        (heads.courses, [part for course in facts.courses for part in (course.text, course.url)]),
        (heads.languages, facts.tongues),
        (heads.licences, facts.licences),
        (heads.when, (facts.when,) if facts.when else ()),
    ):
        if lines:
            yield heading, *lines


def _job(entry: Entry, points: bool) -> Sequence[str]:
    return entry.title, entry.note, *(_points(entry.points) if points else ())


def _points(points: Iterable[str]) -> Sequence[str]:
    return [f"- {point}" for point in points]
