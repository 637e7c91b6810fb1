"""A dozen people learn while Telegram refuses, hangs, cuts off and answers nonsense at random: at
the end all are answered, nothing is lost.

Short in the suite; with PASITO_CHAOS set it goes on for long, over several seeds.
"""

import asyncio
import random

import pytest

from tests.fakes.telegram import User
from tests.support.mailbox import all_answered, until
from tests.support.seeds import CHAOS, seeds
from tests.support.service import Service

STEPS, SEEDS = 200 if CHAOS else 8, seeds(1)
KINDS = ("429", "500", "502", "before", "after", "delay", "html", "null", "cut")


async def _learns(user: User, dice: random.Random) -> None:
    await user.says("/start")
    for _ in range(STEPS):
        await asyncio.sleep(dice.uniform(0, 0.3))
        labels = [label for message in user.messages[-3:] for label in message.labels]
        if labels and dice.random() < 0.7:
            live = next(message for message in reversed(user.messages) if message.labels)
            button = dice.choice(live.buttons)
            if button.data:
                await user.forges(live, button.data)
        else:
            await user.says(dice.choice(("1", "2", "next", "/menu", "hello", "/progress")))


@pytest.mark.parametrize("seed", SEEDS)
async def test_all_are_answered_in_the_end(service: Service, seed: int) -> None:
    dice = random.Random(seed)
    people = [service.fake.user(100 + n) for n in range(12)]
    service.fake.chaos(seed, 0.2, KINDS)
    await asyncio.gather(*(_learns(user, random.Random(dice.random())) for user in people))
    service.fake.no_chaos()
    await all_answered(service, within=60)
    await until(lambda: all(user.spinning == 0 for user in people), within=60)
    await service.fake.quiet()
    assert sorted(service.fake.handled) == [
        update["update_id"] for update, _chat in service.fake.updates.history
    ], "each was taken"
    for user in people:
        await service.fake.quiet()
        seen = len(user.messages)
        await user.says("/help")
        await until(
            lambda user=user, seen=seen: any(message.by_bot for message in user.messages[seen:])
        )  # type: ignore[misc]
    await until(lambda: service.telegram.conversations._boxes == {})  # nothing waits
