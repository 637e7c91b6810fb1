"""How much there is to read: what a cover and a search say of the same module."""

from collections.abc import Iterable
from math import ceil

from bot.conversation.turn import Turn
from bot.model.words import Words
from cards.model import Module


def size_of(module: Module, turn: Turn) -> int:
    """Kilobytes of its texts in the learner's language, rounded up."""
    return kilobytes(module.texts(), turn)


def kilobytes(texts: Iterable[Words], turn: Turn) -> int:
    """At least one. As UTF-8: an Arabic letter is two bytes."""
    said = sum(len(turn.world.say(text, turn.language).encode()) for text in texts)
    return max(1, ceil(said / 1024))
