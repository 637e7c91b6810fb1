"""Questions that fit: who had most of a deck right is offered the harder sisters of its questions,
who had less than half of it right the easier ones. Where an author marks none, nothing changes.
"""

from collections.abc import Mapping
from fractions import Fraction

from bot.conversation.event import Went
from bot.conversation.registry import does
from bot.conversation.screen import Button
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.learning.actions import Lesson, MoreQuestions
from bot.flows.learning.attempt import REVIEW
from bot.flows.learning.events import Began
from bot.model.learner import Learner
from bot.model.words import _
from cards.grading import Hits
from cards.model import Deck, Module
from cards.question import Ease, Question

HARDER_FROM, EASIER_BELOW = Fraction(80, 100), Fraction(50, 100)
LABELS = {Ease.HARDER: _("💪 Harder questions"), Ease.EASIER: _("🌱 Easier questions")}


def ease(share: Fraction | None) -> Ease:
    """What fits somebody with so much right, 0 to 1; nothing special where nothing is known."""
    if share is None or EASIER_BELOW <= share < HARDER_FROM:
        return Ease.SAME
    return Ease.HARDER if share >= HARDER_FROM else Ease.EASIER


def fitting(sisters: tuple[Question, ...], wanted: Ease) -> tuple[Question, ...]:
    """Those of the wanted level; all where none is."""
    return tuple(s for s in sisters if s.ease is wanted) or sisters


def share(deck: Deck, answers: Mapping[str, Hits]) -> Fraction | None:
    """How much of the questions that were answered is right; None where none was."""
    met = [q for q in deck.questions if q.id in answers]
    if not met:
        return None
    return sum((q.kind.worth(q, answers[q.id]) for q in met), Fraction()) / len(met)


def share_of(learner: Learner, module: Module, deck: Deck) -> Fraction | None:
    """Of a deck that was gone through; of a module that is done its mark, for no more is kept."""
    progress = learner.modules.get(module.id)
    if progress is None:
        return None
    if progress.done:
        return Fraction(progress.mark, 100)
    return share(deck, progress.decks.get(deck.id, {}))


def more_questions(module: Module, deck: Deck, turn: Turn) -> tuple[Button, ...]:
    """The offer at the end of a deck."""
    wanted = ease(share_of(turn.learner, module, deck))
    busy = turn.learner.attempt("", REVIEW)
    if busy or not _refs(module, deck, wanted):
        return ()
    return (Button(LABELS[wanted], MoreQuestions(module.id, deck.id)),)


def _refs(module: Module, deck: Deck, wanted: Ease) -> tuple[str, ...]:
    if wanted is Ease.SAME:
        return ()
    found = (s for sisters in deck.sisters.values() for s in sisters if s.ease is wanted)
    return tuple(f"{module.id}/{deck.id}/{sister.id}" for sister in found)


@does(MoreQuestions)
def ask_more(tap: MoreQuestions, turn: Turn) -> Decision:
    module = turn.module(tap.module)
    deck = module.by_id.get(tap.deck)
    if deck is None:
        raise Gone
    refs = _refs(module, deck, ease(share_of(turn.learner, module, deck)))
    if turn.learner.attempt("", REVIEW):
        return Decision((Went(Lesson("", REVIEW)),))
    if not refs:
        raise Gone
    return Decision((Went(Lesson("", REVIEW)), Began("", REVIEW, "", refs)))
