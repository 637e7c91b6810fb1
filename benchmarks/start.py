"""Start-up and idle memory of `pasito run`, with all decks and languages that ship.

    python -m benchmarks.start

Of ROUNDS starts the fastest: from the command to the line that it is running, the processor's share
of it, and the resident memory a few seconds later, before anybody wrote and once every language was
read.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.taps import free_port, pinned
from bot.i18n.catalogues import SHIPPED, languages_of

ROUNDS, SETTLED = 5, 3
MOST_SECONDS, MOST_MB = 3.0, 250


def once(folder: Path) -> tuple[float, float, float, float]:
    """Seconds to the first readiness, seconds of processor, MB idle, MB with all languages in
    use."""
    port = free_port()
    environment = os.environ | {"PASITO_DATA_DIR": str(folder), "PASITO_PORT": str(port)}
    began = time.monotonic()
    bot = subprocess.Popen(
        pinned(0, sys.executable, "-m", "bot", "run"),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bot.stdout
    try:
        while "running" not in (line := bot.stdout.readline()):
            assert line, "Pasito did not start"
        seconds, processor = time.monotonic() - began, _processor(bot.pid)
        time.sleep(SETTLED)
        idle = _resident(bot.pid)
        for language in languages_of(SHIPPED):
            asked = urllib.request.Request(
                f"http://127.0.0.1:{port}/", headers={"Accept-Language": language}
            )
            urllib.request.urlopen(asked).read()
        return seconds, processor, idle, _resident(bot.pid)
    finally:
        bot.send_signal(signal.SIGTERM)
        bot.wait(20)


def _processor(pid: int) -> float:
    """User and system time of a process so far, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    """MB of memory that a process has in use."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        runs = [once(Path(name)) for _ in range(ROUNDS)]
    seconds, processor, idle, used = (min(each) for each in zip(*runs, strict=True))
    print(f"\nStart-up and memory, {len(languages_of(SHIPPED))} languages, best of {ROUNDS}")
    print(f"  start-up       {seconds:6.2f} s   to reach: {MOST_SECONDS:.0f}")
    print(f"  of a core      {processor:6.2f} s")
    print(f"  memory, idle   {idle:6.0f} MB  to reach: {MOST_MB}")
    print(f"  after a page in each language {used:6.0f} MB")


if __name__ == "__main__":
    main()
