"""A self-test: one statement after another, and in the end a strength in plain words (seed:
123test, Emerge).

The answers so far are the place; nothing else keeps them, and when the learner is somewhere else
they are gone.
"""

from collections.abc import Callable
from dataclasses import replace
from math import ceil

from bot.conversation.action import Action, Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, Way, bar, ratio
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.learning.actions import Cover, SelfTestPage, StartClock, TimedAnswer, TimedTest
from bot.model.words import Msg, Words, _, ngettext, verbatim
from cards.model import Module
from cards.selftest import SelfTest

To = Callable[[tuple[int, ...]], Action]
"""What leads to these answers."""


@shows(SelfTestPage)
def show_selftest(place: SelfTestPage, turn: Turn) -> Screen:
    module, test = _test(place.module, place.test, turn)
    if test.minutes and not place.answers:
        return _with_or_without(module, test, place.test)

    def to(answers: tuple[int, ...]) -> Action:
        return SelfTestPage(place.module, place.test, answers)

    return _screen(module, test, place.answers, to, turn)


@shows(TimedTest)
def show_timed(place: TimedTest, turn: Turn) -> Screen:
    """With a clock what was answered in time counts."""
    module, test = _test(place.module, place.test, turn)

    def to(answers: tuple[int, ...]) -> Action:
        more = len(answers) > len(place.answers)
        return (TimedAnswer if more else TimedTest)(place.module, place.test, place.began, answers)

    screen = _screen(module, test, place.answers, to, turn)
    if not place.began or len(place.answers) >= len(test.statements):
        return screen
    left = place.began + 60 * test.minutes - turn.now
    if left < 0:
        return _over(module, test, place.answers, place.test)
    said = ngettext("⏱ {count} minute left", "⏱ {count} minutes left", max(ceil(left / 60), 1))
    off = Button(_("Without a clock"), TimedTest(place.module, place.test, 0, place.answers))
    rows = (*screen.rows[:-1], (off,), screen.rows[-1])
    return replace(screen, lines=(*screen.lines, said), rows=rows)


@does(TimedAnswer)
def answer_in_time(tap: TimedAnswer, turn: Turn) -> Decision:
    """An answer that comes when the time is over does not count."""
    _module, test = _test(tap.module, tap.test, turn)
    late = bool(tap.began) and turn.now > tap.began + 60 * test.minutes
    answers = tap.answers[:-1] if late else tap.answers
    return Decision((Went(TimedTest(tap.module, tap.test, tap.began, answers)),))


@does(StartClock)
def start_clock(tap: StartClock, turn: Turn) -> Decision:
    _test(tap.module, tap.test, turn)
    return Decision((Went(TimedTest(tap.module, tap.test, turn.now)),))


def _test(module_id: str, number: int, turn: Turn) -> tuple[Module, SelfTest]:
    module = turn.module(module_id)
    if number >= len(module.selftests):
        raise Gone
    return module, module.selftests[number]


def _ways_out(module: Module) -> tuple[Button, ...]:
    return Button(BACK, Cover(module.id)), Button(MENU, Home())


def _with_or_without(module: Module, test: SelfTest, number: int) -> Screen:
    clock = ngettext(
        "⏱ With a clock: {count} minute", "⏱ With a clock: {count} minutes", test.minutes
    )
    return Screen(
        title=_title(test),
        lines=(*((test.aim,) if test.aim else ()), _("The clock can be switched off at any time.")),
        rows=(
            (Button(clock, StartClock(module.id, number)),),
            (Button(_("Without a clock"), TimedTest(module.id, number)),),
            _ways_out(module),
        ),
    )


def _over(module: Module, test: SelfTest, answers: tuple[int, ...], number: int) -> Screen:
    """The time is over: what was answered in it counts."""
    over = _("⏱ The time is over. This is what you answered in it: {count} of {total}.")
    return Screen(
        title=_title(test),
        lines=(
            over.of(count=len(answers), total=len(test.statements)),
            *(_result(test, answers) if answers else ()),
        ),
        rows=(
            (Button(_("Go on without a clock"), TimedTest(module.id, number, 0, answers)),),
            _ways_out(module),
        ),
    )


def _title(test: SelfTest) -> Words:
    return Msg("🧭 {title}").of(title=test.title)


def _screen(module: Module, test: SelfTest, given: tuple[int, ...], to: To, turn: Turn) -> Screen:
    answers = tuple(a for a in given if a < len(test.scale))[: len(test.statements)]
    category = turn.programme.category_of(module.id)
    undo = ((Button(_("Take one back"), to(answers[:-1])),),) if answers else ()
    if len(answers) == len(test.statements):
        return Screen(
            title=_title(test),
            lines=_result(test, answers),
            rows=(*undo, _ways_out(module)),
            category=category,
        )
    opening = (test.aim,) if test.aim and not answers else ()
    return Screen(
        title=test.statements[len(answers)].text,
        lines=opening,
        options=tuple(Button(word, to((*answers, n))) for n, word in enumerate(test.scale)),
        rows=(*undo, _ways_out(module)),
        way=_way(test, len(answers) + 1),
        category=category,
    )


def _way(test: SelfTest, at: int) -> Way:
    total = len(test.statements)
    return Way(verbatim(ratio(at, total)), test.title, at, (True,) * total)


def _result(test: SelfTest, answers: tuple[int, ...]) -> tuple[Words, ...]:
    strongest = test.strongest(answers)
    told = [
        line
        for result in strongest
        for line in (Msg("**{title}**").of(title=result.title), *result.body)
    ]
    sums = test.sums(answers)
    bars = [
        Msg("{title} {bar}").of(title=result.title, bar=bar(sums[result.id], test.most))
        for result in test.results
    ]
    several = (_("These are equally strong: read them all."),) if len(strongest) > 1 else ()
    closing = _("This is not a diagnosis. Your answers are not kept: they are gone when you leave.")
    return (*several, *told, *bars, closing)
