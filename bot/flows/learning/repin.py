"""A deck in hand that its author changed: what is left of it, in its new form."""

from bot.conversation.event import Event
from bot.conversation.registry import prepares
from bot.conversation.turn import Turn
from bot.flows.learning.events import Repinned, current
from bot.flows.learning.lesson import finish
from bot.flows.learning.review import exists
from bot.model.learner import Learner
from cards.model import Programme


@prepares
def caught_up(turn: Turn) -> tuple[Event, ...]:
    """The deck in hand as it is now; where nothing is left of it, its end."""
    changed = repin(turn.learner, turn.programme)
    if not changed:
        return ()
    after = turn.after(*changed)
    attempt = current(after.learner)
    return (*changed, *finish(attempt, after)) if attempt and not attempt.queue else changed


def repin(learner: Learner, programme: Programme) -> tuple[Event, ...]:
    """The deck in hand was changed by its author: go on at the nearest item that still exists, with
    all that follows it."""
    attempt = current(learner)
    if attempt is None:
        return ()
    if attempt.loose:
        kept = tuple(ref for ref in attempt.queue if exists(programme, ref))
        return () if kept == attempt.queue else (Repinned("", kept),)
    module = programme.module(attempt.module)
    deck = module.by_id.get(attempt.deck) if module else None
    if deck is None or deck.version == attempt.version:
        return ()
    order = deck.steps
    nearest = next((id for id in attempt.queue if id in order), None)
    ahead = order[order.index(nearest) :] if nearest else ()
    again = tuple(
        id for id in attempt.missed if id in order and id in attempt.queue and id not in ahead
    )
    unanswered = tuple(
        q.id for q in deck.questions if q.id not in attempt.answers and q.id not in ahead
    )
    return (Repinned(deck.version, (*ahead, *unanswered, *again)),)
