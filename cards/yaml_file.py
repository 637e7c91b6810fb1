"""YAML as text: every value is what the author wrote, and has its line.

YAML guesses types: `on`, `no`, `2024-02-30`, `1_000` and `~` are no words to it. Here a value is a
text, a list or a mapping, and a number or yes/no only where one is asked for. Aliases, tags and
depth are refused before anything is built.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from cards.finding import Report, brief, did_you_mean
from cards.text import ENGLISH, language_tag

DEPTH = 12
_QUICK: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml, where PyYAML was built with it: eight times as quick at a start. What it refuses is read
again by PyYAML's own, whose words about mistakes name more."""
_YES, _NO = frozenset(("true", "yes", "on")), frozenset(("false", "no", "off"))
_PLAIN = (
    ("mapping values are not allowed", "a `: ` stands inside words: put the words between quotes"),
    ("found character '\\t'", "a tab stands here: use spaces"),
    ("that cannot start any token", "words that begin with this sign stand between quotes"),
    ("could not find expected ':'", "a line must be `name: value`"),
    (
        "expected <block end>",
        "this line does not fit those above: look at its first spaces, quotes and brackets",
    ),
    ("expected ',' or", "a bracket is not closed, or a comma is missing"),
    ("unexpected end of stream", "a quote or a bracket is not closed"),
)
_OPENED = ("expected ',' or", "unexpected end of stream")
"""Mistakes that are noticed long after their place: the line where it was opened is told."""


@dataclass(frozen=True)
class Line:
    """A text and the line it stands on."""

    text: str
    line: int


