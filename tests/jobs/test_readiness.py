"""Nobody waits in the loop for what is made once for a language."""

from dataclasses import replace

import pytest

from bot.conversation.action import Home, encode
from bot.conversation.decide import decide
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Typed, Update
from bot.flows.library.actions import Found
from bot.jobs import readiness
from bot.jobs.readiness import Readiness
from bot.model.learner import Learner
from cards.library import Index
from tests.support.memory import People


async def test_a_language_at_each_look_that_of_the_country_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str, str]] = []
    monkeypatch.setattr(readiness, "MAKES_READY", [lambda of, x: made.append((of.zone, x))])
    here = replace(world, country="fr", zone="old")
    ready = Readiness(lambda: here)
    await ready.look()
    assert made == [], "a start has other things to do"
    for _look in range(len(here.languages) + 2):
        await ready.look()
    assert made[0] == ("old", "fr") and sorted(made) == [("old", x) for x in sorted(here.languages)]
    here = replace(here, zone="new")  # other decks
    await ready.look()
    await ready.look()
    assert made[-1] == ("new", "fr")


async def test_a_busy_second_is_left_to_those_who_wait(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, worked = [], 0.0
    monkeypatch.setattr(readiness, "MAKES_READY", [lambda _world, x: made.append(x)])
    monkeypatch.setattr(readiness, "process_time", lambda: worked)
    ready = Readiness(lambda: world)
    for more, wanted in ((0.0, 0), (0.9, 0), (0.9, 0), (0.1, 1), (0.9, 1), (0.1, 2)):
        worked += more
        await ready.look()
        assert len(made) == wanted


async def test_a_first_search_finds_its_index_made(
    shipped_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = replace(shipped_world, languages=("tr",), country="tr")
    ready = Readiness(lambda: world)
    await ready.look()
    await ready.look()
    monkeypatch.setattr(Index, "__init__", None)  # whoever makes one now fails
    learner = Learner(1, language="tr", place=encode(Home()))
    update = Update("web", "1", "a", Typed("iş görüşmesi"))
    decision = People().knowing(
        lambda known: decide(update, Turn(learner, world, known)), Moment(now=1_790_000_000)
    )
    assert decision.screen or any(isinstance(e, Found) for e in decision.events), decision
