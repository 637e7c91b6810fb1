"""The lines under a `###` heading -> `Question`: options, their kind, the reason."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from markdown_it.token import Token

from cards.finding import Report
from cards.model import Kind, Option, Question, Text

Words = Callable[[str], Text]
_TASK = re.compile(r"\[([\sxX])\]\s+(.*)", re.DOTALL)


@dataclass
class _Parts:
    """What stands under the heading: each option with its line, what is said of single options, the
    lists' kinds, the reason."""

    options: list[tuple[str, int]] = field(default_factory=list)
    own: dict[int, str] = field(default_factory=dict)
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

    kind, options = _options(title, parts, line, text, report)
    if len(report.findings) > before and not report.usable:
        return None
    return Question(id, kind, Text(title.strip(), context), options, text(parts.reason), line)


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
            place = len(parts.options) - 1
            parts.own[place] = " ".join(f"{parts.own.get(place, '')} {token.content}".split())
        elif token.type == "inline" and quotes:
            parts.reason = " ".join(f"{parts.reason} {token.content}".split())
        elif token.type == "inline" and lists and fresh:
            parts.options.append((" ".join(token.content.split()), line))
            fresh = False
        elif token.type == "inline":
            report.broken(
                line, "text beside the options: put it on a card, or begin the line with - or >"
            )
    return parts


def _options(
    title: str, parts: _Parts, line: int, text: Words, report: Report
) -> tuple[Kind, tuple[Option, ...]]:
    tasks = [_TASK.fullmatch(option) for option, _ in parts.options]
    if parts.own and not all(tasks):
        report.broken(line, "only an option with `- [ ]` has a reason of its own behind >")
    if "ordered_list_open" in parts.lists:
        for task, (_, at) in zip(tasks, parts.options, strict=True):
            if task:
                report.broken(
                    at, "`1.` makes an order, where nothing is marked: write `- [ ]` for an option"
                )
        return Kind.ORDER, tuple(Option(text(option)) for option, _ in parts.options)
    if not any(tasks):
        return Kind.MATCH, tuple(_pair(option, at, text, report) for option, at in parts.options)
    for task, (_, at) in zip(tasks, parts.options, strict=True):
        if not task:
            report.broken(at, "each option begins with `- [ ]` or `- [x]`")
    options = tuple(
        _option(task[2], not task[1].isspace(), parts.own.get(place), text)
        for place, task in enumerate(tasks)
        if task
    )
    right = sum(option.right for option in options)
    if right == 0:
        report.broken(line, "no option is right: mark one with [x]")
    kind = _kind(title, options, right)
    if kind in (Kind.FILL_IN, Kind.TRUE_FALSE) and right > 1:
        report.broken(line, "only one option can be right here")
    if kind is Kind.FILL_IN and title.count("___") > 1:
        report.odd(line, "more than one gap `___`: a question has one")
    if kind is not Kind.FILL_IN and any(option.also for option in options):
        report.odd(
            line, "` | ` is for the words of a gap `___`: what stands behind it is not shown"
        )
    return kind, options


def _kind(title: str, options: tuple[Option, ...], right: int) -> Kind:
    if "___" in title:
        return Kind.FILL_IN
    if [option.text.source for option in options] == ["True", "False"]:
        return Kind.TRUE_FALSE
    return Kind.SEVERAL if right > 1 else Kind.CHOICE


def _option(words: str, right: bool, reason: str | None, text: Words) -> Option:
    shown, *also = words.split(" | ")
    return Option(
        text(shown), right, also=tuple(map(text, also)), reason=text(reason) if reason else None
    )


def _pair(words: str, line: int, text: Words, report: Report) -> Option:
    left, *right = words.split(" = ")
    if len(right) != 1:
        report.broken(
            line,
            "write options as `- [ ] text`, pairs as `- word = meaning`, an order as `1. first`",
        )
    return Option(text(left), pair=text(right[0]) if right else None)
