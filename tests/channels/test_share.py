"""One rate for several processes: limiters that share it through the database."""

import asyncio
import time
from typing import NoReturn

import pytest

from bot.channels.pace import Pace, Priority
from bot.channels.rate import Limiter
from db.engine import connect
from db.rate import SharedPace
from db.store import Store

pytestmark = pytest.mark.both_databases

RATE = 100


def keeps_rate(times: list[float], begun: float) -> bool:
    """A busy machine makes calls late and never early: at no moment have more gone out than the
    rate lets go since then, and a second's worth at once."""
    return all(number <= RATE * (at - begun) + RATE for number, at in enumerate(sorted(times), 1))


class Process:
    """A limiter with a database connection of its own, as in a process of its own."""

    def __init__(self, url: str, sent: list[tuple[float, str]]) -> None:
        self.engine = connect(url)
        self.pace = SharedPace(self.engine, "bot", RATE)
        self.limiter = Limiter(RATE, lambda _chat: Pace(1.0, 3), _never, share=self.pace)
        self.sent = sent

    async def send(self, chat: int, what: str, priority: Priority = Priority.INTERACTIVE) -> None:
        async def call() -> bool:
            self.sent.append((time.monotonic(), what))
            return True

        await self.limiter.run(call, chat, priority=priority)


def _never(error: Exception) -> NoReturn:
    raise AssertionError(error)


async def test_two_processes_keep_one_rate_and_use_it(store: Store, database: str) -> None:
    sent: list[tuple[float, str]] = []
    processes = [Process(database, sent) for _ in range(2)]
    await processes[0].pace.open()
    begun = time.monotonic()
    chats = range(RATE * 3)
    async with asyncio.timeout(60):  # nothing that is allowed is lost
        await asyncio.gather(
            *(processes[chat % 2].send(chat, "bulk", Priority.BULK) for chat in chats)
        )
    assert len(sent) == len(chats) and keeps_rate([at for at, _ in sent], begun)
    for process in processes:
        await process.engine.dispose()


async def test_people_do_not_wait_behind_a_broadcast(store: Store, database: str) -> None:
    sent: list[tuple[float, str]] = []
    one, two = Process(database, sent), Process(database, sent)
    await one.pace.open()
    flood = [asyncio.create_task(one.send(chat, "bulk", Priority.BULK)) for chat in range(300)]
    await asyncio.sleep(0.3)
    before = len(sent)
    await asyncio.gather(*(two.send(1000 + person, "person") for person in range(5)))
    between = [what for _, what in sent[before:]]
    assert between.count("person") == 5 and between.count("bulk") < 40, (
        "five answers went out among the first messages"
    )
    for task in flood:
        task.cancel()
    await asyncio.gather(*flood, return_exceptions=True)
    for process in (one, two):
        await process.engine.dispose()


async def test_told_to_wait_all_wait(store: Store, database: str) -> None:
    sent: list[tuple[float, str]] = []
    one, two = Process(database, sent), Process(database, sent)
    await one.pace.open()
    await one.pace.hold(0.7)
    begun = time.monotonic()
    await two.send(1, "late")
    assert time.monotonic() - begun >= 0.6
    for process in (one, two):
        await process.engine.dispose()


async def test_slots_follow_each_other_and_none_is_given_twice(store: Store, database: str) -> None:
    engine = connect(database)
    pace = SharedPace(engine, "bot", 10)
    await pace.open()
    await pace.open()
    begun = time.monotonic()
    first, second = await pace.reserve(3), await pace.reserve(1)
    passed, three = time.monotonic() - begun, 3 * pace.interval
    assert abs(first) < 0.05 and max(0.0, three - passed) - 0.01 < second <= three
    other = SharedPace(engine, "another bot", 10)
    await other.open()
    assert await other.reserve(1) < 0.05
    await engine.dispose()
