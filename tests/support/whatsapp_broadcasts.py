"""Broadcasts over WhatsApp in tests: approved templates, and what the tables say."""

import asyncio

import sqlalchemy as sa

from bot.channels.whatsapp.templates import all_submitted
from bot.i18n.catalogues import Catalogues
from bot.model.broadcast import Draft, State
from db import broadcasts
from db import tables as t
from db.recipients import RecipientState
from tests.fakes.whatsapp import FakeWhatsApp
from tests.support.whatsapp import OnWhatsApp

DRAFT = Draft({"en": "<b>Friday</b> at 10:\nwe meet"})


def approve(fake: FakeWhatsApp, words: Catalogues) -> None:
    """All templates in English."""
    for template in all_submitted(["en"], words):
        fake.templates.append({**template, "status": "APPROVED"})


async def start(on: OnWhatsApp, id: int, draft: Draft = DRAFT) -> None:
    now = int(on.clock.now)
    async with on.store.engine.begin() as db:
        author = (await db.execute(sa.select(t.learner.c.id).limit(1))).scalar_one()
        await broadcasts.begin(db, on.store.vault, id, author, draft, State.WAITING, now)
    on.worker.notify(broadcasts.BROADCASTS)


async def done(on: OnWhatsApp, id: int) -> None:
    async with asyncio.timeout(15):
        while True:
            async with on.store.engine.connect() as db:
                if (await db.execute(sa.select(t.broadcast.c.state))).scalar() == State.DONE:
                    return
            on.worker.notify(broadcasts.BROADCASTS)
            await asyncio.sleep(0.05)


async def counts(on: OnWhatsApp, id: int) -> tuple[int, ...]:
    """Sent, failed, unknown, skipped: of the broadcast, and the same of its rows."""
    column = t.broadcast.c
    async with on.store.engine.connect() as db:
        row = (
            await db.execute(sa.select(column.sent, column.failed, column.unknown, column.skipped))
        ).one()
        states = list((await db.execute(sa.select(t.recipient.c.state))).scalars())
    found = tuple(row)
    of = RecipientState
    assert found == tuple(states.count(s) for s in (of.SENT, of.FAILED, of.UNKNOWN, of.SKIPPED))
    return found
