"""Sections -> decks: `#` begins a deck, `##` a card, `###` a question."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cards import ids
from cards.finding import Report
from cards.medium import TRANSCRIPT, is_medium, read_medium
from cards.model import Card, Deck, Item
from cards.picture import is_picture, read_picture
from cards.question import Ease, Question
from cards.question_text import question
from cards.sections import Section, paragraphs
from cards.text import Text


@dataclass(frozen=True)
class Block:
    """A `#` section with its id, and the sections under it."""

    head: Section
    id: str
    parts: tuple[Section, ...]


def blocks(sections: Iterable[Section], context: str, report: Report) -> Iterator[Block]:
    head: Section | None = None
    id, parts, early = "", list[Section](), False
    used: dict[str, int] = {}
    for section in sections:
        if section.level == 1:
            if head:
                yield Block(head, id, tuple(parts))
            head, id, parts = section, unique_id(section, used, context, report), []
        elif head is None:
            if not early:
                report.broken(section.line, "a card or question before the first `# Deck`")
            early = True
        else:
            parts.append(section)
    if head:
        yield Block(head, id, tuple(parts))


def deck(block: Block, context: str, report: Report) -> Deck:
    items: list[Item] = []
    used: dict[str, int] = {}
    for section in block.parts:
        id = unique_id(section, used, context, report)
        if section.level == 2:
            items.append(card(section, id, context, report))
        else:
            asked = question(id, section.title, section.tokens, section.line, context, report)
            items += [_marked(asked, section, items, report)] if asked else []
    aim = paragraphs(block.head, report)
    if len(aim) > 1:
        report.broken(
            block.head.line, "a deck has one line of aim; further text belongs on a card (##)"
        )
    return Deck(
        block.id,
        Text(block.head.title, context),
        Text(aim[0], context) if aim else None,
        tuple(items),
        _version(items),
        block.head.line,
    )


def card(section: Section, id: str, context: str, report: Report) -> Card:
    """The card below a heading, with its picture, and its video or what is to be heard."""
    picture, medium, body = None, None, list[Text]()
    said: list[Text] | None = None
    for paragraph in paragraphs(section, report):
        if is_medium(paragraph):
            linked = read_medium(paragraph)
            if isinstance(linked, str):
                report.odd(section.line, linked)
            elif medium:
                report.odd(section.line, "a card has one video or audio")
            else:
                medium = linked
            continue
        if said is None and paragraph.startswith(TRANSCRIPT):
            said, paragraph = [], paragraph.removeprefix(TRANSCRIPT).strip()
        if not is_picture(paragraph):
            (body if said is None else said).append(Text(paragraph, context))
            continue
        read = read_picture(paragraph, context)
        if isinstance(read, str):
            report.odd(section.line, read)
        elif picture:
            report.odd(section.line, "a card has one picture")
        else:
            picture = read
    if said is not None and medium is None:
        report.odd(section.line, "a transcript belongs to a `video:` or an `audio:`")
    medium = medium and replace(medium, words=tuple(text for text in said or () if text.source))
    title = Text(section.title, context)
    return Card(id, title, tuple(body), section.role, section.line, picture, medium)


def parts_of(block: Block, context: str, report: Report) -> list[tuple[str, Section]]:
    """The `##` sections of a story or a self-test with their ids."""
    used: dict[str, int] = {}
    for section in block.parts:
        if section.level != 2:
            report.broken(section.line, "there are no questions (###) in a story or a self-test")
    return [
        (unique_id(section, used, context, report), section)
        for section in block.parts
        if section.level == 2
    ]


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
    levels = section.marks & {Ease.HARDER.value, Ease.EASIER.value}
    if len(levels) > 1:
        report.odd(section.line, "a question is `.harder` or `.easier`, not both")
    elif levels and not sister_of:
        report.odd(section.line, "only a `.sister` is `.harder` or `.easier` than its question")
    return replace(
        asked,
        sister_of=sister_of,
        ease=Ease(min(levels)) if sister_of and levels else Ease.SAME,
        required="required" in section.marks,
        pinned="pinned" in section.marks,
    )


def unique_id(section: Section, used: dict[str, int], context: str, report: Report) -> str:
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


def _version(items: Iterable[Item]) -> str:
    """Changes when a learner in the middle of the deck would notice: other items, other options,
    another right answer."""
    gone_through = (i for i in items if not (isinstance(i, Question) and i.sister_of))
    shape = [
        (i.id, *((i.kind, len(i.options), i.right) if isinstance(i, Question) else ()))
        for i in gone_through
    ]
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:8]
