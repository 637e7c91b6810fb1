"""Which words are one's own, and when each is asked again. Pure."""

from dataclasses import dataclass

from bot.conversation.turn import Gone, Turn
from bot.flows.vocabulary.events import shelf
from bot.model.spaced import Recall, recall
from cards.ids import short_code
from cards.model import Module, Word


@dataclass(frozen=True, slots=True)
class Collected:
    """A word of one's own."""

    module: Module
    word: Word
    memory: Recall

    @property
    def code(self) -> int:
        return code_of(self.word)


def code_of(word: Word) -> int:
    """Stands for a word within its module, whatever its place in the glossary."""
    return short_code("", word.term.source)


def memory_of(word: Word, module: Module, turn: Turn) -> Recall | None:
    """What is remembered of a word; None of one that was never met."""
    return recall(turn.learner.memory, shelf(module.id), "", word.term.source)


def collected(turn: Turn) -> tuple[Collected, ...]:
    """One's own words, those due first in front. Words that the programme no longer has are left
    out."""
    found = [
        Collected(module, word, memory)
        for module in turn.programme.offered.values()
        if shelf(module.id) in turn.learner.memory
        for word in module.glossary
        if (memory := memory_of(word, module, turn))
    ]
    return tuple(sorted(found, key=lambda one: one.memory.due))


def word_of(module: str, code: int, turn: Turn) -> tuple[Module, Word]:
    """Raises `Gone` where there is no such word any more."""
    there = turn.module(module)
    for word in there.glossary:
        if code_of(word) == code:
            return there, word
    raise Gone
