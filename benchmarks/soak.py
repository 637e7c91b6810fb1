"""Does it grow? `python -m benchmarks.soak MINUTES`: 60 people tap about once a second; every half
minute the memory that is resident, the taps so far, and KB a tap since the second line. With
`--any` they tap any button of the whole programme, and what changed nothing to be seen is told at
the end. With
`--trace` Pasito runs with tracemalloc, and the lines that grew are told at the end (it is several
times slower then).
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from benchmarks.echo import TOKEN
from benchmarks.load import SECRET
from benchmarks.taps import decks, free_port

CHATS, PAUSE = 60, 1.0
EVERY = 30
"""Seconds between two lines."""
LINES = 25
"""That grew most."""


def resident(pid: int) -> int:
    """Kilobytes."""
    return int(
        subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
        ).stdout
    )


def taps(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as found:
        lines = found.read().decode().splitlines()
    return round(
        sum(
            float(line.rpartition(" ")[2])
            for line in lines
            if line.startswith("pasito_updates_total")
        )
    )


def soak(minutes: float, trace: bool, free: bool) -> None:
    port, api, worker = free_port(), free_port(), free_port()
    load_command = (
        sys.executable,
        "-m",
        "benchmarks.load",
        str(port),
        str(api),
        str(CHATS),
        str(int(minutes * 60)),
        str(PAUSE),
        *(["any"] if free else []),
    )
    load = subprocess.Popen(load_command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert load.stdin and load.stdout
    load.stdout.readline()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        decks(folder / "decks")
        environment = os.environ | {
            "PASITO_DATA_DIR": str(folder / "data"),
            **({} if free else {"PASITO_CARDS_DIR": str(folder / "decks")}),
            "PASITO_PORT": str(port),
            "PASITO_WORKER_PORT": str(worker),
            "PASITO_TELEGRAM_TOKEN": TOKEN,
            "PASITO_TELEGRAM_API_URL": f"http://127.0.0.1:{api}",
            "PASITO_TELEGRAM_MODE": "webhook",
            "PASITO_TELEGRAM_WEBHOOK_SECRET": SECRET,
            "PASITO_TELEGRAM_RATE": "1000",
        }
        command = [
            sys.executable,
            "-m",
            *(("benchmarks.soak", "--bot") if trace else ("bot", "run")),
        ]
        bot = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert bot.stdout
        try:
            while "running" not in (line := bot.stdout.readline()):
                assert line, "it did not start"
            threading.Thread(target=bot.stdout.read, daemon=True).start()
            load.stdin.write("go\n")
            load.stdin.flush()
            begun, first = time.monotonic(), None
            print("  seconds   RSS MB     taps   taps/s   KB a tap", flush=True)
            while load.poll() is None and time.monotonic() - begun < 60 * minutes:
                time.sleep(EVERY)
                now, memory, done = time.monotonic() - begun, resident(bot.pid), taps(port)
                grown = (
                    f"{(memory - first[0]) / (done - first[1]):8.2f}"
                    if first and done > first[1]
                    else ""
                )
                print(
                    f"{now:9.0f} {memory / 1024:8.1f} {done:8} {done / now:8.1f}   {grown}",
                    flush=True,
                )
                if first is None and now > 2 * EVERY:  # what is filled once is filled
                    first = (memory, done)
                    if trace:
                        bot.send_signal(signal.SIGUSR1)
            if trace:
                bot.send_signal(signal.SIGUSR1)
                time.sleep(10)
            print(json.loads(load.stdout.readline() or "{}"), flush=True)
        finally:
            bot.send_signal(signal.SIGTERM)
            bot.wait(60)
            load.kill()


def bot() -> None:
    """Pasito with tracemalloc: each SIGUSR1 tells what grew since the last one."""
    import gc
    import tracemalloc

    from bot.__main__ import main as pasito

    last: list[tracemalloc.Snapshot] = []

    def tell(*_: object) -> None:
        print(
            f"{gc.collect()} objects were garbage, {len(gc.get_objects())} are left",
            file=sys.stderr,
            flush=True,
        )
        print(
            f"{tracemalloc.get_traced_memory()[0] / 1024:.0f} KB are Python's",
            file=sys.stderr,
            flush=True,
        )
        snapshot = tracemalloc.take_snapshot().filter_traces(
            [tracemalloc.Filter(False, tracemalloc.__file__)]
        )
        if last:
            for line in snapshot.compare_to(last[-1], "traceback")[:LINES]:
                place = " < ".join(
                    f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
                    for frame in reversed(line.traceback)
                )
                print(
                    f"{line.size_diff / 1024:+9.1f} KB {line.count_diff:+8} {place}",
                    file=sys.stderr,
                    flush=True,
                )
        last[:] = [snapshot]

    tracemalloc.start(3)
    signal.signal(signal.SIGUSR1, tell)
    sys.argv[1:] = ["run"]
    pasito()


if __name__ == "__main__":
    if sys.argv[1:] == ["--bot"]:
        bot()
    elif len(sys.argv) > 1:
        soak(float(sys.argv[1]), "--trace" in sys.argv, "--any" in sys.argv)
    else:
        sys.exit(__doc__)
