"""A clock that was wrong and is put right: nobody waits for a day that does not come, nothing is
dated by a clock that cannot be right.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot.conversation.action import encode
from bot.conversation.turn import World
from bot.conversation.update import Start, Tap, Update
from bot.dispatcher import Dispatcher
from bot.documents.make import Files
from bot.documents.parcel import MadeFile, NotNow, why_not
from bot.flows.account.actions import SpeakLanguage
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner, day_of
from bot.model.order import OrderKind
from bot.model.papers import DAY_SECONDS
from bot.model.reminders import Rhythm
from bot.runtime import clock as clocks
from bot.runtime.clock import RELEASED, RELEASED_AT, ClockWatch, ClockWrong, check_clock
from certificates import Fonts
from db import maintenance
from db import tables as t
from db.clock_repair import put_right
from db.orders import Order, order_row
from db.store import Store
from tests.support.world import Clock, issuer_of

YEAR = 365 * 24 * 3600
NOW = RELEASED_AT + 30 * 24 * 3600


@pytest.mark.parametrize("year", [1970, 2000, RELEASED.year - 1])
def test_a_clock_before_the_release_is_a_sentence(year: int) -> None:
    with pytest.raises(ClockWrong, match=f"clock says {year}-.*set it"):
        check_clock((date(year, 1, 2) - date(1970, 1, 1)).days * 86400)
    check_clock(RELEASED_AT)
    check_clock(NOW)


class Machine:
    """A clock that can be put, and the time that passes."""

    def __init__(self) -> None:
        self.wall, self.passed = float(NOW), 0.0
        self.told: list[tuple[int, bool]] = []
        self.watch = ClockWatch(self.put_right, lambda: self.wall, lambda: self.passed)

    async def put_right(self, now: int, back: bool) -> None:
        self.told.append((now, back))

    async def after(self, seconds: float, put: float = 0) -> list[tuple[int, bool]]:
        self.passed += seconds
        self.wall += seconds + put
        self.told.clear()
        await self.watch.look()
        return self.told


async def test_the_clock_is_looked_at_at_the_start_when_it_was_put_and_hourly() -> None:
    machine = Machine()
    assert await machine.after(0) == [(NOW, True)], "nobody knows what it was before"
    assert await machine.after(5) == []
    assert await machine.after(5, put=-3600) == [(int(machine.wall), True)]
    assert await machine.after(5, put=YEAR) == [(int(machine.wall), False)]
    assert await machine.after(5, put=-YEAR) == [(int(machine.wall), True)]
    assert await machine.after(5, put=2) == [], "it is set a little all the time"
    assert await machine.after(3600) == [(int(machine.wall), False)]


async def test_what_deletes_believes_a_clock_that_was_put_after_an_hour_only() -> None:
    """A year ahead for a minute: what people wait for is not tidied away."""
    machine = Machine()
    await machine.after(0)
    assert not machine.watch.settled, "nobody knows yet"
    await machine.after(clocks.YOUNG_SECONDS)
    assert machine.watch.settled
    await machine.after(5, put=YEAR)
    assert not machine.watch.settled
    await machine.after(60, put=-YEAR)
    await machine.after(clocks.SETTLED_SECONDS - 60)
    assert not machine.watch.settled
    await machine.after(60)
    assert machine.watch.settled
    machine.wall = 86400.0
    assert not machine.watch.settled, "before the release"


async def test_what_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine()
    await machine.after(0)

    async def away(now: int, back: bool) -> None:
        raise OSError

    monkeypatch.setattr(machine.watch, "_put_right", away)
    with pytest.raises(OSError):
        await machine.after(5, put=-3600)
    monkeypatch.setattr(machine.watch, "_put_right", machine.put_right)
    assert await machine.after(5) == [(int(machine.wall), True)]


async def _somebody(store: Store, world: World, clock: Clock) -> Learner:
    dispatcher = Dispatcher(store, world, clock)
    await dispatcher.start()
    for n, doing in enumerate((Start(), Tap(encode(SpeakLanguage("en"))))):
        await dispatcher.handle(Update("telegram", f"{clock()}-{n}", "1001", doing))
    await dispatcher.stop()
    learner = await store.learner_at("telegram", "1001")
    assert learner
    return learner


async def _ordered(store: Store, learner: Learner, now: int, **more: object) -> int:
    async with store.batch(now) as tx:
        row = order_row(
            tx.vault,
            tx.now,
            learner.id,
            store.vault.hash("telegram", "1001"),
            0,
            Order(now % 2**31, OrderKind.MODULE, "phone", "Amina"),
        )
        await tx.db.execute(sa.insert(t.order), [{**row, **more}])
    return int(row["id"])


OFF: list[Callable[[], int]] = [
    lambda: NOW + 3600,
    lambda: NOW + YEAR,
    lambda: 86400,
    lambda: RELEASED_AT - 3600,
]


@pytest.mark.parametrize("off", OFF)
async def test_orders_and_answers_of_a_wrong_clock_come_once_it_is_right(
    store: Store, world: World, clock: Clock, off: Callable[[], int]
) -> None:
    clock.now = float(off())
    learner = await _somebody(store, world, clock)
    order = await _ordered(store, learner, off())
    leased = await _ordered(store, learner, off() + 1, state="sending", due=off() + 60)
    put_off = await _ordered(store, learner, NOW, due=off() + 60)
    await put_right(store, NOW, True)
    await maintenance.tidy(store, NOW)
    due = {delivery.order.id for delivery in await store.outbox.take("telegram", NOW, 60)}
    assert {order, put_off} <= due
    later = {delivery.order.id for delivery in await store.outbox.take("telegram", NOW + 60, 60)}
    assert leased in due | later, "within a lease"
    async with store.engine.connect() as connection:
        ends = (await connection.execute(sa.select(t.order.c.until))).scalars().all()
    assert all(NOW < until <= NOW + DAY_SECONDS + 120 for until in ends), "kept as long as promised"
    found = await store.arrivals.unanswered("telegram", NOW + 5, 5)
    assert len(found) == 2


async def test_what_waits_as_it_should_goes_on_waiting(
    store: Store, world: World, clock: Clock
) -> None:
    clock.now = float(NOW)
    learner = await _somebody(store, world, clock)
    await _ordered(store, learner, NOW, due=NOW + 12 * 3600)
    await put_right(store, NOW, False)
    assert await store.outbox.take("telegram", NOW, 60) == []
    await put_right(store, NOW, True)
    assert len(await store.outbox.take("telegram", NOW, 60)) == 1, "at the start it is tried"


async def test_reminders_ends_of_links_and_days_are_put_right(
    store: Store, world: World, clock: Clock
) -> None:
    clock.now = float(NOW)
    learner = await _somebody(store, world, clock)
    ahead = NOW + YEAR
    async with store.batch(NOW) as tx:
        await tx.take(sa.select(t.learner.c.id, t.learner.c.snapshot))
        tx.learners[learner.id] = replace(
            learner, zone="Europe/Paris", rhythm=Rhythm(hour=11, due=ahead), last_at=NOW
        )
        await tx.write([])
        link = {"hash": b"x" * 32, "role": "admin", "until": ahead}
        await tx.db.execute(sa.insert(t.staff_link).values(**link))
        later = day_of(NOW) + timedelta(days=400)
        await tx.db.execute(sa.update(t.learner).values(active_on=later, noticed_on=later))
        await tx.db.execute(sa.insert(t.pace).values(key="k", until=2.0**40))
    await put_right(store, NOW, True)
    async with store.engine.connect() as connection:
        row = (await connection.execute(sa.select(t.learner))).one()
        until = (await connection.execute(sa.select(t.staff_link.c.until))).scalar_one()
        pace = (await connection.execute(sa.select(t.pace.c.until))).scalar_one()
    assert NOW < row.remind_at < NOW + 9 * 86400
    assert row.active_on == day_of(NOW) and row.noticed_on is None
    assert NOW < until <= NOW + 7 * 86400 and pace < 2.0**39


def test_the_release_is_not_in_times_to_come() -> None:
    assert date.today() >= clocks.RELEASED


async def test_nothing_is_signed_by_a_clock_that_cannot_be_right(
    store: Store, world: World, words: Catalogues, fonts: Fonts, clock: Clock
) -> None:
    """The order waits, and what needs no date is made."""
    clock.now = float(NOW)
    learner = await _somebody(store, world, clock)
    await _ordered(store, learner, NOW)
    (delivery,) = await store.outbox.take("telegram", NOW, 60)

    def unset() -> None:
        check_clock(86400)

    files = Files(
        world.programme, words, store, issuer_of(fonts), {}, clock=clock, check_clock=unset
    )
    with pytest.raises(NotNow) as waits:
        await files.make(delivery)
    assert NOW < waits.value.until <= NOW + 300
    data = replace(delivery, order=Order(1, OrderKind.DATA, language="en"))
    assert isinstance(await files.make(data), MadeFile)
    said = words.say(why_not(delivery, waits.value), "en")
    assert "kept for you" in said
