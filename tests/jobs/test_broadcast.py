"""The lanes of a broadcast: outages, kills, pauses, several channels."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.channels.base import Blocked, Later, MayLeave, TooLate, Unsure
from bot.documents.parcel import Announcement
from bot.jobs.broadcast import Broadcasts, in_hand
from bot.jobs.pages import Pages
from bot.model.broadcast import (
    Progress,
    State,
)
from db import broadcasts
from db import tables as t
from db.recipients import Recipient, RecipientState
from db.store import Store
from tests.fakes.channel import FakeChannel, Write
from tests.support.broadcasts import (
    BID,
    DRAFT,
    EN,
    begin_broadcast,
    learners_with_phones,
    progress_of,
)
from tests.support.world import Clock


@pytest.mark.parametrize("error", [Later, Unsure])
async def test_a_long_outage_costs_few(
    error: type[Exception], store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing reaches Telegram for longer than any number of attempts; then all get it, once. Where
    it does not even say whether it came, only those are unknown with whom that was tried."""
    monkeypatch.setattr("bot.jobs.broadcast.LONGEST_REST", 0.05)
    ids = await learners_with_phones(
        store, clock, *(EN for _ in range(40 if error is Later else 400))
    )
    await begin_broadcast(store, clock, DRAFT, ids[0])
    got: list[int] = []
    tried = 0

    async def write(to: Recipient, announcement: Announcement, may_leave: MayLeave) -> None:
        nonlocal tried
        tried += 1
        if tried <= 60:
            raise error
        got.append(to.learner)

    work = Broadcasts(store, [FakeChannel(write=write, rate=28)], clock)
    for _ in range(600):
        await work.look()
        if (await progress_of(store)).state is State.DONE:
            break
        await asyncio.sleep(0.1)
    await work.stop()
    progress = await progress_of(store)
    lost = 60 if error is Unsure else 0
    assert (progress.sent, progress.failed, progress.unknown) == (len(ids) - lost, 0, lost)
    assert len(got) == len(set(got)) == len(ids) - lost


