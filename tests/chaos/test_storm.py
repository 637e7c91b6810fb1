"""Bad weather at the messenger while a dozen people learn: at its end everybody is answered,
nothing is lost, nothing is there twice.

A few seconds in the suite; `make chaos` lets it last (PASITO_CHAOS).
"""

import asyncio
import random

import pytest
import sqlalchemy as sa

from db import tables as t
from tests.fakes.telegram import FakeTelegram, User
from tests.support.seeds import CHAOS, seeds
from tests.support.service import Service

PEOPLE = 12
SEEDS = seeds(2)
STEPS = 60 if CHAOS else 12
WEATHER = ("429", "500", "502", "before", "after", "delay", "html", "null", "cut")
TEXTS = ("/menu", "/help", "hello", "2", "b", "0", "*", "?", "/progress", "مرحبا", "🙂", "next")


async def _learns(user: User, dice: random.Random) -> None:
    """Taps and types whatever there is, without waiting for an answer as people do who have a bad
    connection."""
    await user.starts()
    for _ in range(STEPS):
        await asyncio.sleep(dice.uniform(0, 0.08))
        shown = user.messages and [
            message for message in user.messages if message.by_bot and message.buttons
        ]
        if shown and dice.random() < 0.6:
            message = shown[-1]
            await user.forges(message, dice.choice(message.buttons).data)
        elif dice.random() < 0.1:
            await user.sends_sticker()
        else:
            await user.says(dice.choice(TEXTS))


async def _all_answered(service: Service) -> bool:
    async with service.store.engine.connect() as db:
        open_ones = (
            sa.select(sa.func.count()).select_from(t.update).where(t.update.c.answered.is_(False))
        )
        return (await db.execute(open_ones)).scalar_one() == 0


@pytest.mark.parametrize("seed", SEEDS)
async def test_after_a_storm_everybody_is_answered(service: Service, seed: int) -> None:
    fake: FakeTelegram = service.fake
    dice = random.Random(seed)
    people = [fake.user(2000 + number) for number in range(PEOPLE)]
    fake.chaos(seed, rate=0.25, kinds=WEATHER)
    await asyncio.gather(
        *(_learns(person, random.Random(f"{seed}/{n}")) for n, person in enumerate(people))
    )
    fake.no_chaos()
    async with asyncio.timeout(
        60
    ):  # by the contract 10 s after its end, or after the last wait that was asked for
        while not await _all_answered(service):
            service.clock.now += 1  # the clock of tests stands still by itself
            await asyncio.sleep(0.2)
    async with service.store.engine.connect() as db:
        learners = (
            await db.execute(sa.select(sa.func.count()).select_from(t.learner))
        ).scalar_one()
    assert learners == PEOPLE
    for person in people:
        await person.expects(within=20)
        before = len(person.messages)
        await person.says("/stop" if dice.random() < 0.3 else "/help")
        async with asyncio.timeout(20):
            while not any(message.by_bot for message in person.messages[before:]):
                await asyncio.sleep(0.05)
