"""What the store keeps of a person, what it deletes, and how two become one."""

import asyncio
from typing import Any

import sqlalchemy as sa

from bot.conversation.action import Home, encode
from bot.conversation.places import place_of
from bot.conversation.update import Start, Tap, Typed, Update
from bot.dispatcher import Dispatcher
from bot.flows.account.actions import Delete, Erase, JoinChannels, MyData, NewCode, SpeakLanguage
from bot.flows.learning.actions import Answer, Begin, Cover, Next
from bot.model.learner import day_of
from db import maintenance
from db import tables as t
from db.store import Store
from tests.support.person import Person, count_of
from tests.support.world import Clock


async def test_a_dump_shows_neither_address_nor_name(dispatcher: Dispatcher, store: Store) -> None:
    said = Update("test", "u1", "987654321", Typed("Amina Diallo is my name"))
    await dispatcher.handle(said)
    async with store.engine.connect() as connection:
        rows = [
            list(await connection.execute(sa.select(table))) for table in t.metadata.sorted_tables
        ]
    dump = str(rows)
    assert "test" in dump
    assert all(word not in dump for word in ("987654321", "Amina", "Diallo", "my name"))


async def test_erase_leaves_nothing(dispatcher: Dispatcher, store: Store) -> None:
    amina = Person(dispatcher, "amina")
    for move in (
        SpeakLanguage("en"),
        Begin("computer", "meet-the-computer"),
        Next(1, 0),
        Next(1, 1),
        Answer(1, 2, (1,)),
    ):
        await amina.taps(move)
    await amina.taps(MyData())
    await amina.taps(Delete())
    assert await count_of(store, t.order) == 1
    outcome = await dispatcher.handle(amina.update(Tap(encode(Erase()))))
    assert outcome.erased and outcome.screen
    for table in t.metadata.sorted_tables:
        assert await count_of(store, table) == 0, table.name
    await amina.does(Start())
    assert (await amina.learner(store)).modules == {}


async def test_a_code_joins_two_channels(dispatcher: Dispatcher, store: Store) -> None:
    phone, web = Person(dispatcher, "phone", "telegram"), Person(dispatcher, "token", "web")
    for move in (
        SpeakLanguage("en"),
        Begin("computer", "meet-the-computer"),
        Next(1, 0),
        Next(1, 1),
        Answer(1, 2, (1,)),
    ):
        await phone.taps(move)
    await web.taps(SpeakLanguage("en"))
    await web.taps(Begin("phone", "calls"))
    await phone.taps(NewCode())
    code = (await phone.learner(store)).code
    assert code
    await web.does(Typed(f"{code.text[:3]} {code.text[3:]}"))
    assert await count_of(store, t.learner) == 2, "not without a yes"
    await web.taps(JoinChannels(code.text))
    joined = await web.learner(store)
    assert joined == await phone.learner(store)
    assert joined.modules.keys() == {"computer", "phone"}
    assert await count_of(store, t.learner) == 1 and await count_of(store, t.answer) == 1
    before = await phone.learner(store)
    thief = Person(dispatcher, "thief", "web")
    await thief.does(Typed(code.text))
    await thief.taps(JoinChannels(code.text))
    assert await phone.learner(store) == before, "a code works once"


async def test_a_strangers_link_takes_nothing_over(dispatcher: Dispatcher, store: Store) -> None:
    """A code is joined after a screen that says what that means, from that screen alone."""
    attacker, victim = Person(dispatcher, "attacker"), Person(dispatcher, "victim")
    await attacker.taps(NewCode())
    code = (await attacker.learner(store)).code
    assert code
    await victim.taps(JoinChannels(code.text))
    outcome = await dispatcher.handle(victim.update(Start(f"link-{code.text}")))
    assert "Make the two one?" in str(outcome.screen) and await count_of(store, t.learner) == 2
    await victim.taps(Home())
    await victim.taps(JoinChannels(code.text))
    assert await count_of(store, t.learner) == 2, "an old button is no yes"


