"""Text as WhatsApp formats it: `*bold*`, `_italic_`, `~struck~`, ```` ```mono``` ````. Pure.

A phone draws it, so what a person or an author wrote with such a sign of their own would change how
the rest is read: behind each stands a character without width. Addresses of pages are left alone.
"""

import html
import re

APART = "\u2060"
"""WORD JOINER: no width, no break, no direction."""
_SIGNS = re.compile(r"[*_~`]")
_URL = re.compile(r"(https?://\S+)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_TAGS = {
    "b": "*",
    "strong": "*",
    "i": "_",
    "em": "_",
    "s": "~",
    "strike": "~",
    "del": "~",
    "code": "```",
    "pre": "```",
}
_TAG = re.compile(r"<(/?)([a-z-]+)(?:\s[^>]*)?>")
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


def plain(text: str) -> str:
    """The text with no sign of its own that a phone would take for formatting."""
    parts = _URL.split(text)
    return "".join(
        part if place % 2 else _SIGNS.sub(rf"\g<0>{APART}", part)
        for place, part in enumerate(parts)
    )


def marked(text: str) -> str:
    """A line of ours, with `**bold**` in it."""
    pieces = _BOLD.split(text)
    return "".join(bold(piece) if place % 2 else plain(piece) for place, piece in enumerate(pieces))


def bold(text: str) -> str:
    """A whole piece in bold: signs that say the direction stay in front of it, as do spaces."""
    bare = text.strip().lstrip("\u200f\u200e")
    if not bare or "\n" in bare:
        return plain(text)
    before, _, after = text.partition(bare)
    return f"{before}*{plain(bare)}*{after}"


def from_html(text: str) -> str:
    """What an admin wrote, as HTML (the tags that Telegram knows): a link's address stands behind
    its words."""

    def link(found: "re.Match[str]") -> str:
        return found[2] if found[1] == found[2] else f"{found[2]} ({found[1]})"

    pieces: list[str] = []
    at = 0
    text = _LINK.sub(link, text)
    for tag in _TAG.finditer(text):
        pieces += [plain(html.unescape(text[at : tag.start()])), _TAGS.get(tag[2], "")]
        at = tag.end()
    return "".join(pieces) + plain(html.unescape(text[at:]))


def length(text: str) -> int:
    """In UTF-16 units: how Meta counts is not told, and no way of counting is stricter."""
    return len(text.encode("utf-16-le")) // 2
