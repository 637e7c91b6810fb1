"""The self-tests that ship: each strength can be the result, in every language of the module."""

import pytest

from bot.conversation.action import encode
from bot.conversation.decide import show
from bot.conversation.turn import Moment, Turn, World
from bot.flows.learning.actions import SelfTestPage
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from cards.model import Programme
from cards.selftest import Result

NOT_A_DIAGNOSIS = {
    "en": "not a diagnosis",
    "fr": "diagnostic",
    "ar": "تشخيص",
    "pt": "diagnóstico",
    "tr": "tanı",
}
TESTED = ("computer", "self-knowledge", "teamwork-1")


def test_there_are_three(shipped: Programme) -> None:
    assert sorted(m.id for m in shipped.modules.values() if m.selftests) == list(TESTED)


@pytest.mark.row("01")
@pytest.mark.parametrize("language", NOT_A_DIAGNOSIS)
@pytest.mark.parametrize("module", TESTED)
def test_what_is_often_true_is_the_strength_that_is_told(
    module: str, language: str, shipped_world: World, shipped_words: Catalogues
) -> None:
    if shipped_world.taught_in(module, language) != language:
        pytest.skip("the module is not in this language yet")
    (test,) = shipped_world.programme.modules[module].selftests
    often = len(test.scale) - 1

    def title_of(one: Result) -> str:
        return shipped_words.say(one.title, language)

    for result in test.results:
        answers = tuple(often * (each.result == result.id) for each in test.statements)
        place = encode(SelfTestPage(module, 0, answers))
        screen = show(Turn(Learner(1, language, place=place), shipped_world, Moment(now=1)))
        said = "\n".join(shipped_words.say(line, language) for line in screen.lines)
        first = min(
            test.results,
            key=lambda one: place if (place := said.find(title_of(one))) >= 0 else len(said),
        )
        assert title_of(result) in said
        assert first is result, "what is strongest is told before all scales are shown"
        assert NOT_A_DIAGNOSIS[language] in said
