"""Could you read this? Three texts, a proposal and no gate (seed 6)."""

from dataclasses import replace
from itertools import product

import pytest

from bot.conversation.turn import World
from bot.flows.reading.actions import Lessons
from bot.flows.reading.check import proposed
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from tests.support.chat import Chat

EASILY, SOME, NOT_YET = 1, 2, 3


@pytest.fixture
def chat(shipped_world: World, shipped_words: Catalogues) -> Chat:
    world = replace(shipped_world, country="fr")
    return Chat(world, shipped_words, learner=Learner(1, language="en"))


def _asked(chat: Chat) -> str:
    chat.turn("language")
    return chat.turn("can i read french")


@pytest.mark.row("06")
@pytest.mark.parametrize(
    "answers, first, also, language",
    [
        ("111", "⭐ Only French", "", "fr"),
        ("112", "⭐ Only French", "", "fr"),
        ("113", "⭐ Both languages", "fr", "en"),
        ("122", "⭐ Both languages", "fr", "en"),
        ("13", "⭐ Both languages", "fr", "en"),
        ("23", "⭐ Only English", "", "en"),
        ("3", "⭐ Only English", "", "en"),
    ],
)
def test_what_is_read_proposes_a_language_and_it_is_taken(
    chat: Chat, answers: str, first: str, also: str, language: str
) -> None:
    told = _asked(chat)
    assert "Horaires" in told and "1/3" in told
    for answer in answers:
        told = chat.turn(answer)
    assert f"1. {first}" in told and "nothing is locked" in told
    chat.turn("1")
    assert (chat.learner.also, chat.learner.language) == (also, language)


@pytest.mark.row("06")
def test_it_is_never_a_gate(chat: Chat) -> None:
    """Each of the three can be taken whatever was answered, and nothing is kept of the answers."""
    before = chat.learner
    _asked(chat)
    told = chat.turn("3")
    assert "2/3" not in told, "no harder text is shown to who could not read the first"
    assert all(label in told for label in ("Only English", "Both languages", "Only French"))
    chat.turn("0")
    assert replace(chat.learner, place=before.place, last_at=0, session_at=0) == replace(
        before, last_at=0, session_at=0
    )
    _asked(chat)
    chat.turn("3")
    chat.turn("[Only French]")
    assert chat.learner.language == "fr"


def test_where_it_is_changed_again_is_said_in_the_language_that_was_read_so_far(chat: Chat) -> None:
    _asked(chat)
    chat.turn("3")
    told = chat.turn("[Only French]")
    assert "You can change it in the settings." in told and "Choisissez par où commencer" in told


def test_more_that_was_read_never_proposes_less() -> None:
    order = [Lessons.OWN, Lessons.BOTH, Lessons.COUNTRY]
    for answers in product((EASILY, SOME, NOT_YET), repeat=3):
        for n, answer in enumerate(answers):
            better = (*answers[:n], max(1, answer - 1), *answers[n + 1 :])
            assert order.index(proposed(better)) >= order.index(proposed(answers))


def test_without_a_language_of_the_country_it_is_the_one_that_is_read_also(chat: Chat) -> None:
    chat.world = replace(chat.world, country="")
    assert "Can I read" not in chat.turn("language")
    chat.learner = replace(chat.learner, also="pt")
    chat.turn("language")
    assert "Horário" in chat.turn("[Can I read Portuguese?]")


def test_who_reads_the_language_of_the_country_is_not_asked(chat: Chat) -> None:
    chat.world = replace(chat.world, country="en")
    assert "Can I read" not in chat.turn("language")
    assert "Can I read" not in chat.turn("i am")
