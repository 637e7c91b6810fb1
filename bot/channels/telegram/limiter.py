"""The pace of Telegram: `bot.channels.rate` as a rate limiter of python-telegram-bot.

The rules (Bot API FAQ, "My bot is hitting limits"): about one message a second in a chat, short
bursts allowed; 20 a minute in a group; 30 a second in all. What an error means:

    RetryAfter      WAIT
    NotSent         NOT_SENT: nothing left the machine
    NotDone         NOT_DONE: Telegram says itself that it did nothing
    NetworkError    UNSURE: a broken connection, no answer in time, one that cannot be read. Edit,
                    answer, delete, set and get may happen twice. After a repetition "message is not
                    modified" or "query is too old" can mean that the first one was done after all.
    all else        FINAL. BadRequest is a kind of NetworkError for the library, and final for us.

Answers to taps, `sendChatAction`, and what has no chat count as nothing and wait for nobody.
"""

import datetime as dtm
import math
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from telegram.constants import FloodLimit
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.channels.pace import Cause, Clock, Failure, Key, Pace, Priority, Share, Weight, per_minute
from bot.channels.rate import GivenUp, Limiter, TooLong
from bot.channels.telegram.answers import NotDone
from bot.channels.telegram.transport import NotSent

BURST = 3
"""Messages that a quiet chat may get at once; then one a second."""


class TelegramLimiter(BaseRateLimiter[Priority]):
    """Give it to `ApplicationBuilder().rate_limiter(…)`. `rate` is messages a second; the rest is
    as in `bot.channels.rate.Limiter`."""

    def __init__(
        self,
        rate: float = 28,
        *,
        tries: int = 3,
        longest_wait: float = 60.0,
        share: Share | None = None,
        clock: Clock | None = None,
    ) -> None:
        person = Pace(1 / FloodLimit.MESSAGES_PER_SECOND_PER_CHAT, BURST)
        group = per_minute(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP, BURST, group=True)
        self.pace = Limiter(
            rate,
            lambda chat: group if _is_group(chat) else person,
            failure,
            tries=tries,
            longest_wait=longest_wait,
            share=share,
            clock=clock,
        )

    async def initialize(self) -> None:
        """Nothing to open; works again after `shutdown`."""

    async def shutdown(self) -> None:
        """Gives up all that waits for its turn: its callers get NotSent."""
        self.pace.give_up()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Priority | None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """Makes the call when its turn has come, and again when that helps. Raises what the call
        does, `RetryAfter` where it would wait too long, `NotSent` where it is given up."""
        try:
            return await self.pace.run(
                partial(callback, *args, **kwargs),
                _chat_key(data.get("chat_id")),
                weight_of(endpoint),
                rate_limit_args or Priority.INTERACTIVE,
                may_repeat(endpoint),
            )
        except TooLong as error:
            raise RetryAfter(math.ceil(error.seconds)) from None
        except GivenUp as error:
            raise NotSent(str(error)) from None


def failure(error: Exception) -> Failure:
    """What an error means for the repetition of its call: the table at the top."""
    match error:
        case RetryAfter():
            return Failure(Cause.WAIT, _seconds(error))
        case NotSent():
            return Failure(Cause.NOT_SENT)
        case NotDone():
            return Failure(Cause.NOT_DONE)
        case NetworkError() if not isinstance(error, BadRequest):
            return Failure(Cause.UNSURE)
        case _:
            return Failure(Cause.FINAL)


def weight_of(endpoint: str) -> Weight:
    if endpoint.startswith("edit"):
        return Weight.EDIT
    free = endpoint.startswith(("get", "set", "answer")) or endpoint == "sendChatAction"
    return Weight.FREE if free else Weight.MESSAGE


def may_repeat(endpoint: str) -> bool:
    """Whether a call that happens twice leaves things as one does."""
    return (
        endpoint.startswith(("get", "set", "answer", "edit", "delete"))
        or endpoint == "sendChatAction"
    )


def _chat_key(chat_id: Any) -> Key | None:
    try:
        return int(chat_id)
    except (TypeError, ValueError):
        return chat_id if isinstance(chat_id, str) else None


def _is_group(key: Key) -> bool:
    return isinstance(key, str) or key < 0


def _seconds(error: RetryAfter) -> float:
    """The library gives a number or a timedelta, depending on PTB_TIMEDELTA."""
    wait: float | dtm.timedelta = error.retry_after
    return wait.total_seconds() if isinstance(wait, dtm.timedelta) else float(wait)
