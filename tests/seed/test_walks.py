"""Rows of the seed as somebody meets them, in the programme that ships."""

import re

import pytest

from bot.conversation.turn import World
from bot.conversation.update import Start, Typed
from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from tests.support.chat import Chat


@pytest.fixture
def chat(shipped_world: World, shipped_words: Catalogues) -> Chat:
    return Chat(shipped_world, shipped_words)


@pytest.mark.row("31")
def test_a_cover_says_what_a_module_costs_and_gives(chat: Chat) -> None:
    cover = chat.does(Start("m-interview"))
    assert re.search(r"about \d+ minutes · \d+ KB · level: \w+", cover)
    assert "You will learn to:" in cover and "Programme:" in cover


@pytest.mark.row("37")
def test_help_is_four_cards_and_leads_back_to_the_same_card(chat: Chat) -> None:
    chat.does(Start("m-interview"))
    card = chat.does(Typed("1"))
    for step in range(1, 5):
        assert f"{step}/4" in chat.does(Typed("help" if step == 1 else "next"))
    assert chat.does(Typed("To where I was")) == card


@pytest.mark.row("30")
def test_any_module_is_begun_alone_and_in_any_order(chat: Chat, shipped: Programme) -> None:
    for module in reversed(shipped.modules):
        assert "▶ Start" in chat.does(Start(f"m-{module}")), module


@pytest.mark.row("10")
def test_titles_are_short(shipped: Programme) -> None:
    for module in shipped.modules.values():
        for title in (module.title, *(deck.title for deck in module.decks)):
            assert len(title.source) <= 40


@pytest.mark.row("14", "08")
def test_a_job_interview_is_played_from_both_chairs_to_several_endings(
    shipped: Programme,
) -> None:
    stories = shipped.modules["interview"].stories
    assert len(stories) >= 2
    for story in stories:
        assert sum(not scene.ways for scene in story.scenes) >= 2