async def test_no_more_are_in_hand_than_allowed_while_some_hang(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One fails at once, the rest passes, and the others of the handful are still under way."""
    monkeypatch.setattr("bot.jobs.broadcast.LONGEST_REST", 0.05)
    ids = await learners_with_phones(store, clock, *(EN for _ in range(60)))
    await begin_broadcast(store, clock, DRAFT, ids[0])
    under_way = most = tried = 0

    async def write(to: Recipient, announcement: Announcement, may_leave: MayLeave) -> None:
        nonlocal under_way, most, tried
        tried, under_way = tried + 1, under_way + 1
        most = max(most, under_way)
        try:
            mine = tried
            if mine == 10:
                raise Unsure
            await asyncio.sleep(0.2 if mine == 9 else 0.6)
            if mine == 9:  # comes back after the rest, and says nothing of the messenger
                raise Blocked
        finally:
            under_way -= 1

    work = Broadcasts(store, [FakeChannel(write=write, rate=28)], clock)
    for _ in range(600):
        await work.look()
        if (await progress_of(store)).state is State.DONE:
            break
        await asyncio.sleep(0.1)
    await work.stop()
    progress = await progress_of(store)
    assert (progress.sent, progress.failed, progress.unknown) == (58, 1, 1) and most <= in_hand(28)


@pytest.mark.parametrize("apart", [False, True], ids=["one engine", "an engine each"])
async def test_two_channels_share_the_work_and_fail_none_of_each_other(
    store: Store, clock: Clock, apart: bool
) -> None:
    """Each writes to its own people, once; one that is away for a time, or not open yet, holds up
    nobody of the other one, and its people wait for it."""
    here = await learners_with_phones(store, clock, *(EN for _ in range(12)))
    there = await learners_with_phones(store, clock, *(EN for _ in range(12)), channel="pigeon")
    away = await learners_with_phones(store, clock, EN, channel="smoke")
    await begin_broadcast(store, clock, DRAFT, here[0])
    got: list[tuple[str, int]] = []
    tried = 0

    def writer(channel: str) -> Write:
        async def write(to: Recipient, announcement: Announcement, may_leave: MayLeave) -> None:
            nonlocal tried
            assert to.channel == channel
            tried += channel == "pigeon"
            if channel == "pigeon" and tried <= 3:
                raise Later(0.05)
            if not await may_leave():
                raise TooLate
            got.append((channel, to.learner))

        return write

    telegram, pigeon, smoke = (
        FakeChannel(name, writer(name), 40) for name in ("telegram", "pigeon", "smoke")
    )
    smoke.is_open = False
    together = [telegram, pigeon, smoke]
    engines = [
        Broadcasts(store, channels, clock)
        for channels in ([[each] for each in together] if apart else [together])
    ]
    pages = Pages(store, [each.name for each in together], clock)

    async def until(sent: int) -> Progress:
        for _ in range(300):
            await asyncio.gather(*(engine.look() for engine in engines), pages.look())
            if (progress := await progress_of(store)).sent == sent:
                return progress
            await asyncio.sleep(0.1)
        raise AssertionError(await progress_of(store))

    progress = await until(24)
    assert progress.state is State.SENDING and (progress.failed, progress.unknown) == (0, 0)
    assert sorted(got) == sorted(
        [("telegram", id) for id in here] + [("pigeon", id) for id in there]
    )
    smoke.is_open = True
    progress = await until(25)
    for _ in range(50):
        if (progress := await progress_of(store)).state is State.DONE:
            break
        await asyncio.gather(*(engine.look() for engine in engines), pages.look())
        await asyncio.sleep(0.1)
    assert progress.state is State.DONE and (progress.failed, progress.unknown) == (0, 0)
    assert got[24:] == [("smoke", id) for id in away]
    await asyncio.gather(*(engine.stop() for engine in engines))


async def test_a_pause_holds_back_also_among_sixteen(store: Store, clock: Clock) -> None:
    """D5: in hand is half a second's worth of the rate, and each is asked about just before it
    leaves."""
    assert [in_hand(rate) for rate in (0.5, 1, 5, 28, 1000)] == [1, 1, 2, 14, 500]
    ids = await learners_with_phones(store, clock, *(EN for _ in range(16)))
    await begin_broadcast(store, clock, DRAFT, ids[0])
    got: list[int] = []
    late: list[int] = []
    """Those who asked for leave after the pause was committed, and got it."""
    pausing, paused = asyncio.Event(), asyncio.Event()

    async def write(to: Recipient, announcement: Announcement, may_leave: MayLeave) -> None:
        await asyncio.sleep(0.01)  # its turn comes
        if len(got) >= 4 and not pausing.is_set():
            pausing.set()
            async with store.engine.begin() as db:
                await broadcasts.steer(db, BID, "pause")
            paused.set()
        asked_late = paused.is_set()
        if not await may_leave():
            raise TooLate
        got.append(to.learner)
        if asked_late:
            late.append(to.learner)

    work = Broadcasts(store, [FakeChannel(write=write, rate=5)], clock)
    await _until(work, store, State.PAUSED)
    await work.stop()
    assert 4 <= len(got) < 16 and not late
    assert (await progress_of(store)).sent == len(got)
    async with store.engine.begin() as db:
        await broadcasts.steer(db, BID, "resume")
    work = Broadcasts(store, [FakeChannel(write=write, rate=5)], clock)
    await _until(work, store, State.DONE)
    await work.stop()
    assert len(got) == len(set(got)) == 16, "after the pause the others"


async def _until(work: Broadcasts, store: Store, state: State) -> None:
    for _ in range(300):
        await work.look()
        if (await progress_of(store)).state is state:
            return
        await asyncio.sleep(0.02)
    raise AssertionError((await progress_of(store)).state)


class _Mortal:
    """A database as a process sees it that is killed: what it has not committed by then never
    happens."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine, self.dead = engine, False

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        if self.dead:
            await asyncio.Event().wait()
        async with self._engine.begin() as connection:
            yield connection


async def test_eight_kills_of_four_hundred_cost_at_most_those_on_the_wire(
    store: Store, clock: Clock
) -> None:
    """R11: before, each kill -9 cost fourteen people the message."""
    ids = await learners_with_phones(store, clock, *(EN for _ in range(400)))
    await begin_broadcast(store, clock, DRAFT, ids[0])
    got: list[int] = []
    on_the_wire = most = 0

    async def write(to: Recipient, announcement: Announcement, may_leave: MayLeave) -> None:
        nonlocal on_the_wire, most
        async with turn:
            await asyncio.sleep(0.001)  # the pace of the messenger
            if not await may_leave():
                raise TooLate
        on_the_wire += 1
        most = max(most, on_the_wire)
        await asyncio.sleep(0.002)
        got.append(to.learner)
        await asyncio.sleep(0.002)
        on_the_wire -= 1

    here = asyncio.all_tasks()
    for kill in range(8):
        turn, on_the_wire = asyncio.Lock(), 0
        mortal = copy(store)
        mortal.engine = engine = _Mortal(store.engine)  # type: ignore[assignment]
        work = Broadcasts(mortal, [FakeChannel(write=write, rate=40)], clock)
        for _ in range(3000):
            await work.look()
            await asyncio.sleep(0.01)
            if len(got) >= 45 * (kill + 1) or (await progress_of(store)).state is State.DONE:
                break
        engine.dead = True  # nothing is said any more
        await asyncio.sleep(0.05)
        killed = asyncio.all_tasks() - here
        for task in killed:
            task.cancel()
        await asyncio.gather(*killed, return_exceptions=True)
        async with store.engine.begin() as db:  # half a minute later
            await db.execute(
                sa.update(t.recipient)
                .where(t.recipient.c.state == RecipientState.IN_HAND)
                .values(lease=1.0)
            )
    work = Broadcasts(store, [FakeChannel(write=write, rate=40)], clock)
    turn = asyncio.Lock()
    await _until(work, store, State.DONE)
    await work.stop()
    progress = await progress_of(store)
    missed = 400 - len(set(got))
    assert len(got) == len(set(got)), "nobody got it twice"
    assert missed <= 8 * most, (
        f"{missed} got nothing: none but those on the wire, {most} at most at once"
    )
    assert missed <= progress.unknown <= 60 and progress.sent + progress.unknown == 400, (
        "sent and not yet said is unknown, too"
    )
    column = t.recipient.c
    async with store.engine.connect() as db:
        rows = sa.select(column.learner_id).where(column.state == RecipientState.UNKNOWN)
        unknown = set((await db.execute(rows)).scalars())
    assert set(ids) - set(got) <= unknown and len(unknown) == progress.unknown, (
        "each of those who got nothing is one of those whom the author sees as unknown"
    )


async def test_when_the_turn_of_all_comes_together_few_are_on_the_wire(
    store: Store, clock: Clock
) -> None:
    """A machine that stood still lets the turn of all in hand come at once: killed as the second
    one leaves, the others were never on the wire and wait again."""
    ids = await learners_with_phones(store, clock, *(EN for _ in range(40)))
    await begin_broadcast(store, clock, DRAFT, ids[0])
    mortal = copy(store)
    mortal.engine = engine = _Mortal(store.engine)  # type: ignore[assignment]
    turns, waiting, left = asyncio.Event(), 0, 0

    async def write(to: Recipient, announcement: Announcement, may_leave: MayLeave) -> None:
        nonlocal waiting, left
        waiting += 1
        await turns.wait()
        if not await may_leave():
            raise TooLate
        left += 1
        engine.dead = left >= 2
        await asyncio.Event().wait()

    work = Broadcasts(mortal, [FakeChannel(write=write, rate=40)], clock)
    await work.look()
    async with asyncio.timeout(20):
        while waiting < 20:
            await asyncio.sleep(0.01)
        turns.set()
        while not engine.dead:
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)  # what is on its way into the database gets there
    await work._tasks.cancel()
    column = t.recipient.c
    async with store.engine.connect() as db:
        wire = sa.select(sa.func.count()).where(column.state == RecipientState.IN_HAND, column.wire)
        assert left <= (await db.execute(wire)).scalar_one() <= left + 1
