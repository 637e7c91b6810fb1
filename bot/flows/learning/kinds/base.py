"""How a question of one kind is asked in a conversation, answered and explained.

What all kinds share stands here; a kind overrides what is its own. `chosen` are indexes into the
options, `place` is where one stands on the screen.
"""

from collections.abc import Callable
from typing import ClassVar

from bot.conversation.action import Action
from bot.conversation.chosen import one, several
from bot.conversation.lexicon import Lexicon
from bot.conversation.screen import Button, Mark, Shown
from bot.flows.learning.actions import Answer, Pick, Undo
from bot.flows.learning.shown import shown_order
from bot.model.learner import Attempt
from bot.model.words import Msg, Words, _
from cards.meant import meant
from cards.question import Choices, Kind, Question

Say = Callable[[Words], str]
"""Into the learner's language."""
Rows = tuple[tuple[Button, ...], ...]
TYPE_A_NUMBER = _("Type the number")
LIST = _("{a}; {b}")
YOURS = _("your answer")
RIGHT = _("right answer")
YOURS_WAS = _("your answer: {option}")


class Asking:
    """A kind of question of which one option is chosen."""

    kind: ClassVar[Kind]
    typing: ClassVar[Words] = TYPE_A_NUMBER
    gap: ClassVar[bool] = False
    """Whether what is typed may be a word that stands for an option, before it is its number."""

    submits: ClassVar[bool] = False
    """Whether the learner says when the answer is whole."""

    placed: ClassVar[bool] = False
    """Whether each option has a place of its own."""

    def option(self, question: Question, i: int) -> Words:
        """What is chosen with option `i`."""
        return question.options[i].text

    def label(self, question: Question, i: int, chosen: Choices) -> Words:
        """What stands on its button."""
        words = self.option(question, i)
        return Msg("✓ {option}").of(option=words) if i in chosen else words

    def mark(self, i: int, chosen: Choices) -> Mark:
        return Mark.USED if i in chosen else Mark.OPEN

    def shown(self, question: Question, order: Choices, choices: Choices) -> tuple[Shown, ...]:
        """The options after the answer, as they stood in `order`."""
        return tuple(
            Shown(
                self.option(question, i),
                i in question.right,
                i in choices,
                YOURS if i in choices else RIGHT if i in question.right else None,
            )
            for i in order
        )

    def how(self, question: Question, attempt: Attempt) -> tuple[Words, ...]:
        """How to answer, where that is not plain."""
        return ()

    def how_at_once(self, question: Question) -> tuple[Words, ...]:
        """How to type the whole answer, where it has several parts."""
        return ()

    def controls(self, attempt: Attempt) -> Rows:
        """Buttons beside the options, once something is chosen."""
        return ()

    def act(self, attempt: Attempt, place: int) -> Action:
        """What the button of an option means."""
        return Answer(attempt.id, attempt.step, (place,))

    def picked(self, question: Question, chosen: Choices, option: int) -> Choices | None:
        """What is chosen after one more option; None where an option is the whole answer, or was
        used already."""
        return None

    def whole(self, question: Question, chosen: Choices) -> bool:
        """Whether what was picked is a whole answer without a word that it is."""
        return False

    def listed(
        self, text: str, labels: list[list[str]], words: Lexicon, language: str
    ) -> Choices | None:
        """A whole answer that was typed at once, as places; None where it is none."""
        return None

    def typed(
        self,
        question: Question,
        attempt: Attempt,
        text: str,
        say: Say,
        words: Lexicon,
        language: str,
    ) -> Action | None:
        """What was typed as an answer; None when it is none."""
        order = shown_order(question, attempt)

        def button(place: int) -> int:  # what it carries: see `meant`
            return place if attempt.mixed else order[place]

        labels = [
            [say(self.option(question, i)), *map(say, question.options[i].also)] for i in order
        ]
        listed = self.listed(text, labels, words, language)
        if listed is not None:
            chosen = tuple(map(button, listed))
            possible = question.kind.possible(question, chosen)
            return Answer(attempt.id, attempt.step, chosen) if possible else None
        place = one(text, labels, words, language, gap=self.gap)
        if place is None:
            i = self.nearly(question, text, say, language)
            place = None if i is None else order.index(i)
        return None if place is None else self.act(attempt, button(place))

    def nearly(self, question: Question, text: str, say: Say, language: str) -> int | None:
        """The option that a mistyped text means."""
        spellings = [
            [say(self.option(question, i)), *map(say, option.also)]
            for i, option in enumerate(question.options)
        ]
        return meant(text, spellings, language)

    def not_yet(self, question: Question, choices: Choices) -> Words:
        """The verdict on an answer that is not right."""
        return _("🔁 Not this one.")

    def reason(self, question: Question, choices: Choices) -> Words:
        """Why the chosen one is not enough, where the author says so."""
        return (question.options[choices[0]].reason if choices else None) or question.reason

    def right_answer(self, question: Question, order: Choices) -> Msg:
        return joined(numbered(self, question, sorted(question.right, key=order.index), order))


class Picking(Asking):
    """Options are picked one after another."""

    at_once: ClassVar[Msg]
    """How they are typed together; has an `example`."""

    def how_at_once(self, question: Question) -> tuple[Words, ...]:
        return (self.at_once.of(example=self.example(len(question.options))),)

    def example(self, options: int) -> str:
        return " ".join(map(str, (2, 1, *range(3, options + 1))))

    def controls(self, attempt: Attempt) -> Rows:
        if not attempt.chosen:
            return ()
        return ((Button(_("Take one back"), Undo(attempt.id, attempt.step)),),)

    def act(self, attempt: Attempt, place: int) -> Action:
        return Pick(attempt.id, attempt.step, place)

    def picked(self, question: Question, chosen: Choices, option: int) -> Choices | None:
        if option in chosen:
            return None
        chosen = (*chosen, option)
        if len(chosen) == len(question.options) - 1:  # the last place leaves no choice
            chosen += tuple(i for i in range(len(question.options)) if i not in chosen)
        return chosen

    def whole(self, question: Question, chosen: Choices) -> bool:
        return len(chosen) == len(question.options)

    def listed(
        self, text: str, labels: list[list[str]], words: Lexicon, language: str
    ) -> Choices | None:
        found = several(text, labels, words, language)
        return None if found is None else tuple(found)

    def reason(self, question: Question, choices: Choices) -> Words:
        return question.reason


def numbered(
    asking: Asking, question: Question, options: Choices | list[int], order: Choices
) -> list[Msg]:
    """Options by number and text, as they stood."""
    return [
        Msg("{n}. {option}").of(n=order.index(i) + 1, option=asking.option(question, i))
        for i in options
    ]


def joined(parts: list[Msg], between: Msg = LIST) -> Msg:
    whole = parts[0]
    for part in parts[1:]:
        whole = between.of(a=whole, b=part)
    return whole
