"""True or false: the two options are words of ours."""

from bot.flows.learning.kinds.base import Asking
from bot.model.words import Words, _
from cards.kinds.true_false import TRUE_FALSE
from cards.question import Question


class AskTrueFalse(Asking):
    kind = TRUE_FALSE

    def option(self, question: Question, i: int) -> Words:
        return _("True") if question.options[i].text.source == "True" else _("False")
