"""Words of crisis, and where help is: a list that an operator can replace (`crisis.yaml`)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cards.finding import Finding, Report
from cards.folding import LONGEST, folded
from cards.text_file import read_text
from cards.yaml_file import Fields, read_mapping

NAME = "crisis.yaml"
_OVERLAP = 100
"""Characters of a long text that are looked at twice, so that no cut hides a phrase."""


@dataclass(frozen=True)
class Helper:
    """Somebody to call: a number, and language -> who answers there."""

    call: str
    said: Mapping[str, str]

    def named(self, language: str) -> str:
        """In the language, or in the first of the list."""
        return self.said.get(language) or next(iter(self.said.values()), "")


@dataclass(frozen=True)
class Crisis:
    """`words` are phrases by language. A `*` at either end stands for more letters."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    helpers: tuple[Helper, ...] = ()

    def heard(self, text: str) -> bool:
        """Whether a text in any language holds one of the phrases, however it is spelled."""
        step = LONGEST - _OVERLAP
        starts = range(0, max(len(text), 1), step)
        return any(self._phrases.search(folded(text[at : at + LONGEST])) for at in starts)

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        found = {
            pattern
            for language, phrases in self.words.items()
            for phrase in phrases
            for pattern in _patterns(phrase, language)
        }
        return re.compile("|".join(sorted(found)) or r"(?!)")


def _patterns(phrase: str, language: str) -> Iterator[str]:
    """As the language folds it, and as any other does: nobody says in which they write."""
    before = "" if phrase.startswith("*") else r"(?<!\S)"
    after = "" if phrase.endswith("*") else r"(?!\S)"
    for spelled in (folded(phrase.strip("*"), language), folded(phrase.strip("*"))):
        if spelled:
            yield before + re.escape(spelled) + after


def read_crisis(root: Path, shipped: Path) -> tuple[Crisis, tuple[Finding, ...]]:
    """The list in a folder of decks; the one that ships where it has none, or where a part of it is
    empty. What cannot be read is reported and left out."""
    own = root if (root / NAME).exists() else shipped
    report = Report(NAME)
    crisis = _read(own / NAME, report)
    if own != shipped and not (crisis.words and crisis.helpers):
        whole = _read(shipped / NAME, Report(NAME))
        crisis = Crisis(crisis.words or whole.words, crisis.helpers or whole.helpers)
    return crisis, tuple(report.findings)


def _read(path: Path, report: Report) -> Crisis:
    text = read_text(path, report)
    fields = None if text is None else read_mapping(text, report)
    if fields is None:
        return Crisis()
    fields.only(("help", "words"))
    words = fields.mapping("words")
    phrases = {language: words.texts(language) or () for language in words.nodes} if words else {}
    found = Crisis(
        {language: tuple(line.text for line in lines) for language, lines in phrases.items()},
        tuple(helper for entry in fields.mappings("help") if (helper := _helper(entry))),
    )
    for part, there in (("words", found.words), ("help", found.helpers)):
        if not there:
            fields.wrong(part, f"`{part}:` is empty: the list that ships is used for it")
    return found


def _helper(entry: Fields) -> Helper | None:
    call = entry.text("call", needed=True)
    said = {language: entry.text(language) for language in entry.nodes if language != "call"}
    if not any(said.values()):
        entry.wrong("call", "say who answers there, in one language or more: `en: Emergency`")
        return None
    return Helper(call, {language: text for language, text in said.items() if text})
