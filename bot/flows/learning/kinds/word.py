"""The word for a definition: typed, one slip forgiven, or chosen."""

from bot.flows.learning.kinds.base import Asking, Say
from bot.flows.learning.kinds.fill_in import AskFillIn
from bot.model.learner import Attempt
from bot.model.words import Words, _
from cards.kinds.word import WORD
from cards.question import Question


class AskWord(AskFillIn):
    kind = WORD

    def how(self, question: Question, attempt: Attempt) -> tuple[Words, ...]:
        return (_("Which word is it?"),)

    def nearly(self, question: Question, text: str, say: Say, language: str) -> int | None:
        """Also without its article, or with one: of a word that is not in a sentence it is no
        part."""
        found = super().nearly(question, text, say, language)
        return Asking.nearly(self, question, text, say, language) if found is None else found
