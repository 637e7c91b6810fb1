"""Three short texts in each language of a country (`reading.yaml`), from easy to harder: whoever
reads them sees for themselves in which language to learn (seed: Brulingua). Nobody is tested. An
operator can replace the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cards.finding import Finding, Report, brief
from cards.text import language_tag
from cards.text_file import read_text
from cards.yaml_file import Fields, read_mapping

NAME = "reading.yaml"
LEVELS = ("A1", "A2", "B1")
"""Of the three texts, in their order (Common European Framework of Reference)."""
TITLE, WORDS, LETTERS = 40, 50, 300
"""A text is no longer than a card; a title no longer than that of one."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in one language alone: it has no translation."""

    title: str
    text: str


Passages = Mapping[str, tuple[Passage, ...]]
"""Language -> its three texts, from easy to harder."""


def read_passages(root: Path, shipped: Path) -> tuple[Passages, tuple[Finding, ...]]:
    """The texts in a folder of decks; those that ship where it has none. A language that does not
    have three whole ones is left out and named."""
    own = root / NAME
    report = Report(NAME)
    text = read_text(own if own.exists() else shipped / NAME, report)
    fields = None if text is None else read_mapping(text, report)
    found = {}
    for language in fields.nodes if fields else ():
        if fields and (passages := _of_language(language, fields)):
            found[language] = passages
    return found, tuple(report.findings)


def _of_language(language: str, fields: Fields) -> tuple[Passage, ...]:
    if not language_tag(language):
        fields.wrong(language, f"`{brief(language)}:` names no language: use a code like fr")
        return ()
    entries = list(fields.mappings(language))
    if len(entries) != len(LEVELS):
        levels = ", ".join(LEVELS)
        fields.wrong(language, f"`{language}:` has {len(entries)} texts; there are 3: {levels}")
        return ()
    read = tuple(map(_passage, entries))
    return read if all(entry.usable for entry in entries) else ()


def _passage(entry: Fields) -> Passage:
    entry.only(("title", "text"))
    title, text = entry.text("title", needed=True), entry.text("text", needed=True)
    if len(title) > TITLE:
        entry.wrong("title", f"`title:` has {len(title)} characters, {TITLE} are allowed")
    if (words := len(text.split())) > WORDS:
        entry.wrong("text", f"`text:` has {words} words, {WORDS} are allowed")
    if len(text) > LETTERS:
        entry.wrong("text", f"`text:` has {len(text)} characters, {LETTERS} are allowed")
    return Passage(title, text)
