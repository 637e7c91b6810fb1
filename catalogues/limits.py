"""How long a text of the interface may be, found where it is used. Translators read it beside the
text, the linter holds it.

The values that are filled in do not count. Texts of decks have theirs in `cards.limits`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

BUTTON = 24
"""A row of WhatsApp's list of options; for buttons whose source fits there."""
OPTION = 60
"""Any other button: it is read in the text beside its number (product.md, Numbers)."""
TITLE = 60
"""The head of a message with buttons on WhatsApp."""
TOAST = 200
"""Telegram's answer to a tap."""
COMMAND = 256
"""Telegram's description of a command."""
_KEYWORDS = {"title": TITLE, "toast": TOAST, "menu": COMMAND, "home": BUTTON}
_NAME = re.compile(r"\{[a-z_][a-z0-9_]*\}")
_COMMENT = re.compile(r"max-length:(\d+)")


def length(text: str) -> int:
    return len(_NAME.sub("", text))


def comment(limit: int) -> str:
    return f"max-length:{limit}"


def limit_in(comments: list[str]) -> int | None:
    """The limit that the comments of a text tell."""
    return next((int(found[1]) for each in comments if (found := _COMMENT.fullmatch(each))), None)


def in_source(folder: Path) -> dict[str, int]:
    """The limit of each text that is marked in the folder's Python files and has one; where it has
    several uses, the narrowest."""
    trees = {
        path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))
    }
    constants = {path: dict(_constants(tree)) for path, tree in trees.items()}
    limits: dict[str, int] = {}
    for path, tree in trees.items():
        known = dict(constants[path])
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                there = constants.get(
                    folder.parent / Path(*node.module.split(".")).with_suffix(".py"), {}
                )
                known |= {
                    alias.asname or alias.name: there[alias.name]
                    for alias in node.names
                    if alias.name in there
                }
        for source, limit in _uses(tree, known):
            limits[source] = min(limit, limits.get(source, limit))
    return limits


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """`MENU = _("☰ Menu")`"""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _uses(tree: ast.Module, known: dict[str, ast.expr]) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call | ast.ClassDef):
            continue
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("Button", "Link")
            and node.args
        ):
            yield from (
                (text, BUTTON if length(text) <= BUTTON else OPTION)
                for text in _texts(node.args[0], known)
            )
        for given in node.keywords:
            if limit := _KEYWORDS.get(given.arg or ""):
                yield from ((text, limit) for text in _texts(given.value, known))


def _texts(node: ast.expr, known: dict[str, ast.expr]) -> Iterator[str]:
    """What `_("…")`, `_("…").of(…)`, `a if b else c` or the name of a constant says."""
    match node:
        case ast.Call(func=ast.Name(id="_" | "ngettext"), args=[ast.Constant(value=str(text)), *_]):
            yield text
        case ast.Call(func=ast.Attribute(value=inner, attr="of")):
            yield from _texts(inner, known)
        case ast.IfExp(body=yes, orelse=no):
            yield from (*_texts(yes, known), *_texts(no, known))
        case ast.Name(id=name) if name in known:
            yield from _texts(known[name], {})
