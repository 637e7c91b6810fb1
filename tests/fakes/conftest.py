"""A bot of a few lines, for the tests of the fake."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.fakes.calls import Ask
from tests.fakes.telegram import (
    JSON,
    FakeTelegram,
)


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        server.calm = 0.01
        yield server


@pytest.fixture
async def ask(fake: FakeTelegram) -> AsyncIterator[Ask]:
    """Calls a method as a bare HTTP client would; gives the whole answer."""
    async with aiohttp.ClientSession() as session:

        async def ask(method: str, token: str = fake.token, **params: Any) -> JSON:
            async with session.post(f"{fake.api_url}/bot{token}/{method}", json=params) as response:
                answer: JSON = await response.json()
                assert answer["ok"] == (response.status == 200)
                return answer

        yield ask
