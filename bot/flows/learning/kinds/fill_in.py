"""A gap to fill: the word is typed, one slip forgiven, or chosen. An article is part of it."""

from typing import ClassVar

from bot.flows.learning.kinds.base import Asking, Say
from bot.model.words import _
from cards.kinds.fill_in import FILL_IN, typed_word
from cards.question import Kind, Question


class AskFillIn(Asking):
    kind: ClassVar[Kind] = FILL_IN
    typing = _("Type the word or its number")
    gap = True

    def nearly(self, question: Question, text: str, say: Say, language: str) -> int | None:
        found = typed_word(question, text, say, language)
        return found[0] if found else None
