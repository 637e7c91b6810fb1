"""The entry check (seed 5, 19): short, skippable, a proposal that is taken or changed, nothing
locked, nothing kept but the path."""

from dataclasses import fields, replace

import pytest

from bot.conversation.action import encode
from bot.conversation.turn import World
from bot.flows.entry.actions import ChoosePath, EntryPage
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.merge import merge
from cards.entry import EntryCheck
from cards.model import Programme
from tests.support.chat import Chat

SKIP = 9


@pytest.fixture
def chat(shipped_world: World, shipped_words: Catalogues) -> Chat:
    return Chat(shipped_world, shipped_words, learner=Learner(1, language="en"))


def _through(chat: Chat, *answers: int) -> str:
    told = chat.turn("[I am …]")
    told = chat.turn("[Something else]")
    for answer in answers:
        told = chat.turn("[Skip ▶]" if answer == SKIP else str(answer))
    return told


@pytest.mark.row("05")
def test_answers_propose_a_path_and_it_is_taken(chat: Chat) -> None:
    chat.turn("0")
    told = _through(chat, 1, 1, 2, 3, 1, 3, 1, 1, 1)
    assert "1. ⭐ My way to work" in told and "Everything stays open" in told
    told = chat.turn("1")
    assert "Your path is in the menu now: My way to work" in told
    home = chat.turn("0")
    assert "⭐ My way to work" in home and home.count("My way to work") == 1
    assert "▶ Start: " in home and "Meet the computer" not in home.split("\n")[4]


def test_another_one_is_taken_and_changed_later(chat: Chat) -> None:
    chat.turn("0")
    assert "2. " in _through(chat, 1, 3, SKIP, 1, 3, 1, 3, 3, 2)
    chat.turn("2")
    first = chat.learner.path
    chat.turn("0")
    chat.turn("[I am …]")
    chat.turn("[I am looking for work]")
    assert chat.learner.path == "my-way-to-work" != first


@pytest.mark.row("05")
def test_everything_can_be_skipped_and_points_to_search_and_a_human(chat: Chat) -> None:
    chat.turn("0")
    told = _through(chat, *[SKIP] * 9)
    assert "point nowhere yet" in told and "🔎 Something else" in told
    assert "Type one or two words" in chat.turn("[🔎 Something else]")
    assert "point nowhere yet" in chat.turn("*"), "back to what was proposed"


def test_a_star_leads_to_the_question_before(chat: Chat) -> None:
    chat.turn("0")
    asked = [_through(chat), *(chat.turn("[Skip ▶]") for _ in range(9))]
    for before in reversed(asked[:-1]):
        assert chat.turn("*") == before
    assert "🙋 I am …" in chat.turn("*")


@pytest.mark.row("05")
def test_nothing_is_kept_but_the_path(chat: Chat) -> None:
    chat.turn("0")
    before = chat.learner
    _through(chat, 1, 1, 2, 3, 1, 3, 1, 1, 1)
    chat.turn("1")
    chat.turn("0")
    moved = {"last_at", "session_at", "path", "rhythm"}
    same = [f.name for f in fields(Learner) if f.name not in moved]
    assert [getattr(chat.learner, name) for name in same] == [getattr(before, n) for n in same]


@pytest.mark.row("19")
def test_i_am_leads_each_to_a_way_and_the_last_is_something_else(chat: Chat) -> None:
    chat.turn("0")
    told = chat.turn("[I am …]").splitlines()
    options = [line.split(". ", 1)[1] for line in told if line[:1].isdigit()]
    assert options[-1] == "Something else" and len(options) <= 6
    assert all(option.startswith("I am ") for option in options[:-1])


def test_eight_to_ten_questions_and_each_path_can_be_proposed(shipped: Programme) -> None:
    entry = shipped.entry
    assert 8 <= len(entry.questions) <= 10
    assert all(len(asked.choices) <= 4 for asked in entry.questions)
    for group in (*shipped.pathways, *shipped.categories):
        best = tuple(
            1 + max(range(len(a.choices)), key=lambda n: a.choices[n].speaks.get(group.id, 0))
            if any(choice.speaks.get(group.id) for choice in a.choices)
            else 0
            for a in entry.questions
        )
        assert group.id in entry.proposed(best)[:3], group.id


def test_an_old_or_forged_place_ends_nowhere(chat: Chat) -> None:
    for answers in ((9,) * 40, (0,), (7, 7, 7)):
        chat.learner = replace(chat.learner, place=encode(EntryPage(answers)))
        chat.turn("(voice)")
        assert chat.screens[-1].buttons
    chat.learner = replace(chat.learner, path="gone")
    assert "⭐" not in chat.turn("0")
    assert encode(ChoosePath("x" * 30)) and EntryCheck().proposed((1, 2)) == ()


def test_two_who_become_one_keep_the_path() -> None:
    assert merge(Learner(1), Learner(2, path="adaptation")).path == "adaptation"
    assert merge(Learner(1, path="a"), Learner(2, path="b")).path == "a"
