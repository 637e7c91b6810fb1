"""Reminders that keep to their hours and numbers, goals that start anew, and what becomes of those
who do not come back.
"""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.event import ForOther, Ordered, evolve
from bot.conversation.reminder import reminded
from bot.conversation.update import Start, Update
from bot.flows.account.events import LanguageChosen, MinutesChosen, Muted, Unmuted
from bot.flows.learning.events import DeckDone
from bot.flows.reminders.events import GoalSet, ReminderSet, ZoneTold
from bot.model.learner import Learner
from bot.model.local_time import quiet_until
from bot.model.message import note
from bot.model.order import OrderKind
from bot.model.reminders import HOURS, Rhythm, joined, next_reminder, this_week
from bot.model.zones import ZONES, local
from db import maintenance
from db import tables as t
from db.store import Store
from tests.fakes.telegram import User
from tests.support.group_talk import does, says
from tests.support.service import Service
from tests.support.world import Clock

DAY = 24 * 3600
START = 1_790_000_000


@given(
    st.sampled_from(ZONES),
    st.sampled_from(HOURS),
    st.lists(
        st.tuples(
            st.integers(60, 3 * DAY), st.sampled_from(["learns", "waits", "stops", "starts"])
        ),
        max_size=40,
    ),
    st.integers(0, 365),
)
def test_never_more_than_agreed(
    zone: str, hour: int, life: list[tuple[int, str]], day: int
) -> None:
    """Whatever a learner does on whatever days: one a day, three in seven days, never at night,
    never on a day of learning, never after STOP, and not after three that brought nobody back."""
    now = START + day * DAY
    learner = Learner(1, language="en", last_at=now)
    for event in (ZoneTold(zone), ReminderSet(hour)):
        learner = evolve(learner, event, now)
    sent: list[int] = []
    alone = 0
    for seconds, what in life:
        end = now + seconds
        while (due := learner.rhythm.due) is not None and due <= end:
            assert due > now or not sent or due > sent[-1]
            now = max(now, due)
            assert (
                not learner.muted
                and quiet_until(now, zone) is None
                and local(now, zone).hour == hour
            )
            assert local(learner.last_at, zone).date() != local(now, zone).date()
            learner, _notes = reminded(learner, now)
            sent.append(now)
            alone += 1
            assert alone <= 3
        now = end
        if what != "waits":
            alone = 0
            event = {"learns": MinutesChosen(5), "stops": Muted(), "starts": Unmuted()}[what]
            learner = evolve(learner, event, now)
    days = [local(at, zone).date() for at in sent]
    assert len(days) == len(set(days))
    assert all(sum(first <= day < first + timedelta(days=7) for day in days) <= 3 for first in days)


def test_the_third_that_brings_nobody_back_is_the_last() -> None:
    learner = Learner(1, last_at=START)
    for event in (ZoneTold("Europe/Paris"), ReminderSet(17)):
        learner = evolve(learner, event, START)
    for number in range(3):
        assert learner.rhythm.due is not None and learner.rhythm.hour == 17, number
        learner, _notes = reminded(learner, learner.rhythm.due)
    assert learner.rhythm.hour is None and learner.rhythm.due is None
    assert learner.last_at == START, "a reminder is not the learner's own doing"


def test_when_clocks_change_the_hour_stays() -> None:
    before = int(datetime(2026, 10, 24, 20, tzinfo=UTC).timestamp())
    due = next_reminder(Rhythm(hour=9), before, "Europe/Paris", before, False)
    assert due and local(due, "Europe/Paris").isoformat() == "2026-10-25T09:00:00+01:00"


def test_a_goal_starts_anew_on_monday_and_nothing_is_lost() -> None:
    learner = replace(Learner(1, last_at=START), zone="Europe/Paris")
    learner = evolve(learner, GoalSet(2), START)
    for _ in range(3):
        learner = evolve(learner, DeckDone("m", "d"), START)
    assert this_week(learner.rhythm, START, learner.zone) == 3
    assert this_week(learner.rhythm, START + 7 * DAY, learner.zone) == 0
    assert evolve(learner, DeckDone("m", "d"), START + 7 * DAY).rhythm.steps == 1


# --- in the chat


async def _reminded_daily(service: Service) -> User:
    """Somebody who has done a deck, is offered reminders and wants them at nine."""
    amina = service.fake.user(1001)
    await amina.starts("m-phone")
    await amina.expects()
    await does(amina, "▶ Start", "Next", "The red", "Next", "Remind me")
    assert "What time is it where you are?" in amina.screen
    await says(amina, "soon")
    assert "Type it like 14:30" in amina.screen
    await says(amina, "١٦:١٣")
    assert "In which of these countries are you?" in amina.screen
    await does(amina, "France")
    assert "it is 16:13 now" in amina.screen and "You get no reminders" in amina.screen
    await does(amina, "☐ 9:00")
    assert "You get a reminder at 9:00" in amina.screen
    return amina


