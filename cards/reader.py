"""Markdown and YAML -> model. What an author wrote wrongly is named with file and line.

A deck is read in two steps: markdown-it gives a flat list of tokens with line numbers; `_sections` cuts it at the headings,
and each section becomes a deck (`#`), a card (`##`) or a question (`###`). See docs/writing-a-deck.md.
"""

import hashlib
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from cards.model import (
    Annex,
    Card,
    Category,
    Competence,
    Deck,
    Item,
    Kind,
    Level,
    Module,
    Option,
    Organisation,
    Pathway,
    Programme,
    Question,
    Role,
    Section,
    Signatory,
    Text,
    Word,
)

log = logging.getLogger(__name__)
SHIPPED = Path(__file__).parent
PROGRAMME = "programme"
"""The context of the texts in programme.yaml."""

_markdown = MarkdownIt("commonmark").use(front_matter_plugin)
_ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*$")
_TASK = re.compile(r"\[([ xX])\]\s+(.*)", re.DOTALL)
_SIGNATORY = ("organisation", "name", "role", "image")


class DeckError(ValueError):
    """Something in a deck or in programme.yaml cannot be read. Its text is `file:line: what to do`."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message


def slug(text: str) -> str:
    """A stable id out of a heading: lower-case words joined with hyphens, at most 30 characters, so that a module and a deck
    fit into the 64 bytes of a button."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[^\W_]+", "".join(c for c in folded if not unicodedata.combining(c)))
    return "-".join(words)[:30].strip("-") or "x"


@dataclass
class _Section:
    """A heading and the tokens under it."""

    level: int
    title: str
    id: str | None
    role: Role
    required: bool
    line: int
    tokens: list[Token]


def read_module(path: Path, root: Path | None = None) -> Module:
    """The module in one Markdown file. Raises `DeckError`; `OSError` when the file cannot be read."""
    shown = str(path.relative_to(root)) if root else path.name
    try:
        tokens = _markdown.parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise DeckError(shown, 1, "this file is not UTF-8: save it again as UTF-8") from error
    if not tokens or tokens[0].type != "front_matter":
        raise DeckError(shown, 1, "the head is missing: begin the file with --- and the title")
    head = _yaml(tokens[0].content, shown)
    context = path.stem
    sections = list(_sections(tokens[1:], shown))

    def words(key: str) -> tuple[Text, ...]:
        return tuple(Text(str(word), context) for word in _list(head, key, shown))

    def required(key: str) -> str:
        if not isinstance(head.get(key), str) or not head[key].strip():
            raise DeckError(shown, 1, f"the head needs `{key}:`")
        return str(head[key]).strip()

    def whole(key: str) -> int | None:
        value = head.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            raise DeckError(shown, 1, f"`{key}:` must be a whole number")
        return value

    try:
        level = Level(head.get("level", "beginner"))
    except ValueError as error:
        raise DeckError(shown, 1, f"`level:` must be one of {', '.join(Level)}") from error
    glossary = head.get("glossary") or {}
    if not isinstance(glossary, dict):
        raise DeckError(shown, 1, "`glossary:` must be lines of `word: meaning`")
    return Module(
        id=context,
        title=Text(required("title"), context),
        short=Text(str(head.get("short") or required("title")), context),
        description=Text(required("description"), context),
        level=level,
        hours=whole("hours") or 0,
        decks=tuple(_decks(sections, context, shown)),
        objectives=words("objectives"),
        outcomes=words("outcomes"),
        competences=tuple(str(c) for c in _list(head, "competences", shown)),
        glossary=tuple(Word(Text(str(k), context), Text(str(v), context)) for k, v in glossary.items()),
        trainer=head.get("trainer"),
        trainers=tuple(str(name) for name in _list(head, "trainers", shown)),
        pass_mark=whole("pass_mark"),
        eqf_level=whole("eqf_level"),
        sensitive=bool(head.get("sensitive", False)),
        path=shown,
    )


def _yaml(content: str, shown: str) -> dict[str, Any]:
    try:
        data = yaml.safe_load(content)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 2
        raise DeckError(shown, line, f"this is not YAML: {error.problem}") from error
    if not isinstance(data, dict):
        raise DeckError(shown, 1, "expected lines of `name: value`")
    return data


def _list(data: Mapping[str, Any], key: str, shown: str) -> list[Any]:
    value = data.get(key) or []
    if not isinstance(value, list):
        raise DeckError(shown, 1, f"`{key}:` must be a list")
    return value


