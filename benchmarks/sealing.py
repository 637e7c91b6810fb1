"""What sealing costs: `python -m benchmarks.sealing`. Bytes and microseconds of a tap, for people
who have begun no module, one, six and forty.

Pasito runs as always and people tap. All that is there because snapshots are sealed (packing,
sealing, opening, the column of modules) is timed inside it, and compared with the processor time of
the whole process in the same run: so it does not matter what else the machine does.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.echo import TOKEN
from benchmarks.load import SECRET
from benchmarks.reviews import year
from benchmarks.taps import CHATS, SECONDS, decks, free_port
from bot.model.learner import Learner, day_of
from db import sealed
from db import tables as t
from db.engine import connect
from db.vault import Vault

KEY = "3f9c1d7ae8245b60d1c7f2938e5a4b06c9e1807f5d3a2b4691fe0c8d7a65b342"
BEGUN = (0, 1, 6, 40)
FIRST = 1000
"""The first chat of `benchmarks.load`."""
TIMED = ("seal_learner", "open_learner", "progress")


def people(begun: int) -> list[Learner]:
    """Who has so many modules behind them, with what they learned in memory."""
    if not begun:
        return [Learner(FIRST + n, language="en", place="h") for n in range(CHATS)]
    dice = random.Random(begun)
    years = (year(dice)[1] for _ in iter(int, 1))
    found = islice((learner for learner in years if len(learner.modules) >= begun), CHATS)
    return [
        replace(
            learner,
            id=FIRST + n,
            place="h",
            modules=dict(islice(learner.modules.items(), begun)),
            earned=learner.earned[:begun],
            memory=dict(islice(learner.memory.items(), begun)),
        )
        for n, learner in enumerate(found)
    ]


async def fill(file: Path, learners: list[Learner]) -> None:
    """A database with these learners, each behind the Telegram chat with their id."""
    vault, engine = Vault(KEY.encode()), connect(f"sqlite+aiosqlite:///{file}")
    await sealed.carry_over(engine, vault)
    now = int(time.time())
    async with engine.begin() as db:
        for learner in learners:
            address = str(learner.id)
            hash = vault.hash("telegram", address)
            content = sealed.encode(learner)
            row = {
                "id": learner.id,
                "snapshot": sealed.seal_learner(vault, learner.id, content),
                "language": "en",
                "active_on": day_of(now),
                "muted": False,
                "begun": learner.begun,
                "progress": sealed.progress(learner),
            }
            await db.execute(sa.insert(t.learner).values(**row))
            sealed_address = vault.seal(address.encode(), hash)
            await db.execute(
                sa.insert(t.address).values(
                    hash=hash,
                    learner_id=learner.id,
                    channel="telegram",
                    sealed=sealed_address,
                    reachable=True,
                )
            )
    await engine.dispose()


def once(begun: int, folder: Path) -> dict[str, float]:
    """One bot, one load: taps, and microseconds a tap of the process and of sealing."""
    decks(folder / "decks")
    (folder / "data").mkdir()
    asyncio.run(fill(folder / "data" / "pasito.sqlite3", people(begun)))
    port, api = free_port(), free_port()
    command = [sys.executable, "-m", "benchmarks.load", str(port), str(api), str(CHATS)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    load: Any = subprocess.Popen([*command, str(SECONDS)], **pipes)  # type: ignore[call-overload]
    load.stdout.readline()
    environment = os.environ | {
        "PASITO_DATA_DIR": str(folder / "data"),
        "PASITO_CARDS_DIR": str(folder / "decks"),
        "PASITO_SECRET_KEY": KEY,
        "PASITO_PORT": str(port),
        "PASITO_TELEGRAM_TOKEN": TOKEN,
        "PASITO_TELEGRAM_API_URL": f"http://127.0.0.1:{api}",
        "PASITO_TELEGRAM_MODE": "webhook",
        "PASITO_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "PASITO_TELEGRAM_RATE": "1000",
    }
    environment.pop("PASITO_DATABASE_URL", None)
    command = [sys.executable, "-m", "benchmarks.sealing", "--bot"]
    bot = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert bot.stdout
    try:
        while "running" not in (line := bot.stdout.readline()):
            assert line, "it did not start"
        bot.send_signal(signal.SIGUSR1)
        load.stdin.write("go\n")
        load.stdin.flush()
        load.stdout.readline()
        bot.send_signal(signal.SIGUSR1)
        while not (line := bot.stdout.readline()).startswith("{"):
            assert line, "it ended"
        return dict(json.loads(line))
    finally:
        bot.send_signal(signal.SIGTERM)
        bot.wait(20)
        load.kill()
        load.wait()


def bot() -> None:
    """Pasito with a clock in it: from one SIGUSR1 to the next."""
    from bot.__main__ import main as pasito

    spent, calls = dict.fromkeys(TIMED, 0), dict.fromkeys(TIMED, 0)
    began: list[int] = []

    def timed(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*given: Any) -> Any:
            start = time.thread_time_ns()
            try:
                return real(*given)
            finally:
                spent[name] += time.thread_time_ns() - start
                calls[name] += 1

        return measured

    def tell(*_: object) -> None:
        if not began:
            began.append(time.process_time_ns())
            for name in TIMED:
                spent[name] = calls[name] = 0
            return
        taps, whole = calls["seal_learner"], time.process_time_ns() - began.pop()
        told = {"taps": taps, "tap": whole / 1000 / taps, "all": sum(spent.values()) / 1000 / taps}
        print(json.dumps(told | {name: spent[name] / 1000 / taps for name in TIMED}), flush=True)

    for name in TIMED:
        setattr(sealed, name, timed(name, getattr(sealed, name)))
    signal.signal(signal.SIGUSR1, tell)
    sys.argv[1:] = ["run"]
    pasito()


def main() -> None:
    vault = Vault(KEY.encode())
    print("\nSealing, CPU microseconds a tap and bytes a row")
    print("  begun     taps      tap  sealing    share   sealed in the clear")
    for begun in BEGUN:
        learner = people(begun)[0]
        content = sealed.encode(learner)
        with tempfile.TemporaryDirectory() as name:
            of = once(begun, Path(name))
        parts = ", ".join(f"{name} {of[name]:.1f}" for name in TIMED)
        print(
            f"  {begun:5} {of['taps']:8.0f} {of['tap']:8.0f} {of['all']:8.1f} "
            f"{of['all'] / of['tap']:8.1%} {len(sealed.seal_learner(vault, 1, content)):8} "
            f"{len(content):12}   {parts}",
            flush=True,
        )


if __name__ == "__main__":
    if sys.argv[1:] == ["--bot"]:
        bot()
    else:
        main()
