"""The sections under a .selftest heading -> SelfTest."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from cards.finding import Report
from cards.listing import listing
from cards.sections import Section
from cards.selftest import Result, SelfTest, Statement
from cards.text import Text

STATEMENTS, RESULTS, SCALE = range(6, 16), range(2, 6), range(2, 6)
LONGEST = 20
"""Minutes."""
_SETTING = re.compile(r"(?:scale|minutes):")
_MINUTES = re.compile(r"minutes:\s*(\d{1,3})\s*")
_STATEMENT = re.compile(r"(?P<words>\S.*?)\s*->\s*#?(?P<result>[\w-]+)")


def selftest(
    head: Section, id: str, parts: Sequence[tuple[str, Section]], context: str, report: Report
) -> SelfTest | None:
    """The test under a `.selftest` heading; `parts` are its `##` sections with their ids. None
    where it cannot be read; what is wrong is reported."""
    found = listing(head, report)
    lines: Mapping[bool, list[str]] = {
        own: [text for text, _line in found.before if bool(_SETTING.match(text)) is own]
        for own in (True, False)
    }
    settings = [text for text in lines[True] if text.startswith("minutes:")]
    lines = {True: [text for text in lines[True] if text not in settings], False: lines[False]}
    minutes = [int(said[1]) for text in settings if (said := _MINUTES.fullmatch(text))]
    if len(minutes) != len(settings) or not all(0 < each <= LONGEST for each in minutes):
        report.broken(head.line, f"write the time as `minutes: 5`, 1 to {LONGEST}")
    words = (word.strip() for text in lines[True] for word in text[6:].split(","))
    scale = [word for word in words if word]
    results = dict(parts)
    statements = []
    for entry in found.entries:
        match = _STATEMENT.fullmatch(entry.text)
        if match is None or match["result"] not in results:
            report.broken(
                entry.line, "write a statement as `- I like plans. -> result`, an id of this test"
            )
            continue
        statements.append(Statement(Text(match["words"], context), match["result"]))
    for what, count, allowed in (
        ("words of the scale (`scale: never, often`)", len(scale), SCALE),
        ("statements", len(found.entries), STATEMENTS),
        ("results", len(results), RESULTS),
    ):
        if count not in allowed:
            report.broken(
                head.line, f"{count} {what}: a self-test has {allowed[0]} to {allowed[-1]}"
            )
    counted = Counter(statement.result for statement in statements)
    if len(set(counted.values())) > 1 or set(counted) != set(results):
        report.broken(head.line, "each result needs as many statements as the others")
    if len(lines[False]) > 1 or found.after:
        report.broken(head.line, "a self-test has one line of aim above its statements")
    if not report.usable:
        return None
    return SelfTest(
        id,
        Text(head.title, context),
        Text(lines[False][0], context) if lines[False] else None,
        tuple(Text(word, context) for word in scale),
        tuple(statements),
        tuple(
            Result(id, Text(section.title, context), _body(section, context, report))
            for id, section in parts
        ),
        head.line,
        minutes[0] if minutes else 0,
    )


def _body(section: Section, context: str, report: Report) -> tuple[Text, ...]:
    found = listing(section, report)
    if found.entries or not found.before:
        report.broken(section.line, "a result is told in paragraphs")
    return tuple(Text(text, context) for text, _line in found.before)