async def _morning(service: Service, user: User) -> bool:
    """The next day at five past nine in Paris. Whether a reminder came."""
    here = local(int(service.clock.now), "Europe/Paris")
    service.clock.now += DAY - (here.hour * 3600 + here.minute * 60 + here.second) + 9 * 3600 + 300
    before = len(user.messages)
    await maintenance.remind(service.store, int(service.clock.now))
    assert await maintenance.remind(service.store, int(service.clock.now)) == 0, "once"
    async with asyncio.timeout(30):
        while await service.store.outbox.waiting():  # what was ordered is on its way
            await asyncio.sleep(0.01)
    return len(user.messages) > before and "A small step today?" in user.screen


@pytest.mark.both_databases
async def test_reminders_from_the_offer_to_the_last_word(service: Service) -> None:
    amina = await _reminded_daily(service)
    await does(amina, "Goal for a week", "3 small steps")
    assert "🎯 This week: ▰▱▱▱▱ 1/3" in amina.screen
    assert await _morning(service, amina)
    assert "🎯 This week: ▰▱▱▱▱ 1/3" in amina.screen
    await does(amina, "Go on")
    assert await _morning(service, amina), "they came back"
    assert await _morning(service, amina)
    assert not await _morning(service, amina), "three in seven days"
    assert "last reminder" not in amina.screen
    for _ in range(4):
        await _morning(service, amina)
    assert "This is the last reminder for now" in amina.screen
    for _ in range(8):
        assert not await _morning(service, amina)
    await says(amina, "settings")
    await does(amina, "Reminders")
    assert "You get no reminders" in amina.screen


async def test_asking_for_another_time_loses_nothing(service: Service) -> None:
    amina = await _reminded_daily(service)
    await does(amina, "It is another time here", "Not now")
    learner = await service.store.learner_at("telegram", "1001")
    assert learner and learner.zone == "Europe/Paris" and learner.rhythm.due
    await says(amina, "settings")
    await does(amina, "Reminders", "It is another time here")
    await says(amina, "18:43")
    learner = await service.store.learner_at("telegram", "1001")
    assert (
        learner and learner.zone == "Asia/Kabul" and learner.rhythm.hour == 9 and learner.rhythm.due
    )
    assert "it is 18:43 now" in amina.screen


async def test_stop_stops_them(service: Service) -> None:
    amina = await _reminded_daily(service)
    await says(amina, "stop")
    assert not await _morning(service, amina)


async def test_a_worker_that_was_away_sends_none_late(service: Service) -> None:
    amina = await _reminded_daily(service)
    service.clock.now += DAY + 4 * 3600
    assert await maintenance.remind(service.store, int(service.clock.now)) == 1
    learner = await service.store.learner_at("telegram", "1001")
    assert (
        learner
        and learner.rhythm.due
        and learner.rhythm.due > service.clock.now
        and not learner.rhythm.sent
    )
    assert "small step today" not in amina.screen


def test_two_who_become_one_keep_reminder_and_goal() -> None:
    settled = Rhythm(hour=17, goal=3, week=date(2026, 9, 21), steps=2)
    once = Rhythm(week=date(2026, 9, 21), steps=1)
    for mine, other in ((settled, once), (once, settled)):
        both = joined(mine, other)
        assert (both.hour, both.goal, both.steps) == (17, 3, 3)
    assert joined(replace(once, week=date(2026, 9, 14)), settled).steps == 2, "another week is over"


# --- in the tables


async def test_a_reminder_that_cannot_go_is_no_unanswered_one(store: Store, clock: Clock) -> None:
    """At night, or to somebody who blocked us."""
    amina = await _arrive(store, clock, "telegram", "1")

    async def due(hour: int, reachable: bool) -> Rhythm:
        clock.now += DAY - (clock.now % DAY) + hour * 3600 + 1800
        async with store.batch(int(clock())) as tx:
            await tx.take(sa.select(t.learner.c.id, t.learner.c.snapshot))
            wanted = replace(
                tx.learners[amina], zone="UTC", rhythm=Rhythm(hour=19, due=int(clock()) - 5400)
            )
            tx.learners[amina] = wanted
            await tx.write([])
            await tx.reachable(store.vault.hash("telegram", "1"), reachable)
        assert await maintenance.remind(store, int(clock())) == 1
        learner = await store.learner_at("telegram", "1")
        assert (
            learner
            and learner.rhythm.hour == 19
            and learner.rhythm.due
            and learner.rhythm.due > clock()
        )
        return learner.rhythm

    assert (await due(20, True)).unanswered == (await due(19, False)).unanswered == 0
    assert (await due(19, True)).unanswered == 1


