"""Pairs: to each term its meaning is chosen, one term after another."""

from bot.flows.learning.kinds.base import Picking, joined
from bot.model.learner import Attempt
from bot.model.words import Msg, Words, _
from cards.kinds.match import MATCH
from cards.question import Choices, Question


class AskMatch(Picking):
    kind = MATCH

    def option(self, question: Question, i: int) -> Words:
        """The meaning."""
        return question.options[i].pair or question.options[i].text

    def how(self, question: Question, attempt: Attempt) -> tuple[Words, ...]:
        total = len(question.options)
        at = min(len(attempt.chosen), total - 1)
        return (
            _("{number} of {total}: what belongs to this?").of(number=at + 1, total=total),
            Msg("👉 {left}").of(left=question.options[at].text),
        )

    def right_answer(self, question: Question, order: Choices) -> Msg:
        return joined(
            [
                Msg("{left} = {right}").of(left=option.text, right=option.pair or option.text)
                for option in question.options
            ]
        )
