"""Texts as Telegram reads and keeps them: HTML, entities, cleaning."""

import re
from collections.abc import Callable, Sequence

from tests.fakes.telegram.refusal import JSON, Refusal, bad_request

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
_REFERENCE = re.compile(
    r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<dec>[0-9]+)|(?P<name>lt|gt|amp|quot)(?![a-zA-Z]));?"
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


_PLAIN = re.compile("[^<&]+")


def utf16(text: str) -> int:
    """Length in UTF-16 units, which is what entity offsets count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _reference(match: re.Match[str]) -> str:
    """The character that `&lt;` or `&#1234;` stands for; an unknown or impossible one stays as it
    is written."""
    if name := match["name"]:
        return _NAMED[name]
    code = int(match["hex"], 16) if match["hex"] else int(match["dec"])
    if 0 < code < 0x10FFFF and len(match[0].rstrip(";")) < 10:
        return chr(code)
    return match[0]


def parse_html(source: str) -> tuple[str, list[JSON]]:
    """Telegram's HTML: the plain text, and its entities in UTF-16 units. Raises `Refusal` in
    Telegram's words."""

    def fail(text: str, where: int | None = None) -> Refusal:
        place = (
            ""
            if where is None
            else f" at byte offset {len(source[:where].encode('utf-8', 'surrogatepass'))}"
        )
        return bad_request(f"can't parse entities: {text}{place}")

    plain: list[str] = []
    units = i = 0
    entities: list[JSON] = []
    nested: list[
        tuple[str, JSON, int, int]
    ] = []  # tag, what its entity carries, start in units, start in `plain`
    while i < len(source):
        if run := _PLAIN.match(source, i):
            plain += run[0]
            units += utf16(run[0])
            i = run.end()
            continue
        if source[i] == "&":
            reference = _REFERENCE.match(source, i)
            char = _reference(reference) if reference else "&"
            i = reference.end() if reference else i + 1
            plain.append(char)
            units += utf16(char)
            continue
        begin = i
        if source.startswith("</", i):
            match = re.compile(r"</([^\s>]*)\s*").match(source, i)
            assert match
            name, i = match[1].lower(), match.end()
            if not nested:
                raise fail("Unexpected end tag", begin)
            if source[i : i + 1] != ">":
                raise fail("Unclosed end tag", begin)
            i += 1
            tag, carried, start, first = nested.pop()
            if name and name != tag:
                found = f"Unmatched end tag at byte offset {len(source[:begin].encode())}"
                raise fail(f'{found}, expected "</{tag}>", found "</{name}>"')
            if units > start:
                entity: JSON = {
                    "type": _TAGS[tag],
                    "offset": start,
                    "length": units - start,
                } | carried
                if tag == "a":
                    entity["url"] = carried.get("url") or "".join(plain[first:])
                entities.append(entity)
            continue
        match = re.compile(r"<([^\s>]*)").match(source, i)
        assert match
        tag, i = match[1].lower(), match.end()
        if i == len(source):
            raise fail("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise fail(f'Unsupported start tag "{tag}"', begin)
        attributes, i = _attributes(source, i, tag, begin, fail)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise fail('Tag "span" must have class "tg-spoiler"', begin)
        nested.append((tag, _carried(tag, attributes), units, len(plain)))
    if nested:
        raise fail(f'Can\'t find end tag corresponding to start tag "{nested[-1][0]}"')
    return "".join(plain), sorted(
        entities, key=lambda entity: (entity["offset"], -entity["length"])
    )


def _attributes(
    source: str, i: int, tag: str, begin: int, fail: Callable[[str, int | None], Refusal]
) -> tuple[dict[str, str], int]:
    """The attributes of a start tag from place `i`, and the place after its `>`."""
    attributes: dict[str, str] = {}
    spaces = re.compile(r"\s*")

    def skip(i: int) -> int:
        match = spaces.match(source, i)
        return match.end() if match else i

    while True:
        i = skip(i)
        if source[i : i + 1] == ">":
            return attributes, i + 1
        match = re.compile(r"[^\s=>/\"']*").match(source, i)
        name = match[0] if match else ""
        if not name:
            raise fail(f'Empty attribute name in the tag "{tag}"', begin)
        i = skip(i + len(name))
        if i == len(source):
            raise fail(f'Unclosed start tag "{tag}"', begin)
        if source[i] != "=":
            attributes[name] = ""
            continue
        i = skip(i + 1)
        if i == len(source):
            raise fail(f'Unclosed start tag "{tag}"', begin)
        if source[i] in "'\"":
            end = source.find(source[i], i + 1)
            if end in (-1, len(source) - 1):
                raise fail("Unclosed start tag", begin)
            attributes[name] = _REFERENCE.sub(_reference, source[i + 1 : end])
            i = end + 1
        else:
            match = re.compile(r"[A-Za-z0-9.-]*").match(source, i)
            assert match
            if not re.compile(r"[\s>]").match(source, match.end()):
                raise fail("Unexpected end of name token", i)
            attributes[name], i = match[0].lower(), match.end()


def _carried(tag: str, attributes: dict[str, str]) -> JSON:
    """What an entity carries besides its place."""
    if tag == "a":
        return {"url": attributes.get("href", "")}
    if tag == "code" and attributes.get("class", "").startswith("language-"):
        return {"language": attributes["class"].removeprefix("language-")}
    if tag == "tg-emoji":
        return {"custom_emoji_id": attributes.get("emoji-id", "")}
    if tag == "tg-time":
        return {"unix_time": int(attributes["unix"]), "date_time_format": ""}
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {}


_DROPPED = {"\r", "\u0333", "\u033f", "\u030a", *map(chr, range(0x2028, 0x202F))}
_SPACES = {chr(code) for code in range(33)} - {"\n", "\r"}
_BLANKS = re.compile(
    "[\\s\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufffc\ufeff\u00a0]*"
)
_MARK_BEFORE_MARK = re.compile("[\u200e\u200f](?=[\u200e\u200f])")


def clean(text: str, entities: Sequence[JSON] = ()) -> tuple[str, list[JSON]]:
    """A text as Telegram keeps it, with its entities moved along.

    Control characters become spaces; line separators, the embedding and override marks U+202A-202E
    and three combining lines (the ring U+030A is one: send å composed) vanish; of several
    U+200E/200F in a row only the last stays; spaces and empty lines at both ends go. U+200F and the
    isolates U+2066-2069 stay. (td: misc.cpp, clean_input_string)
    """
    kept: list[str] = []
    place: list[int] = []  # UTF-16 place in the old text -> place in `kept`
    for char in text:
        place.append(len(kept))
        if char > "\uffff":
            place.append(len(kept))
        if char not in _DROPPED:
            kept.append(" " if char in _SPACES else char)
    place.append(len(kept))
    kept = list(_MARK_BEFORE_MARK.sub("\u200c", "".join(kept)))
    end = len(kept)
    while end and kept[end - 1] in " \n":
        end -= 1
    first = min((place[min(entity["offset"], len(place) - 1)] for entity in entities), default=end)
    start = 0
    while start < min(first, end) and kept[start] in " \n":
        start += 1
    moved = []
    for entity in entities:
        a = place[min(entity["offset"], len(place) - 1)]
        b = min(place[min(entity["offset"] + entity["length"], len(place) - 1)], end)
        if a < b:
            offset, length = utf16("".join(kept[start:a])), utf16("".join(kept[a:b]))
            moved.append(entity | {"offset": offset, "length": length})
    return "".join(kept[start:end]), moved


def is_blank(text: str) -> bool:
    """Whether nobody would see anything (spaces, joiners, direction marks), which Telegram takes
    for empty."""
    return _BLANKS.fullmatch(text) is not None
