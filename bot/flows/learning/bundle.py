"""Several cards in one message, where each message costs money: what was said about the last
answer, the cards up to the next question, and that question (docs/whatsapp.md).

The learner stays at the first of them until the question is answered: whoever comes back reads the
cards again, and nothing is lost with a message. So the question's buttons carry the step at which
it will be, and its answer first steps on.
"""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.conversation.turn import Turn
from bot.flows.learning.actions import Answer, Pick, Submit, Undo
from bot.flows.learning.attempt import item_of
from bot.flows.learning.events import Advanced, current
from bot.model.learner import Attempt
from cards.model import Card, Programme
from cards.question import Question


@dataclass(frozen=True)
class Bundle:
    """What stands before the next question: `cards`, and the `queue` from that question on; empty
    at the end of the deck."""

    cards: tuple[Card, ...]
    queue: tuple[str, ...]

    def reached(self, attempt: Attempt) -> Attempt:
        """The attempt once the question is on the screen."""
        if self.queue == attempt.queue and attempt.feedback is None:
            return attempt
        return replace(attempt, queue=self.queue, chosen=(), feedback=None, step=attempt.step + 1)


THE_END = Bundle((), ())
"""Nothing is left of the deck."""


def bundle(attempt: Attempt, programme: Programme) -> Bundle:
    queue = attempt.queue[1:] if attempt.feedback else attempt.queue
    cards: list[Card] = []
    for place, id in enumerate(queue):
        item = item_of(programme, attempt, id)
        if isinstance(item, Question):
            return Bundle(tuple(cards), queue[place:])
        if item:
            cards.append(item)
    return Bundle(tuple(cards), ())


def next_question(attempt: Attempt, programme: Programme) -> tuple[Attempt, Question] | None:
    """The question at the end of a bundle, and the attempt once it is on the screen."""
    reached = bundle(attempt, programme).reached(attempt)
    item = item_of(programme, reached, reached.queue[0]) if reached.queue else None
    return (reached, item) if isinstance(item, Question) else None


def at_the_question(tap: Answer | Pick | Undo | Submit, turn: Turn) -> tuple[Event, ...]:
    """What leads to the question that is answered: nothing, where it is on the screen already, or
    the button is an old one."""
    attempt = current(turn.learner) if turn.moment.costly else None
    if attempt is None or not attempt.queue:
        return ()
    found = bundle(attempt, turn.programme)
    reached = found.reached(attempt)
    fits = (tap.attempt, tap.step) == (reached.id, reached.step)
    return (Advanced(found.queue),) if found.queue and reached is not attempt and fits else ()
