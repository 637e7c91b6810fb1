"""What people ask about the service, and what is answered: a list that an operator can replace
(`faq.yaml`)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cards import ids
from cards.finding import Finding, Report, brief, did_you_mean
from cards.text import Text
from cards.text_file import read_text
from cards.yaml_file import Fields, read_mapping

NAME = "faq.yaml"
CONTEXT = "faq"
"""The context of its texts."""
COMMAND = "/"
"""Before what an answer leads to, where that is a page of the chat."""
QUESTION, ANSWER = 60, 300
"""Characters: a question is a button, an answer a card."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`words` are others by which people look for it, separated by |; `see` what it leads to:
    the ids of categories, pathways and modules, `module/deck` of a lesson, `/command` of the
    chat."""

    id: str
    question: Text
    answer: Text
    words: Text | None = None
    see: tuple[str, ...] = ()
    line: int = 0
    modified: date | None = None
    """When its author last changed it."""

    def texts(self) -> Iterator[Text]:
        yield from (self.question, self.answer)
        if self.words:
            yield self.words


def read_answers(
    root: Path, shipped: Path, places: Collection[str]
) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """The list in a folder of decks; the one that ships where it has none. What cannot be read is
    reported and left out, and so is what leads to none of the `places`; of the list that ships that
    is nobody's mistake."""
    own = root / NAME
    path = own if own.exists() else shipped / NAME
    report = Report(NAME)
    text = read_text(path, report) if path.exists() else None
    fields = None if text is None else read_mapping(text, report)
    found: dict[str, Answer] = {}
    if fields is not None:
        fields.only(("questions",))
        for entry in fields.mappings("questions"):
            one = _answer(entry, places, own.exists())
            if one and one.id in found:
                report.odd(one.line, f"the id `{one.id}` stands twice; the first one counts")
            elif one:
                found[one.id] = one
    return tuple(found.values()), tuple(report.findings)


def _answer(entry: Fields, places: Collection[str], theirs: bool) -> Answer | None:
    entry.only(("id", "ask", "answer", "words", "see", "modified"))
    id, ask, answer, words = (
        entry.text("id", needed=True),
        entry.text("ask", needed=True),
        entry.text("answer", needed=True),
        entry.text("words"),
    )
    if id and (ids.fault(id) or ids.size(id) > ids.LETTERS):
        entry.wrong("id", f"`id: {brief(id)}`: letters, digits and hyphens, at most {ids.LETTERS}")
        return None
    for name, text, most in (("ask", ask, QUESTION), ("answer", answer, ANSWER)):
        if len(text) > most:
            entry.wrong(name, f"`{name}:` has {len(text)} characters, {most} are allowed")
    see = [line.text for line in entry.texts("see") or ()] if entry.has("see") else []
    for each in see if theirs else ():
        if each not in places and not each.startswith(COMMAND):
            hint = did_you_mean(each, places)
            advice = f"`see: {brief(each)}` is no module, category or pathway here{hint}"
            entry.report.advise(entry.lines["see"], advice)
    if not entry.usable:
        return None
    said = Text(words, CONTEXT) if words else None
    there = tuple(each for each in see if each in places or each.startswith(COMMAND))
    texts = Text(ask, CONTEXT), Text(answer, CONTEXT)
    return Answer(id, *texts, said, there, entry.line, entry.day("modified"))
