"""The sections under a .scene heading -> Story."""

import re
from collections.abc import Sequence

from cards.finding import Report
from cards.listing import Entry, listing
from cards.scenes import Scene, Story, Way, faults
from cards.sections import Section
from cards.text import Text

WAYS = range(2, 4)


LABEL = 40


_METER = re.compile(r"meter:\s*(?P<name>\S.*?)\s+(?P<start>\d{1,3})")


_WAY = re.compile(r"(?P<label>\S.*?)\s*->\s*#(?P<to>[\w-]+)(?:\s+(?P<points>[+-]\d{1,2}))?")


def story(
    head: Section, id: str, parts: Sequence[tuple[str, Section]], context: str, report: Report
) -> Story | None:
    """The story under a `.scene` heading; `parts` are its `##` sections with their ids. None where
    it cannot be read; what is wrong is reported."""
    above = listing(head, report).before
    meters = [(_METER.fullmatch(text), line) for text, line in above if text.startswith("meter:")]
    aims = [text for text, _line in above if not text.startswith("meter:")]
    for meter, line in meters:
        if meter is None or int(meter["start"]) > 100:
            report.broken(line, "write the meter as `meter: Trust 50`, with 0 to 100")
    if len(meters) > 1 or len(aims) > 1:
        report.broken(head.line, "a story has one line of aim and at most one meter")
    scenes = tuple(_scene(section, id, context, report) for id, section in parts)
    meter = meters[0][0] if meters else None
    told = Story(
        id,
        Text(head.title, context),
        Text(aims[0], context) if aims else None,
        Text(meter["name"], context) if meter else None,
        int(meter["start"]) if meter else 0,
        scenes,
        head.line,
    )
    for line, message in faults(told):
        report.broken(line, message)
    return told


def _scene(section: Section, id: str, context: str, report: Report) -> Scene:
    found = listing(section, report)
    if found.after:
        report.broken(found.after[0][1], "the text of a scene stands in front of its choices")
    if not found.before:
        report.broken(section.line, "this scene has no text")
    ways = tuple(way for entry in found.entries if (way := _way(entry, context, report)))
    if "ending" in section.marks and found.entries:
        report.broken(section.line, "an ending has no choices")
    elif "ending" not in section.marks and len(found.entries) not in WAYS:
        report.broken(
            section.line, f"a scene has {WAYS[0]} or {WAYS[-1]} choices; an ending says `.ending`"
        )
    body = tuple(Text(text, context) for text, _line in found.before)
    return Scene(id, Text(section.title, context), body, ways, section.line)


def _way(entry: Entry, context: str, report: Report) -> Way | None:
    found = _WAY.fullmatch(entry.text)
    if found is None:
        report.broken(entry.line, "write a choice as `- What you do -> #scene +10`")
        return None
    points = int(found["points"] or 0)
    if len(found["label"]) > LABEL:
        report.odd(entry.line, f"a choice has at most {LABEL} characters")
    if points < 0 and not entry.note:
        report.odd(entry.line, "say behind > what would be better: this choice costs points")
    return Way(
        Text(found["label"], context),
        found["to"],
        points,
        Text(entry.note, context) if entry.note else None,
    )