async def _arrive(store: Store, clock: Clock, channel: str, id: str) -> int:
    async with store.batch(int(clock())) as tx:
        (arrival,) = await tx.load_arrivals([Update(channel, f"u{clock()}{id}", id, Start())])
        learner = evolve(tx.learners[arrival.learner_id], LanguageChosen("en"), int(clock()))
        tx.learners[learner.id] = learner
        await tx.save([(arrival, learner, ())])
    return arrival.learner_id


async def _kept(store: Store) -> set[int]:
    async with store.engine.connect() as db:
        return set((await db.execute(sa.select(t.learner.c.id))).scalars())


async def _told(store: Store) -> int:
    async with store.engine.connect() as db:
        return (await db.execute(sa.select(sa.func.count()).select_from(t.order))).scalar_one()


async def test_a_year_of_silence_a_notice_a_month_later_deletion(
    store: Store, clock: Clock
) -> None:
    gone, back, web = [
        await _arrive(store, clock, c, i)
        for c, i in (("telegram", "1"), ("telegram", "2"), ("web", "w" * 32))
    ]
    clock.now += 360 * DAY
    assert await maintenance.retain(store, int(clock())) == 0
    clock.now += 10 * DAY
    assert await maintenance.retain(store, int(clock())) == 3
    assert await _told(store) == 2, "where nothing can be sent, nothing is"
    assert await maintenance.retain(store, int(clock())) == 0, "once"
    clock.now += 10 * DAY
    await _arrive(store, clock, "telegram", "2")
    clock.now += 25 * DAY
    assert await maintenance.retain(store, int(clock())) == 2
    assert await _kept(store) == {back} and gone != web
    async with store.engine.connect() as db:
        assert len((await db.execute(sa.select(t.address))).all()) == 1
        assert (await db.execute(sa.select(t.order.c.learner_id))).scalars().all() == [back]


async def test_what_somebody_waits_for_goes_before_what_comes_unasked(
    store: Store, clock: Clock
) -> None:
    amina = await _arrive(store, clock, "telegram", "1")
    async with store.batch(int(clock())) as tx:
        await tx.write([(amina, note("reminder", goal=0, done=0, last=""))])
    clock.now += 60
    async with store.batch(int(clock())) as tx:
        (arrival,) = await tx.load_arrivals([Update("telegram", "mydata", "1", Start())])
        await tx.save([(arrival, tx.learners[amina], [Ordered(OrderKind.DATA, language="en")])])
    kinds = [
        delivery.order.kind for delivery in await store.outbox.take("telegram", int(clock()), 60)
    ]
    assert kinds == ["data", "note"]


async def test_many_letters_to_one_hold_up_nobody_else(store: Store, clock: Clock) -> None:
    lea, amina = [await _arrive(store, clock, "telegram", id) for id in ("1", "2")]
    letters = [
        (lea, note("message", group=1, counsellor="x", organisation="y", text=str(n)))
        for n in range(40)
    ]
    for some in (
        letters,
        [(amina, note("reply", group=1, counsellor="x", organisation="y", text="z"))],
    ):
        clock.now += 1
        async with store.batch(int(clock())) as tx:
            await tx.write(some)
    taken = [delivery.address for delivery in await store.outbox.take("telegram", int(clock()), 60)]
    assert taken == ["1", "1", "1", "2"]


async def test_what_others_do_moves_no_deletion(store: Store, clock: Clock) -> None:
    """A counsellor's word to somebody idle is no sign of life of theirs."""
    gone, lea = [await _arrive(store, clock, "telegram", id) for id in ("1", "2")]
    clock.now += 366 * DAY
    assert await maintenance.retain(store, int(clock())) == 2
    async with store.batch(int(clock())) as tx:
        (arrival,) = await tx.load_arrivals([Update("telegram", "nudge", "2", Start())])
        tx.learners[lea] = replace(tx.learners[lea], last_at=int(clock()))
        nudged = [ForOther(gone, Muted())]
        async with tx.applied(lea, nudged):
            await tx.save([(arrival, tx.learners[lea], nudged)])
    clock.now += 32 * DAY
    assert await maintenance.retain(store, int(clock())) == 1 and await _kept(store) == {lea}


async def test_after_long_pause_of_the_service_nobody_is_deleted_unwarned(
    store: Store, clock: Clock
) -> None:
    await _arrive(store, clock, "telegram", "1")
    clock.now += 500 * DAY
    assert await maintenance.retain(store, int(clock())) == 1
    assert await maintenance.retain(store, int(clock())) == 0 and len(await _kept(store)) == 1
    notice = date.fromtimestamp(clock.now) + timedelta(days=31)
    assert notice.year == 2028
