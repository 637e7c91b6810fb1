"""How long somebody waits for an answer, and that all are answered."""

import asyncio
import time
from collections.abc import Callable

import sqlalchemy as sa

from db import tables as t
from tests.fakes.telegram import User
from tests.support.service import Service

MOMENT = 3.0
"""Seconds in which somebody else is answered, whatever goes on (2 on a quiet machine); the first
one waits longer than this.
"""


async def until(true: Callable[[], bool], within: float = 15.0) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "in vain"
        await asyncio.sleep(0.01)


async def unanswered(service: Service) -> int:
    query = sa.select(sa.func.count()).select_from(t.update).where(sa.not_(t.update.c.answered))
    async with service.store.engine.connect() as connection:
        return int((await connection.execute(query)).scalar_one())


async def all_answered(service: Service, within: float = 30.0) -> None:
    deadline = time.monotonic() + within
    while await unanswered(service):
        assert time.monotonic() < deadline, "somebody waits"
        await asyncio.sleep(0.05)
        service.clock.now += 0.05  # who sweeps looks at it


async def seconds_until_answered(user: User) -> float:
    before, begun = len(user.messages), time.monotonic()
    await user.says("/menu")
    await until(lambda: any(message.by_bot for message in user.messages[before:]))
    return time.monotonic() - begun


async def two(service: Service) -> tuple[User, User]:
    pair = service.fake.user(1), service.fake.user(2)
    for user in pair:
        await user.says("/start")
        await user.expects(1)
        await user.taps("English")
        await user.expects()
    return pair
