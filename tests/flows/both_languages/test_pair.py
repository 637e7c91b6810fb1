"""Cards in two languages: which two, in which order and direction, and never half of a module."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.channels.telegram.render import TEXT
from bot.channels.telegram.render import render as on_telegram
from bot.channels.web.render import render as on_web
from bot.conversation.decide import decide, show
from bot.conversation.event import evolve_all
from bot.conversation.screen import Screen
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Tap, Update
from bot.flows.both_languages.pair import others, pair_of, switch
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.words import verbatim
from cards.reader import SHIPPED, read_programme
from certificates import Fonts
from tests.support.world import world_of

NOW = 1_790_000_000
MODULE = "computer"


@pytest.fixture(scope="module")
def words() -> Catalogues:
    return Catalogues(read_programme(SHIPPED).programme)


@pytest.fixture(scope="module")
def here(words: Catalogues, fonts: Fonts) -> World:
    """Where French is spoken."""
    world = world_of(read_programme(SHIPPED).programme, words, fonts)
    return replace(world, country="fr")


def _turn(world: World, language: str, also: str = "") -> Turn:
    return Turn(Learner(1, language=language, also=also), world, Moment(now=NOW))


def test_a_module_that_is_not_whole_in_the_other_language_comes_in_ones_own(here: World) -> None:
    def half(module: str, language: str) -> str:
        return "en" if language == "fr" else here.taught_in(module, language)

    turn = _turn(replace(here, taught_in=half), "ar", "fr")
    assert pair_of(MODULE, turn) == () == switch(MODULE, (), turn)
    assert pair_of(MODULE, _turn(here, "ar", "fr")) == ("fr", "ar")


@pytest.mark.parametrize(
    ("language", "also"), [("en", "en"), ("en", ""), ("en", "xx"), ("fr", "fr")]
)
def test_one_language_is_no_pair(here: World, language: str, also: str) -> None:
    assert pair_of(MODULE, _turn(here, language, also)) == ()


def test_without_a_language_of_the_country_any_two_can_be_read(here: World) -> None:
    turn = _turn(replace(here, country=""), "fr", "ar")
    assert switch(MODULE, (), _turn(replace(here, country=""), "fr")) == ()
    assert pair_of(MODULE, turn) == ("ar", "fr")
    assert set(others(turn)) == {*here.languages} - {"fr"}


@pytest.mark.parametrize("forged", ["bs:xx", "bs:ar"])
def test_a_language_that_cannot_be_the_other_is_not_taken(here: World, forged: str) -> None:
    turn = _turn(here, "ar")
    decision = decide(Update("web", "1", "1", Tap(forged)), turn)
    assert evolve_all(turn.learner, decision.events, NOW).also == ""


def _card(world: World) -> Iterator[Screen]:
    turn = _turn(world, "ar", "fr")
    for tap in (f"b:{MODULE}:meet-the-computer", *(f"x:1:{step}" for step in range(2))):
        turn = turn.after(*decide(Update("web", tap, "1", Tap(tap)), turn).events)
        yield show(turn)


@pytest.mark.row("26")
def test_each_language_has_its_direction(here: World, words: Catalogues) -> None:
    card, _second, question = _card(here)
    page = on_web(card, "ar", words, verbatim("…"))
    assert (page.heading.language, page.heading.direction) == ("fr", "ltr")
    told = [(line.language, line.direction) for line in page.lines]
    assert told == [("fr", "ltr"), ("ar", "rtl"), ("ar", "rtl")]
    asked = on_web(question, "ar", words, verbatim("…"))
    assert asked.heading.language == "fr" and asked.lines[0].language == "ar"
    text = on_telegram(question, "ar", words).text
    assert "\u2068L’écran\u2069 · \u2068الشاشة\u2069" in text and len(text) < TEXT
