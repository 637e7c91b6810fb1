"""A process is calm when nobody comes and nothing is late."""

import asyncio
import time
from itertools import count

from bot.runtime.calm import STILL, calm


async def test_it_is_calm_at_once_where_nothing_is_done() -> None:
    await calm(lambda: 0, time.perf_counter() + 3600)


async def test_whatever_is_under_way_is_done_first() -> None:
    done = []

    async def others() -> None:
        for number in range(5):
            time.sleep(3 * STILL)
            done.append(number)
            await asyncio.sleep(0)

    busy = asyncio.create_task(others())
    await calm(lambda: 0, time.perf_counter() + 3600)
    assert len(done) == 5
    await busy


async def test_who_keeps_coming_is_not_waited_for_longer_than_to_the_latest() -> None:
    came, latest = count(), time.perf_counter() + 5 * STILL
    await calm(lambda: next(came), latest)
    assert time.perf_counter() >= latest
