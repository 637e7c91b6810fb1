"""A learner who comes to a certificate, in a few words."""

import asyncio

import sqlalchemy as sa

from db import tables as t
from tests.fakes.telegram import User
from tests.support.service import Service


async def asked_for_a_name(user: User) -> None:
    """The short module is done, and the certificate wanted."""
    await user.starts("m-phone")
    await user.expects(1)
    for tap in ("▶ Start", "Next", "The red", "Next", "Get my certificate"):
        await user.taps(tap)
        await user.expects(1)


async def handed_over(service: Service, within: float = 10) -> None:
    """All that was ordered is over there, the picture and the text behind a file too."""
    for _ in range(int(within / 0.05)):
        async with service.store.engine.connect() as connection:
            states = set((await connection.execute(sa.select(t.order.c.state))).scalars())
        if states <= {"sent", "failed"}:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(states)


async def comes_with_files(user: User, count: int) -> None:
    for _ in range(200):
        if len(user.documents) >= count:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{len(user.documents)} files, not {count}")
