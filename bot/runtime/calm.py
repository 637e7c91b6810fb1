"""When a process has nothing else to do."""

import asyncio
import time
from collections.abc import Callable

STILL = 0.001
"""Seconds in which nobody came and nothing was late: nothing else is to be done."""


async def calm(came: Callable[[], int], latest: float) -> None:
    """Returns when everything else that could be done is done and `came`, how many came until now,
    stands still; at `latest` (of `time.perf_counter`) in any case. That a loop is busy is seen by a
    timer that is late."""
    while (now := time.perf_counter()) < latest:
        before = came()
        await asyncio.sleep(STILL)
        if came() == before and time.perf_counter() - now < 2 * STILL:
            return
