"""The pace of Telegram: what its calls and errors mean, alone and with the library."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ApplicationBuilder, ExtBot

from bot.channels.pace import Cause, Failure, Priority, Weight
from bot.channels.telegram.answers import NotDone
from bot.channels.telegram.limiter import TelegramLimiter, failure, may_repeat, weight_of
from bot.channels.telegram.transport import AiohttpRequest, NotSent
from tests.fakes.telegram import FakeTelegram


@pytest.mark.parametrize(
    ("endpoint", "weight", "twice"),
    [
        ("sendMessage", Weight.MESSAGE, False),
        ("sendDocument", Weight.MESSAGE, False),
        ("forwardMessage", Weight.MESSAGE, False),
        ("editMessageText", Weight.EDIT, True),
        ("editMessageReplyMarkup", Weight.EDIT, True),
        ("deleteMessage", Weight.MESSAGE, True),
        ("getMe", Weight.FREE, True),
        ("getChat", Weight.FREE, True),
        ("answerCallbackQuery", Weight.FREE, True),
        ("setMyCommands", Weight.FREE, True),
        ("setMyName", Weight.FREE, True),
        ("sendChatAction", Weight.FREE, True),
    ],
)
def test_what_a_call_counts_and_whether_it_may_happen_twice(
    endpoint: str, weight: Weight, twice: bool
) -> None:
    assert (weight_of(endpoint), may_repeat(endpoint)) == (weight, twice)


@pytest.mark.parametrize(
    ("error", "means"),
    [
        (RetryAfter(20), Failure(Cause.WAIT, 20)),
        (RetryAfter(timedelta(seconds=1.5)), Failure(Cause.WAIT, 1.5)),
        (NotSent("refused"), Failure(Cause.NOT_SENT)),
        (NotDone("502"), Failure(Cause.NOT_DONE)),
        (NetworkError("broken"), Failure(Cause.UNSURE)),
        (TimedOut(), Failure(Cause.UNSURE)),
        (BadRequest("message is not modified"), Failure(Cause.FINAL)),
        (Forbidden("bot was blocked by the user"), Failure(Cause.FINAL)),
        (TelegramError("else"), Failure(Cause.FINAL)),
        (ValueError("ours"), Failure(Cause.FINAL)),
    ],
)
def test_what_an_error_means(error: Exception, means: Failure) -> None:
    assert failure(error) == means


async def _asks(limiter: TelegramLimiter, chat: int | str | None, error: Exception | None) -> Any:
    async def callback(*_: Any) -> bool:
        if error:
            raise error
        return True

    data = {} if chat is None else {"chat_id": chat}
    return await limiter.process_request(callback, (), {}, "sendMessage", data, None)


async def test_who_would_wait_too_long_is_told_as_telegram_does() -> None:
    limiter = TelegramLimiter()
    with pytest.raises(RetryAfter):
        await _asks(limiter, 1, RetryAfter(600))
    with pytest.raises(RetryAfter) as told:
        await _asks(limiter, "1", None)
    assert told.value.retry_after == timedelta(seconds=601)
    assert await _asks(limiter, None, None) is True, "what is about no chat waits for nobody"


async def test_what_is_given_up_never_left() -> None:
    limiter = TelegramLimiter(rate=0.01)
    assert await _asks(limiter, 1, None) is True
    waits = asyncio.ensure_future(_asks(limiter, -5, None))
    await asyncio.sleep(0)
    await limiter.shutdown()
    with pytest.raises(NotSent):
        await waits


async def test_with_the_library_and_a_server_that_says_wait() -> None:
    async with FakeTelegram(enforce_pace=True) as fake:
        builder = (
            ApplicationBuilder().token(fake.token).base_url(f"{fake.api_url}/bot").updater(None)
        )
        limiter = TelegramLimiter(rate=100, longest_wait=5)
        app = (
            builder.request(AiohttpRequest())
            .get_updates_request(AiohttpRequest())
            .rate_limiter(limiter)
            .build()
        )
        bot: ExtBot[Any] = app.bot
        async with app:
            for user in range(1, 26):
                fake.user(user)
            fake.fail_next("sendMessage", 429, retry_after=0.1)
            await asyncio.gather(*(bot.send_message(user, "x") for user in range(1, 26)))
            await bot.send_message(1, "y", rate_limit_args=Priority.BULK)
            await bot.edit_message_text("z", 1, fake.user(1).screen.id)
            assert [str(message) for message in fake.user(1).messages] == ["x", "z"]
            assert all(len(fake.user(user).messages) == 1 for user in range(2, 26))
            assert fake.violations == 0
