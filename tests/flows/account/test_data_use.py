"""Pictures cost data: with them or without."""

import pytest

from bot.conversation.action import encode
from bot.conversation.decide import decide, show
from bot.conversation.event import evolve_all
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Tap, Typed, Update
from bot.flows.account.actions import DataUse, LessData
from bot.flows.learning.actions import Cover
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from cards.model import Programme
from certificates import Fonts
from tests.support.world import world_of

NOW = Moment(now=1_790_000_000)


@pytest.fixture
def world(shipped: Programme, fonts: Fonts) -> World:
    return world_of(shipped, Catalogues(shipped), fonts)


def _does(learner: Learner, doing: Tap | Typed, world: World) -> Learner:
    decision = decide(Update("web", "1", "1", doing), Turn(learner, world, NOW))
    return evolve_all(learner, decision.events, NOW.now)


@pytest.mark.parametrize(
    ("language", "low", "full"),
    [
        ("en", "/data low", "/data full"),
        ("en", "data low", "DATA FULL"),
        ("fr", "/data low", "/data full"),
    ],
)
def test_it_can_be_typed_and_one_stays_where_one_was(
    world: World, language: str, low: str, full: str
) -> None:
    there = encode(Cover("interview"))
    amina = Learner(1, language=language, place=there, main=there)
    assert show(Turn(amina, world, NOW)).picture
    amina = _does(amina, Typed(low), world)
    screen = show(Turn(amina, world, NOW))
    assert amina.low_data and amina.place == there and screen.picture is None
    assert world.say(screen.lines[0], "en") == "🤝 Two hands meet"
    amina = _does(amina, Typed(full), world)
    assert not amina.low_data and show(Turn(amina, world, NOW)).picture


def test_it_can_be_tapped(world: World) -> None:
    amina = Learner(1, language="en", place=encode(DataUse()))
    amina = _does(amina, Tap(encode(LessData())), world)
    assert amina.low_data
    assert "Pictures: no" in world.say(
        show(Turn(_does(amina, Typed("/data"), world), world, NOW)).title, "en"
    )
