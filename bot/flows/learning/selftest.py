"""A self-test: one statement after another, and in the end a strength in plain words (seed:
123test, Emerge).

The answers so far are the place; nothing else keeps them, and when the learner is somewhere else
they are gone.
"""

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import BACK, MENU, Button, Screen, Way, ratio
from bot.conversation.turn import Gone, Turn
from bot.flows.learning.actions import Cover, SelfTestPage
from bot.model.words import Msg, Words, _, verbatim
from cards.selftest import SelfTest


@shows(SelfTestPage)
def show_selftest(place: SelfTestPage, turn: Turn) -> Screen:
    module = turn.module(place.module)
    if place.test >= len(module.selftests):
        raise Gone
    test = module.selftests[place.test]
    answers = tuple(a for a in place.answers if a < len(test.scale))[: len(test.statements)]
    category = turn.programme.category_of(module.id)
    ways_out = (Button(BACK, Cover(module.id)), Button(MENU, Home()))
    before = SelfTestPage(place.module, place.test, answers[:-1])
    undo = ((Button(_("Take one back"), before),),) if answers else ()
    if len(answers) == len(test.statements):
        return Screen(
            title=Msg("🧭 {title}").of(title=test.title),
            lines=_result(test, answers),
            rows=(*undo, ways_out),
            category=category,
        )
    opening = (test.aim,) if test.aim and not answers else ()
    return Screen(
        title=test.statements[len(answers)].text,
        lines=opening,
        options=tuple(
            Button(word, SelfTestPage(place.module, place.test, (*answers, value)))
            for value, word in enumerate(test.scale)
        ),
        rows=(*undo, ways_out),
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
    several = (_("These are equally strong: read them all."),) if len(strongest) > 1 else ()
    closing = _("This is not a diagnosis. Your answers are not kept: they are gone when you leave.")
    return (*several, *told, closing)
