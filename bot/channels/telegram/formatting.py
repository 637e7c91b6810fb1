"""Text and entities of a message -> HTML. Offsets count UTF-16 units (Bot API, MessageEntity).
Pure.
"""

import html
from typing import Any

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def to_html(text: str, entities: Any) -> str:
    """The text with its formatting; kinds that carry none of it, or that we do not know, are left
    as they are.

    Entities lie inside each other or apart. One that does neither, or reaches out of the text, is
    passed over.
    """
    units = text.encode("utf-16-le")
    spans = sorted(
        filter(None, (_span(each, len(units) // 2) for each in entities)),
        key=lambda s: (s[0], -s[1]),
    )
    made: list[str] = []
    opened: list[tuple[int, str]] = []
    at = 0

    def write(until: int) -> None:
        nonlocal at
        made.append(
            html.escape(units[at * 2 : until * 2].decode("utf-16-le", "replace"), quote=False)
        )
        at = until

    def close(until: int) -> None:
        while opened and opened[-1][0] <= until:
            end, tag = opened.pop()
            write(end)
            made.append(f"</{tag}>")

    for start, end, tag, attribute in spans:
        close(start)
        if opened and end > opened[-1][0]:
            continue
        write(start)
        made.append(f"<{tag}{attribute}>")
        opened.append((end, tag))
    close(len(units))
    write(len(units) // 2)
    return "".join(made)


def _span(entity: Any, length: int) -> tuple[int, int, str, str] | None:
    kind, start, size = entity.get("type"), entity.get("offset"), entity.get("length")
    if type(start) is not int or type(size) is not int or not 0 <= start < start + size <= length:
        return None
    if kind == "text_link" and isinstance(entity.get("url"), str):
        return start, start + size, "a", f' href="{html.escape(entity["url"])}"'
    return (start, start + size, _TAGS[kind], "") if kind in _TAGS else None
