"""A question on the screen, and the feedback to an answer."""

import random

from bot.conversation import action as a
from bot.conversation.screen import Button, Screen
from bot.model.learner import Attempt, Feedback
from bot.model.words import Msg, Words, _, verbatim
from cards.grading import Choices, is_right
from cards.model import Kind, Question

NEXT = _("Next ▶")


def mixed(question: Question, seed: str) -> Choices:
    """The options as they stand on the screen: shown place -> index. As written where they are
    fixed; else mixed, the same way for the same seed. What has to be put in order never stands in
    order: there would be nothing to do."""
    order = list(range(len(question.options)))
    if question.mixed:
        mixer = random.Random(f"{question.id}/{seed}")  # noqa: S311 - mixes cards, hides nothing
        mixer.shuffle(order)
        while question.shuffled and order == sorted(order):
            mixer.shuffle(order)
    return tuple(order)


def shown_order(question: Question, attempt: Attempt) -> Choices:
    """How the options of the question in hand stand: anew in each sitting, and again when it comes
    again."""
    if not attempt.mixed and not question.shuffled:
        return tuple(range(len(question.options)))
    return mixed(
        question, f"{attempt.id}/{len(attempt.missed)}" if attempt.mixed else str(attempt.id)
    )


def meant(question: Question, attempt: Attempt, shown: Choices) -> Choices:
    """What was chosen by its places on the screen, as indexes into the options. Raises `IndexError`
    for a place that is not there.

    Buttons carry places: an index would tell the right order to whoever reads it.
    """
    if not attempt.mixed:
        return shown
    order = shown_order(question, attempt)
    return tuple(order[place] for place in shown)


def ask(
    question: Question, attempt: Attempt, place: Words, situation: tuple[Words, ...] = ()
) -> Screen:
    """The question, its options numbered, and how to answer if that is not plain. `place` is the
    progress line, `situation` what has to be known where the cards before it are not in sight."""
    order = shown_order(question, attempt)
    return Screen(
        title=question.text,
        lines=(*situation, *_hint(question, attempt)),
        options=tuple(
            Button(
                _label(question, i, attempt.chosen),
                act(question, attempt, shown if attempt.mixed else i),
            )
            for shown, i in enumerate(order)
        ),
        rows=(*_controls(question, attempt), (Button(MENU, a.Home()),)),
        notes=(place,),
        typing=_("Type the word or its number")
        if question.kind is Kind.FILL_IN
        else _("Type the number"),
    )


MENU = _("☰ Menu")
BACK = _("◀ Back")
RETURN = _("◀ To where I was")


def act(question: Question, attempt: Attempt, option: int) -> a.Action:
    """`option` is its place on the screen."""
    if question.kind in (Kind.SEVERAL, Kind.ORDER, Kind.MATCH):
        return a.Pick(attempt.id, attempt.step, option)
    return a.Answer(attempt.id, attempt.step, (option,))


def _label(question: Question, i: int, chosen: Choices) -> Words:
    words = option_words(question, i)
    if question.kind is Kind.SEVERAL:
        return Msg("{tick} {option}").of(tick="☑" if i in chosen else "☐", option=words)
    return Msg("✓ {option}").of(option=words) if i in chosen else words


def option_words(question: Question, i: int) -> Words:
    """What is chosen with option `i`. In a match it is the meaning."""
    option = question.options[i]
    if question.kind is Kind.MATCH and option.pair:
        return option.pair
    if question.kind is Kind.TRUE_FALSE:
        return _("True") if option.text.source == "True" else _("False")
    return option.text


REQUIRED = _("★ This one has to be right to finish the module. You can try again.")


def _hint(question: Question, attempt: Attempt) -> tuple[Words, ...]:
    how = _how(question, attempt)
    return (REQUIRED, *how) if question.required else how


def _how(question: Question, attempt: Attempt) -> tuple[Words, ...]:
    n = len(question.options)
    match question.kind:
        case Kind.SEVERAL:
            return (_("More than one is right. Choose them all, then tap Done."),)
        case Kind.ORDER if attempt.chosen:
            return (_("Your order so far: {order}").of(order=_numbers(question, attempt)),)
        case Kind.ORDER:
            return (_("Put them in order: choose the first one, then the next."),)
        case Kind.MATCH:
            k = min(len(attempt.chosen), n - 1)
            left = question.options[k].text
            return (
                _("{number} of {total}: what belongs to this?").of(number=k + 1, total=n),
                Msg("👉 {left}").of(left=left),
            )
        case _:
            return ()


def _numbers(question: Question, attempt: Attempt) -> Msg:
    order = shown_order(question, attempt)
    return _joined([verbatim(str(order.index(i) + 1)) for i in attempt.chosen], Msg("{a} → {b}"))


def _controls(question: Question, attempt: Attempt) -> tuple[tuple[Button, ...], ...]:
    if not attempt.chosen:
        return ()
    if question.kind is Kind.SEVERAL:
        return ((Button(_("Done"), a.Submit(attempt.id, attempt.step)),),)
    return ((Button(_("Take one back"), a.Undo(attempt.id, attempt.step)),),)


def feedback_lines(question: Question, order: Choices, choices: Choices) -> tuple[Words, ...]:
    """Three lines: verdict, the right answer by number and text, why. Never a cross, never "wrong"
    (product.md, Screens).

    `order` is how the options stood when it was answered.
    """
    right = is_right(question, choices)
    answer = right_answer(question, order)
    return (
        _("✅ Yes.") if right else _verdict(question, choices),
        answer if right else _("Right answer: {answer}").of(answer=answer),
        _("Why: {reason}").of(reason=_reason(question, choices)),
    )


def _verdict(question: Question, choices: Choices) -> Words:
    """Of several, some may be right: that is told, though only all of them count."""
    hit = sum(question.options[i].right for i in choices) if question.kind is Kind.SEVERAL else 0
    if not hit:
        return _("🔁 Not this one.")
    return _("🔁 Not quite: {hit} of {all} found.").of(hit=hit, all=len(question.right))


def _reason(question: Question, choices: Choices) -> Words:
    """Why the chosen one is not enough, where the author says so."""
    own = (
        question.options[choices[0]].reason
        if len(choices) == 1 and question.kind is not Kind.SEVERAL
        else None
    )
    return own or question.reason


def right_answer(question: Question, order: Choices) -> Msg:
    if question.kind is Kind.MATCH:
        parts = [
            Msg("{left} = {right}").of(left=o.text, right=o.pair or o.text)
            for o in question.options
        ]
        return _joined(parts, _("{a}; {b}"))
    right = (
        question.right if question.kind is Kind.ORDER else sorted(question.right, key=order.index)
    )
    parts = [
        Msg("{n}. {option}").of(n=order.index(i) + 1, option=option_words(question, i))
        for i in right
    ]
    return _joined(parts, Msg("{a} → {b}") if question.kind is Kind.ORDER else _("{a}; {b}"))


def _joined(parts: list[Msg], between: Msg) -> Msg:
    whole = parts[0]
    for part in parts[1:]:
        whole = between.of(a=whole, b=part)
    return whole


def feedback(question: Question, attempt: Attempt, given: Feedback) -> Screen:
    return Screen(
        lines=feedback_lines(
            question, given.order or mixed(question, str(attempt.id)), given.choices
        ),
        rows=((Button(NEXT, a.Next(attempt.id, attempt.step)),), (Button(MENU, a.Home()),)),
    )
