"""The order in which the options of a question stand: as written where they are fixed, else mixed.

Pure: the same seed gives the same order.
"""

import random

from cards.question import Choices, Question


def mixed(question: Question, seed: str) -> Choices:
    """The options as they stand: shown place -> index. What has to be put in order never stands in
    order: there would be nothing to do."""
    order = list(range(len(question.options)))
    if question.mixed:
        mixer = random.Random(f"{question.id}/{seed}")  # noqa: S311 - mixes cards, hides nothing
        mixer.shuffle(order)
        while question.kind.arranged and order == sorted(order):
            mixer.shuffle(order)
    return tuple(order)
