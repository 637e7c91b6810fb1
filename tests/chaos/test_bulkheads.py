"""What one person does, or the messenger does to one chat, costs nobody else more than a moment
(R1, R2, S1).
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import sqlalchemy as sa

from bot.channels.telegram import limiter
from bot.conversation.update import Typed, Update
from db import tables as t
from tests.fakes.telegram import FakeTelegram, User
from tests.support.service import Service

MOMENT = 2.0
"""Seconds that somebody else may wait, by the contract; a busy machine is given `PATIENCE`."""
PATIENCE = 8.0


async def _begins(user: User) -> None:
    await user.starts()
    await user.expects(1)
    await user.taps("English")
    await user.expects(1)


async def _writes_much(fake: FakeTelegram, amina: User) -> None:
    for number in range(40):
        await amina.says(f"hello {number}")


async def _hangs(fake: FakeTelegram, amina: User) -> None:
    fake.fail_next("sendMessage", chat_id=amina.id, delay=20, times=3)
    await amina.says("hello")
    await amina.says("are you there?")


async def _is_told_to_wait(fake: FakeTelegram, amina: User) -> None:
    fake.flood(20, chat_id=amina.id)
    await amina.says("hello")
    await amina.says("are you there?")


@pytest.mark.parametrize("spell", [_writes_much, _hangs, _is_told_to_wait])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_somebody_else_is_answered_at_once(
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    spell: Callable[[FakeTelegram, User], Coroutine[Any, Any, None]],
) -> None:
    amina, samir = service.fake.user(1001), service.fake.user(1002)
    await _begins(amina)
    await _begins(samir)
    monkeypatch.setattr(limiter, "BURST", 3)  # from here on a chat gets one message a second
    await spell(service.fake, amina)
    await asyncio.sleep(0.2)  # the updates of the one are fetched
    waited = []
    for _ in range(3):
        begun = time.monotonic()
        await samir.says("/menu")
        await samir.expects(1, within=PATIENCE)
        waited.append(time.monotonic() - begun)
    assert min(waited) < MOMENT, waited
    await service.telegram.conversations.drain(0)  # nobody waits for what still hangs


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_of_a_burst_only_the_last_screen_is_sent_and_every_update_counts(
    service: Service,
) -> None:
    amina = service.fake.user(1001)
    await _begins(amina)
    before = len(service.fake.calls_of("sendMessage"))
    service.fake.fail_next("sendMessage", chat_id=amina.id, delay=1)
    for number in range(30):
        await amina.says(f"hello {number}")
    await amina.says("/help")
    async with asyncio.timeout(20):
        while "Help" not in str(amina.screen):
            await asyncio.sleep(0.05)
    assert len(service.fake.calls_of("sendMessage")) - before < 10, "not one for each"


async def test_a_row_that_cannot_be_read_costs_its_own_person_a_sentence(service: Service) -> None:
    """R3: bit rot, another version's form, a slip in a migration."""
    people = [service.fake.user(1001 + number) for number in range(6)]
    for person in people:
        await _begins(person)
    broken, *healthy = people
    learner = await service.store.learner_at("telegram", str(broken.id))
    assert learner
    async with service.store.engine.begin() as db:
        row = sa.select(t.learner.c.snapshot).where(t.learner.c.id == learner.id)
        half = (await db.execute(row)).scalar_one()[:40]
        await db.execute(
            sa.update(t.learner).where(t.learner.c.id == learner.id).values(snapshot=half)
        )
    for _ in range(2):
        await asyncio.gather(*(person.says("/help") for person in people))
        await asyncio.gather(*(person.expects(1) for person in people))
        assert all("cannot be read" not in str(person.screen) for person in healthy)
        assert "cannot be read" in str(broken.screen)
    async with service.store.engine.begin() as db:
        assert (await db.execute(row)).scalar_one() == half, (
            "what cannot be read is never written over"
        )


async def test_an_update_that_was_answered_and_comes_again_shows_nothing(service: Service) -> None:
    """R8: the process died between the commit and the next getUpdates."""
    await _begins(service.fake.user(1001))
    update = Update("telegram", "777", "1001", Typed("/help"))
    first = await service.dispatcher.handle(update)
    assert first.screen and not first.shown
    assert not (await service.dispatcher.handle(update)).shown, "not yet: it may have got lost"
    service.dispatcher.answered(update)
    async with asyncio.timeout(10):
        while not (await service.dispatcher.handle(update)).shown:
            await asyncio.sleep(0.02)
