"""A bot of a few lines, for the tests of the fake."""

from collections.abc import Awaitable, Callable

from tests.fakes.telegram import (
    JSON,
)

Ask = Callable[..., Awaitable[JSON]]


def keyboard(*labels: str) -> JSON:
    return {
        "inline_keyboard": [[{"text": label, "callback_data": f"data:{label}"} for label in labels]]
    }


async def refused(answer: Awaitable[JSON]) -> str:
    """The error as Telegram writes it: code and description."""
    body = await answer
    assert not body["ok"], body
    return f"{body['error_code']} {body['description']}"


def texts(updates: list[JSON]) -> list[str]:
    return [update["message"]["text"] for update in updates]
