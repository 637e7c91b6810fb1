"""A burst of one chat, and the process dies before its answer is out: every update counts, and what
the skipped screens said is said by the next process, once.
"""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.conversation.action import encode
from bot.conversation.update import Tap, Typed, Update
from bot.flows.learning.actions import Answer, Begin, Next
from bot.runtime import supervisor
from db import tables as t
from db.engine import connect
from db.told import told_for
from tests.fakes.telegram import FakeTelegram
from tests.support.mailbox import all_answered, two, until
from tests.support.program import Program, telegram_settings
from tests.support.service import Service

BURST = ("next", "next", "3", "next", "what is this?")
"""A question is answered wrongly in the middle of it: its reason stands on no later screen."""
REASON = "Not this one"


async def _told(service: Service) -> list[bytes | None]:
    query = sa.select(t.update.c.told).where(t.update.c.id.like("93%")).order_by(t.update.c.id)
    async with service.store.engine.connect() as db:
        return list((await db.execute(query)).scalars())


async def _burst_that_nobody_answers(service: Service) -> None:
    """33 updates, decided in one process that shows nothing."""
    learner = await service.store.learner_at("telegram", "1")
    assert learner
    attempt = learner.attempts_begun + 1
    taps = [
        Tap(encode(Begin("computer", "meet-the-computer"))),
        *(Tap(encode(Next(attempt, step))) for step in range(2)),
        Tap(encode(Answer(attempt, 2, (2,)))),
        *(Typed(f"what is {n}?") for n in range(29)),
    ]
    await asyncio.gather(
        *(
            service.dispatcher.handle(Update("telegram", f"{9_300_000 + n}", "1", tap, "en"))
            for n, tap in enumerate(taps)
        )
    )


async def test_of_a_burst_every_update_is_kept_with_its_words(service: Service) -> None:
    await two(service)
    await service.fake.quiet()
    await _burst_that_nobody_answers(service)
    told = await _told(service)
    assert len(told) == 33 and not supervisor.unwell()
    assert told[0] is None and all(told[3:]), "written only where there are words"
    update = Update("telegram", "9300003", "1", Tap(""))
    words = [
        service.dispatcher.world.say(one, "en")
        for one in told_for(service.store.vault, update, told[3])
    ]
    assert any(REASON in line for line in words)
    assert told_for(service.store.vault, update, told[4]) == (), "bound to its update"


async def test_the_next_process_says_it_once(service: Service) -> None:
    user, _other = await two(service)
    await service.fake.quiet()
    await _burst_that_nobody_answers(service)
    seen = len(user.messages)
    service.clock.now += 10
    await all_answered(service)
    await service.fake.quiet()
    (shown,) = [message for message in user.messages[seen:] if message.by_bot]
    assert str(shown).count(REASON) == 1
    assert await _told(service) == [None] * 33, "gone once it went out"
    assert not supervisor.unwell()


@pytest.mark.parametrize("kills", [1, 2])
async def test_killed_before_a_burst_was_answered(tmp_path: Path, kills: int) -> None:
    """`kill -9` of the real program between the commit and the answer."""
    async with FakeTelegram() as fake:
        program = Program(tmp_path, **telegram_settings(fake))
        await program.start()
        amina = fake.user(1001)
        await amina.starts("m-computer")
        await amina.expects(1)
        await amina.taps("▶ Start")
        await amina.expects(1)
        before = len(fake.calls_of("sendMessage"))
        fake.fail_next("sendMessage", drop="before", delay=8, times=kills)
        for text in BURST:
            await amina.says(text)
        await until(lambda: not fake.updates.waiting)  # fetched, and so durable
        for kill in range(kills):
            await until(lambda kill=kill: len(fake.calls_of("sendMessage")) > before + kill)
            await program.kill()
            assert await _kept(tmp_path), "the reason waits in the database"
            await program.start()
        await amina.expects(1, within=30)
        await fake.quiet(10)
        said = [str(message) for message in amina.messages if message.by_bot]
        assert sum(REASON in text for text in said) == 1 and REASON in said[-1]
        assert await program.stop() == 0
        assert await _kept(tmp_path) == 0


async def _kept(folder: Path) -> int:
    """Updates whose words wait for their answer."""
    engine = connect(f"sqlite+aiosqlite:///{folder / 'pasito.sqlite3'}")
    query = sa.select(sa.func.count()).where(t.update.c.told.is_not(None))
    async with engine.connect() as db:
        found = int((await db.execute(query)).scalar_one())
    await engine.dispose()
    return found
