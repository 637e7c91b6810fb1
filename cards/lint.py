"""The numbers and rules of style that every deck keeps (product.md, Numbers;
docs/writing-a-deck.md). Pure.

An error is a hard limit; a warning is a target that was missed. Lengths are counted in the words
that `say` gives, so that the same limits hold for every translation.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from cards.finding import Finding, did_you_mean
from cards.kinds import kind_of
from cards.limits import CARD, DESCRIPTION, OPTION, SENTENCE, SHORT, TITLE
from cards.lint_beside import check_beside
from cards.lint_media import check_media
from cards.lint_requires import check_requires
from cards.lint_typed import cannot_tell
from cards.model import Card, Deck, Item, Module, Programme, Role
from cards.question import Question
from cards.text import ENGLISH, Text

Say = Callable[[Text], str]
Long = Callable[[Iterable[str]], Iterator[str]]
"""Names the sentences that have too many words."""
EXAM = (3, 20)
"""Questions of an exam."""
_END = re.compile(r"""(?:(?<=[.!?…؟。।።፧])|(?<=[.!?…؟。।።፧]["”“»«'’])|(?<=[.!?…]\s»))\s+(?!»)""")
"""In French a space stands before the closing mark: `« Non ! »`."""


def words(text: str) -> int:
    return len([word for word in re.findall(r"\S+", text) if any(c.isalnum() for c in word)])


def sentences(text: str) -> list[str]:
    """A sentence ends with its sign, or with the quotation mark behind it."""
    return [part for part in _END.split(text.replace("**", "")) if part.strip()]


def check_programme(programme: Programme) -> Iterator[Finding]:
    """Everything in the author's own language."""
    known = {competence.id for competence in programme.competences}
    trainers = {organisation.name for organisation in programme.organisations}
    for module in (*programme.offered.values(), *programme.tracks):
        for competence in module.competences:
            if competence not in known:
                near = did_you_mean(competence, known)
                message = f"the competence `{competence}` is not in programme.yaml{near}"
                yield Finding(module.path, module.line("competences"), message)
        if module.trainer and module.trainer not in trainers:
            near = did_you_mean(module.trainer, trainers)
            message = (
                f"the trainer `{module.trainer}` is not an organisation of programme.yaml{near}"
            )
            yield Finding(module.path, module.line("trainer"), message)
        yield from check_module(module, sector=module.id in programme.sectors)
    yield from check_requires(programme)
    if len(programme.help.decks) != 1:
        yield Finding(programme.help.path, 1, "help has exactly one deck")
    yield from check_texts(programme.help, _source)


def check_module(module: Module, sector: bool = False) -> Iterator[Finding]:
    """The shape of one module, and its texts as the author wrote them. A sector may be one deck,
    and has no certificate to say what can be done afterwards."""

    def finding(message: str, line: int = 1, fails: bool = True) -> Finding:
        return Finding(module.path, line, message, fails)

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", module.id) or len(module.id) > 24:
        yield finding(
            "a file name is at most 24 small letters, digits and hyphens: it becomes the id of the "
            "module"
        )
    if not 1 <= len(module.decks) <= 8:
        yield finding(f"a module has at most 8 decks, this one has {len(module.decks)}")
    elif not 3 <= len(module.decks) <= 5 and not sector:
        yield finding(f"3 to 5 decks are best, this one has {len(module.decks)}", fails=False)
    if len(module.glossary) < 5:
        yield finding(
            f"a glossary has at least 5 words, this one has {len(module.glossary)}",
            module.line("glossary"),
        )
    for name, value in (("objectives", module.objectives), ("outcomes", module.outcomes)):
        if not value and not (sector and name == "outcomes"):
            yield finding(f"`{name}:` is missing", module.line(name))
    if module.pass_mark is not None and module.pass_mark > 100:
        yield finding("`pass_mark:` is a per cent up to 100", module.line("pass_mark"))
    if module.eqf_level is not None and not 1 <= module.eqf_level <= 8:
        yield finding("`eqf_level:` is 1 to 8", module.line("eqf_level"))
    for deck in module.decks:
        yield from _check_deck(module, deck)
    for exam in module.exams:
        if not EXAM[0] <= len(exam.questions) <= EXAM[1]:
            yield finding(f"an exam has {EXAM[0]} to {EXAM[1]} questions", exam.line)
        if exam.cards:
            yield finding("an exam has questions only: cards belong to lessons", exam.line)
    yield from check_media(module)
    yield from check_texts(module, _source)


def _check_deck(module: Module, deck: Deck) -> Iterator[Finding]:
    def finding(message: str, line: int = deck.line, fails: bool = True) -> Finding:
        return Finding(module.path, line, message, fails)

    if len(deck.cards) > 9:
        yield finding(f"a deck has at most 9 cards, this one has {len(deck.cards)}")
    if not 3 <= len(deck.questions) <= 6:
        yield finding(f"a deck has 3 to 6 questions, this one has {len(deck.questions)}")
    if deck.seconds > 20 * 60:
        yield finding(f"a deck is at most 20 minutes, this one takes {deck.seconds // 60}")
    if not deck.items or isinstance(deck.items[0], Question):
        yield finding("a deck begins with a card")
    yield from (finding(message, line) for line, message in _warmups(deck))
    for role in (Role.MEMO, Role.TASK):
        if sum(card.role is role for card in deck.cards) != 1:
            yield finding(f"a deck has exactly one card {{.{role}}}")
    if not any(isinstance(item, Card) and item.role is Role.IDEA for item in deck.items):
        yield finding("a deck needs cards")
    run = 0
    for item in deck.items:
        run = run + 1 if isinstance(item, Card) and item.role in (Role.IDEA, Role.STORY) else 0
        if run > 3:
            yield finding("a question comes after two or three cards", item.line)
    tail = [item.role for item in deck.items if isinstance(item, Card)][-2:]
    if (
        len(tail) == 2
        and set(tail) == {Role.MEMO, Role.TASK}
        and isinstance(deck.items[-1], Question)
    ):
        yield finding("memo and task are the end of a deck", deck.items[-1].line)


def _warmups(deck: Deck) -> Iterator[tuple[int, str]]:
    for place, item in enumerate(deck.items):
        if isinstance(item, Card) and item.role is Role.WARMUP:
            if place:
                yield item.line, "a card {.warmup} is the first of its deck"
            if not item.picture and not item.medium:
                yield item.line, "a card {.warmup} has a picture, or a video with its size"


def check_texts(module: Module, say: Say, language: str = "") -> Iterator[Finding]:
    """The lengths of all texts of a module, as `say` puts them: the author's, or a translation."""

    def finding(line: int, message: str, fails: bool = True) -> Finding:
        return Finding(module.path, line, message, fails, language)

    spoken = language or module.written_in
    long = partial(_long_sentences, SENTENCE.get(spoken, SENTENCE[ENGLISH]))
    if len(say(module.title)) > TITLE:
        yield finding(
            module.line("title"),
            f"the title has {len(say(module.title))} characters, {TITLE} are allowed",
        )
    if len(say(module.short)) > SHORT:
        yield finding(
            module.line("short"),
            f"the short title has {len(say(module.short))} characters, {SHORT} are allowed",
        )
    if len(say(module.description)) > DESCRIPTION:
        length = len(say(module.description))
        message = f"the description has {length} characters, {DESCRIPTION} are allowed"
        yield finding(module.line("description"), message)
    for deck in module.all_decks:
        if len(say(deck.title)) > TITLE:
            yield finding(
                deck.line, f"the title has {len(say(deck.title))} characters, {TITLE} are allowed"
            )
        for item in deck.items:
            alike = cannot_tell(item, say, spoken) if isinstance(item, Question) else ()
            for message, fails in (*_lengths(item, say, long), *alike):
                yield finding(item.line, message, fails)
    if module.trailer:
        for message, fails in _lengths(module.trailer, say, long):
            yield finding(module.trailer.line, message, fails)
    for line, message in check_beside(module, say, long):
        yield finding(line, message)


def _lengths(item: Item, say: Say, long: Long) -> Iterator[tuple[str, bool]]:
    if isinstance(item, Card):
        if len(say(item.title)) > TITLE:
            yield f"the title has {len(say(item.title))} characters, {TITLE} are allowed", True
        text = " ".join(map(say, item.body))
        if words(text) > 50:
            yield f"the card has {words(text)} words, 50 are allowed", True
        if len(text) > CARD:
            yield f"the card has {len(text)} characters, {CARD} are allowed", True
        if not text and not item.picture:
            yield "the card is empty", True
        yield from ((message, True) for message in long(map(say, item.body)))
        for part in item.medium.words if item.medium else ():
            if len(say(part)) > CARD:
                said = f"a paragraph of the transcript has {len(say(part))} characters"
                yield f"{said}, {CARD} are allowed", True
        return
    if item.kind.worded:
        labels = [say(option.text) for option in item.options]
        if len(set(labels)) < len(labels):
            yield "two options are the same", True
        labels += [say(option.pair) for option in item.options if option.pair]
        too_long = [label for label in labels if len(label) > OPTION]
        yield from (
            (f"`{label}` has {len(label)} characters, {OPTION} are allowed", True)
            for label in too_long
        )
    if words(say(item.reason)) > 30:
        yield f"the reason has {words(say(item.reason))} words, 20 are best", True
    yield from ((message, True) for message in kind_of(item).lint(item, say))
    yield from ((message, True) for message in long(map(say, (item.text, item.reason))))


def _long_sentences(most: int, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for sentence in sentences(text):
            if (count := words(sentence)) > most:
                yield f"{count} words in one sentence, {most} are allowed: {sentence[:40]}…"


def _source(text: Text) -> str:
    return text.source
