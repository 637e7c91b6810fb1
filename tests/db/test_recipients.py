"""Recipients of a broadcast in the tables: frozen, claimed, settled, each once."""

from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa

from bot.conversation.event import evolve_all
from bot.conversation.update import Tap, Update
from bot.flows.account.events import Erased, Joined
from bot.flows.broadcasts.common import SOON, state_words, will_be_sent
from bot.jobs.pages import Pages
from bot.model.broadcast import (
    Audience,
    Counts,
    DryRun,
    Guarantee,
    State,
)
from db import broadcasts, recipients, seeding
from db import tables as t
from db.clock_repair import put_right
from db.recipients import RecipientState, Result
from db.store import Store
from tests.support.broadcasts import (
    BID,
    DRAFT,
    EN,
    FR,
    begin_broadcast,
    claim_for,
    learners_with_phones,
    progress_of,
    settle_for,
    who_began,
)
from tests.support.group_talk import does
from tests.support.service import Service
from tests.support.world import Clock


async def test_who_can_only_be_written_to_on_a_channel_that_is_off_is_told_apart(
    store: Store, clock: Clock
) -> None:
    """They hold nothing up: they count as blocked. Nobody of a channel that is on is touched."""
    (here,) = await learners_with_phones(store, clock, EN)
    await learners_with_phones(store, clock, EN, EN, channel="pigeon")
    await begin_broadcast(store, clock, DRAFT, here)
    await Pages(store, ["telegram"], clock).look()
    assert await claim_for(store, clock, 1) == [here]
    progress = await progress_of(store)
    assert (progress.failed, progress.sent, progress.total) == (2, 0, 3)
    rows = await recipients.failures(store.engine, BID)
    assert rows == [("en", RecipientState.FAILED, "blocked")] * 2


async def _depart(store: Store, lane: int, *learners: int) -> set[int]:
    async with store.engine.begin() as db:
        return await recipients.depart(db, BID, lane, learners)


async def test_recipients_are_frozen_and_each_is_taken_once(store: Store, clock: Clock) -> None:
    one, two, *_others = await learners_with_phones(
        store, clock, EN, EN, FR, replace(EN, muted=True)
    )
    await begin_broadcast(store, clock, DRAFT, one)
    await learners_with_phones(store, clock, EN, EN, EN, EN, EN)  # the fifth is new, and too late
    first, second = await claim_for(store, clock, 1, 1), await claim_for(store, clock, 2)
    assert sorted([*(first or ()), *(second or ())]) == sorted((one, two))
    assert await claim_for(store, clock, 3) == []
    assert (await progress_of(store)).total == 2
    await settle_for(
        store, clock, 2, *(Result(learner, RecipientState.SENT) for learner in first or ())
    )
    assert (await progress_of(store)).sent == 0, (
        "another lane's recipient is not this one's business"
    )
    await settle_for(
        store, clock, 1, *(Result(learner, RecipientState.SENT) for learner in first or ())
    )
    await settle_for(
        store,
        clock,
        2,
        *(Result(learner, RecipientState.FAILED, "blocked") for learner in second or ()),
    )
    done = await progress_of(store)
    assert (done.state, done.sent, done.failed, done.waiting) == (State.DONE, 1, 1, 0)
    async with store.engine.connect() as db:
        reachable = sa.select(t.address.c.reachable).where(
            t.address.c.learner_id == (second or [0])[0]
        )
        assert not (await db.execute(reachable)).scalar()


async def test_a_person_on_two_channels_gets_it_once(store: Store, clock: Clock) -> None:
    one, two = await learners_with_phones(store, clock, EN, EN)
    await begin_broadcast(store, clock, DRAFT, one)
    async with store.batch(int(clock())) as tx:
        await tx.load_arrivals(
            [Update("telegram", "j1", "1000", Tap("")), Update("telegram", "j2", "1001", Tap(""))]
        )
        mine, other = tx.learners[one], tx.learners[two]
        arrival = (await tx.load_arrivals([Update("telegram", "j3", "1000", Tap(""))]))[0]
        tx.learners[one] = evolve_all(mine, [Joined(other)], int(clock()))
        await tx.save([(arrival, tx.learners[one], [Joined(other)])])
    assert await claim_for(store, clock, 1) == [one]


async def test_who_says_stop_meanwhile_gets_nothing(store: Store, clock: Clock) -> None:
    one, two = await learners_with_phones(store, clock, EN, EN)
    await begin_broadcast(store, clock, DRAFT, one)
    await learners_with_phones(store, clock, replace(EN, muted=True))  # the first one, again
    assert await claim_for(store, clock, 1) == [two]
    await settle_for(store, clock, 1, Result(two, RecipientState.SENT))
    done = await progress_of(store)
    assert (done.state, done.sent, done.skipped) == (State.DONE, 1, 1)


