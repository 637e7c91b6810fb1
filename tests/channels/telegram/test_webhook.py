"""`POST /telegram/webhook`: what must be repeated is, what must not be is not."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.telegram.parse import NotUnderstood
from bot.channels.telegram.webhook import SECRET_HEADER, handler

Client = TestClient[web.Request, web.Application]


class Receiver:
    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.error: Exception | None = None

    async def receive(self, raw: dict[str, Any], answering: bool) -> dict[str, Any] | None:
        assert answering
        if self.error:
            raise self.error
        self.got.append(raw)
        return (
            {"method": "answerCallbackQuery", "callback_query_id": "1"}
            if "callback_query" in raw
            else None
        )


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def client(receiver: Receiver) -> AsyncIterator[Client]:
    app = web.Application()
    app.router.add_post("/telegram/webhook", handler(receiver.receive, "s3cret"))
    async with TestClient(TestServer(app)) as running:
        yield running


async def _post(client: Client, body: bytes, secret: str = "s3cret") -> tuple[int, bytes]:
    async with client.post(
        "/telegram/webhook", data=body, headers={SECRET_HEADER: secret}
    ) as response:
        return response.status, await response.read()


async def test_an_update_is_taken(client: Client, receiver: Receiver) -> None:
    assert await _post(client, b'{"update_id": 1}') == (200, b"")
    assert receiver.got == [{"update_id": 1}]


async def test_a_tap_is_answered_in_the_answer(client: Client) -> None:
    status, body = await _post(client, b'{"update_id": 1, "callback_query": {}}')
    assert status == 200 and b'"answerCallbackQuery"' in body


@pytest.mark.parametrize("secret", ["wrong", "", "sécret", "s3cre"])
async def test_a_wrong_secret_is_refused(client: Client, receiver: Receiver, secret: str) -> None:
    assert (await _post(client, b'{"update_id": 1}', secret))[0] == 401
    assert receiver.got == []


@pytest.mark.parametrize(
    "poison",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'"x"',
        b"{}",
        b'{"update_id"',
        b'{"update_id": "7"}',
        b"[" * 100_000,
    ],
)
async def test_poison_is_never_asked_for_again(
    client: Client, receiver: Receiver, poison: bytes
) -> None:
    assert (await _post(client, poison))[0] == 200
    assert receiver.got == []


async def test_what_cannot_be_understood_is_not_asked_for_again(
    client: Client, receiver: Receiver
) -> None:
    receiver.error = NotUnderstood("an id that is none")
    assert (await _post(client, b'{"update_id": 1}'))[0] == 200


async def test_half_a_character_is_read(client: Client, receiver: Receiver) -> None:
    assert (await _post(client, b'{"update_id": 1, "x": "\\ud800"}'))[0] == 200
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    "error", [OSError("connection refused"), KeyError("x"), ValueError("a row that cannot be read")]
)
async def test_a_fault_of_ours_lets_it_come_again(
    client: Client, receiver: Receiver, error: Exception
) -> None:
    receiver.error = error
    assert (await _post(client, b'{"update_id": 1}'))[0] == 503
