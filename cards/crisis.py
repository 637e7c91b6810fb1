"""Words of crisis, and where help is: a list that an operator can replace (`crisis.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cards.finding import Finding, Report
from cards.phrases import Phrases
from cards.text_file import read_text
from cards.yaml_file import Fields, read_mapping

NAME = "crisis.yaml"
_NONE = Phrases({})


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
    """`words` are those of somebody who thinks of dying, `danger` those of somebody whom others
    beat, threaten or frighten; `harmless` is what sounds so, and is said of something else."""

    words: Phrases = _NONE
    helpers: tuple[Helper, ...] = ()
    danger: Phrases = _NONE
    harmless: Phrases = _NONE

    def heard(self, text: str) -> bool:
        """Whether somebody thinks of dying, in any language."""
        return self.words.heard(text, but=self.harmless)

    def threatened(self, text: str) -> bool:
        """Whether others are a danger to somebody, in any language."""
        return self.danger.heard(text, but=self.harmless)


def read_crisis(root: Path, shipped: Path) -> tuple[Crisis, tuple[Finding, ...]]:
    """The list in a folder of decks; the one that ships where it has none, or where a part of it is
    empty. What cannot be read is reported and left out."""
    own = root if (root / NAME).exists() else shipped
    report = Report(NAME)
    crisis = _read(own / NAME, report)
    if own != shipped:
        whole = _read(shipped / NAME, Report(NAME))
        crisis = Crisis(
            crisis.words or whole.words,
            crisis.helpers or whole.helpers,
            crisis.danger or whole.danger,
            crisis.harmless or whole.harmless,
        )
    return crisis, tuple(report.findings)


def _read(path: Path, report: Report) -> Crisis:
    text = read_text(path, report)
    fields = None if text is None else read_mapping(text, report)
    if fields is None:
        return Crisis()
    fields.only(("help", "words", "danger", "harmless"))
    found = Crisis(
        _phrases(fields, "words"),
        tuple(helper for entry in fields.mappings("help") if (helper := _helper(entry))),
        _phrases(fields, "danger"),
        _phrases(fields, "harmless"),
    )
    for part, there in (("words", found.words), ("help", found.helpers)):
        if not there:
            fields.wrong(part, f"`{part}:` is empty: the list that ships is used for it")
    return found


def _phrases(fields: Fields, part: str) -> Phrases:
    """Lists of phrases by language; none where the part is not there."""
    by_language = fields.mapping(part) if fields.has(part) else None
    nodes = by_language.nodes if by_language else ()
    lines = {language: by_language.texts(language) or () for language in nodes if by_language}
    return Phrases(
        {language: tuple(line.text for line in each) for language, each in lines.items()}
    )


def _helper(entry: Fields) -> Helper | None:
    call = entry.text("call", needed=True)
    said = {language: entry.text(language) for language in entry.nodes if language != "call"}
    if not any(said.values()):
        entry.wrong("call", "say who answers there, in one language or more: `en: Emergency`")
        return None
    return Helper(call, {language: text for language, text in said.items() if text})
