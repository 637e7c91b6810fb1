"""An order: the first one is chosen first, then the next."""

from bot.conversation.screen import Shown
from bot.flows.learning.kinds.base import YOURS_WAS, Picking, joined, numbered
from bot.model.learner import Attempt
from bot.model.words import Msg, Words, _
from cards.kinds.order import ORDER
from cards.question import Choices, Question

THEN = Msg("{a} → {b}")


class AskOrder(Picking):
    kind = ORDER
    at_once = _("Put them in order: send their numbers, for example: {example}")
    placed = True

    def how(self, question: Question, attempt: Attempt) -> tuple[Words, ...]:
        if not attempt.chosen:
            return (_("Put them in order: choose the first one, then the next."),)
        steps = [Msg("{option}").of(option=self.option(question, i)) for i in attempt.chosen]
        return (_("Your order so far: {order}").of(order=joined(steps, THEN)),)

    def shown(self, question: Question, order: Choices, choices: Choices) -> tuple[Shown, ...]:
        """The right order. What else was put at a place is said beside it."""
        return tuple(
            Shown(
                self.option(question, i),
                True,
                given == i,
                None if given == i else YOURS_WAS.of(option=self.option(question, given)),
            )
            for i, given in zip(question.right, choices, strict=True)
        )

    def right_answer(self, question: Question, order: Choices) -> Msg:
        return joined(numbered(self, question, question.right, order), THEN)
