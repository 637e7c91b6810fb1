"""Markdown -> sections: a heading and the tokens under it.

markdown-it gives a flat list of tokens with line numbers, which is cut at the headings. Block rules
that authors meet only by accident (code by indentation, underlined headings, HTML, link
definitions) are off: what was written stays a paragraph, and its signs are named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cards import ids
from cards.finding import Report, brief
from cards.markup import foreign
from cards.medium import is_medium
from cards.model import Role
from cards.picture import is_picture

DECK_MARKS = (".practice", ".scene", ".selftest", ".exam", ".trailer")
CARD_MARKS = tuple(f".{role}" for role in Role if role is not Role.IDEA)
QUESTION_MARKS = (".required", ".sister", ".harder", ".easier", ".pinned")
SCENE_MARKS = (".ending",)
_MARKS_OF = {1: DECK_MARKS, 2: SCENE_MARKS, 3: QUESTION_MARKS}


_MARKDOWN = MarkdownIt("commonmark").disable(
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
    """Of a deck: practice, scene, selftest, exam, trailer; of a scene: ending; of a question:
    required, sister, harder, easier, pinned."""
    tokens: list[Token] = field(default_factory=list)


def sections(body: str, report: Report) -> Iterator[Section]:
    body = _as_typed(body)
    lines = body.split("\n")
    section: Section | None = None
    early = False
    stream = iter(_MARKDOWN.parse(body))
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
            if token.type == "inline" and not _beside_words(section, token.content):
                words = _MARK.sub("", token.content) if section.level == 3 else token.content
                for number, sign, advice in foreign(words):
                    report.odd(line_of(token) + number, f"`{sign}` is not shown as meant: {advice}")
            section.tokens.append(token)
    if section:
        yield section


def _beside_words(section: Section, paragraph: str) -> bool:
    """Whether it is a picture, a video or something to hear, of a card."""
    card = section.level == 2 or "trailer" in section.marks
    return card and (is_picture(paragraph) or is_medium(paragraph))


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
        elif word in CARD_MARKS and level == 2 and section.role is Role.IDEA:
            section.role = Role(word[1:])
        elif word in _MARKS_OF.get(level, ()):
            section.marks.add(word[1:])
        else:
            known = (
                f"for a deck {', '.join(DECK_MARKS)}, for a card {', '.join(CARD_MARKS)}, "
                f"for a question {', '.join(QUESTION_MARKS)}"
            )
            report.broken(line, f"`{brief(word, 30)}` is not known here: use one #id, {known}")
    return section


def line_of(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def paragraphs(section: Section, report: Report) -> list[str]:
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
