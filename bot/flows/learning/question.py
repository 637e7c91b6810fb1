"""A question on the screen, and the feedback to an answer."""

from bot.conversation.action import Home
from bot.conversation.screen import MENU, NEXT, Answered, Button, Screen, Way
from bot.flows.both_languages.pair import Pair, above, below, side_by_side
from bot.flows.learning.actions import Next
from bot.flows.learning.kinds import asking_of
from bot.flows.learning.shown import shown_order
from bot.model.learner import Attempt, Feedback
from bot.model.words import Words, _
from cards.grading import is_right
from cards.mixing import mixed
from cards.question import Choices, Question

REQUIRED = _("★ This one has to be right to finish the module. You can try again.")


def ask(
    question: Question,
    attempt: Attempt,
    way: Way,
    situation: tuple[Words, ...] = (),
    pair: Pair = (),
    at_once: bool = False,
) -> Screen:
    """The question, its options numbered, and how to answer if that is not plain. `situation` is
    what has to be known where the cards before it are not in sight, `pair` the two languages of
    somebody who reads both. `at_once`: an answer of several parts is typed whole."""
    asking, order = asking_of(question), shown_order(question, attempt)
    how = asking.how(question, attempt)
    whole = asking.how_at_once(question) if at_once else ()
    if whole and not attempt.chosen:
        how = whole
    return Screen(
        title=above(question.text, pair),
        lines=(
            *below(question.text, (), pair),
            *situation,
            *((REQUIRED, *how) if question.required else how),
        ),
        options=tuple(
            Button(
                side_by_side(asking.label(question, i, attempt.chosen), pair),
                asking.act(attempt, shown if attempt.mixed else i),
                mark=asking.mark(i, attempt.chosen),
            )
            for shown, i in enumerate(order)
        ),
        rows=(*asking.controls(attempt), (Button(MENU, Home()),)),
        way=way,
        typing=asking.typing,
        asks=True,
        typed=bool(whole),
    )


def feedback_lines(question: Question, order: Choices, choices: Choices) -> tuple[Words, ...]:
    """Three lines: verdict, the right answer by number and text, why. Never a cross, never "wrong"
    (product.md, Screens).

    `order` is how the options stood when it was answered.
    """
    asking, right = asking_of(question), is_right(question, choices)
    answer = asking.right_answer(question, order)
    return (
        _("✅ That is right.") if right else asking.not_yet(question, choices),
        answer if right else _("Right answer: {answer}").of(answer=answer),
        _("Why: {reason}").of(reason=asking.reason(question, choices)),
    )


def feedback(question: Question, attempt: Attempt, given: Feedback, way: Way) -> Screen:
    order = given.order or mixed(question, str(attempt.id))
    asking = asking_of(question)
    return Screen(
        lines=feedback_lines(question, order, given.choices),
        answered=Answered(
            is_right(question, given.choices),
            asking.reason(question, given.choices),
            way,
            question.text,
            asking.shown(question, order, given.choices),
            asking.placed,
        ),
        rows=((Button(NEXT, Next(attempt.id, attempt.step)),), (Button(MENU, Home()),)),
    )