def read_mapping(text: str, report: Report) -> "Fields | None":
    """The `name: value` lines of a whole file. None, with a finding, when it cannot be read."""
    try:
        try:
            node, refused = _composed(text, _QUICK)
        except yaml.YAMLError:
            node, refused = _composed(text, yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        report.broken(*_sentence(error))
        return None
    except (yaml.YAMLError, ValueError, OverflowError):  # escapes such as "\UFFFFFFFF"
        report.broken(1, "this is not YAML: look at what stands between quotes")
        return None
    if refused is not None:
        report.broken(*refused)
        return None
    if not isinstance(node, MappingNode):
        line = min(_line(node), text.count("\n") + 1) if node else 1  # behind a last `---` is none
        report.broken(line, "expected lines of `name: value`")
        return None
    _cut_off(text, node, report)
    return Fields(node, report)


def _composed(text: str, loader: type) -> tuple[Node | None, tuple[int, str] | None]:
    """What was written, or the line of what is refused and the sentence about it."""
    if (refused := _refused(text, loader)) is not None:
        return None, refused
    return yaml.compose(text, Loader=loader), None


def _cut_off(text: str, root: Node, report: Report) -> None:
    """`We are #1` ends before the sign: a comment, to YAML. One that is meant has a space behind
    the sign."""
    lines, waiting = text.split("\n"), [root]
    for node in waiting:
        if isinstance(node, SequenceNode):
            waiting += node.value
        elif isinstance(node, MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif (
            isinstance(node, ScalarNode)
            and not node.style
            and (
                found := re.match(
                    r"\s+(#[^\s#]\S*)", lines[node.end_mark.line][node.end_mark.column :]
                )
            )
        ):
            report.odd(
                node.end_mark.line + 1,
                f"`{brief(found[1], 20)}` is not read: put words with ` #` in them between quotes",
            )


def _refused(text: str, loader: type) -> tuple[int, str] | None:
    """The line of what no author needs and what would cost memory or mean something else, and the
    sentence about it."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(
            event, yaml.CollectionEndEvent
        )
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > DEPTH:
            return line, f"more than {DEPTH} brackets or lists inside each other"
        if documents > 1:
            return line, "a second `---` stands here: a file has one part"
        if getattr(event, "anchor", None):
            return (
                line,
                "words that begin with * or & stand between quotes (anchors and aliases are not "
                "read)",
            )
        if getattr(event, "tag", None):
            return line, "words that begin with ! stand between quotes (tags are not read)"
    return None


def _sentence(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    problem = error.problem or error.context or ""
    mark = error.problem_mark
    if error.context_mark and any(opened in problem for opened in _OPENED):
        mark = error.context_mark
    plain = next((sentence for fragment, sentence in _PLAIN if fragment in problem), problem)
    return (mark.line if mark else 0) + 1, f"this is not YAML: {plain}"


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


class Fields:
    """The `name: value` lines of one mapping, each asked for by the type it has to have; what is
    not so is reported.

    `usable` tells if all that was needed was there.
    """

    def __init__(self, node: MappingNode, report: Report) -> None:
        self.report, self.line, self.usable = report, _line(node), True
        self.nodes: dict[str, Node] = {}
        self.lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                report.odd(
                    _line(key), "a name is one word: put what stands before the `:` between quotes"
                )
                continue
            name = " ".join(key.value.split())
            if name in self.nodes:
                report.odd(
                    _line(key),
                    f"`{brief(name)}:` stands twice, on line {self.lines[name]} and on line "
                    f"{_line(key)}",
                )
            self.nodes[name], self.lines[name] = value, _line(key)

    def wrong(self, key: str, message: str, needed: bool = False) -> None:
        self.report.odd(self.lines.get(key, self.line), message)
        self.usable = self.usable and not needed

    def only(self, known: Collection[str]) -> None:
        """Names that are not known are reported."""
        for key in self.nodes:
            if key not in known:
                self.wrong(key, f"`{brief(key)}:` is not known here{did_you_mean(key, known)}")

    def has(self, key: str) -> bool:
        """Whether something is written behind the name."""
        node = self.nodes.get(key)
        return node is not None and not (isinstance(node, ScalarNode) and not node.value.strip())

    def text(self, key: str, needed: bool = False) -> str:
        """Words, in one line; empty when there are none."""
        if not self.has(key):
            if needed:
                self.wrong(
                    key, f"`{brief(key)}:` is {'empty' if key in self.nodes else 'missing'}", needed
                )
            return ""
        node = self.nodes[key]
        if isinstance(node, ScalarNode):
            return _words(node)
        self.wrong(
            key,
            f"`{brief(key)}:` must be words; put words that begin with [ or {{ between quotes",
            needed,
        )
        return ""

    def number(self, key: str) -> int | None:
        text = self.text(key)
        if text and not re.fullmatch(r"[0-9]{1,6}", text):
            self.wrong(key, f"`{key}:` must be a whole number, not `{brief(text)}`", needed=True)
            return None
        return int(text) if text else None

    def flag(self, key: str, doubtful: bool = False) -> bool:
        """True or false; `doubtful` where something else is written."""
        if not self.has(key):
            return False
        node = self.nodes[key]
        text = node.value.strip().lower() if isinstance(node, ScalarNode) else ""
        if text in _YES | _NO:
            return text in _YES
        self.wrong(key, f"`{key}:` must be true or false")
        return doubtful

    def language(self, key: str) -> str:
        """The code of a language (BCP 47); English where none is written. Whoever is not told the
        right one would read the words in the wrong direction."""
        given = self.text(key) or ENGLISH
        if not (tag := language_tag(given)):
            said = f"`{key}: {brief(given)}` names no language: use a code like ar"
            self.wrong(key, said, needed=True)
        return tag or ENGLISH

    def day(self, key: str) -> date | None:
        """`modified: 2026-11-27`."""
        given = self.text(key)
        try:
            return date.fromisoformat(given) if given else None
        except ValueError:
            self.wrong(key, f"`{key}: {brief(given)}` is no day: write it as 2026-11-27")
            return None

    def items(self, key: str) -> list[Node] | None:
        """The parts of a list; empty when nothing is written, None when it is no list."""
        if not self.has(key):
            return []
        node = self.nodes[key]
        if isinstance(node, SequenceNode):
            return list(node.value)
        self.wrong(
            key, f"`{key}:` must be a list: write [a, b], or a line that begins with - for each"
        )
        return None

    def texts(self, key: str) -> list[Line] | None:
        """A list of words; None when it is no list. What is no words is left out."""
        nodes = self.items(key)
        if nodes is None:
            return None
        found = []
        for node in nodes:
            if isinstance(node, ScalarNode) and (words := _words(node)):
                found.append(Line(words, _line(node)))
            else:
                self.usable = False
                self.report.odd(
                    _line(node),
                    f"`{key}:` is a list of words: put words with a `: ` in them between quotes",
                )
        return found

    def mappings(self, key: str) -> Iterator["Fields"]:
        """A list of entries with names. What is no such entry is left out."""
        for node in self.items(key) or ():
            if isinstance(node, MappingNode):
                yield Fields(node, self.report)
            else:
                self.usable = False
                self.report.odd(_line(node), f"`{key}:` has entries with lines of `name: value`")

    def mapping(self, key: str) -> "Fields | None":
        """Lines of `name: value` behind a name; None when there are none."""
        if not self.has(key):
            return None
        node = self.nodes[key]
        if isinstance(node, MappingNode):
            return Fields(node, self.report)
        self.wrong(key, f"`{key}:` must be lines of `name: value`", needed=True)
        return None


def _words(node: ScalarNode) -> str:
    return " ".join(line.strip() for line in str(node.value).split("\n") if line.strip())
