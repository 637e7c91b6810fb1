"""What a mark is worth: nobody passes by guessing, and every question can be answered when it comes
back alone. Pure.

The rules are those of a review of the first modules: the right option was the longest, several was
always two of three, and words of the card told the answer. A failure is what lets guessers pass;
the rest are warnings.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from cards.finding import Finding
from cards.guess import MOST, guesses
from cards.ids import short_code
from cards.kinds.choice import CHOICE
from cards.kinds.several import SEVERAL
from cards.model import PASS_MARK, Card, Module
from cards.question import Question
from cards.text import ENGLISH, Text

Say = Callable[[Text], str]
LONGEST_SHARE, LENGTH_RATIO, POSITION_SHARE = 0.4, 1.3, 0.5
HOURS_MARGIN = 1.2
"""How much more than it offers a module may declare."""
FEW_WORDS = 7
_PRONOUNS = frozenset({"it", "she", "he", "they", "this", "that"})


def check_marks(module: Module, pass_mark: int, say: Say, language: str = "") -> Iterator[Finding]:
    """The rules that hold in every language; those of the author's own words only where `language`
    is empty."""

    def finding(message: str, line: int = 1, fails: bool = False) -> Finding:
        return Finding(module.path, line, message, fails, language)

    needed = pass_mark if module.pass_mark is None else module.pass_mark
    for guess in guesses(module, needed, say):
        if needed and guess.share > MOST:
            fails = needed >= PASS_MARK  # below that it is the operator's own choice, which is told
            yield finding(
                f"{guess.share * 100:.1f} of 100 who guess pass at {needed} %: {guess.name}",
                fails=fails,
            )
    yield from (finding(message, line) for line, message in _lengths(module, say))
    if not language:
        yield from (finding(message, line) for line, message in _positions(module))
        yield from (finding(message, line, fails) for line, message, fails in _alone(module))
        yield from (finding(message, line, True) for line, message in _codes(module))
        yield from (finding(message, line, fails) for line, message, fails in _glossary(module))
        yield from (finding(message, module.line("hours"), True) for message in _hours(module))


def _lengths(module: Module, say: Say) -> Iterator[tuple[int, str]]:
    choices = [q for deck in module.decks for q in deck.questions if q.kind is CHOICE]
    longest = 0
    for question in choices:
        lengths = [len(say(option.text)) for option in question.options]
        (right,) = question.right
        others = [length for i, length in enumerate(lengths) if i != right]
        longest += lengths[right] > max(others)
        if lengths[right] > LENGTH_RATIO * max(others):
            yield question.line, "the right option is much longer than the others"
    if len(choices) >= 5 and longest > LONGEST_SHARE * len(choices):
        yield 1, f"the right option is the longest in {longest} of {len(choices)} questions"


def _positions(module: Module) -> Iterator[tuple[int, str]]:
    """Where the right option stands matters on paper, and where the author pins the order."""
    pinned = [q for deck in module.decks for q in deck.questions if q.kind is CHOICE and q.pinned]
    places = Counter(q.right[0] for q in pinned)
    if len(pinned) >= 4 and max(places.values()) > POSITION_SHARE * len(pinned):
        yield (
            pinned[0].line,
            "the right option of pinned questions stands in the same place too often",
        )
    several = [q for deck in module.decks for q in deck.questions if q.kind is SEVERAL]
    counts = {(len(q.right), len(q.options)) for q in several}
    if len(several) >= 3 and len(counts) == 1:
        yield (
            several[0].line,
            "each question with several right options has the same number of them",
        )


def _alone(module: Module) -> Iterator[tuple[int, str, bool]]:
    """A question comes back without its deck: its words have to say what it is about."""
    asked = [item for deck in module.decks for item in deck.items if isinstance(item, Question)]
    english = module.written_in == ENGLISH  # its pronouns, and the capitals of its names
    seen: dict[str, int] = {}
    for question in asked:
        text = question.text.source
        if text.casefold() in seen:
            yield question.line, f"the same question stands on line {seen[text.casefold()]}", True
        seen[text.casefold()] = question.line
        words = re.findall(r"[\w'’]+", text)
        if text.rstrip("?. ").casefold() == "what belongs together":
            yield question.line, "say what is to be matched: this question comes back alone", True
        elif (
            english
            and len(words) < FEW_WORDS
            and (_PRONOUNS & {w.casefold() for w in words} or _names(words))
        ):
            yield (
                question.line,
                "can this be answered without the cards? Put the case into the question",
                False,
            )


def _names(words: list[str]) -> bool:
    return any(word[:1].isupper() for word in words[1:])


def _codes(module: Module) -> Iterator[tuple[int, str]]:
    codes = sorted(
        (short_code(deck.id, q.id), q.line) for deck in module.all_decks for q in deck.questions
    )
    for (one, _), (other, line) in pairwise(codes):
        if one == other:
            yield (
                line,
                "the id of this question falls together with another one: write another {#id} "
                "behind it",
            )


def _glossary(module: Module) -> Iterator[tuple[int, str, bool]]:
    texts = [
        text.source
        for deck in module.decks
        for item in deck.items
        if isinstance(item, Card)
        for text in item.body
    ]
    titles = [
        item.title.source for deck in module.decks for item in deck.items if isinstance(item, Card)
    ]
    body = " ".join((*texts, *titles)).casefold()
    bold = {word.casefold() for text in texts for word in re.findall(r"\*\*(.+?)\*\*", text)}
    for word in module.glossary:
        term = word.term.source.casefold()
        if term not in body:
            yield (
                module.line("glossary"),
                f"the glossary's `{word.term.source}` is on no card",
                False,
            )
        elif not any(term in marked for marked in bold):
            yield (
                module.line("glossary"),
                f"`{word.term.source}` of the glossary is never bold",
                False,
            )


def _hours(module: Module) -> Iterator[str]:
    offered = module.minutes
    if module.hours * 60 > HOURS_MARGIN * offered:
        yield (
            f"`hours: {module.hours}` declares more than the {offered} minutes that the module "
            "offers: leave it out, or offer more"
        )
