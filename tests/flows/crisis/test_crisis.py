"""Words of crisis: heard in every language that ships, wherever they are typed; nothing is kept and
nobody is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.action import Home, Place, encode
from bot.conversation.decide import decide
from bot.conversation.turn import Decision, Moment, Turn, World
from bot.conversation.update import Tap, Typed, Update
from bot.flows.account.actions import Connect, SettingsMenu
from bot.flows.broadcasts.actions import BroadcastText
from bot.flows.certificates.actions import AskName
from bot.flows.groups.member_actions import AskCounsellor
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.roles import Role
from cards.crisis import NAME, Crisis, read_crisis
from cards.model import Programme
from cards.reader import SHIPPED
from tests.support.memory import People

NOW = Moment(now=1_790_000_000)


@pytest.fixture(scope="module")
def crisis(shipped: Programme) -> Crisis:
    return shipped.crisis


def _types(text: str, place: Place, world: World, language: str = "en") -> Decision:
    learner = Learner(1, language=language, place=encode(place))
    return decide(Update("web", "1", "1", Typed(text)), Turn(learner, world, NOW))


def test_every_language_that_ships_has_its_words_and_its_helpers(
    shipped: Programme, crisis: Crisis
) -> None:
    for language in Catalogues(shipped).languages:
        assert crisis.words.of[language] and crisis.danger.of[language]
        assert all(language in helper.said for helper in crisis.helpers)


def test_every_phrase_is_heard_in_a_sentence(crisis: Crisis) -> None:
    for phrases in crisis.words.of.values():
        for phrase in phrases:
            bare = phrase.strip("*")
            for said in (bare, bare.upper(), f"xx {bare}!", f"{'x ' * 400}{bare}"):
                assert crisis.heard(said), said


@pytest.mark.parametrize(
    "text", ["", "I am dying to see you", "How do I kill a process?", "نفسي", "die Karte", "0"]
)
def test_other_words_are_left_alone(crisis: Crisis, text: str) -> None:
    assert not crisis.heard(text)


@pytest.mark.parametrize("place", [Home(), SettingsMenu(), Connect(), AskName(), AskCounsellor(5)])
def test_nothing_happens_and_nothing_is_sent(world: World, place: Place) -> None:
    told = _types("I want to die", place, world)
    assert told.events == () and told.screen is not None
    said = "\n".join(world.say(line, "en") for line in told.screen.lines)
    assert "112" in said and "die" not in said


def test_staff_can_write_of_it(world: World) -> None:
    learner = Learner(1, language="en", place=encode(BroadcastText("en")), role=Role.ADMIN)
    update = Update("web", "1", "1", Typed("A workshop: how to speak of suicide"))
    told = People().knowing(lambda known: decide(update, Turn(learner, world, known)), NOW)
    assert told.screen is None and told.events


def test_a_button_for_a_group_that_is_not_theirs_tells_nobody(world: World) -> None:
    turn = Turn(Learner(1, language="en"), world, NOW)
    for forged in ("cr:5:1", "cr:5:0"):
        assert decide(Update("web", "1", "1", Tap(forged)), turn).events == ()


def test_an_operators_list_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(
        'help:\n  - call: "143"\n    de: Die Dargebotene Hand\n'
        "words:\n  de: [weiss nicht weiter]\n",
        encoding="utf-8",
    )
    own, findings = read_crisis(tmp_path, SHIPPED)
    assert not findings and [helper.call for helper in own.helpers] == ["143"]
    assert own.heard("Ich weiss nicht weiter.") and not own.heard("I want to die")
    assert own.helpers[0].named("ar") == "Die Dargebotene Hand"


@pytest.mark.parametrize("broken", ["", "help: x\n", "words: [a]\n", "help:\n  - call: ''\n", "\0"])
def test_a_broken_list_is_reported_and_ours_is_used(tmp_path: Path, broken: str) -> None:
    (tmp_path / NAME).write_text(broken, encoding="utf-8")
    own, findings = read_crisis(tmp_path, SHIPPED)
    assert findings and own.heard("I want to die") and own.helpers


def test_without_a_list_ours_is_used(tmp_path: Path, world: World) -> None:
    own, findings = read_crisis(tmp_path, SHIPPED)
    assert not findings and own.helpers
    assert replace(world.programme, crisis=own) == world.programme
