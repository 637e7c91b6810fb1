"""Complete learning taps a second: update in, state committed, two Bot API calls out, through the
webhook.

Compared in one run with bare echo bots that store nothing (aiogram, python-telegram-bot as it
comes) and with the limit: aiohttp without a bot library, group commit into the same database with
the bare driver. Bot on one core, people and Bot API on the other. With PASITO_TEST_POSTGRES set (as
for the tests: a database that may be emptied) the same on PostgreSQL.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks import load_whatsapp
from benchmarks.echo import TOKEN
from benchmarks.load import SECRET

CHATS = 50
SECONDS = 6
ROUNDS = 3
DECKS, CARDS = 60, 8
POSTGRES = os.environ.get("PASITO_TEST_POSTGRES", "")
ON_POSTGRES = ("pasito on PostgreSQL", "raw on PostgreSQL") if POSTGRES else ()
BY_WHATSAPP = ("pasito by WhatsApp", "raw by WhatsApp")
VARIANTS = ("pasito", "aiogram", "ptb", "raw", *BY_WHATSAPP, *ON_POSTGRES)
OTHERS = (
    ("aiogram", "stores nothing", "   to reach: 2.2"),
    ("ptb", "stores nothing", ""),
    ("raw", "the limit", "   to reach: 0.55"),
)
CALLS = 100
"""A second, at which Meta wants its 200: a median below 250 ms."""


def decks(folder: Path, asks: bool = False) -> None:
    """A long module of short decks, so that every tap goes from card to card; or to the next
    question, where several cards come in one message: there each of its cards `asks`."""
    decks = DECKS // 6 if asks else DECKS
    (folder / "c").mkdir(parents=True)
    (folder / "programme.yaml").write_text(
        "id: b\ntitle: Bench\ncategories: [{id: c, title: C, description: D, modules: [bench]}]\n",
        encoding="utf-8",
    )
    head = "---\ntitle: {0}\nshort: {0}\ndescription: D.\nhours: 1\n---\n"
    (folder / "help.md").write_text(
        head.format("Help") + "# Help\n## Help\nHelp.\n", encoding="utf-8"
    )
    text = (
        "A computer keeps words, pictures and music. You tell it what to do. It does it fast. "
        "You cannot break it by trying."
    )
    answers = "- [x] What you tell it\n- [ ] What it likes\n> It has no wishes.\n\n"

    def card(d: int, c: int) -> str:
        question = f"### What does computer {d} {c} do?\n{answers}" if asks else ""
        return f"## Card {d} {c}\n{text}\n\n{question}"

    body = "".join(
        f"# Deck {d}\n" + "".join(card(d, c) for c in range(CARDS)) for d in range(decks)
    )
    (folder / "c" / "bench.md").write_text(head.format("Bench") + body, encoding="utf-8")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def pinned(cpu: int, *command: str) -> list[str]:
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return (
        ["taskset", "-c", str(cores[cpu % len(cores)]), *command]
        if len(cores) > 1
        else list(command)
    )


def worked(pid: int) -> float:
    """Seconds of a core that a process has had; 0 where the system does not tell (not Linux). Other
    than taps a second it does not depend on what else the machine does."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


async def empty_postgres() -> str:
    """The address without the driver."""
    import asyncpg

    address = POSTGRES.replace("+asyncpg", "")
    db = await asyncpg.connect(address)
    await db.execute("DROP SCHEMA public CASCADE")
    await db.execute("CREATE SCHEMA public")
    await db.close()
    return address


