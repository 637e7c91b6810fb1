"""HTML of a question -> its plain words, its pictures, and the names of what is lost."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

_APART = {"p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"}
_SILENT = {"script", "style", "object", "iframe"}
_LOST = {
    "a": "a link",
    "audio": "a sound",
    "video": "a film",
    "table": "a table",
    "sub": "a letter below the line",
    "sup": "a letter above the line",
    **dict.fromkeys(_SILENT, "a thing that runs in a page"),
}
_FORMULA = re.compile(r"\$\$.+?\$\$|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-z]+|#\d+);")
_MARKDOWN = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")


@dataclass
class Words:
    """`pictures` are file names, what they show, and their headings."""

    text: str
    lost: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Words("")
        self._words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag == "img":
            picture = (of.get("src", ""), of.get("alt", ""), of.get("title", ""))
            self.found.pictures.append(picture)
        if tag in _APART:
            self._words.append(" ")
        self._silent += tag in _SILENT
        if tag in _LOST:
            self.found.lost.append(_LOST[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag in _APART:
            self._words.append(" ")
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def end(self) -> Words:
        self.close()
        self.found.text = "".join(self._words)
        return self.found


def words_of(text: str, how: str) -> Words:
    """`how` is the format of Moodle: html, moodle, markdown, plain."""
    if how.startswith("plain"):
        found = Words(text)
    elif how == "markdown":
        found = Words(_MARKDOWN.sub(r"\2", text))
    elif how == "html" or _TAG.search(text):
        reader = _Reader()
        reader.feed(text)
        found = reader.end()
    else:
        found = Words(text)
    found.text = " ".join(found.text.split())
    if not how.startswith("plain") and _FORMULA.search(found.text):
        found.lost.append("a formula (its signs stay)")
    return found


def read_words(text: str, how: str, tell: Callable[[str], None]) -> Words:
    """The words; each kind of loss is told once."""
    found = words_of(text, how)
    for what in dict.fromkeys(found.lost):
        tell(f"{what} is not kept")
    return found
