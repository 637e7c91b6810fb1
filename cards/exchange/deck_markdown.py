"""Decks -> the Markdown that an author goes on writing (docs/writing-a-deck.md)."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cards import ids
from cards.kinds.match import MATCH
from cards.kinds.order import ORDER
from cards.kinds.word import ASKED, WORD
from cards.model import Card, Item
from cards.question import Option, Question
from cards.text import ENGLISH

MOST = 6
"""Questions of a deck."""
_SIGN = re.compile(r"^(?:[-*+>]|#{1,6}|\d{1,3}[.)])\s+")


def module_markdown(
    title: str,
    about: str,
    decks: Mapping[tuple[str, str], Sequence[Item]],
    pictures: Mapping[str, tuple[str, str]],
    written_in: str = ENGLISH,
) -> str:
    """The file of a module. `decks` go by title and id; `pictures` are the file and what it shows,
    by the id of their card; `written_in` is the language of its words."""
    head = ["---", *([f"source: {written_in}"] if written_in != ENGLISH else [])]
    head += [f"title: {json.dumps(title, ensure_ascii=False)}"]
    head += [f"description: {json.dumps(about, ensure_ascii=False)}", "level: beginner", "---"]
    used: set[str] = set()
    for (name, id), items in decks.items():
        for number, part in enumerate(_parts(items), 1):
            titled = name if number == 1 else f"{name} {number}"
            wanted = (id if number == 1 else "") or ids.slug(titled)
            while wanted in used:
                wanted, titled = f"{wanted[:27]}-x", f"{titled} +"
            used.add(wanted)
            mark = f" {{#{wanted}}}" if wanted != ids.slug(titled) else ""
            head += ["", f"# {_line(titled)}{mark}"]
            for item in part:
                head += ["", *_item(item, pictures)]
    return "\n".join(head) + "\n"


def _parts(items: Sequence[Item]) -> Iterator[list[Item]]:
    """As many questions as a deck may have, each with its sisters and the picture over it."""
    part: list[Item] = []
    asked = 0
    for item in items:
        if asked == MOST and (isinstance(item, Card) or not item.sister_of):
            yield part
            part, asked = [], 0
        part.append(item)
        asked += isinstance(item, Question) and not item.sister_of
    if part:
        yield part


def _item(item: Item, pictures: Mapping[str, tuple[str, str]]) -> Iterable[str]:
    if isinstance(item, Card):
        yield _heading("##", item.title.source, item.id, ())
        for paragraph in item.body:
            yield _words(paragraph.source)
        if item.id in pictures:
            file, alt = pictures[item.id]
            yield f"![{alt}]({file})"
        return
    marks = [".required"] * item.required + [".sister"] * bool(item.sister_of)
    marks += [f".{item.ease}"] * bool(item.ease) + [".pinned"] * item.pinned
    asked = f"{item.text.source} {ASKED}" if item.kind is WORD else item.text.source
    yield _heading("###", asked, item.id, marks)
    for number, option in enumerate(item.options, 1):
        if item.kind is ORDER:
            yield f"{number}. {_words(option.text.source)}"
        elif item.kind is MATCH and option.pair:
            yield f"- {_side(option.text.source)} = {_side(option.pair.source)}"
        else:
            yield from _box(option)
    if item.reason.source:
        yield f"> {_words(item.reason.source)}"


def _heading(sign: str, words: str, id: str, marks: Iterable[str]) -> str:
    found = [f"#{id}"] if id != ids.slug(words) else []
    attributes = " ".join((*found, *marks))
    return f"{sign} {_line(words)}" + (f" {{{attributes}}}" if attributes else "")


def _box(option: Option) -> Iterator[str]:
    spellings = " | ".join(text.source for text in (option.text, *option.also))
    yield f"- [{'x' if option.right else ' '}] {_line(spellings)}"
    if option.reason:
        yield f"  > {_words(option.reason.source)}"


def _line(words: str) -> str:
    return " ".join(words.split())


def _words(words: str) -> str:
    """Where a sign at the beginning would make a list or a heading of it, it goes."""
    return _SIGN.sub("", _line(words))


def _side(words: str) -> str:
    return _words(words).replace(" = ", "=")