async def test_what_no_database_takes_fails_nobody_else(
    dispatcher: Dispatcher, store: Store
) -> None:
    """A NUL in a link or a button, as anybody can send it from the web page; in one batch with
    others."""
    people = [Person(dispatcher, f"p{n}") for n in range(4)]
    doings = (Start("g-\0"), Tap("t:\0"), Typed("\0hello\0"), Start("m-computer"))
    await asyncio.gather(
        *(person.does(doing) for person, doing in zip(people, doings, strict=True))
    )
    assert place_of(await people[3].learner(store)) == Cover("computer")
    async with store.engine.connect() as connection:
        snapshots = (await connection.execute(sa.select(t.learner.c.snapshot))).scalars().all()
    assert len(snapshots) == 4 and not any(b"\\u0000" in snapshot for snapshot in snapshots)


async def test_a_code_runs_out(dispatcher: Dispatcher, store: Store, clock: Clock) -> None:
    phone, web = Person(dispatcher, "phone", "telegram"), Person(dispatcher, "token", "web")
    await phone.taps(NewCode())
    code = (await phone.learner(store)).code
    assert code
    clock.now += 16 * 60
    await web.does(Typed(code.text))
    assert await count_of(store, t.learner) == 2


async def test_tidy_deletes_what_is_kept_for_a_time(
    dispatcher: Dispatcher, store: Store, clock: Clock
) -> None:
    amina = Person(dispatcher, "amina")
    await amina.taps(MyData())
    await maintenance.tidy(store, int(clock()) + 49 * 3600)
    assert await count_of(store, t.update) == 0 and await count_of(store, t.order) == 0
    assert await count_of(store, t.learner) == 1


async def test_my_data_forgets_no_table(store: Store) -> None:
    """A new table about people fails here until /mydata tells what it holds."""
    personal = {
        table.name
        for table in t.metadata.sorted_tables
        for c in table.c
        if c.name in ("learner_id", "address", "author", "owner")
    }
    told = {
        "address",
        "answer",
        "closed",
        "colleague",
        "draft",
        "label",
        "letter",
        "update",
        "member",
        "order",
        "recipient",
        "staff",
        "viewer",
        "group",
        "broadcast",
        "staff_link",
        "pair",
    }
    assert personal | {"address"} == told


async def test_a_name_that_was_typed_and_not_used_is_forgotten(
    dispatcher: Dispatcher, store: Store
) -> None:
    amina = Person(dispatcher, "amina")
    for doing in (
        Start("m-phone"),
        *map(Typed, ("▶ Start", "next", "1", "next", "Get my certificate", "Amina Diallo")),
    ):
        await amina.does(doing)
    assert (await amina.learner(store)).pending_name == "Amina Diallo"
    await amina.taps(Home())
    assert (await amina.learner(store)).pending_name is None


async def test_what_learners_are_chosen_by_follows_every_change(
    dispatcher: Dispatcher, store: Store, clock: Clock
) -> None:
    """Most taps write the snapshot alone; the columns beside it are right all the same, also those
    that somebody else set."""
    amina = Person(dispatcher, "amina")

    async def columns() -> Any:
        async with store.engine.connect() as db:
            return (await db.execute(sa.select(t.learner))).one()

    await amina.taps(SpeakLanguage("en"))
    first = await columns()
    assert (first.language, first.begun, first.active_on) == ("en", False, day_of(clock()))
    await amina.taps(Begin("computer", "meet-the-computer"))
    begun = await columns()
    assert (begun.begun, begun.progress) == (True, "|computer=begun|")
    async with store.engine.begin() as db:
        await db.execute(sa.update(t.learner).values(noticed_on=day_of(clock())))
    await amina.taps(Next(1, 0))
    back = await columns()
    assert back.noticed_on is None
    assert back.snapshot != begun.snapshot
    async with store.engine.begin() as db:  # as an older version left it
        await db.execute(sa.update(t.learner).values(progress=None, language="fr"))
    clock.now += 86_400
    await amina.taps(Next(1, 1))
    last = await columns()
    assert (last.progress, last.language) == ("|computer=begun|", "en")
    assert last.active_on == day_of(clock())
