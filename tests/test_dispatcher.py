"""The dispatcher on SQLite and on a real PostgreSQL: once, in order, nothing doubled, nothing
lost."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from bot.conversation.action import Action, encode
from bot.conversation.decide import apology, unreadable
from bot.conversation.event import Event
from bot.conversation.places import place_of
from bot.conversation.turn import Decision, Turn, World
from bot.conversation.update import Reachable, Start, Tap, Typed, Update
from bot.dispatcher import Dispatcher
from bot.flows.account.actions import SpeakLanguage
from bot.flows.learning.actions import Answer, Begin, Cover, Next
from bot.model.group import GroupByToken
from bot.model.learner import Learner
from bot.model.query import Query
from bot.outcome import Result
from db import sqlite_driver
from db import tables as t
from db.arrivals import AHEAD_SECONDS, Arrival, Live
from db.batch import Batch
from db.engine import connect
from db.heartbeat import ALIVE_SECONDS, Pulse
from db.store import Store
from db.vault import Vault
from tests.support.person import Person, count_of
from tests.support.world import Clock


async def test_a_repeated_update_changes_nothing_and_shows_where_one_is(
    dispatcher: Dispatcher, store: Store
) -> None:
    amina = Person(dispatcher, "amina")
    await amina.taps(SpeakLanguage("en"))
    await amina.taps(Begin("computer", "meet-the-computer"))
    update = amina.update(Tap(encode(Next(1, 0))))
    first = await dispatcher.handle(update)
    after = await amina.learner(store)
    again = await dispatcher.handle(update)
    assert await amina.learner(store) == after
    assert again.screen == first.screen


async def test_the_same_update_twice_in_one_batch(dispatcher: Dispatcher, store: Store) -> None:
    amina = Person(dispatcher, "amina")
    await amina.taps(SpeakLanguage("en"))
    await amina.taps(Begin("computer", "meet-the-computer"))
    update = amina.update(Tap(encode(Next(1, 0))))
    await asyncio.gather(*(dispatcher.handle(update) for _ in range(5)))
    assert (await amina.learner(store)).attempts["computer/meet-the-computer"].step == 1


async def test_many_people_at_once_and_each_in_order(dispatcher: Dispatcher, store: Store) -> None:
    people = [Person(dispatcher, f"p{i}") for i in range(30)]
    moves: list[Action] = [
        SpeakLanguage("en"),
        Begin("computer", "meet-the-computer"),
        Next(1, 0),
        Next(1, 1),
    ]
    moves.append(Answer(1, 2, (1,)))
    updates = [[person.update(Tap(encode(move))) for move in moves] for person in people]
    # each one's own updates are handed in at the same moment, in order
    await asyncio.gather(*(dispatcher.handle(update) for of_one in updates for update in of_one))
    assert await count_of(store, t.learner) == 30
    assert await count_of(store, t.answer) == 30
    for person in people:
        assert (await person.learner(store)).attempts["computer/meet-the-computer"].step == 3


async def test_a_tap_reads_no_table_whole(
    dispatcher: Dispatcher, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two days there may be a million updates: every statement finds its rows by an index."""
    amina = Person(dispatcher, "amina")
    await amina.taps(SpeakLanguage("en"))
    ran: dict[str, object] = {}

    def note(_c: object, _cursor: object, sql: str, values: Any, _x: object, many: bool) -> None:
        ran[sql] = tuple(values[0] if many else values)

    later = sqlite_driver.Connection.later

    def note_later(connection: Any, sql: str, rows: Any = None) -> None:
        ran.update({sql: rows[0]} if rows else {})
        later(connection, sql, rows)

    monkeypatch.setattr(sqlite_driver.Connection, "later", note_later)
    sa.event.listen(store.engine.sync_engine, "before_cursor_execute", note)
    update = await amina.taps(Begin("computer", "meet-the-computer"))
    dispatcher.answered(update, Live("7", 1, b"shown"))
    dispatcher.unsure("test", "amina")
    await amina.taps(Next(1, 0))
    sa.event.remove(store.engine.sync_engine, "before_cursor_execute", note)
    on_sqlite = store.engine.dialect.name == "sqlite"
    explain = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN "
    plans = []
    async with store.engine.connect() as db:
        if not on_sqlite:
            await db.exec_driver_sql("SET enable_seqscan = off")  # small tables are read whole
        for sql, values in ran.items():
            if sql.startswith(("SELECT", "UPDATE")):
                found = (await db.exec_driver_sql(explain + sql, values)).all()
                plans += [(sql, str(step)) for *_, step in found]
    assert {" ".join(sql.replace('"', "").split()[:2]) for sql, _ in plans} >= {
        "SELECT address.hash,",
        "UPDATE learner",
        "UPDATE address",
        "UPDATE update",
    }
    assert not [
        plan for plan in plans if plan[1].strip().startswith(("SCAN", "Seq Scan", "->  Seq"))
    ]


