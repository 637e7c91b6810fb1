"""One module: Markdown with a head -> `Module`. Every mistake is named with its line; see
docs/writing-a-deck.md.

The file is read in two steps: markdown-it gives a flat list of tokens with line numbers;
`_sections` cuts it at the headings, and each section becomes a deck (`#`), a card (`##`) or a
question (`###`). Block rules that authors meet only by accident (code by indentation, underlined
headings, HTML, link definitions) are off: what was written stays a paragraph, and its signs are
named.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cards import ids
from cards.finding import DeckError, Finding, Report, brief, did_you_mean
from cards.markup import foreign
from cards.model import Card, Deck, Item, Level, Module, Question, Role, Text, Word
from cards.question_text import question
from cards.text_file import read_text
from cards.yaml_file import Fields, read_mapping

HEAD = (
    *(
        "title",
        "short",
        "description",
        "level",
        "hours",
        "objectives",
        "outcomes",
        "competences",
        "glossary",
    ),
    *("trainer", "trainers", "pass_mark", "eqf_level", "sensitive"),
)
QUESTION_MARKS = (".required", ".sister", ".pinned")
_markdown = MarkdownIt("commonmark").disable(
    ["code", "fence", "html_block", "lheading", "reference", "inline", "text_join"]
)
_ATTRIBUTES = re.compile(r"\{([^{}]*)\}\s*$")
_MARK = re.compile(r"^\[[\sxX]\](?=\s)")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000]")
"""Spaces that are not a space to Markdown: a Mac makes the first of them with Alt held down."""
_SIGN = re.compile(r"\s*(?:#{1,6}|[-*+>]|[0-9]{1,3}[.)])(?:\s+|$)")


@dataclass
class Section:
    """A heading and the tokens under it."""

    level: int
    title: str
    line: int
    id: str = ""
    role: Role = Role.IDEA
    marks: set[str] = field(default_factory=set)
    """Of a question: required, sister, pinned."""
    tokens: list[Token] = field(default_factory=list)


def read_module(path: Path, root: Path | None = None) -> Module:
    """The module in one Markdown file. Raises `DeckError` with everything that makes it
    unusable."""
    module, findings = module_file(path, root)
    if module is None:
        raise DeckError(findings)
    return module


def module_file(path: Path, root: Path | None = None) -> tuple[Module | None, list[Finding]]:
    """The module, or None where it is broken, and all that is to mend in the file. Raises
    nothing."""
    report = Report(path.relative_to(root).as_posix() if root else path.name)
    text = read_text(path, report)
    if text is None:
        return None, report.findings
    head, body = _parts(text, report)
    context = path.stem
    fields = read_mapping(head, report) if head.strip() else None
    if head.strip() == "" and report.usable:
        report.broken(1, "the head is empty: it needs `title:` and `description:`")
    decks = tuple(_decks(_sections(body, report), context, report))
    module = _module(fields, decks, context, report) if fields else None
    return (module if report.usable else None), report.findings


def _parts(text: str, report: Report) -> tuple[str, str]:
    """Head and body, each with empty lines in the place of what is before it, so that lines keep
    their numbers."""
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.strip()), None)
    if start is None:
        report.broken(1, "this file is empty")
        return "", ""
    if lines[start].rstrip() != "---":
        report.broken(start + 1, "the head is missing: begin the file with --- and the title")
        return "", text if re.search(r"^# ", text, re.MULTILINE) else ""
    end = next(
        (i for i, line in enumerate(lines) if i > start and line.rstrip() in ("---", "...")), None
    )
    if end is None:
        report.broken(start + 1, "the head has no end: write --- under its last line")
        return "", ""
    head = "\n" * (start + 1) + "\n".join(lines[start + 1 : end])
    return head, "\n" * (end + 1) + "\n".join(lines[end + 1 :])


# --- the head


def _module(fields: Fields, decks: tuple[Deck, ...], context: str, report: Report) -> Module:
    fields.only(HEAD)

    def text(key: str, needed: bool = False) -> Text:
        words = fields.text(key, needed)
        _plain_words(words, fields.lines.get(key, 1), report)
        return Text(words, context)

    def texts(key: str) -> tuple[Text, ...]:
        lines = fields.texts(key)
        if lines is None:
            fields.usable = False
        for line in lines or ():
            _plain_words(line.text, line.line, report)
        return tuple(Text(line.text, context) for line in lines or ())

    def names(key: str) -> tuple[str, ...]:
        return tuple(text.source for text in texts(key))

    title = text("title", needed=True)
    module = Module(
        id=context,
        title=title,
        short=text("short") if fields.has("short") else title,
        description=text("description", needed=True),
        level=_level(fields),
        hours=fields.number("hours") or 0,
        decks=decks,
        objectives=texts("objectives"),
        outcomes=texts("outcomes"),
        competences=names("competences"),
        glossary=_glossary(fields, context, report),
        trainer=fields.text("trainer") or None,
        trainers=names("trainers"),
        pass_mark=fields.number("pass_mark"),
        eqf_level=fields.number("eqf_level"),
        sensitive=fields.flag("sensitive", doubtful=True),
        path=report.path,
        lines=fields.lines,
    )
    report.usable = report.usable and fields.usable
    return module


def _level(fields: Fields) -> Level:
    given = fields.text("level") or Level.BEGINNER
    if given in set(Level):
        return Level(given)
    fields.wrong(
        "level",
        f"`level:` must be one of {', '.join(Level)}{did_you_mean(given, Level)}",
        needed=True,
    )
    return Level.BEGINNER


def _glossary(fields: Fields, context: str, report: Report) -> tuple[Word, ...]:
    words = fields.mapping("glossary")
    if words is None:
        return ()
    found = []
    for term in words.nodes:
        meaning = words.text(term, needed=True)
        _plain_words(f"{term}\n{meaning}", words.lines[term], report, lines=False)
        found.append(Word(Text(term, context), Text(meaning, context)))
    fields.usable = fields.usable and words.usable
    return tuple(found)


def _plain_words(text: str, line: int, report: Report, lines: bool = True) -> None:
    """Words of the head also stand on paper, where nothing is bold."""
    for number, sign, advice in foreign(text):
        report.odd(
            line + (number if lines else 0), f"`{sign}` is not shown as meant here: {advice}"
        )
    if "**" in text:
        report.odd(line, "`**` is not shown as meant here: bold belongs on cards")


# --- the body


def _sections(body: str, report: Report) -> Iterator[Section]:
    body = _as_typed(body)
    lines = body.split("\n")
    section: Section | None = None
    early = False
    stream = iter(_markdown.parse(body))
    for token in stream:
        if token.type == "heading_open":
            heading = next(stream)
            next(stream)
            if token.level:
                report.broken(
                    line_of(token),
                    f"`{token.markup}` stands inside a list or behind >: a heading begins its line",
                )
                continue
            if section:
                yield section
            section = _heading(heading.content, int(token.tag[1]), line_of(token), report)
        elif section is None:
            if token.type == "inline" and not early:
                early = True
                report.broken(
                    line_of(token), f"text before the first `# Deck`: `{brief(token.content)}`"
                )
        elif token.type == "hr":
            sign = brief(lines[line_of(token) - 1], 5)
            report.odd(
                line_of(token),
                f"`{sign}` is not shown and makes no heading: a heading begins with #",
            )
        else:
            if token.type == "inline":
                words = _MARK.sub("", token.content) if section.level == 3 else token.content
                for number, sign, advice in foreign(words):
                    report.odd(line_of(token) + number, f"`{sign}` is not shown as meant: {advice}")
            section.tokens.append(token)
    if section:
        yield section


def _as_typed(body: str) -> str:
    """The body without comments, and with plain spaces around the signs that begin a line."""
    while (start := body.find("<!--")) >= 0 and (end := body.find("-->", start)) >= 0:
        body = body[:start] + "\n" * body.count("\n", start, end) + body[end + 3 :]
    if not _SPACES.search(body):
        return body
    lines = []
    for line in body.split("\n"):
        plain = _SPACES.sub(" ", line)
        sign = _SIGN.match(plain)
        lines.append(plain[: sign.end()] + line[sign.end() :] if sign else line)
    return "\n".join(lines)


def _heading(content: str, level: int, line: int, report: Report) -> Section:
    attributes = _ATTRIBUTES.search(content)
    title = content[: attributes.start()].rstrip() if attributes else content
    section = Section(level, title, line)
    if level > 3:
        report.broken(line, "use # for a deck, ## for a card and ### for a question")
    if not title:
        report.broken(line, "this heading has no words")
    for _, sign, advice in foreign(title):
        report.odd(line, f"`{sign}` is not shown as meant: {advice}")
    if found := re.search(r"\*\*|[{}]", title):
        report.odd(line, f"`{found[0]}` is not shown as meant in a heading")
    for word in attributes[1].split() if attributes else ():
        if word.startswith("#") and not section.id:
            section.id = word[1:]
            if fault := ids.fault(section.id):
                (report.broken if level == 1 else report.odd)(line, fault)
        elif word in (".memo", ".task") and level == 2 and section.role is Role.IDEA:
            section.role = Role(word[1:])
        elif level == 3 and word in QUESTION_MARKS:
            section.marks.add(word[1:])
        else:
            known = f"for a card .memo or .task, for a question {', '.join(QUESTION_MARKS)}"
            report.broken(line, f"`{brief(word, 30)}` is not known here: use one #id, {known}")
    return section


def line_of(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _decks(sections: Iterable[Section], context: str, report: Report) -> Iterator[Deck]:
    deck: Deck | None = None
    items: list[Item] = []
    decks: dict[str, int] = {}
    used: dict[str, int] = {}
    early = False

    def finished(deck: Deck) -> Deck:
        return Deck(deck.id, deck.title, deck.aim, tuple(items), _version(items), deck.line)

    for section in sections:
        if section.level == 1:
            if deck:
                yield finished(deck)
            items, used = [], {}
            deck = _deck(section, _unique(section, decks, context, report), context, report)
        elif deck is None:
            if not early:
                report.broken(section.line, "a card or question before the first `# Deck`")
            early = True
        elif section.level == 2:
            id = _unique(section, used, context, report)
            body = tuple(Text(paragraph, context) for paragraph in _paragraphs(section, report))
            items.append(Card(id, Text(section.title, context), body, section.role, section.line))
        elif section.level == 3:
            id = _unique(section, used, context, report)
            asked = question(id, section.title, section.tokens, section.line, context, report)
            items += [_marked(asked, section, items, report)] if asked else []
    if deck:
        yield finished(deck)
    elif report.usable:
        report.broken(1, "no deck: write `# Title of the deck` under the head")


def _marked(asked: Question, section: Section, before: Sequence[Item], report: Report) -> Question:
    above = before[-1] if before else None
    sister_of = ""
    if "sister" in section.marks and isinstance(above, Question):
        sister_of = above.sister_of or above.id
    elif "sister" in section.marks:
        report.broken(
            section.line, "a `.sister` stands right under the question that it stands in for"
        )
    if sister_of and "required" in section.marks:
        report.odd(section.line, "`.required` belongs to the question, not to its sister")
    return replace(
        asked,
        sister_of=sister_of,
        required="required" in section.marks,
        pinned="pinned" in section.marks,
    )


def _deck(section: Section, id: str, context: str, report: Report) -> Deck:
    aim = _paragraphs(section, report)
    if len(aim) > 1:
        report.broken(
            section.line, "a deck has one line of aim; further text belongs on a card (##)"
        )
    return Deck(
        id,
        Text(section.title, context),
        Text(aim[0], context) if aim else None,
        (),
        "",
        section.line,
    )


def _unique(section: Section, used: dict[str, int], context: str, report: Report) -> str:
    """The id of a heading; `used` are those above it with their lines."""
    if section.level > 1:
        id = section.id or ids.slug(section.title)
    else:
        id = section.id or ids.deck_slug(section.title, context)
        if not ids.fits(id, context):
            report.broken(
                section.line,
                f"the id `{id}` has {ids.size(id)} bytes, too many for a button: write a shorter "
                "one",
            )
    if id in used:
        report.broken(
            section.line,
            f"two headings have the id `{id}`, on lines {used[id]} and {section.line}: write "
            f"{{#another-id}} behind one",
        )
    used[id] = section.line
    return id


def _paragraphs(section: Section, report: Report) -> list[str]:
    """Each paragraph and each list item as one text; an item keeps its bullet."""
    out, bullet, depth = [], "", 0
    for token in section.tokens:
        depth += token.nesting if token.type.startswith("bullet_list") else 0
        if token.type == "bullet_list_open" and depth > 1:
            report.odd(
                line_of(token),
                f"`{token.markup}` inside a list: there is one kind of list, without lists in it",
            )
        elif token.type == "list_item_open":
            bullet = "• "
        elif token.type == "inline":
            out.append(bullet + " ".join(token.content.split()))
            bullet = ""
        elif token.type in ("ordered_list_open", "blockquote_open"):
            sign = ">" if token.type == "blockquote_open" else f"1{token.markup}"
            report.broken(
                line_of(token), f"`{sign}` cannot stand here: only paragraphs and lists with -"
            )
    return out


def _version(items: Iterable[Item]) -> str:
    """Changes when a learner in the middle of the deck would notice: other items, other options,
    another right answer."""
    gone_through = (i for i in items if not (isinstance(i, Question) and i.sister_of))
    shape = [
        (i.id, *((i.kind, len(i.options), i.right) if isinstance(i, Question) else ()))
        for i in gone_through
    ]
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:8]
