"""/readyz tells the truth about Telegram and the loops; the real program says so over HTTP."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from telegram.error import Conflict, InvalidToken, NetworkError

from bot.channels.telegram import polling as module
from bot.channels.telegram.polling import NotFetched, Polling
from bot.runtime.supervisor import supervise
from bot.web.health import Health, create_health_app
from tests.fakes.telegram import FakeTelegram
from tests.support.program import Program, telegram_settings


class Bot:
    """Gives what it is told to."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.hangs = False
        self.asked = 0

    async def fetch_updates(self, offset: int, hold: float) -> list[Any]:
        self.asked += 1
        await asyncio.sleep(0.01)
        if self.hangs:
            await asyncio.Event().wait()
        if self.error:
            raise self.error
        return []


@pytest.fixture
async def polling(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Bot, Polling]]:
    monkeypatch.setattr(module, "PAUSE", 0.01)
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.01)
    monkeypatch.setattr(module, "TROUBLED_SECONDS", 0.1)
    monkeypatch.setattr(module, "SILENT_FOR", 0.5)
    bot = Bot()
    running = Polling(bot, lambda _raw: asyncio.sleep(0))
    await running.start()
    yield bot, running
    await running.stop()


async def _not_ready(polling: Polling) -> str:
    async with asyncio.timeout(20):
        while True:
            try:
                polling.check()
            except NotFetched as error:
                return str(error)
            await asyncio.sleep(0.01)


async def _ready(polling: Polling) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                return polling.check()
            except NotFetched:
                await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Conflict("two"), "Conflict"),
        (InvalidToken(), "InvalidToken"),
        (NetworkError("x"), "NetworkError"),
        (ValueError(), "ValueError"),
    ],
)
async def test_getupdates_that_is_refused_for_seconds_is_not_ready(
    polling: tuple[Bot, Polling], error: Exception, said: str
) -> None:
    bot, running = polling
    running.check()
    bot.error = error
    running.check()
    assert await _not_ready(running) == said
    bot.error = None
    await _ready(running)


async def test_getupdates_that_never_comes_back_is_not_ready(polling: tuple[Bot, Polling]) -> None:
    bot, running = polling
    bot.hangs = True
    assert await _not_ready(running) == "silence"


async def test_who_does_not_poll_is_not_asked(polling: tuple[Bot, Polling]) -> None:
    Polling(Bot(), lambda _raw: asyncio.sleep(0)).check()


async def test_readyz_names_what_does_not_run_and_what_is_only_a_hint(
    aiohttp_client_of: Any,
) -> None:
    async def fails() -> None:
        raise OSError

    async def well() -> None:
        pass

    async def orders() -> dict[tuple[str, str], int]:
        return {}

    health = Health({"database": well}, orders, also={"clock": fails}, hints={"worker": fails})
    client = await aiohttp_client_of(create_health_app(health))
    async with client.get("/readyz") as response:
        assert response.status == 503 and await response.json() == {
            "database": True,
            "clock": False,
            "worker": False,
        }
    health = Health({"database": well}, orders, also={"clock": well}, hints={"worker": fails})
    client = await aiohttp_client_of(create_health_app(health))
    async with client.get("/readyz") as response:
        assert response.status == 200 and await response.json() == {
            "database": True,
            "worker": False,
        }

    async def ends() -> None:
        raise ValueError

    loop = supervise("some loop", ends)
    await asyncio.sleep(0.05)
    async with client.get("/readyz") as response:
        assert response.status == 503 and (await response.json())["unwell"] == ["some loop"]
    async with client.get("/metrics") as response:
        assert 'pasito_task_running{task="some loop"} 0.0' in await response.text()
    await loop.stop()
    async with client.get("/readyz") as response:
        assert response.status == 200


@pytest.fixture
async def aiohttp_client_of() -> AsyncIterator[Any]:
    made: list[Any] = []

    async def make(app: Any) -> Any:
        client: Any = TestClient(TestServer(app))
        made.append(client)
        await client.start_server()
        return client

    yield make
    for client in made:
        await client.close()


async def test_the_program_with_its_folder_gone_takes_nothing_and_says_so(tmp_path: Path) -> None:
    """Over HTTP, and by polling: what people write stays with Telegram."""
    async with FakeTelegram() as fake:
        folder = tmp_path / "data"
        program = Program(folder, **telegram_settings(fake))
        await program.start()
        second = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env={**program.environment, "PASITO_PORT": "1"},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await asyncio.wait_for(second.communicate(), 60)
        assert second.returncode == 1 and b"Pasito runs already" in said and said.count(b"\n") == 1
        amina = fake.user(1001)
        await amina.starts("m-computer")
        await amina.expects(1)
        aside = tmp_path / "aside"
        folder.rename(aside)
        async with aiohttp.ClientSession() as session:
            await amina.taps("▶ Start")
            async with session.get(f"http://127.0.0.1:{program.port}/readyz") as ready:
                assert ready.status == 503 and not (await ready.json())["database"]
            aside.rename(folder)
            await amina.expects(1, within=30)
            async with asyncio.timeout(30):
                while (await session.get(f"http://127.0.0.1:{program.port}/readyz")).status != 200:
                    await asyncio.sleep(0.2)
        assert await program.stop() == 0
