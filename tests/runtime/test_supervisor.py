"""No task ends in silence: whatever a loop does, it goes on, and while it does not /readyz and
/metrics say so.
"""

import ast
import asyncio
import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from bot import metrics
from bot.jobs import worker
from bot.jobs.worker import Worker
from bot.runtime import supervisor
from bot.runtime.supervisor import Group, Supervised, supervise
from tests.support.world import ROOT


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("FIRST_PAUSE", "LONGEST_PAUSE", "LOOK_SECONDS", "SURE_SECONDS"):
        monkeypatch.setattr(supervisor, name, 0.02)
    yield


@pytest.fixture
async def loops() -> AsyncIterator[list[Supervised]]:
    made: list[Supervised] = []
    yield made
    for loop in made:
        await loop.stop()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.005)


async def _ends() -> None:
    return


async def _raises() -> None:
    raise ValueError("typed by somebody")


async def _is_cancelled_from_inside() -> None:
    gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    gone.cancel()
    await gone


async def _groups() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(_raises())


async def _exits() -> None:
    raise asyncio.InvalidStateError


@pytest.mark.parametrize("end", [_ends, _raises, _is_cancelled_from_inside, _groups, _exits])
async def test_however_a_loop_ends_it_goes_on_and_is_named_meanwhile(
    end: Callable[[], Awaitable[None]], loops: list[Supervised], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs, well = 0, asyncio.Event()

    async def work() -> None:
        nonlocal runs
        runs += 1
        if runs <= 2:
            await end()
        else:
            await well.wait()

    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.1)
    loops.append(supervise("a loop", work))
    await until(lambda: runs == 1)
    await until(lambda: supervisor.unwell() == ["a loop"])
    supervisor.measure()
    assert metrics.TASK_RUNNING.labels("a loop")._value.get() == 0
    await until(lambda: runs == 3)
    await until(lambda: not supervisor.unwell())
    supervisor.measure()
    assert metrics.TASK_RUNNING.labels("a loop")._value.get() == 1
    assert loops[0].restarts == 2


async def test_a_loop_that_says_nothing_is_named_cancelled_and_begun_again(
    loops: list[Supervised],
) -> None:
    runs = 0

    async def work() -> None:
        nonlocal runs
        runs += 1
        loop.beat(0.05 if runs == 1 else math.inf)
        await asyncio.Event().wait()

    loop = supervise("a loop", work)
    loops.append(loop)
    await until(lambda: supervisor.unwell() == ["a loop"])
    await until(lambda: runs == 2)
    await until(lambda: not supervisor.unwell())


async def test_a_loop_that_will_not_be_cancelled_stays_named(loops: list[Supervised]) -> None:
    free = asyncio.Event()

    async def work() -> None:
        loop.beat(0)
        while not free.is_set():
            try:
                await free.wait()
            except asyncio.CancelledError:
                continue

    loop = supervise("a loop", work)
    loops.append(loop)
    await asyncio.sleep(0.2)
    assert supervisor.unwell() == ["a loop"] and loop.restarts == 0, "never two of them"
    free.set()
    await until(lambda: loop.restarts)


async def test_a_process_that_slept_cancels_nothing(loops: list[Supervised]) -> None:
    now, runs = 0.0, 0

    async def work() -> None:
        nonlocal runs
        runs += 1
        while True:
            loop.beat(60)
            await asyncio.sleep(0.01)

    loop = supervise("a loop", work, clock=lambda: now)
    loops.append(loop)
    await asyncio.sleep(0.05)
    now += 3600
    await asyncio.sleep(0.1)
    assert runs == 1


async def test_the_end_lets_a_loop_finish_and_then_no_longer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop, finished = asyncio.Event(), False

    async def finishes() -> None:
        nonlocal finished
        await stop.wait()
        finished = True

    good, bad = supervise("good", finishes), supervise("bad", asyncio.Event().wait)
    await asyncio.sleep(0)
    stop.set()
    await asyncio.wait_for(asyncio.gather(good.stop(10), bad.stop(0.05)), 5)
    assert finished and not supervisor.unwell()
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_short_work_that_fails_is_logged_once_counted_and_waited_for(
    caplog: pytest.LogCaptureFixture,
) -> None:
    group, done = Group(), []

    async def slow() -> None:
        await asyncio.sleep(0.05)
        done.append(1)

    before = metrics.TASK_FAILURES.labels("short")._value.get()
    group.spawn("short", _raises())
    group.spawn("short", slow())
    hanging = group.spawn("short", asyncio.Event().wait())
    await group.drain(0.2)
    assert done and hanging.cancelled() and not len(group)
    assert metrics.TASK_FAILURES.labels("short")._value.get() == before + 1
    assert [record.getMessage() for record in caplog.records] == ["short failed"]


async def test_a_job_that_fails_is_tried_again_soon_however_seldom_it_is_due(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "FAILED_SECONDS", 0.01)
    runs = 0

    async def work() -> bool:
        nonlocal runs
        runs += 1
        if runs < 3:
            raise ValueError
        return False

    jobs = Worker()
    jobs.add("seldom", work, 3600)
    await until(lambda: runs == 3)
    await asyncio.sleep(0.05)
    assert runs == 3 and not supervisor.unwell()
    await jobs.stop()


def test_nobody_else_makes_tasks() -> None:
    """Ruff sees `asyncio.create_task`; this sees those of a loop as well."""
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for folder in ("bot", "db", "cards", "certificates")
        for file in (ROOT / folder).rglob("*.py")
        if file.name != "supervisor.py"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in ("create_task", "ensure_future")
    ]
    assert not found