def once(variant: str, folder: Path, chats: int = CHATS, rate: int = 0) -> dict[str, float]:
    """One bot, one load. Returns what the load prints."""
    variant, _, elsewhere = variant.partition(" on ")
    variant, _, whatsapp = variant.partition(" by ")
    database = asyncio.run(empty_postgres()) if elsewhere else str(folder / "raw.sqlite3")
    port, api = free_port(), free_port()
    url = f"http://127.0.0.1:{api}"
    load_command = (
        sys.executable,
        "-m",
        "benchmarks.load_whatsapp" if whatsapp else "benchmarks.load",
        str(port),
        str(api),
        str(chats),
        str(SECONDS),
        *([str(rate)] if rate else []),
    )
    load = subprocess.Popen(
        pinned(1, *load_command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert load.stdout and load.stdin
    load.stdout.readline()
    environment = {k: v for k, v in os.environ.items() if k != "PASITO_TEST_POSTGRES"}
    if variant == "pasito":
        command = [sys.executable, "-m", "bot", "run"]
        environment |= {
            "PASITO_DATA_DIR": str(folder / "data"),
            "PASITO_CARDS_DIR": str(folder / "decks"),
            "PASITO_PORT": str(port),
            "PASITO_TELEGRAM_TOKEN": TOKEN,
            "PASITO_TELEGRAM_API_URL": url,
            "PASITO_TELEGRAM_MODE": "webhook",
            "PASITO_TELEGRAM_WEBHOOK_SECRET": SECRET,
            "PASITO_TELEGRAM_RATE": "1000",
            "PASITO_DATABASE_URL": POSTGRES if elsewhere else "",
        }
        if whatsapp:
            environment |= {
                "PASITO_TELEGRAM_TOKEN": "",
                "PASITO_WHATSAPP_TOKEN": "EAAbenchmark0123456789",
                "PASITO_WHATSAPP_PHONE_ID": load_whatsapp.PHONE_ID,
                "PASITO_WHATSAPP_APP_SECRET": load_whatsapp.SECRET,
                "PASITO_WHATSAPP_API_URL": f"{url}/v26.0",
                "PASITO_WHATSAPP_NUMBER": "15550783881",
                "PASITO_WHATSAPP_RATE": "1000",
            }
    else:
        echo = "whatsapp" if whatsapp else variant
        command = [sys.executable, "-m", "benchmarks.echo", echo, str(port), url]
        command += [database] if variant == "raw" else []
    bot = subprocess.Popen(
        pinned(0, *command),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bot.stdout
    try:
        while "running" not in (line := bot.stdout.readline()):
            assert line, f"{variant} did not start"
        before, began = worked(bot.pid), time.perf_counter()
        load.stdin.write("go\n")
        load.stdin.flush()
        result = dict(json.loads(load.stdout.readline()))
        busy = (worked(bot.pid) - before) / (time.perf_counter() - began)
        return result | {"cpu": busy / result["taps"] * 1e6}
    finally:
        bot.send_signal(signal.SIGTERM)
        bot.wait(20)
        load.wait(20)


def main() -> None:
    results: dict[str, list[dict[str, float]]] = {variant: [] for variant in VARIANTS}
    for _ in range(ROUNDS):
        for variant in VARIANTS:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                decks(folder / "decks", asks=variant == BY_WHATSAPP[0])
                results[variant].append(once(variant, folder))
    taps = {variant: median(result["taps"] for result in of) for variant, of in results.items()}
    print(f"\nTaps a second, {CHATS} chats at once, median of {ROUNDS} rounds of {SECONDS} s")
    for variant, of in results.items():
        p50, p99 = median(r["p50"] for r in of), median(r["p99"] for r in of)
        bad, cpu = sum(r["bad"] for r in of), median(r["cpu"] for r in of)
        print(
            f"  {variant:20} {taps[variant]:8.0f}   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   "
            f"{cpu:5.0f} µs of a core a tap   failed {bad:.0f}"
        )
    for other, what, wanted in OTHERS:
        shown = f"pasito / {other} ({what})"
        print(f"  {shown:35}{taps['pasito'] / taps[other]:.2f}{wanted}")
    ours, limit = (taps[variant] for variant in BY_WHATSAPP)
    print(f"  pasito / raw by WhatsApp           {ours / limit:.2f}")
    with tempfile.TemporaryDirectory() as name:
        decks(Path(name) / "decks", asks=True)
        paced = once(BY_WHATSAPP[0], Path(name), rate=CALLS)
    at = f"  webhook of WhatsApp at {paced['taps']:.0f} calls/s"
    print(f"{at}: p95 {paced['hook95']:.1f} ms   to reach: 250")
    if ON_POSTGRES:
        ours, limit = (taps[variant] for variant in ON_POSTGRES)
        print(f"  the same on PostgreSQL             {ours / limit:.2f}")


if __name__ == "__main__":
    main()
