"""What attacks cost whom: `python -m benchmarks.attacked [third] [hanging] [kills]`, the real
program with the fake Telegram of the tests.

third: seconds until somebody is answered while another one sends 100 messages. hanging: every call
hangs for 8 seconds and never comes back, 15 people say three things meanwhile; seconds from the end
until the last one is answered. kills: a broadcast to 400 people at 40 a second, 8 kills -9: who got
nothing, who got it twice, who stands as unknown.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from bot.model.broadcast import BroadcastById, Draft, State
from bot.model.zones import fixed
from db import broadcasts, seeding
from db import tables as t
from db.engine import connect
from db.recipients import RecipientState
from db.store import Store
from db.vault import Vault, secret_in
from tests.fakes.telegram import FakeTelegram, User
from tests.support.program import Program, telegram_settings

RUNS = 5
MESSAGES = 100
SPELL, PEOPLE = 8.0, 15
RECIPIENTS, KILLS, RATE = 400, 8, 40
BID, TEXT = 1, "The library is open on Sunday."


READING: set["asyncio.Task[bytes]"] = set()


async def begins(program: Program) -> None:
    """What it logs is read: a full pipe would hold it up."""
    await program.start()
    assert program.process and program.process.stdout
    task = asyncio.create_task(program.process.stdout.read())
    READING.add(task)
    task.add_done_callback(READING.discard)


async def until(true: Callable[[], bool], within: float = 120.0) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "in vain"
        await asyncio.sleep(0.005)


def answered(user: User, since: int) -> bool:
    return any(message.by_bot for message in user.messages[since:])


async def meets(fake: FakeTelegram, people: range) -> list[User]:
    users = [fake.user(id) for id in people]
    for text in ("/start", "English"):
        seen = [len(user.messages) for user in users]
        for user in users:
            await user.says(text)
        await until(
            lambda seen=seen: all(  # type: ignore[misc]
                answered(user, since) for user, since in zip(users, seen, strict=True)
            )
        )
    return users


async def third(folder: Path) -> None:
    async with FakeTelegram() as fake:
        program = Program(folder, fresh=True, **telegram_settings(fake))
        await begins(program)
        many, other = await meets(fake, range(1001, 1003))
        waited = []
        for _ in range(RUNS):
            for number in range(MESSAGES):
                await many.says(f"hello {number}")
            worst, end = 0.0, time.monotonic() + 4
            while time.monotonic() < end:  # whenever it is asked meanwhile
                seen, begun = len(other.messages), time.monotonic()
                await other.says("/menu")
                await until(lambda seen=seen: answered(other, seen))  # type: ignore[misc]
                worst = max(worst, time.monotonic() - begun)
                await asyncio.sleep(1.1)  # one message a second is the pace of a chat
            waited.append(worst)
            await until(lambda: not fake.updates.waiting)
        print("third: seconds at most in each run:", *(f"{one:.2f}" for one in waited), flush=True)
        await program.stop()


async def hanging(folder: Path) -> None:
    async with FakeTelegram() as fake:
        program = Program(folder, fresh=True, **telegram_settings(fake))
        await begins(program)
        people = await meets(fake, range(2001, 2001 + PEOPLE))
        waited = []
        for _ in range(2):
            await asyncio.sleep(2)
            for method in ("*", "getUpdates"):
                fake.fail_next(method, delay=3600, times=10**6)
            dice, seen = random.Random(7), [len(person.messages) for person in people]
            for _ in range(3):
                for person in people:
                    await person.says(dice.choice(("/menu", "/help", "/progress")))
                await asyncio.sleep(SPELL / 3)
            fake.no_faults()
            begun = time.monotonic()
            await until(
                lambda seen=seen: (
                    all(  # type: ignore[misc]
                        answered(person, since) for person, since in zip(people, seen, strict=True)
                    )
                    and not fake.updates.waiting
                )
            )
            waited.append(time.monotonic() - begun)
            print(f"hanging for {SPELL:.0f} s: {waited[-1]:.1f} s after its end", flush=True)
        await program.kill()


async def kills(folder: Path) -> None:
    async with FakeTelegram() as fake:
        program = Program(folder, fresh=True, **telegram_settings(fake, telegram_rate="1000"))
        await begins(program)
        everybody = range(3001, 3001 + RECIPIENTS)
        await meets(fake, everybody)
        await program.stop()
        by_day = fixed((13 - time.gmtime().tm_hour) * 60)  # nobody is written to at night
        program.environment |= {"PASITO_TELEGRAM_RATE": str(RATE), "PASITO_ZONE": by_day}
        vault = Vault(secret_in(folder / "secret.key").encode())
        store = Store(connect(f"sqlite+aiosqlite:///{folder / 'pasito.sqlite3'}"), vault)
        now = int(time.time())
        async with store.engine.begin() as db:
            await broadcasts.begin(db, vault, BID, None, Draft({"en": TEXT}), State.WAITING, now)
        while await seeding.seed(store.engine, vault, BID, now, by_day):
            pass
        unsent, dice = [], random.Random(11)
        for kill in range(1, KILLS + 1):
            await begins(program)
            goal = RECIPIENTS * kill // (KILLS + 1)
            await until(lambda goal=goal: len(got(fake)) >= goal)  # type: ignore[misc]
            await asyncio.sleep(dice.uniform(0, 0.1))
            await program.kill()
            await asyncio.sleep(0.3)  # what the system still had is there
            unsent.append(len(await on_the_wire(store) - set(got(fake))))
            await lease_is_over(store)
        await begins(program)
        while (progress := await store.ask(BroadcastById(BID))).state is not State.DONE:
            await asyncio.sleep(0.5)
        await program.stop()
        counted = Counter(got(fake))
        print(
            f"kills: {RECIPIENTS - len(counted)} of {RECIPIENTS} got nothing, at each kill "
            f"{unsent}; {sum(n > 1 for n in counted.values())} twice; {progress.unknown} stand as "
            f"unknown, {progress.sent} as sent",
            flush=True,
        )
        await store.engine.dispose()


def got(fake: FakeTelegram) -> list[int]:
    """Chats in which the broadcast came, each time that it did."""
    return [
        call.chat_id
        for call in fake.calls_of("sendMessage")
        if call.worked and TEXT in str(call.params.get("text"))
    ]


async def on_the_wire(store: Store) -> set[int]:
    """Chats for which the tables say that the message has left, and not what became of it."""
    column = t.recipient.c
    query = (
        sa.select(t.address.c.sealed, t.address.c.hash)
        .join(t.recipient, column.address == t.address.c.hash)
        .where(column.state == RecipientState.IN_HAND, column.wire)
    )
    async with store.engine.connect() as db:
        rows = (await db.execute(query)).all()
    return {int(store.vault.open(row.sealed, row.hash)) for row in rows}


async def lease_is_over(store: Store) -> None:
    """As if half a minute had passed since the process died."""
    mine = t.recipient.c.state == RecipientState.IN_HAND
    async with store.engine.begin() as db:
        await db.execute(sa.update(t.recipient).where(mine).values(lease=1.0))


MEASURED = {"third": third, "hanging": hanging, "kills": kills}


def main() -> None:
    for name in sys.argv[1:] or MEASURED:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(MEASURED[name](Path(folder)))


if __name__ == "__main__":
    main()
