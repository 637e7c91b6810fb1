"""The lines under a `###` heading -> `Question`: options, their kind, the reason."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown_it.token import Token

from cards.finding import Report
from cards.kinds import KINDS
from cards.kinds.base import Line, Written
from cards.question import Question
from cards.text import Text

_BOX = re.compile(r"\[([\sxX])\]\s+(.*)", re.DOTALL)


@dataclass
class _Option:
    text: str
    line: int
    reason: str = ""


@dataclass
class _Parts:
    """What stands under the heading: the options, the lists' kinds, the reason of all."""

    options: list[_Option] = field(default_factory=list)
    lists: set[str] = field(default_factory=set)
    reason: str = ""


def question(
    id: str, title: str, tokens: Iterable[Token], line: int, context: str, report: Report
) -> Question | None:
    """The question, or None where it is broken. Everything that is wrong is reported."""
    before = len(report.findings)
    parts = _parts(tokens, report)
    if not parts.reason:
        report.broken(line, "the reason is missing: write a line that begins with >")
    if not 2 <= len(parts.options) <= 4:
        report.broken(line, f"a question has 2 to 4 options, this one has {len(parts.options)}")
    if len(parts.lists) > 1:
        report.broken(line, "a question has one kind of list: options with -, or an order with 1.")

    def text(source: str) -> Text:
        return Text(source.strip(), context)

    written = Written(
        title, line, tuple(map(_line, parts.options)), "ordered_list_open" in parts.lists, text
    )
    kind = next(kind for kind in KINDS if kind.fits(written))
    for fault in kind.faults(written):
        (report.broken if fault.breaks else report.odd)(fault.number, fault.message)
    if len(report.findings) > before and not report.usable:
        return None
    options = kind.options(written)
    return Question(id, kind, text(kind.title(written)), options, text(parts.reason), line)


def _parts(tokens: Iterable[Token], report: Report) -> _Parts:
    parts = _Parts()
    quotes = lists = 0
    fresh = False
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.type.startswith("blockquote"):
            quotes += token.nesting
            if token.nesting == 1 and (quotes > 1 or lists > 1):
                report.broken(line, "`>` begins its line: the reason stands under the options")
        elif token.type.endswith("_list_open") or token.type.endswith("_list_close"):
            lists += token.nesting
            if token.nesting == 1 and quotes:
                report.broken(line, "`>` is followed by plain words, not by a list")
            elif token.nesting == 1 and lists > 1:
                report.broken(
                    line, "a list inside an option: begin each option at the start of its line"
                )
            elif token.nesting == 1:
                parts.lists.add(token.type)
        elif token.type == "list_item_open":
            fresh = True
        elif token.type == "inline" and quotes and lists:
            option = parts.options[-1]
            option.reason = " ".join(f"{option.reason} {token.content}".split())
        elif token.type == "inline" and quotes:
            parts.reason = " ".join(f"{parts.reason} {token.content}".split())
        elif token.type == "inline" and lists and fresh:
            parts.options.append(_Option(" ".join(token.content.split()), line))
            fresh = False
        elif token.type == "inline":
            report.broken(
                line, "text beside the options: put it on a card, or begin the line with - or >"
            )
    return parts


def _line(part: _Option) -> Line:
    box = _BOX.fullmatch(part.text)
    if box is None:
        return Line(part.text, part.line, reason=part.reason)
    return Line(box[2], part.line, not box[1].isspace(), part.reason)
