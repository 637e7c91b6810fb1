"""Markup that is not ours. In a card only `**bold**` and `-` lists are shown as meant; everything
else would be read sign by sign.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from markdown_it import MarkdownIt

from cards.finding import brief

_LONG = 3_000
"""Beyond this nothing is looked for: such a paragraph is refused for its length, and some patterns
would take very long.
"""
_inline = MarkdownIt("commonmark").disable(["text_join"])
_SIGNS = re.compile(r"[*_`<\[&\\]")
"""Without one of them Commonmark finds words only."""
_BOLD = re.compile(r"\*\*.+?\*\*", re.DOTALL)
_OTHERS = (
    (re.compile(r"^ {0,3}(#{1,6}[^\s#]\S*)"), "write a space behind #"),
    (re.compile(r"^\s*(={3,}|-{3,})\s*$"), "a heading begins with #"),
    (re.compile(r"(\[\^[^\]]*\])"), "there are no footnotes"),
    (re.compile(r"^\s*(\[[^\]]+\]:)"), "there are no links"),
    (
        re.compile(r"^\s*([-*+]?\[[\sxX✓✔✗*-]{0,3}\](?!\())"),
        "an option is written `- [ ] words` or `- [x] words`",
    ),
    (
        re.compile(r"^\s*([•‣▪·–—])|^\s*([-+])[^\s\d+-]|^\s*(\*)[^\s*][^*]*$"),
        "a list has lines that begin with - and a space",
    ),
    (re.compile(r"^\s*(\|.*\||[|:\s-]*-{3,}\|[|:\s-]*)\s*$"), "there are no tables"),
    (re.compile(r"(~~\S[^~]*~~|==\S[^=]*==)"), "only **bold** is known"),
    (re.compile(r"(<!--|-->)"), "a comment begins with <!-- and ends with -->"),
    (re.compile(r"(\\)$"), "leave it out"),
)


def foreign(text: str) -> Iterator[tuple[int, str, str]]:
    """What would be shown sign by sign: its line within the text (from 0), the sign, what to do."""
    if len(text) > _LONG:
        return
    for number, line in enumerate(text.split("\n")):
        for pattern, advice in _OTHERS:
            if found := pattern.search(line):
                yield number, brief(next(group for group in found.groups() if group), 20), advice
                break
    if "**" in (left := _BOLD.sub("", text)):
        yield (
            left[: left.index("**")].count("\n"),
            "**",
            "bold begins and ends with **, in one paragraph",
        )
    if _SIGNS.search(text):
        yield from _commonmark(text)


def _commonmark(text: str) -> Iterator[tuple[int, str, str]]:
    number = 0
    tokens = _inline.parseInline(text)[0].children or []
    for token, following in zip_longest(tokens, tokens[1:]):
        inner = following.content if following else ""
        match token.type:
            case "softbreak" | "hardbreak":
                number += 1
            case "em_open" if not inner.strip().isdigit():
                yield (
                    number,
                    brief(f"{token.markup}{inner}{token.markup}", 20),
                    "only **bold** is known",
                )
            case "strong_open" if token.markup != "**":
                yield (
                    number,
                    brief(f"{token.markup}{inner}{token.markup}", 20),
                    "only **bold** is known",
                )
            case "code_inline":
                yield (
                    number,
                    brief(f"{token.markup}{token.content}{token.markup}", 20),
                    "only **bold** is known",
                )
            case "link_open" if token.markup == "autolink":
                yield number, brief(f"<{inner}>", 20), "write an address without < and >"
            case "link_open":
                yield (
                    number,
                    brief(f"[{inner}](", 20),
                    "there are no links: write the address itself",
                )
            case "image":
                yield number, brief(f"![{token.content}](", 20), "there are no pictures in a text"
            case "html_inline" if not token.content.startswith("<!--"):
                yield number, brief(token.content, 20), "write it without < and >"
                number += token.content.count("\n")
            case "text_special" if token.info == "entity":
                yield (
                    number,
                    token.markup,
                    f"write the sign itself: {token.content.strip() or 'a space'}",
                )
            case "text_special":
                yield number, token.markup, "leave out the \\"
            case _:
                pass