async def test_nobody_is_woken_and_all_get_it_in_the_morning(store: Store, clock: Clock) -> None:
    paris, tokyo = await learners_with_phones(
        store, clock, replace(EN, zone="Europe/Paris"), replace(EN, zone="Asia/Tokyo")
    )
    clock.now = 1_790_000_000 // 86400 * 86400 + 12 * 3600  # noon at Greenwich, 21:00 in Tokyo
    async with store.batch(int(clock())) as tx:
        counts = await tx.ask(DryRun(DRAFT.audience, ("en",)))
    assert counts == Counts(will_get=2, night=1)
    await begin_broadcast(store, clock, DRAFT, paris)
    assert await claim_for(store, clock, 1) == [paris]
    assert await claim_for(store, clock, 1) == []
    clock.now += 11 * 3600
    assert await claim_for(store, clock, 1) == [], "8 in the morning"
    clock.now += 3600
    assert await claim_for(store, clock, 1) == [tokyo]


async def test_at_an_hour_of_the_learners_day(store: Store, clock: Clock) -> None:
    clock.now = 1_790_000_000 // 86400 * 86400 + 12 * 3600
    paris, new_york = await learners_with_phones(
        store, clock, replace(EN, zone="Europe/Paris"), replace(EN, zone="America/New_York")
    )
    await begin_broadcast(store, clock, replace(DRAFT, hour=15), paris)
    assert await claim_for(store, clock, 1) == []
    clock.now += 3600  # 15:00 in Paris, 9:00 in New York
    assert await claim_for(store, clock, 1) == [paris]
    clock.now += 6 * 3600
    assert await claim_for(store, clock, 1) == [new_york]


async def test_a_day_and_an_hour_where_each_learner_is(store: Store, clock: Clock) -> None:
    """D4: nothing happens before it is time for the first ones; then each gets it by their own
    clock."""
    noon = 1_790_000_000 // 86400 * 86400 + 12 * 3600
    clock.now, day = noon, date.fromtimestamp(noon) + timedelta(days=2)
    paris, new_york = await learners_with_phones(
        store, clock, replace(EN, zone="Europe/Paris"), replace(EN, zone="America/New_York")
    )
    draft = DRAFT.at(day, (14, 30))
    async with store.engine.begin() as db:
        await broadcasts.begin(db, store.vault, BID, paris, draft, State.WAITING, noon)
    assert await broadcasts.active(store.engine, noon) == []
    assert state_words(await progress_of(store), noon) == will_be_sent(draft)
    clock.now = noon + 86400 + 12 * 3600 + 1800  # 14:30 in Kiribati, first of all
    assert await broadcasts.active(store.engine, int(clock())) == [(BID, State.WAITING)]
    while await seeding.seed(store.engine, store.vault, BID, int(clock()), store.zone):
        pass
    await put_right(store, int(clock()), back=True)  # a restart changes nothing
    assert state_words(await progress_of(store), int(clock())) == will_be_sent(draft), (
        "all is ready, and nothing is sent"
    )
    clock.now = noon + 2 * 86400 + 1800 - 60
    assert await claim_for(store, clock, 1) == []
    clock.now += 60  # 14:30 in Paris
    assert await claim_for(store, clock, 1) == [paris]
    await settle_for(store, clock, 1, Result(paris, RecipientState.SENT))
    assert "others" in str(state_words(await progress_of(store), int(clock())))
    clock.now += 6 * 3600
    assert await claim_for(store, clock, 1) == [new_york]


async def test_what_begins_at_night_says_so(store: Store, clock: Clock) -> None:
    clock.now = 1_790_000_000 // 86400 * 86400 + 23 * 3600
    (one,) = await learners_with_phones(store, clock, replace(EN, zone="UTC"))
    async with store.engine.begin() as db:
        await broadcasts.begin(db, store.vault, BID, one, DRAFT, State.WAITING, int(clock()))
    assert state_words(await progress_of(store), int(clock())) == SOON
    while await seeding.seed(store.engine, store.vault, BID, int(clock()), store.zone):
        pass
    assert await claim_for(store, clock, 1) == []
    assert "night" in str(state_words(await progress_of(store), int(clock())))


async def test_the_author_who_had_a_test_gets_it_once(store: Store, clock: Clock) -> None:
    one, two = await learners_with_phones(store, clock, EN, EN)
    await begin_broadcast(store, clock, replace(DRAFT, tested=True), one)
    assert await claim_for(store, clock, 1) == [two]


