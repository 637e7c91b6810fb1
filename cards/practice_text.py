"""The lines under a .practice heading -> Practice."""

import re

from cards.finding import Report
from cards.listing import listing
from cards.practice import Practice
from cards.sections import Section
from cards.text import Text

STEPS = range(3, 8)


MINUTES = range(10, 91)


_MINUTES = re.compile(r"(\d{1,3}) minutes?\.?")


def practice(section: Section, id: str, context: str, report: Report) -> Practice | None:
    """The task, or None where it cannot be read; what is wrong is reported."""
    found = listing(section, report)
    stated = _MINUTES.fullmatch(found.before[0][0]) if found.before else None
    if not stated or len(found.before) != 1:
        report.broken(section.line, "a practical task begins with one line such as `40 minutes`")
    if not found.ordered or len(found.entries) not in STEPS:
        report.broken(
            section.line, f"a practical task has {STEPS[0]} to {STEPS[-1]} steps: 1., 2., 3."
        )
    if len(found.after) != 1:
        report.broken(section.line, "a practical task ends with one line: what remains of it")
    if not stated or not found.after:
        return None
    if int(stated[1]) not in MINUTES:
        report.odd(section.line, f"{MINUTES[0]} to {MINUTES[-1]} minutes are a practical task")
    return Practice(
        id,
        Text(section.title, context),
        int(stated[1]),
        tuple(Text(entry.text, context) for entry in found.entries),
        Text(found.after[0][0], context),
        section.line,
    )
