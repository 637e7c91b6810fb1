"""Pasito as a whole inside one test, and the databases it runs on."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.channels.telegram.channel import Telegram
from bot.dispatcher import Dispatcher
from bot.documents.make import Files
from bot.jobs.sending import Sending
from db.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.support.world import Clock


@dataclass
class Service:
    """Pasito on a fake Telegram."""

    fake: FakeTelegram
    telegram: Telegram
    dispatcher: Dispatcher
    store: Store
    clock: Clock
    files: Files
    sending: Sending


async def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of the kind that `request` asks for."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'pasito.sqlite3'}"
    url: str = request.getfixturevalue("postgres")
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        await connection.execute(sa.text("CREATE SCHEMA public"))
    await engine.dispose()
    return url