async def test_lanes_that_die_leave_theirs_unknown_or_to_others(store: Store, clock: Clock) -> None:
    one, two = await learners_with_phones(store, clock, EN, EN)
    for guarantee, after in ((Guarantee.AT_MOST_ONCE, []), (Guarantee.AT_LEAST_ONCE, [one, two])):
        await begin_broadcast(store, clock, replace(DRAFT, guarantee=guarantee), one)
        assert len(await claim_for(store, clock, 1) or ()) == 2
        await _depart(store, 1, one, two)
        async with store.engine.begin() as db:
            assert await recipients.reap(db, BID, guarantee) == 0, "the lease lasts"
            await db.execute(sa.update(t.recipient).values(lease=1.0))
            await recipients.renew(db, BID, 2)
            assert await recipients.reap(db, BID, guarantee) == 2
            await recipients.finish(db, BID)
        progress = await progress_of(store)
        assert sorted(await claim_for(store, clock, 3) or ()) == sorted(after)
        assert (progress.unknown, progress.state) == (
            (0, State.SENDING) if after else (2, State.DONE)
        )
        await settle_for(store, clock, 1, Result(one, RecipientState.SENT))
        assert (await progress_of(store)).sent == 0, (
            "who lost the lease has nothing to say any more"
        )
        listed = await recipients.failures(store.engine, BID)
        assert [state for _, state, _ in listed] == ([] if after else [RecipientState.UNKNOWN] * 2)
        async with store.engine.begin() as db:
            await db.execute(sa.delete(t.broadcast))


async def test_a_dead_lane_leaves_unknown_only_whose_message_left(
    store: Store, clock: Clock
) -> None:
    """R11: what was claimed and never left waits again, whatever the author chose; and that was no
    attempt."""
    ids = await learners_with_phones(store, clock, EN, EN, EN)
    for guarantee in Guarantee:
        await begin_broadcast(store, clock, replace(DRAFT, guarantee=guarantee), ids[0])
        claimed = await claim_for(store, clock, 1) or []
        assert await _depart(store, 1, claimed[0]) == {claimed[0]}
        assert await _depart(store, 2, claimed[1]) == set(), "another lane's"
        async with store.engine.begin() as db:
            await db.execute(sa.update(t.recipient).values(lease=1.0))
            assert await recipients.reap(db, BID, guarantee) == 1
            tried = dict(
                map(
                    tuple,
                    (
                        await db.execute(
                            sa.select(t.recipient.c.learner_id, t.recipient.c.attempts)
                        )
                    ).all(),
                )
            )
        assert tried == {claimed[0]: 1, claimed[1]: 0, claimed[2]: 0}
        again = claimed if guarantee is Guarantee.AT_LEAST_ONCE else claimed[1:]
        assert sorted(await claim_for(store, clock, 2) or []) == sorted(again)
        async with store.engine.begin() as db:
            await db.execute(sa.delete(t.broadcast))


async def test_nothing_leaves_that_is_not_wanted_any_more(store: Store, clock: Clock) -> None:
    """S21, D5: asked again just before it leaves."""
    gone, silent, blocked, ok = ids = await learners_with_phones(store, clock, EN, EN, EN, EN)
    await begin_broadcast(store, clock, DRAFT, ok)
    assert sorted(await claim_for(store, clock, 1) or []) == sorted(ids)
    await learners_with_phones(store, clock, EN, replace(EN, muted=True))  # the first two, again
    async with store.batch(int(clock())) as tx:
        (arrival,) = await tx.load_arrivals([Update("telegram", "e", "1000", Tap(""))])
        await tx.save([(arrival, tx.learners[gone], [Erased()])])
        await tx.reachable(store.vault.hash("telegram", "1002"), False)
    async with store.engine.begin() as db:
        await broadcasts.steer(db, BID, "pause")
    assert await _depart(store, 1, *ids) == set(), "paused"
    async with store.engine.begin() as db:
        await db.execute(sa.update(t.broadcast).values(state=State.SENDING))
    assert await _depart(store, 1, *ids) == {ok}, (
        f"{gone} is gone, {silent} said STOP, {blocked} blocked us"
    )


async def test_a_pause_that_comes_too_late_is_none(store: Store, clock: Clock) -> None:
    """D5: never "paused 16/16" for good, whether the last one was settled before the pause or after
    it."""
    ids = await learners_with_phones(store, clock, EN, EN)
    for late in (True, False):
        await begin_broadcast(store, clock, DRAFT, ids[0])
        claimed = await claim_for(store, clock, 1) or []
        sent = [Result(learner, RecipientState.SENT) for learner in claimed]
        async with store.engine.begin() as db:
            if late:
                await recipients.settle(db, BID, 1, sent, int(clock()))
            await broadcasts.steer(db, BID, "pause")
        assert (await progress_of(store)).state is (State.DONE if late else State.PAUSED)
        await settle_for(store, clock, 1, *([] if late else sent))
        assert (await progress_of(store)).state is State.DONE
        async with store.engine.begin() as db:
            await db.execute(sa.delete(t.broadcast))
    async with store.engine.begin() as db:
        await broadcasts.begin(db, store.vault, BID, ids[0], DRAFT, State.WAITING, int(clock()))
        await broadcasts.steer(db, BID, "pause")
    assert (await progress_of(store)).state is State.PAUSED, "its recipients are not made yet"


