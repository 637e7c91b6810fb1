"""An order: the first one is chosen first, then the next."""

from bot.flows.learning.kinds.base import Picking, joined, numbered
from bot.flows.learning.shown import shown_order
from bot.model.learner import Attempt
from bot.model.words import Msg, Words, _, verbatim
from cards.kinds.order import ORDER
from cards.question import Choices, Question

THEN = Msg("{a} → {b}")


class AskOrder(Picking):
    kind = ORDER

    def how(self, question: Question, attempt: Attempt) -> tuple[Words, ...]:
        if not attempt.chosen:
            return (_("Put them in order: choose the first one, then the next."),)
        order = shown_order(question, attempt)
        numbers = [verbatim(str(order.index(i) + 1)) for i in attempt.chosen]
        return (_("Your order so far: {order}").of(order=joined(numbers, THEN)),)

    def right_answer(self, question: Question, order: Choices) -> Msg:
        return joined(numbered(self, question, question.right, order), THEN)
