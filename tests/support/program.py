"""`pasito` as a process of its own, for tests that kill it."""

import asyncio
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from tests.fakes.telegram import FakeTelegram
from tests.support.nursery import Born, born
from tests.support.world import SMALL

PATIENCE = 60
"""Seconds until a process that does not come up, or does not end, is a failure."""

_STARTED: list[asyncio.subprocess.Process | Born] = []


class Program:
    """`pasito run` (or another command) as a process of its own."""

    def __init__(
        self,
        data: Path,
        command: str = "run",
        files: int | None = None,
        fresh: bool = False,
        **settings: str,
    ) -> None:
        """`files` is how many it may have open (RLIMIT_NOFILE). A `fresh` one is started as people
        do, to the last import; others are born."""
        self.port = free_port()
        self.files = files
        self.fresh = fresh
        self.command = command
        self.environment = {
            "PATH": os.environ["PATH"],
            "PASITO_DATA_DIR": str(data),
            "PASITO_PORT": str(self.port),
            "PASITO_CARDS_DIR": str(SMALL),
            **{f"PASITO_{name.upper()}": value for name, value in settings.items()},
        }
        self.process: asyncio.subprocess.Process | Born | None = None

    async def start(self) -> None:
        if self.fresh:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", self.command),
                env=self.environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
        else:
            self.process = await born(self.command, self.environment, self.files)
        _STARTED.append(self.process)
        await asyncio.wait_for(self._runs(), PATIENCE)

    async def _runs(self) -> None:
        assert self.process and self.process.stdout
        said = b""
        while b"running" not in said:
            line = await self.process.stdout.readline()
            assert line, said.decode()
            said += line

    async def kill(self) -> None:
        assert self.process
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        assert self.process
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


def end_all() -> None:
    """Those that a test has begun and not ended, because it failed."""
    while _STARTED:
        if (process := _STARTED.pop()).returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def telegram_settings(fake: FakeTelegram, **more: str) -> dict[str, str]:
    return {"telegram_token": fake.token, "telegram_api_url": fake.api_url, **more}
