"""How a word becomes one's own: it was looked up on a card, or came with a right answer.

A card shows a word of the glossary bold at its first use; one tap below it tells the meaning in
place. The questions of a deck give its words away: the first question the first word, and so on.
"""

from bot.conversation.event import Event
from bot.conversation.registry import does, follows
from bot.conversation.screen import Button
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.both_languages.pair import Pair, above, pair_of, twice
from bot.flows.learning.attempt import in_hand
from bot.flows.learning.events import Answered
from bot.flows.vocabulary.actions import ExplainWord
from bot.flows.vocabulary.collected import memory_of
from bot.flows.vocabulary.events import WordCollected
from bot.model.learner import Attempt
from bot.model.words import Msg, Words, _
from cards.glossary import bold_in
from cards.grading import is_right
from cards.model import Card, Deck, Module, Word
from cards.question import Question

MOST = 3
"""Words that are explained below one card."""
MEANING = Msg("📖 **{term}**: {meaning}")


def explainable(attempt: Attempt, card: Card, turn: Turn, pair: Pair) -> tuple[Button, ...]:
    """A button for each bold word of a card."""
    module = turn.programme.offered.get(attempt.module)
    words = bold_in(card, module)[:MOST] if module else ()
    return tuple(
        Button(
            above(Msg("📖 {term}").of(term=word.term), pair),
            ExplainWord(attempt.id, attempt.step, number),
        )
        for number, word in enumerate(words)
    )


@does(ExplainWord)
def explain(tap: ExplainWord, turn: Turn) -> Decision:
    """The meaning stands above the card, which stays."""
    held = in_hand(turn.learner, turn.programme)
    if held is None or (held[0].id, held[0].step) != (tap.attempt, tap.step):
        raise Gone
    attempt, card = held
    module = turn.module(attempt.module)
    words = bold_in(card, module)[:MOST] if isinstance(card, Card) else ()
    if tap.number >= len(words):
        raise Gone
    word = words[tap.number]
    meaning = MEANING.of(term=word.term, meaning=word.meaning)
    return Decision(
        (WordCollected(module.id, word.term.source),),
        notes=twice((meaning,), pair_of(module.id, turn)),
    )


def given(deck: Deck, module: Module, question: str) -> Word | None:
    """The word that a right answer to this question brings."""
    brought = {word.term.source: word for card in deck.cards for word in bold_in(card, module)}
    ids = [each.id for each in deck.questions]
    place = ids.index(question) if question in ids else len(brought)
    return tuple(brought.values())[place] if place < len(brought) else None


@follows
def gift_follows(decision: Decision, turn: Turn) -> tuple[Event, ...]:
    """A word comes with a right answer in a lesson, the first in its sitting."""
    answered = (event for event in decision.events if isinstance(event, Answered))
    return tuple(
        WordCollected(event.module, word.term.source)
        for event in answered
        if event.right and (word := _gift(event, turn))
    )


def _gift(event: Answered, turn: Turn) -> Word | None:
    held = in_hand(turn.learner, turn.programme)
    module = turn.programme.offered.get(event.module)
    if held is None or module is None or held[0].loose:
        return None
    question = event.counts_for or event.question
    if question in held[0].answers:
        return None
    word = given(module.by_id[event.deck], module, question)
    return word if word and memory_of(word, module, turn) is None else None


def gift(attempt: Attempt, question: Question, turn: Turn) -> tuple[Words, ...]:
    """What the right answer on the screen brought. A word that was practised is no gift."""
    module = turn.programme.offered.get(attempt.module)
    told = attempt.feedback
    main = question.sister_of or question.id
    if module is None or told is None or main in attempt.missed:
        return ()
    if not is_right(question, told.choices):
        return ()
    word = given(module.by_id[attempt.deck], module, main)
    memory = memory_of(word, module, turn) if word else None
    if word is None or memory is None or memory.interval:
        return ()
    line = _("★ A word for you: **{term}**: {meaning}").of(term=word.term, meaning=word.meaning)
    return twice((line,), pair_of(module.id, turn))