def _sections(tokens: Iterable[Token], shown: str) -> Iterator[_Section]:
    section: _Section | None = None
    stream = iter(tokens)
    for token in stream:
        if token.type != "heading_open":
            if section is None:
                raise DeckError(shown, _line(token), "text before the first `# Deck`")
            section.tokens.append(token)
            continue
        if section:
            yield section
        inline, _close = next(stream), next(stream)
        level = int(token.tag[1])
        if level > 3:
            raise DeckError(shown, _line(token), "use # for a deck, ## for a card and ### for a question")
        title, attributes = _ATTRIBUTES.sub("", inline.content), _ATTRIBUTES.search(inline.content)
        id, role, must = None, Role.IDEA, False
        for word in attributes[1].split() if attributes else ():
            if word.startswith("#"):
                id = word[1:]
            elif word in (".memo", ".task"):
                role = Role(word[1:])
            elif word == ".required" and level == 3:
                must = True
            else:
                raise DeckError(
                    shown, _line(token), f"`{word}` is not known here: use #id, for a card .memo or .task, for a question .required"
                )
        section = _Section(level, title, id, role, must, _line(token), [])
    if section:
        yield section


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _decks(sections: Iterable[_Section], context: str, shown: str) -> Iterator[Deck]:
    deck: Deck | None = None
    items: list[Item] = []
    ids: set[str] = set()

    def unique(section: _Section, used: Iterable[str]) -> str:
        id = section.id or slug(section.title)
        if id in used:
            raise DeckError(shown, section.line, f"two headings have the id `{id}`: write {{#another-id}} behind one")
        return id

    def finished(deck: Deck) -> Deck:
        return replace(deck, items=tuple(items), version=_version(items))

    for section in sections:
        if section.level == 1:
            if deck:
                yield finished(deck)
            aim = _paragraphs(section, shown)
            if len(aim) > 1:
                raise DeckError(shown, section.line, "a deck has one line of aim; further text belongs on a card (##)")
            id = unique(section, ids)
            ids.add(id)
            items = []
            deck = Deck(id, Text(section.title, context), Text(aim[0], context) if aim else None, (), "", section.line)
        elif deck is None:
            raise DeckError(shown, section.line, "a card or question before the first `# Deck`")
        elif section.level == 2:
            id = unique(section, (item.id for item in items))
            body = tuple(Text(paragraph, context) for paragraph in _paragraphs(section, shown))
            items.append(Card(id, Text(section.title, context), body, section.role, section.line))
        else:
            items.append(_question(section, unique(section, (item.id for item in items)), context, shown))
    if deck is None:
        raise DeckError(shown, 1, "no deck: write `# Title of the deck` under the head")
    yield finished(deck)


def _paragraphs(section: _Section, shown: str) -> list[str]:
    """Each paragraph and each list item as one text; an item keeps its bullet."""
    out, bullet = [], ""
    for token in section.tokens:
        if token.type == "list_item_open":
            bullet = "• "
        elif token.type == "inline":
            out.append(bullet + " ".join(token.content.split()))
            bullet = ""
        elif token.type not in (
            *("paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close", "list_item_close"),
        ):
            raise DeckError(shown, _line(token), "only paragraphs and lists with - may stand here")
    return out


def _question(section: _Section, id: str, context: str, shown: str) -> Question:
    lines, reason, ordered = [], "", False
    quote = False
    for token in section.tokens:
        quote = token.type == "blockquote_open" or (quote and token.type != "blockquote_close")
        ordered = ordered or token.type == "ordered_list_open"
        if token.type == "inline" and quote:
            reason = " ".join(f"{reason} {token.content}".split())
        elif token.type == "inline":
            lines.append((" ".join(token.content.split()), _line(token)))

    def error(message: str) -> DeckError:
        return DeckError(shown, section.line, message)

    def text(source: str) -> Text:
        return Text(source.strip(), context)

    def option(words: str, right: bool) -> Option:
        shown_word, *also = words.split(" | ")
        return Option(text(shown_word), right, also=tuple(map(text, also)))

    if not reason:
        raise error("the reason is missing: write a line that begins with >")
    tasks = [_TASK.fullmatch(line) for line, _ in lines]
    if not 2 <= len(lines) <= 4:
        raise error("a question has 2 to 4 options")
    if ordered:
        kind, options = Kind.ORDER, tuple(Option(text(line)) for line, _ in lines)
    elif not any(tasks):
        pairs = [line.split(" = ") for line, _ in lines]
        if any(len(pair) != 2 for pair in pairs):
            raise error("write options as `- [ ] text`, pairs as `- word = meaning`, an order as `1. first`")
        kind, options = Kind.MATCH, tuple(Option(text(left), pair=text(right)) for left, right in pairs)
    else:
        if not all(tasks):
            raise error("each option begins with `- [ ]` or `- [x]`")
        options = tuple(option(task[2], task[1] != " ") for task in tasks if task)
        right = sum(option.right for option in options)
        if right == 0:
            raise error("no option is right: mark one with [x]")
        if "___" in section.title:
            kind = Kind.FILL_IN
        elif [option.text.source for option in options] == ["True", "False"]:
            kind = Kind.TRUE_FALSE
        else:
            kind = Kind.SEVERAL if right > 1 else Kind.CHOICE
        if kind in (Kind.FILL_IN, Kind.TRUE_FALSE) and right > 1:
            raise error("only one option can be right here")
    return Question(id, kind, text(section.title), options, text(reason), section.line, section.required)