async def test_two_processes_on_one_database(
    database: str, store: Store, dispatcher: Dispatcher, world: World, clock: Clock
) -> None:
    """Two dispatchers with an engine each: the same updates arrive at both, new people too."""
    engine = connect(database)
    other = Dispatcher(Store(engine, Vault(b"a secret for tests only")), world, clock)
    await other.start()
    people = [Person(dispatcher, f"p{i}") for i in range(20)]
    for move in (
        SpeakLanguage("en"),
        Begin("computer", "meet-the-computer"),
        Next(1, 0),
        Next(1, 1),
        Answer(1, 2, (0,)),
    ):
        updates = [person.update(Tap(encode(move))) for person in people]
        await asyncio.gather(
            *(process.handle(update) for update in updates for process in (dispatcher, other))
        )
    await other.stop()
    await engine.dispose()
    assert await count_of(store, t.learner) == 20
    assert await count_of(store, t.answer) == 20
    for person in people:
        assert (await person.learner(store)).attempts["computer/meet-the-computer"].step == 3


async def test_a_flow_that_fails_spoils_only_its_own_update(
    dispatcher: Dispatcher,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    from bot import dispatcher as module

    amina, omar = Person(dispatcher, "amina"), Person(dispatcher, "omar")
    await amina.taps(SpeakLanguage("en"))
    decide = module.decide

    def failing(update: Update, turn: Turn) -> Decision:
        if isinstance(update.doing, Typed):
            raise RuntimeError("broken")
        return decide(update, turn)

    monkeypatch.setattr(module, "decide", failing)
    bad = amina.update(Typed("my secret words"))
    outcome, good = await asyncio.gather(
        dispatcher.handle(bad), dispatcher.handle(omar.update(Start()))
    )
    assert outcome.screen and "Sorry" in getattr(outcome.screen.lines[0], "source", "")
    assert good.screen
    assert bad.id in caplog.text and "my secret words" not in caplog.text


async def test_what_was_not_answered_is_found_again(
    dispatcher: Dispatcher, store: Store, clock: Clock
) -> None:
    amina = Person(dispatcher, "amina")
    first, second = await amina.does(Start()), await amina.taps(SpeakLanguage("en"))
    dispatcher.answered(first, Live("17", 5))
    await amina.does(Reachable(True))
    assert await store.arrivals.unanswered("test", int(clock()), 30) == [], (
        "somebody may be answering it just now"
    )
    left = await store.arrivals.unanswered("test", int(clock()) + 30, 30)
    assert [(u.id, u.address) for u in left] == [(second.id, "amina")]
    assert await store.arrivals.unanswered("test", int(clock()) + 30, 30, [second.id]) == [], (
        "it is in hand here"
    )
    assert await store.arrivals.unanswered("test", int(clock()) - AHEAD_SECONDS - 1, 30) == left, (
        "the clock was ahead, and is put right"
    )
    assert (await dispatcher.handle(second)).live == Live("17", 5)


async def test_what_a_process_has_in_hand_is_left_to_it_while_it_lives(
    dispatcher: Dispatcher, store: Store, clock: Clock
) -> None:
    """However long a messenger makes it wait; and taken up at once when it is dead, by one other
    process only."""
    living = Pulse(store.engine, store.process, worker=False)
    await living.open()
    update = await Person(dispatcher, "amina").does(Start())
    others = [Store(store.engine, store.vault) for _ in range(2)]
    for other in others:
        await Pulse(store.engine, other.process, worker=False).open()
    later = int(clock()) + 3600
    assert [await other.arrivals.unanswered("test", later, 5) for other in others] == [[], []]
    async with (
        store.engine.begin() as connection
    ):  # not heard of for as long as a process is believed
        seen = sa.update(t.process).where(t.process.c.id == store.process)
        await connection.execute(seen.values(seen=t.process.c.seen - ALIVE_SECONDS))
    assert [
        [u.id for u in await other.arrivals.unanswered("test", int(clock()), 5)] for other in others
    ] == [[update.id], []]


async def test_one_update_that_the_database_refuses_fails_alone(
    dispatcher: Dispatcher, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite takes everything")
    found = Batch.ask

    async def find(self: Batch, query: Query[object]) -> object:
        if query == GroupByToken("poison"):
            await self.db.execute(sa.text("SELECT * FROM not_there"))
        return await found(self, query)

    monkeypatch.setattr(Batch, "ask", find)
    people = [Person(dispatcher, f"p{n}") for n in range(3)]
    doings = (Start("m-phone"), Start("g-poison"), Start("m-computer"))
    updates = [person.update(doing) for person, doing in zip(people, doings, strict=True)]
    results = await asyncio.gather(*map(dispatcher.handle, updates))
    assert [outcome.result is Result.FAILED for outcome in results] == [False, True, False]
    assert results[1].screen == apology()
    assert place_of(await people[2].learner(store)) == Cover("computer")


@pytest.mark.parametrize("rot", [b"", b"{", b"\xff" * 40, b'{"id": "x"}', b"[" * 100_000])
async def test_a_learner_who_cannot_be_read_fails_alone(
    dispatcher: Dispatcher, store: Store, rot: bytes
) -> None:
    """Bit rot, a slip in a migration, a row of another version; ten others tap in the same
    moment."""
    broken, others = Person(dispatcher, "broken"), [Person(dispatcher, f"p{n}") for n in range(10)]
    await broken.taps(SpeakLanguage("en"))
    rotten = (
        sa.update(t.learner)
        .where(t.learner.c.id == (await broken.learner(store)).id)
        .values(snapshot=rot)
    )
    async with store.engine.begin() as connection:
        await connection.execute(rotten)
    updates = [
        person.update(Tap(encode(SpeakLanguage("en"))))
        for person in (*others[:5], broken, *others[5:])
    ]
    outcomes = await asyncio.gather(*map(dispatcher.handle, updates))
    assert [outcome.result for outcome in outcomes] == [
        *[Result.DONE] * 5,
        Result.FAILED,
        *[Result.DONE] * 5,
    ]
    assert outcomes[5].screen == unreadable()
    async with store.engine.connect() as connection:
        assert rot in (await connection.execute(sa.select(t.learner.c.snapshot))).scalars().all(), (
            "never written over"
        )


async def test_a_batch_that_fails_is_tried_one_by_one(
    dispatcher: Dispatcher, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever fails, and wherever: the one whose fault it is gets the apology, also when it comes
    again."""
    save = Batch.save

    async def failing(
        self: Batch, changes: Sequence[tuple[Arrival, Learner, Sequence[Event]]]
    ) -> None:
        if any(arrival.update.address == "bad" for arrival, *_ in changes):
            raise KeyError("a fault of ours")
        await save(self, changes)

    monkeypatch.setattr(Batch, "save", failing)
    people = [Person(dispatcher, who) for who in ("p0", "bad", "p2")]
    updates = [person.update(Start()) for person in people]
    outcomes = await asyncio.gather(*map(dispatcher.handle, updates))
    assert [outcome.result for outcome in outcomes] == [Result.DONE, Result.FAILED, Result.DONE]
    assert (await dispatcher.handle(updates[1])).result is Result.REPEATED, "it was noted"


async def test_what_was_answered_and_comes_again_says_so(dispatcher: Dispatcher) -> None:
    amina = Person(dispatcher, "amina")
    update = await amina.does(Start())
    assert not (await dispatcher.handle(update)).shown, "it was not answered yet"
    dispatcher.answered(update, Live("17", 5, b"x" * 32))
    again = await dispatcher.handle(update)
    assert again.shown and again.live == Live("17", 5, b"x" * 32)
    dispatcher.unsure("test", "amina")
    assert (await dispatcher.handle(update)).live == Live("17", 5)


async def test_an_answer_that_went_out_is_noted_with_the_next_updates_or_soon_or_at_the_end(
    dispatcher: Dispatcher, store: Store
) -> None:
    amina, commits = Person(dispatcher, "amina"), []
    first = await amina.does(Start())
    sa.event.listen(store.engine.sync_engine, "commit", commits.append)

    async def noted(update: Update) -> bool:
        async with store.reading.connect() as db:
            query = sa.select(t.update.c.answered).where(t.update.c.id == update.id)
            return bool((await db.execute(query)).scalar())

    dispatcher.answered(first)
    second = await amina.taps(SpeakLanguage("en"))
    assert await noted(first) and len(commits) == 1, "no transaction of its own"
    dispatcher.answered(second)
    while not await noted(second):
        await asyncio.sleep(0.01)
    assert len(commits) == 2
    third = await amina.does(Start())
    dispatcher.answered(third)
    await dispatcher.stop()
    assert await noted(third)


async def test_a_page_is_kept_with_its_update_until_it_was_read(
    dispatcher: Dispatcher, store: Store
) -> None:
    amina, kept = Person(dispatcher, "amina"), store.arrivals.kept
    update = await amina.does(Typed("what is this?"))
    assert await kept(update) is None and await store.arrivals.keep(update, b"a page")
    assert await store.arrivals.keep(update, b"sent twice") and await kept(update) == b"a page"
    assert await kept(replace(update, address="other")) is None
    assert not await store.arrivals.keep(replace(update, id="0"), b"a page"), "never came"
    assert (await dispatcher.handle(update)).shown, "it was answered"
    dispatcher.answered(update)
    await amina.does(Start())
    assert await kept(update) is None
    assert await store.arrivals.keep(update, b"too late") and await kept(update) is None
