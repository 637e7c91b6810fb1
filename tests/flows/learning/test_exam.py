"""A mock exam (seed 09): feedback at the end alone, what to look at again, and no mark touched."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.action import encode
from bot.conversation.turn import World
from bot.conversation.update import Tap
from bot.flows.learning.actions import Answer, Begin, ExamDone, ExamLook, ExamPage, StartExam
from bot.flows.learning.attempt import in_hand
from bot.flows.learning.exam import DRAWN, draw
from bot.flows.learning.shown import shown_order
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from cards.lint import check_module
from cards.model import Programme
from cards.module_file import module_file
from cards.question import Question
from tests.support.chat import Chat
from tests.support.decks import DECK, HEAD, QUESTION


@pytest.fixture
def chat(shipped_world: World, shipped_words: Catalogues) -> Chat:
    return Chat(shipped_world, shipped_words, learner=Learner(1, language="en"))


def _answers(chat: Chat, right: bool) -> str:
    held = in_hand(chat.learner, chat.world.programme)
    assert held and isinstance(held[1], Question)
    attempt, question = held
    order = shown_order(question, attempt)
    places = tuple(order.index(option) for option in question.right)
    if not right:
        n = len(order)
        places = places[::-1] if len(places) == n else ((places[0] + 1) % n,)
    return chat.does(Tap(encode(Answer(attempt.id, attempt.step, places))))


def _exam(chat: Chat, wrong: int) -> str:
    chat.turn("0")
    chat.turn("[Finding a job]")
    chat.turn("[📝 Mock exam]")
    told = chat.turn("[▶ Start]")
    for n in range(DRAWN):
        assert chat.screens[-1].asks and f"{n + 1}/{DRAWN}" in told
        told = _answers(chat, right=n >= wrong)
        assert "Why:" not in told and "✅" not in told and "🔁 Not" not in told, "at the end only"
    return told


@pytest.mark.row("09")
def test_twenty_questions_with_feedback_at_the_end(chat: Chat) -> None:
    before = chat.learner
    told = _exam(chat, wrong=3)
    assert f"Right: ▰▰▰▰▱ 17/{DRAWN}" in told and "Look at these again:" in told
    missed = [line for line in told.splitlines() if line[:2] in ("1.", "2.", "3.", "4.")]
    assert len(missed) == 3
    one = chat.turn("1")
    assert missed[0][3:] in one and "✅ " in one and "Why: " in one
    assert "[▶ This lesson]" in one
    assert f"17/{DRAWN}" in chat.turn("[Back]")
    assert chat.learner.memory == before.memory and not chat.learner.reviews
    assert all(not m.decks and not m.done for m in chat.learner.modules.values())
    assert not chat.learner.owed


@pytest.mark.row("09")
def test_it_never_replaces_the_mark_of_a_module(chat: Chat) -> None:
    chat.turn("/start m-cv")
    module = chat.world.programme.modules["cv"]
    chat.turn(f"[{module.decks[0].title.source}]")
    for _ in range(60):
        held = in_hand(chat.learner, chat.world.programme)
        if held is None:
            break
        if isinstance(held[1], Question) and not held[0].feedback:
            _answers(chat, right=True)
        else:
            chat.turn("[Next]")
    marks = chat.learner.modules["cv"].decks
    assert marks
    _exam(chat, wrong=DRAWN)
    assert chat.learner.modules["cv"].decks == marks


def test_sisters_come_first_from_every_module_and_anew_each_time(shipped: Programme) -> None:
    category = next(c for c in shipped.categories if c.id == "finding-a-job")
    drawn = draw(shipped, category.id, 1)
    assert len(set(drawn)) == DRAWN and drawn != draw(shipped, category.id, 2)
    assert {ref.split("/")[0] for ref in drawn} == set(category.modules)
    for ref in drawn:
        module, deck, id = ref.split("/")
        item = shipped.modules[module].by_id[deck].by_id[id]
        assert isinstance(item, Question) and item.sister_of


def test_it_is_left_and_gone_on_with_and_begun_anew(chat: Chat) -> None:
    chat.turn("0")
    chat.turn("[Finding a job]")
    chat.turn("[📝 Mock exam]")
    chat.turn("[▶ Start]")
    _answers(chat, right=True)
    chat.turn("0")
    chat.does(Tap(encode(ExamPage("finding-a-job"))))
    assert f"2/{DRAWN}" in chat.turn("[▶ Go on: 2/20]")
    chat.does(Tap(encode(StartExam("finding-a-job"))))
    assert f"1/{DRAWN}" in chat.drawn(chat.screens[-1], "en")


def test_no_exam_over_hard_things(chat: Chat) -> None:
    chat.turn("0")
    assert "Mock exam" not in chat.turn("[Mental health]")


@pytest.mark.parametrize(
    "gone",
    [ExamPage("x"), ExamPage("cv/x"), ExamDone(), ExamDone(9), ExamLook(0), StartExam("x")],
)
def test_what_is_gone_is_no_dead_end(chat: Chat, gone: ExamPage) -> None:
    chat.turn("0")
    chat.does(Tap(encode(gone)))
    assert chat.screens[-1].buttons


EXAM = "\n# The exam {.exam}\n" + "".join(QUESTION.replace("{n}", f"exam {n}") for n in range(4))


@pytest.mark.row("09")
def test_an_author_writes_one(tmp_path: Path, world: World, words: Catalogues) -> None:
    path = tmp_path / "computer.md"
    path.write_text(HEAD + DECK + EXAM, encoding="utf-8")
    module, findings = module_file(path)
    assert module and not findings and len(module.decks) == 1 and len(module.exams) == 1
    assert not [one for one in check_module(module) if one.fails and "exam" in one.message]
    programme = replace(world.programme, modules={**world.programme.modules, "computer": module})
    chat = Chat(replace(world, programme=programme), words, learner=Learner(1, language="en"))
    chat.turn("/start m-computer")
    chat.turn("[📝 The exam]")
    chat.turn("[▶ Start]")
    for _ in range(4):
        told = _answers(chat, right=False)
    assert "0/4" in told and "Question exam 0?" in told
    assert "[▶ This lesson]" not in chat.turn("1")
    chat.does(Tap(encode(Begin("computer", "the-exam"))))
    assert "What was right is said at the end" in chat.drawn(chat.screens[-1], "en")
    path.write_text(HEAD + DECK + "\n# The exam {.exam}\n## A card\nWords.\n", encoding="utf-8")
    module, _findings = module_file(path)
    told = " ".join(one.message for one in check_module(module)) if module else ""
    assert "3 to 20 questions" in told and "questions only" in told
