"""What a translation lost, or says in another voice: pure, per module and language.

Everything here is a warning, for languages differ; what would break a screen stands in `cards.lint`
and `catalogues.entry`. The rules come from a review in which readers of five languages stumbled.
"""

import re
from collections.abc import Callable, Iterator

from cards.finding import Finding
from cards.kinds.choice import CHOICE
from cards.limits import SENTENCE
from cards.lint import sentences, words
from cards.model import Card, Module
from cards.question import Question
from cards.text import Text

Say = Callable[[Text], str]
BUTTON = 20
"""Characters that a button of WhatsApp shows."""
LOST_BUTTONS = 0.25
"""The share of a module's options that may be a button in the source and too long for one here."""
MANNERS = {"pt": r"\bvocês?\b", "fr": r"\b(?:tu|ton|tes|toi)\b", "tr": r"\b(?:sen|senin|sana)\b"}
"""Words that are not said to an adult whom one does not know. In quoted speech they may stand."""
_DIGITS = re.compile(r"\d+")
_FULL_HOUR = re.compile(r"(?<=\d):00")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|„[^“]*“|'[^']*'|’[^’]*’")
_QUOTES = {"“": "”", "«": "»", '"': '"', "„": "“"}
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def check_translation(module: Module, say: Say, language: str) -> Iterator[Finding]:
    """Sentences that are too long, options too long for buttons, digits and sentences that were
    lost, texts left as they were, another voice, two kinds of quotation marks."""

    def finding(line: int, message: str) -> Finding:
        return Finding(module.path, line, message, fails=False, language=language)

    quotes: set[str] = set()
    for line, text in _lines(module):
        said = say(text)
        quotes |= {mark for mark in _QUOTES if mark in said and _QUOTES[mark] in said}
        for message in _against_source(text.source, said):
            yield finding(line, f"{message}: {said[:50]}")
        most = SENTENCE.get(language, 15)
        for sentence in sentences(said):
            if words(sentence) > most:
                yield finding(
                    line, f"{words(sentence)} words in one sentence, {most} are best: {said[:40]}…"
                )
        if (rude := MANNERS.get(language)) and re.search(rude, _QUOTED.sub("", said.casefold())):
            yield finding(line, f"speaks to the reader as to a friend: {said[:50]}")
    options = [
        o.text for d in module.decks for q in d.questions if q.kind is CHOICE for o in q.options
    ]
    lost = sum(len(o.source) <= BUTTON < len(say(o)) for o in options)
    if lost > LOST_BUTTONS * len(options):
        yield finding(1, f"{lost} of {len(options)} options no longer fit {BUTTON} characters")
    if len(quotes) > 1:
        yield finding(1, f"two kinds of quotation marks: {' '.join(sorted(quotes))}")


def _lines(module: Module) -> Iterator[tuple[int, Text]]:
    """What is read as running text, and where it stands."""
    yield module.line("description"), module.description
    for deck in module.decks:
        for item in deck.items:
            if isinstance(item, Card):
                yield from ((item.line, text) for text in item.body)
            elif isinstance(item, Question):
                yield item.line, item.text
                yield item.line, item.reason


def _against_source(source: str, said: str) -> Iterator[str]:
    if said == source and words(source) > 2:
        yield "is as in the source"
    numbers = _DIGITS.findall(said.translate(_ARABIC_DIGITS))
    wanted = _DIGITS.findall(_FULL_HOUR.sub("", source.translate(_ARABIC_DIGITS)))
    if lost := [number for number in wanted if number not in numbers]:
        yield f"the number {', '.join(lost)} is not in it"
    if abs(len(sentences(said)) - len(sentences(source))) > 1:
        yield f"has {len(sentences(said))} sentences, the source {len(sentences(source))}"
