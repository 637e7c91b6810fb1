"""Who sees a sensitive module: the cover says it as it is (product.md, Privacy 5)."""

from dataclasses import replace
from datetime import date

import pytest

from bot.conversation.decide import show
from bot.conversation.event import Went, evolve_all
from bot.conversation.turn import Moment, Turn, World
from bot.flows.learning.actions import Cover
from bot.model.group import Group
from bot.model.learner import Learner, Membership
from cards.model import Programme
from tests.support.memory import People

NOW = 1_790_000_000
GROUP = Group(7, 1, "token", "Tuesday", "AMSED", "Lea", "en")
MEMBER = Membership("Tuesday", "AMSED", "Lea", date(2026, 9, 1), 1)


def _cover(
    programme: Programme, world: World, learner: Learner, group: Group | None = GROUP
) -> str:
    people = People()
    if group:
        people.groups[group.id] = group
    there = evolve_all(learner, [Went(Cover("computer"))], NOW)
    screen = people.knowing(
        lambda known: show(Turn(there, replace(world, programme=programme), known)), Moment(now=NOW)
    )
    return "\n".join(world.say(line, "en") for line in screen.lines)


@pytest.fixture(params=["module", "category"])
def sensitive(request: pytest.FixtureRequest, programme: Programme) -> Programme:
    if request.param == "module":
        hard = replace(programme.modules["computer"], sensitive=True)
        return replace(programme, modules={**programme.modules, "computer": hard})
    return replace(
        programme, categories=tuple(replace(c, sensitive=True) for c in programme.categories)
    )


def test_an_ordinary_module_says_nothing_of_it(programme: Programme, world: World) -> None:
    assert "sees" not in _cover(
        programme, world, Learner(5, language="en", groups={7: replace(MEMBER, sensitive=True)})
    )


def test_nobody_sees_it_without_a_yes_of_its_own(sensitive: Programme, world: World) -> None:
    for groups in ({}, {7: MEMBER}):
        assert "No counsellor sees that you took it." in _cover(
            sensitive, world, Learner(5, language="en", groups=groups)
        )


def test_whoever_was_allowed_to_see_it_is_named(sensitive: Programme, world: World) -> None:
    learner = Learner(5, language="en", groups={7: replace(MEMBER, sensitive=True)})
    said = _cover(sensitive, world, learner)
    assert "Lea sees when you finish it: you allowed that." in said and "No counsellor" not in said
    assert "No counsellor" in _cover(
        sensitive, world, learner, replace(GROUP, modules=("phone",))
    ), "the group learns something else"
    assert "No counsellor" in _cover(sensitive, world, learner, None), "the group is closed"
