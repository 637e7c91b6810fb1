"""Several are right: they are ticked, and the learner says when it is all."""

from bot.conversation.lexicon import Lexicon
from bot.conversation.screen import Button, Mark
from bot.flows.learning.actions import Submit
from bot.flows.learning.kinds.base import Picking, Rows
from bot.model.learner import Attempt
from bot.model.words import Msg, Words, _
from cards.kinds.several import SEVERAL
from cards.question import Choices, Question


class AskSeveral(Picking):
    kind = SEVERAL
    submits = True
    at_once = _("More than one is right. Send all their numbers, for example: {example}")

    def example(self, options: int) -> str:
        return f"1 {options}"

    def label(self, question: Question, i: int, chosen: Choices) -> Words:
        tick = "☑" if i in chosen else "☐"
        return Msg("{tick} {option}").of(tick=tick, option=self.option(question, i))

    def mark(self, i: int, chosen: Choices) -> Mark:
        return Mark.TICKED if i in chosen else Mark.UNTICKED

    def how(self, question: Question, attempt: Attempt) -> tuple[Words, ...]:
        return (_("More than one is right. Choose them all, then tap Done."),)

    def controls(self, attempt: Attempt) -> Rows:
        if not attempt.chosen:
            return ()
        return ((Button(_("Done"), Submit(attempt.id, attempt.step)),),)

    def picked(self, question: Question, chosen: Choices, option: int) -> Choices | None:
        return tuple(sorted(set(chosen) ^ {option}))

    def whole(self, question: Question, chosen: Choices) -> bool:
        return False

    def listed(
        self, text: str, labels: list[list[str]], words: Lexicon, language: str
    ) -> Choices | None:
        found = super().listed(text, labels, words, language)
        return None if found is None else tuple(sorted(set(found)))

    def not_yet(self, question: Question, choices: Choices) -> Words:
        """Some may be right: that is told, though only all of them count."""
        hit = sum(question.options[i].right for i in choices)
        if not hit:
            return super().not_yet(question, choices)
        return _("🔁 Not quite: {hit} of {all} found.").of(hit=hit, all=len(question.right))
