"""Pairs: to each term its meaning is chosen, one term after another."""

from bot.conversation.screen import Shown
from bot.flows.learning.kinds.base import YOURS_WAS, Picking, joined
from bot.model.learner import Attempt
from bot.model.words import Msg, Words, _
from cards.kinds.match import MATCH
from cards.question import Choices, Question

PAIR = Msg("{left} = {right}")


class AskMatch(Picking):
    kind = MATCH
    at_once = _(
        "What belongs to each? Send the numbers in the order of these lines, for example: {example}"
    )
    placed = True

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

    def how_at_once(self, question: Question) -> tuple[Words, ...]:
        terms = (Msg("👉 {left}").of(left=option.text) for option in question.options)
        return (*terms, *super().how_at_once(question))

    def shown(self, question: Question, order: Choices, choices: Choices) -> tuple[Shown, ...]:
        """The pairs. What else was chosen for a term is said beside it."""
        return tuple(
            Shown(
                PAIR.of(left=option.text, right=self.option(question, i)),
                True,
                given == i,
                None if given == i else YOURS_WAS.of(option=self.option(question, given)),
            )
            for (i, option), given in zip(enumerate(question.options), choices, strict=True)
        )

    def right_answer(self, question: Question, order: Choices) -> Msg:
        return joined(
            [
                PAIR.of(left=option.text, right=self.option(question, i))
                for i, option in enumerate(question.options)
            ]
        )