def _version(items: Iterable[Item]) -> str:
    """Changes when a learner in the middle of the deck would notice: other items, other options, another right answer."""
    shape = [(i.id, *((i.kind, len(i.options), i.right) if isinstance(i, Question) else ())) for i in items]
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Reading:
    """A programme and what was wrong with it. Broken modules are left out of the programme, never the service out of work."""

    programme: Programme
    errors: tuple[DeckError, ...]


def read_programme(root: Path = SHIPPED, pass_mark: int = 50) -> Reading:
    """The programme in a folder: `programme.yaml`, `help.md` and `<category>/<module>.md`.

    A module that cannot be read is left out and named in `errors`. Raises `DeckError` when programme.yaml or help.md cannot
    be read: without them there is no programme.
    """
    shown = "programme.yaml"
    try:
        head = _yaml((root / shown).read_text(encoding="utf-8"), shown)
        help_module = read_module(root / "help.md", root)
    except FileNotFoundError as error:
        raise DeckError(Path(str(error.filename)).name, 1, "this file is missing in the folder of the decks") from error
    errors: list[DeckError] = []
    modules: dict[str, Module] = {}

    def text(entry: Mapping[str, Any], key: str) -> Text:
        return Text(str(entry.get(key) or ""), PROGRAMME)

    def entries(key: str) -> list[dict[str, Any]]:
        return [entry for entry in _list(head, key, shown) if isinstance(entry, dict)]

    categories = []
    for entry in entries("categories"):
        for module_id in entry.get("modules") or ():
            path = root / str(entry["id"]) / f"{module_id}.md"
            try:
                if module_id in modules or module_id == help_module.id:
                    raise DeckError(shown, 1, f"the module `{module_id}` is listed twice")
                module = read_module(path, root)
                modules[module.id] = replace(module, sensitive=module.sensitive or bool(entry.get("sensitive")))
            except FileNotFoundError:
                errors.append(DeckError(shown, 1, f"the module `{module_id}` has no file {entry['id']}/{module_id}.md"))
            except DeckError as error:
                errors.append(error)
        categories.append(
            Category(
                id=str(entry["id"]),
                title=text(entry, "title"),
                description=text(entry, "description"),
                icon=str(entry.get("icon", "▫️")),
                colour=str(entry.get("colour", "#444444")),
                modules=tuple(m for m in entry.get("modules") or () if m in modules),
                sensitive=bool(entry.get("sensitive")),
                whole=all(m in modules for m in entry.get("modules") or ()),
            )
        )
    programme = Programme(
        id=str(head.get("id", "programme")),
        title=text(head, "title"),
        reference=str(head.get("reference", "")),
        platform=str(head.get("platform", "")),
        categories=tuple(categories),
        pathways=tuple(
            Pathway(
                str(entry["id"]),
                text(entry, "title"),
                text(entry, "description"),
                tuple(m for m in entry.get("modules") or () if m in modules),
                all(m in modules for m in entry.get("modules") or ()),
            )
            for entry in entries("pathways")
        ),
        modules=modules,
        help=help_module,
        organisations=tuple(
            Organisation(slug(str(e["name"])), str(e["name"]), text(e, "country"), str(e.get("website", "")), text(e, "about"))
            for e in entries("organisations")
        ),
        signatories=tuple(Signatory(*(str(e.get(key) or "") for key in _SIGNATORY)) for e in entries("signatories")),
        competences=tuple(
            Competence(
                str(e["id"]),
                text(e, "title"),
                text(e, "description"),
                (str(e["esco"]["title"]), str(e["esco"]["uri"])) if e.get("esco") else None,
            )
            for e in entries("competences")
        ),
        annex=_annex(head, shown),
        pass_mark=pass_mark,
    )
    for problem in errors:
        log.error("left out: %s", problem)
    return Reading(programme, tuple(errors))


def _annex(head: Mapping[str, Any], shown: str) -> Annex | None:
    given = head.get("annex")
    if not given:
        return None
    if not isinstance(given, dict):
        raise DeckError(shown, 1, "`annex` has a title, sections and a contact")

    def text(value: object) -> Text:
        return Text(" ".join(str(value or "").split()), PROGRAMME)

    sections = (entry for entry in _list(given, "sections", shown) if isinstance(entry, dict))
    return Annex(
        text(given.get("title")),
        tuple(Section(text(s.get("title")), tuple(map(text, _list(s, "text", shown)))) for s in sections),
        text(given.get("contact")),
    )
