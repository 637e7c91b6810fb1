"""The deck in hand: what of it is gone through, and which item is on the screen."""

from bot.flows.learning.events import current
from bot.model.learner import Attempt, Learner
from cards.model import Item, Programme

REVIEW, EXAM = "review", "exam"


def item_of(programme: Programme, attempt: Attempt, id: str) -> Item | None:
    module_id, deck_id = attempt.module, attempt.deck
    if attempt.loose:
        module_id, deck_id, id = id.split("/")
    module = programme.module(module_id)
    deck = module.by_id.get(deck_id) if module else None
    return deck.by_id.get(id) if deck else None


def counted(programme: Programme, id: str) -> str:
    """The item that counts where this one is in the queue of a review: of a sister, its
    question."""
    module_id, deck_id, item = id.split("/")
    module = programme.module(module_id)
    deck = module.by_id.get(deck_id) if module else None
    return f"{module_id}/{deck_id}/{deck.main(item) if deck else item}"


def in_hand(learner: Learner, programme: Programme) -> tuple[Attempt, Item] | None:
    """The attempt and the item on the screen."""
    attempt = current(learner)
    if attempt is None or not attempt.queue:
        return None
    item = item_of(programme, attempt, attempt.queue[0])
    return (attempt, item) if item else None


def module_of(attempt: Attempt) -> str:
    """In a review, that of the question in hand."""
    return attempt.queue[0].split("/")[0] if attempt.loose else attempt.module
