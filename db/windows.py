"""Who agreed to be written to although they did not write for long, and who told the messenger
no."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.flows.account.events import NewsChosen
from bot.model.connection import NewsAgreed
from bot.model.learner import day_of
from db import tables as t
from db.batch import Batch
from db.queries import Asked, answers
from db.shut import agreed
from db.vault import Vault
from db.writes import Source, writes_last

_A = t.address.c


@answers(NewsAgreed)
async def news_agreed(asked: Asked, query: NewsAgreed) -> bool:
    mine = sa.select(sa.func.count()).where(
        _A.learner_id == query.learner, _A.channel == query.channel, agreed()
    )
    return bool((await asked.db.execute(mine)).scalar_one())


@writes_last(NewsChosen)
async def news_chosen(tx: Batch, source: Source, event: NewsChosen) -> None:
    day: date | None = day_of(tx.now) if event.yes else None
    here = sa.update(t.address).where(_A.hash == source.address)
    await tx.db.execute(here.values(news=day, **({"refused": False} if event.yes else {})))


async def prefer(engine: AsyncEngine, vault: Vault, channel: str, address: str, stop: bool) -> None:
    """Somebody told the messenger that they want nothing of the kind, or that they do again."""
    hash = vault.hash(channel, address)
    async with engine.begin() as db:
        await db.execute(sa.update(t.address).where(_A.hash == hash).values(refused=stop))
