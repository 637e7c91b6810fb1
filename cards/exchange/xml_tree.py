"""XML -> a tree whose nodes know their line. A document type and entities of one's own are
refused, so that nothing is fetched and nothing grows (CWE-776, CWE-611)."""

from dataclasses import dataclass, field
from xml.parsers import expat

DEPTH = 40
"""Files of Moodle have less than ten elements in each other."""


class Unreadable(ValueError):
    """A sentence for the author, and the `line` it is about."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Node:
    name: str
    attributes: dict[str, str]
    line: int
    children: list["Node"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def all(self, name: str) -> list["Node"]:
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Node | None":
        return next(iter(self.all(name)), None)

    def said(self, name: str) -> str:
        """The words of a child, or of the `<text>` in it; empty where it is not there."""
        child = self.first(name)
        if child is None:
            return ""
        return (child.first("text") or child).text.strip()


def read_tree(data: bytes) -> Node:
    """The outermost element. Raises `Unreadable`."""
    root = Node("", {}, 1)
    open_ = [root]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(name: str, attributes: dict[str, str]) -> None:
        if len(open_) > DEPTH:
            raise Unreadable("too many elements in each other", parser.CurrentLineNumber)
        node = Node(name, attributes, parser.CurrentLineNumber)
        open_[-1].children.append(node)
        open_.append(node)

    def refuse(*_declared: object) -> None:
        message = "a document type (<!DOCTYPE …>) is not read: Moodle writes none"
        raise Unreadable(message, parser.CurrentLineNumber)

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _name: open_.pop()
    parser.CharacterDataHandler = lambda words: open_[-1].words.append(words)
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable(f"this is no XML: {expat.ErrorString(error.code)}", error.lineno) from None
    return root.children[0]