async def test_a_dead_workers_batch_is_listed_also_when_it_was_cancelled(
    store: Store, clock: Clock
) -> None:
    ids = await learners_with_phones(store, clock, EN, EN, EN)
    await begin_broadcast(store, clock, DRAFT, ids[0])
    claimed = await claim_for(store, clock, 1, 2) or []
    assert len(claimed) == 2
    await _depart(store, 1, *claimed)
    async with store.engine.begin() as db:
        await broadcasts.steer(db, BID, "cancel")
        await db.execute(
            sa.update(t.recipient)
            .values(lease=0.0)
            .where(t.recipient.c.state == RecipientState.IN_HAND)
        )
    await recipients.reap_stopped(store.engine)
    progress = await progress_of(store)
    assert (progress.unknown, progress.skipped) == (2, 1)
    assert len(await recipients.failures(store.engine, BID)) == 2


async def test_steering_twice_or_too_late_changes_nothing(store: Store, clock: Clock) -> None:
    (one,) = await learners_with_phones(store, clock, EN)
    await begin_broadcast(store, clock, DRAFT, one)

    async def steer(what: str) -> State:
        async with store.engine.begin() as db:
            await broadcasts.steer(db, BID, what)
        return (await progress_of(store)).state

    assert await steer("approve") is State.SENDING
    assert [await steer("pause"), await steer("pause")] == [State.PAUSED] * 2
    assert await claim_for(store, clock, 1) is None
    assert await steer("resume") is State.WAITING
    assert not await seeding.seed(store.engine, store.vault, BID, int(clock()), store.zone)
    assert await claim_for(store, clock, 1) == [one]
    assert [await steer("cancel"), await steer("resume"), await steer("pause")] == [
        State.CANCELLED
    ] * 3
    await settle_for(store, clock, 1, Result(one, RecipientState.SENT))
    assert (await progress_of(store)).sent == 1, "what was in hand is still told"


async def test_audiences(store: Store, clock: Clock, service: Service) -> None:
    users = await who_began(service, {1: "English", 2: "English", 3: "Français"})
    await does(users[1], "2")
    await users[2].starts("m-phone")
    await users[2].expects()
    for tap in ("▶ Start", "Next", "The red", "Next"):
        await does(users[2], tap)
    learner = await store.learner_at("telegram", "1")
    author = learner.id if learner else 0
    expected = {
        Audience(): 2,
        Audience(languages=("fr",)): 0,
        Audience(module="phone", state="done"): 1,
        Audience(module="phone", state="not-begun"): 1,
        Audience(module="phone", state="begun"): 0,
        Audience(channel="whatsapp"): 0,
        Audience(group=5): 0,
    }
    for audience, count in expected.items():
        assert (await store.ask(DryRun(audience, ("en",)))).will_get == count, audience
        await begin_broadcast(store, clock, replace(DRAFT, audience=audience), author)
        assert (await progress_of(store)).total == count, audience
        async with store.engine.begin() as db:
            await db.execute(sa.delete(t.broadcast))


async def test_who_deletes_everything_is_deleted_here_too(store: Store, clock: Clock) -> None:
    one, two = await learners_with_phones(store, clock, EN, EN)
    await begin_broadcast(store, clock, DRAFT, one)
    async with store.batch(int(clock())) as tx:
        (arrival,) = await tx.load_arrivals([Update("telegram", "e", "1000", Tap(""))])
        await tx.save([(arrival, tx.learners[one], [Erased()])])
    assert await claim_for(store, clock, 1) == [two]
    await settle_for(store, clock, 1, Result(two, RecipientState.SENT))
    done = await progress_of(store)
    assert (done.state, done.sent, done.waiting) == (State.DONE, 1, 0)


async def test_after_thirty_days_it_is_forgotten(store: Store, clock: Clock) -> None:
    (one,) = await learners_with_phones(store, clock, EN)
    await begin_broadcast(store, clock, DRAFT, one)
    await broadcasts.forget(store.engine, int(clock()) + 40 * 86400)
    assert await progress_of(store), "it is not over yet"
    await settle_for(
        store,
        clock,
        1,
        *(Result(r, RecipientState.SENT) for r in await claim_for(store, clock, 1) or ()),
    )
    await broadcasts.forget(store.engine, int(clock()) + 29 * 86400)
    assert await progress_of(store)
    await broadcasts.forget(store.engine, int(clock()) + 31 * 86400)
    assert await progress_of(store) is None
    async with store.engine.connect() as db:
        assert not (await db.execute(sa.select(t.recipient))).all()
