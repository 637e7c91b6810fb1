"""Who greets or thanks is answered, and reads where they are."""

import pytest

from bot.conversation.action import Home, Place, encode
from bot.conversation.decide import decide
from bot.conversation.turn import Decision, Moment, Turn, World
from bot.conversation.update import Typed, Update
from bot.flows.account.actions import Connect
from bot.flows.courtesy.polite import ANSWERS, GREETINGS, THANKS
from bot.flows.groups.member_actions import AskCounsellor
from bot.flows.learning.actions import Cover
from bot.model.learner import Learner
from bot.model.words import Msg
from tests.support.memory import People


def _says(text: str, world: World, language: str, place: Place = Home()) -> Decision:  # noqa: B008
    learner = Learner(1, language=language, place=encode(place))
    update = Update("web", "1", "a", Typed(text))
    return People().knowing(
        lambda known: decide(update, Turn(learner, world, known)), Moment(now=1_790_000_000)
    )


@pytest.mark.parametrize("words", [GREETINGS, THANKS])
def test_each_word_in_each_language_is_answered(words: Msg, twelve_world: World) -> None:
    for language in twelve_world.languages:
        for said in twelve_world.say(words, language).split("|"):
            for reader in {language, "en"}:
                told = _says(f"{said} !", twelve_world, reader)
                assert told.notes == (ANSWERS[words],) and told.events == (), (language, said)


@pytest.mark.parametrize("place", [Cover("computer"), Connect()])
def test_they_stay_where_they_are(place: Place, twelve_world: World) -> None:
    told = _says("Bonjour", twelve_world, "fr", place)
    assert told.notes == (ANSWERS[GREETINGS],) and told.events == ()


@pytest.mark.parametrize(
    "text", ["hello, I look for work", "thank you for nothing, how do I delete this", "good"]
)
def test_who_says_more_is_understood_by_that(text: str, twelve_world: World) -> None:
    assert not set(_says(text, twelve_world, "en").notes) & set(ANSWERS.values())


def test_thanks_to_a_person_go_to_them(twelve_world: World) -> None:
    told = _says("Thank you", twelve_world, "en", AskCounsellor(5))
    assert not set(told.notes) & set(ANSWERS.values())
