"""What waits for a chat: nothing it earned is lost, nothing is sent twice, nothing ends in
silence."""

import asyncio

import pytest

from bot.channels.telegram import conversation as module
from bot.conversation.action import encode
from bot.conversation.decide import apology, show
from bot.conversation.turn import Moment, Turn
from bot.conversation.update import Tap, Typed, Update
from bot.flows.learning.actions import Begin, Next
from tests.support.mailbox import (
    MOMENT,
    all_answered,
    seconds_until_answered,
    two,
    unanswered,
    until,
)
from tests.support.service import Service


async def test_what_skipped_screens_told_is_told(service: Service) -> None:
    """A question answered and gone on from, while nothing goes out: the verdict stands in front of
    the screen."""
    ana, _ben = await two(service)
    await ana.taps("Start: Meet")
    await ana.expects()
    service.fake.fail_next("sendMessage", chat_id=1, delay=1.0)
    await ana.says("something that makes it busy")
    await asyncio.sleep(0.3)
    for word in ("next", "next", "1", "next"):
        await ana.says(word)
    await until(lambda: "Right answer" in ana.screen or "✅" in ana.screen)
    await all_answered(service)
    assert "Right answer" in ana.screen or "✅" in ana.screen, "in front of the newest screen"


async def test_the_same_screen_is_not_sent_again(service: Service) -> None:
    ana, _ben = await two(service)
    await ana.taps("Settings")
    await ana.expects()
    settings = next(button.data for button in ana.screen.buttons if "anguage" in button.label)
    await ana.forges(ana.screen, settings)
    await ana.expects()
    edits = len(service.fake.calls_of("editMessageText"))
    for _ in range(3):
        await ana.forges(ana.screen, settings)
        await service.fake.quiet()
    assert len(service.fake.calls_of("editMessageText")) == edits and ana.spinning == 0


async def test_a_screen_that_cannot_be_rendered_is_apologised_for(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, ben = await two(service)
    real = module.render

    def failing(screen: object, *rest: object) -> object:
        if screen != apology():
            raise ValueError("a button holds at most 64 bytes")
        return real(screen, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(module, "render", failing)
        await ana.says("/settings")
        await ana.expects(1)
        assert "Sorry" in ana.screen and ana.screen.labels
    await all_answered(service)
    await ana.taps("Menu")
    await ana.expects(1)
    assert "Sorry" not in ana.screen
    assert await seconds_until_answered(ben) < MOMENT


async def test_a_screen_that_telegram_refuses_is_apologised_for(service: Service) -> None:
    ana, _ben = await two(service)
    service.fake.fail_next(
        "sendMessage", 400, chat_id=1, description="Bad Request: BUTTON_DATA_INVALID"
    )
    await ana.says("/settings")
    await ana.expects(1)
    assert "Sorry" in ana.screen and ana.screen.labels
    await all_answered(service)


async def test_what_was_answered_and_comes_again_shows_nothing(service: Service) -> None:
    ana, _ben = await two(service)
    await ana.taps("Start: Meet")
    await ana.expects()
    await all_answered(service)
    update, chat = service.fake.updates.history[-1]
    shown = len(ana.messages)
    service.fake.updates.enqueue(update, chat)
    await service.fake.quiet()
    await asyncio.sleep(0.2)
    assert len(ana.messages) == shown


async def test_a_spinner_is_stopped_after_a_bad_spell(service: Service) -> None:
    ana, _ben = await two(service)
    service.fake.fail_next("answerCallbackQuery", 502, times=4)
    await ana.taps("Start: Meet")
    await ana.expects()
    await until(lambda: ana.spinning == 0)


async def test_two_that_were_not_answered_are_one_message(service: Service) -> None:
    """A process died between deciding and sending: each update counts, one screen is sent."""
    user, other = await two(service)
    await service.fake.quiet()
    seen, others = len(user.messages), len(other.messages)
    for n, text in enumerate(("/help", "/progress")):
        update = Update("telegram", str(9_000_000 + n), "1", Typed(text), "en")
        await service.dispatcher.handle(update)
    assert await unanswered(service) == 2
    service.clock.now += 10
    await all_answered(service)
    await service.fake.quiet()
    new = [message for message in user.messages[seen:] if message.by_bot]
    assert len(new) == 1 and "progress" in str(new[0]).lower()
    assert len(other.messages) == others


async def test_after_a_kill_the_screen_says_where_one_is(service: Service) -> None:
    """What skipped screens told waits in memory alone. After a kill the newest screen says all that
    counts: the answer was kept, the next question is there, what was earned is in the list."""
    user, _other = await two(service)
    learner = await service.store.learner_at("telegram", "1")
    assert learner
    await service.fake.quiet()
    seen = len(user.messages)
    taps = [
        Begin("computer", "meet-the-computer"),
        *[Next(learner.attempts_begun + 1, n) for n in range(2)],
    ]
    for n, tap in enumerate(taps):
        update = Update("telegram", str(9_100_000 + n), "1", Tap(encode(tap)), "en")
        await service.dispatcher.handle(update)
    kept = await service.store.learner_at("telegram", "1")
    assert kept and kept.place != learner.place
    service.clock.now += 10
    await all_answered(service)
    await service.fake.quiet()
    (shown,) = [message for message in user.messages[seen:] if message.by_bot]
    world = service.dispatcher.world
    screen = show(Turn(kept, world, Moment(now=int(service.clock.now))))
    assert world.say(screen.title or screen.lines[0], "en") in str(shown)
