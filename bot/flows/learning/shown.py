"""How the options of the question in hand stand on the screen, and what a place on it means."""

from bot.model.learner import Attempt
from cards.mixing import mixed
from cards.question import Choices, Question


def shown_order(question: Question, attempt: Attempt) -> Choices:
    """How the options of the question in hand stand: anew in each sitting, and again when it comes
    again."""
    if not attempt.mixed and not question.kind.arranged:
        return tuple(range(len(question.options)))
    return mixed(
        question, f"{attempt.id}/{len(attempt.missed)}" if attempt.mixed else str(attempt.id)
    )


def meant(question: Question, attempt: Attempt, shown: Choices) -> Choices:
    """What was chosen by its places on the screen, as indexes into the options. Raises `IndexError`
    for a place that is not there.

    Buttons carry places: an index would tell the right order to whoever reads it.
    """
    if not attempt.mixed:
        return shown
    order = shown_order(question, attempt)
    return tuple(order[place] for place in shown)
