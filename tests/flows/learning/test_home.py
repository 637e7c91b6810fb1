"""Home: how much is here, what comes after all of it, and which language a card will be in before
it opens.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.channels.terminal.channel import render
from bot.conversation.action import Home, Place, encode
from bot.conversation.decide import show
from bot.conversation.lexicon import lexicon
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.typed_text import option
from bot.flows.account.actions import Languages, SpeakLanguage
from bot.flows.certificates.actions import Certificates
from bot.flows.learning.actions import Glossary, LearningProgress, Review, ReviewDone
from bot.i18n.catalogues import SHIPPED, Catalogues
from bot.i18n.extract import update_decks
from bot.model.learner import Learner, ModuleProgress
from cards.model import Programme
from cards.text import Text
from catalogues.po import read
from certificates import Fonts
from tests.support.chat import Chat
from tests.support.world import world_of

DAY = date(2026, 11, 26)
MOMENT = Moment(now=1_790_000_000)


@pytest.fixture(scope="module")
def spoken(
    programme: Programme, fonts: Fonts, tmp_path_factory: pytest.TempPathFactory
) -> tuple[World, World, World]:
    """Worlds in which Portuguese has no lessons, those of one module, and all."""

    def world(*modules: str) -> World:
        root = tmp_path_factory.mktemp("locales")
        update_decks(programme, ["pt"], root)
        for module in modules:
            path = root / "pt" / "LC_MESSAGES" / "cards" / f"{module}.po"
            po, _slips = read(path, "pt")
            assert po
            for message in po:
                if message.id:
                    message.string = f"pt {message.id}"
            _save(path, po)
        return world_of(
            programme, Catalogues(programme, root, SHIPPED, languages=["en", "pt"]), fonts
        )

    return world(), world("computer"), world(*programme.modules, programme.help.id)


def _save(path: Path, po: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, po)


def seen(world: World, place: Place, **learner: object) -> str:
    screen = show(
        Turn(Learner(1, **{"language": "pt", "place": encode(place), **learner}), world, MOMENT)
    )  # type: ignore[arg-type]
    return "\n".join(
        world.say(words, "pt")
        for words in (*screen.lines, *(button.label for button in screen.buttons))
    )


def test_a_language_without_lessons_says_so_before_it_is_chosen(
    spoken: tuple[World, World, World],
) -> None:
    none, some, whole = (seen(world, Languages()) for world in spoken)
    assert "Português · lições em inglês" in none and "Português · módulos: 1/2" in some
    assert "Português" in whole and "·" not in whole, "it went away by itself"
    assert all("English\n" in text for text in (none, some, whole)), (
        "the language that all is written in needs no note"
    )


@pytest.mark.parametrize("typed", ["Português", "portugues", "Português · lições em inglês"])
def test_the_name_of_a_language_can_be_typed_as_ever(
    typed: str, spoken: tuple[World, World, World]
) -> None:
    world = spoken[0]
    screen = show(Turn(Learner(1, language="en", place=encode(Languages())), world, MOMENT))
    assert option(
        typed, screen, lexicon(world.say, world.languages), "en", world.say
    ) == SpeakLanguage("pt")


@pytest.mark.row("06")
@pytest.mark.parametrize("place", [Home(), LearningProgress(), ReviewDone()])
def test_a_button_to_a_card_in_another_language_is_said_to_be(
    place: Place, spoken: tuple[World, World, World]
) -> None:
    none, some, whole = (seen(world, place) for world in spoken)
    assert "por agora em inglês" in none
    assert "por agora em inglês" not in some + whole, "the first module is there"


@pytest.mark.row("32")
def test_home_says_how_much_is_here(world: World) -> None:
    coming = {f"m{n}": Text(f"M{n}", "programme") for n in range(3)}
    first = replace(world.programme.categories[0], missing=tuple(coming))
    growing = replace(world, programme=replace(world.programme, categories=(first,), coming=coming))
    here = len(first.modules)
    for place in (Home(), LearningProgress()):
        assert f"disponíveis por agora: {here} de {here + 3}" in seen(growing, place)
        assert "disponíveis por agora" not in seen(world, place)
    assert f"▰▱▱▱▱ 1/{here + 3}" in seen(
        growing, LearningProgress(), modules=done(*first.modules[:1])
    )


def done(*modules: str) -> dict[str, ModuleProgress]:
    return {module: ModuleProgress(DAY, DAY, done=DAY) for module in modules}


def test_after_all_modules_there_is_a_next_step(world: World, words: Catalogues) -> None:
    learner = Learner(
        1, language="en", place=encode(Home()), modules=done(*world.programme.modules)
    )
    screen = show(Turn(learner, world, MOMENT))
    assert f"All {len(world.programme.modules)} modules here are done." in render(
        screen, "en", words
    )
    assert [button.action for button in screen.options[:2]] == [Review(), Glossary()]
    assert Certificates() in [button.action for button in screen.buttons]
    nothing_yet = show(Turn(replace(learner, modules={}), world, MOMENT))
    assert Glossary() not in [button.action for button in nothing_yet.options]


@pytest.mark.row("32")
def test_search_is_one_tap_from_home_and_home_is_a_zero_away(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    chat = Chat(shipped_world, shipped_words, learner=Learner(1, language="en"))
    home = chat.turn("0")
    assert home.count("▱▱▱▱▱ 0/") == 5, "five domains"
    chat.turn("[🔎 Find]")
    assert "📘 Preparation for a job interview" in chat.turn("interview")
    assert chat.turn("0") == home
