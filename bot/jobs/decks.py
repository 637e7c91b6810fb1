"""Decks that are changed while Pasito runs are taken as they are then, or not at all.

A look compares the times of the files. What changed is checked by `pasito lint`, in a process of
its own and with what the machine has to spare, because that takes seconds; then it is read in a
thread. One fault, and everything stays as it was: the log, the metrics and the admins are told.
"""

import asyncio
import gc
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from bot import metrics

log = logging.getLogger(__name__)

LOOK_SECONDS = 10.0
SETTLED_SECONDS = 1.0
"""A change is complete when nothing changes for so long: many files are written one by one."""
LINT_SECONDS = 240.0
NAMED = 3
"""Faults that are named; `pasito lint` names all."""
_CODE = str(Path(__file__).parents[2])

T = TypeVar("T")
Stamps = frozenset[tuple[str, int, int]]


class DeckWatch(Generic[T]):
    """`look` is a job of the worker. The first one compares with the time of this being made."""

    def __init__(
        self,
        roots: Iterable[Path],
        faults: Callable[[], Awaitable[tuple[str, ...]]],
        read: Callable[[], T],
        take: Callable[[T], None],
        tell: Callable[[str], Awaitable[None]],
        settled: float = SETTLED_SECONDS,
    ) -> None:
        """`read` runs in a thread, raises `ValueError` for what cannot be used, and gives what
        `take` puts in the place of what was there. `tell` is told why it is not."""
        self._roots = tuple(roots)
        self._faults, self._read, self._take, self._tell = faults, read, take, tell
        self._settled = settled
        self._seen = stamps(self._roots)

    async def look(self) -> None:
        now = await asyncio.to_thread(stamps, self._roots)
        if now == self._seen:
            return
        await asyncio.sleep(self._settled)
        if await asyncio.to_thread(stamps, self._roots) != now:
            return  # somebody is still writing
        found = await self._faults()
        if not found:
            try:
                newer = await asyncio.to_thread(self._read)
            except ValueError as error:
                found = (str(error),)
        if await asyncio.to_thread(stamps, self._roots) != now:
            return
        self._seen = now
        metrics.DECKS_REFUSED.set(bool(found))
        if found:
            why = "; ".join(found[:NAMED])
            log.error("the decks were changed, and are not taken: %s", why)
            await self._tell(why)
            return
        self._take(newer)
        gc.freeze()  # as at the start: the collector need not look through decks
        log.info("the decks were changed, and are taken")


def stamps(roots: Iterable[Path]) -> Stamps:
    """Path, time and size of each file below these folders; hidden ones and what editors leave
    behind are passed over."""
    return frozenset(stamp for root in roots for stamp in _below(str(root)))


def _below(folder: str) -> Iterator[tuple[str, int, int]]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "__")) or entry.name.endswith("~"):
                continue
            with suppress(OSError):
                if entry.is_dir():
                    yield from _below(entry.path)
                else:
                    stat = entry.stat()
                    yield entry.path, stat.st_mtime_ns, stat.st_size


async def lint_faults(folder: Path | None) -> tuple[str, ...]:
    """What `pasito lint` says is to mend, without its warnings."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot", "lint"),
        *([str(folder)] if folder else []),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": _CODE},
    )
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process.pid, 10)
    try:
        said, _errors = await asyncio.wait_for(process.communicate(), LINT_SECONDS)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == 0:
        return ()
    lines = said.decode(errors="replace").splitlines()
    return tuple(line for line in lines if " warning: " not in line) or ("pasito lint failed",)
