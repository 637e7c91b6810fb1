"""A self-test with a clock (seed 01) that the learner can switch off."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.action import encode
from bot.conversation.turn import World
from bot.conversation.update import Tap
from bot.flows.learning.actions import SelfTestPage, TimedAnswer, TimedTest
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from tests.support.beside import TEST, read
from tests.support.chat import Chat

TIMED = TEST.replace("scale:", "minutes: 5\n\nscale:", 1)


@pytest.fixture
def chat(world: World, words: Catalogues, tmp_path: Path) -> Chat:
    module, findings = read(tmp_path, TIMED)
    assert module and not findings and module.selftests[0].minutes == 5
    modules = {**world.programme.modules, module.id: module}
    world = replace(world, programme=replace(world.programme, modules=modules))
    return Chat(world, words, learner=Learner(1, language="en"))


def _opens(chat: Chat) -> str:
    chat.turn("/start m-module")
    return chat.turn("[My part in a team]")


@pytest.mark.row("01")
def test_when_the_time_is_over_what_was_answered_counts(chat: Chat) -> None:
    assert "can be switched off at any time" in _opens(chat)
    assert "⏱ 5 minutes left" in chat.turn("[With a clock: 5 minutes]")
    for answer in ("often", "often", "never"):
        assert "left" in chat.turn(f"[{answer}]")
    chat.now += 300
    told = chat.turn("[often]")
    assert "The time is over. This is what you answered in it: 3 of 6." in told
    assert "The one who looks ▰▰▰▱▱ 4/6" in told and "The one who plans ▱▱▱▱▱ 0/6" in told
    assert "This is not a diagnosis" in told
    assert "4/6" in chat.turn("[Go on without a clock]") and "left" not in chat.turn("[often]")


@pytest.mark.row("01")
def test_the_clock_can_be_switched_off_before_and_in_the_middle(chat: Chat) -> None:
    _opens(chat)
    chat.turn("[With a clock]")
    chat.turn("[often]")
    chat.turn("[Without a clock]")
    chat.now += 4000
    assert "3/6" in chat.turn("[often]") and "⏱" not in chat.drawn(chat.screens[-1], "en")
    _opens(chat)
    chat.turn("[Without a clock]")
    chat.now += 4000
    for _ in range(6):
        told = chat.turn("[sometimes]")
    assert "equally strong" in told and "3/6" in told
    assert not chat.learner.begun, "nothing is kept"


def test_buttons_fit_and_old_ones_work(chat: Chat) -> None:
    module = "x" * 32
    for place in (TimedTest(module, 0, 1_790_000_000, (4,) * 14), TimedAnswer(module, 0, 0, (4,))):
        assert len(encode(place).encode()) <= 64
    chat.turn("0")
    chat.does(Tap(encode(SelfTestPage("module", 0, (1, 1)))))
    assert "3/6" in chat.drawn(chat.screens[-1], "en")
    for gone in (TimedTest("x", 0), TimedTest("module", 9), TimedTest("module", 0, 1, (9,) * 20)):
        chat.does(Tap(encode(gone)))
        assert chat.screens[-1].buttons


@pytest.mark.parametrize("said", ["soon", "0", "90", "", "²", "5" * 5000])
def test_a_time_that_is_none_is_named(tmp_path: Path, said: str) -> None:
    module, told = read(tmp_path, TEST.replace("scale:", f"minutes: {said}\n\nscale:", 1))
    assert module is None and any("minutes: 5" in line for line in told)
