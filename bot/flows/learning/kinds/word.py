"""The word for a definition: typed, one slip forgiven, or chosen."""

from bot.flows.learning.kinds.fill_in import AskFillIn
from bot.model.learner import Attempt
from bot.model.words import Words, _
from cards.kinds.word import WORD
from cards.question import Question


class AskWord(AskFillIn):
    kind = WORD

    def how(self, question: Question, attempt: Attempt) -> tuple[Words, ...]:
        return (_("Which word is it?"),)
