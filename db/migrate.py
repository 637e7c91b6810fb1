"""Bringing the tables up to date. Safe to call from several processes at once: on PostgreSQL they take turns."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.ext.asyncio import AsyncEngine

_LOCK = 7227486  # any number that nothing else uses


def config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return settings


def _upgrade(connection: sa.Connection) -> None:
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


async def migrate(engine: AsyncEngine) -> None:
    """Applies the migrations that are missing. Raises what the database raises; then nothing was changed."""
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await connection.run_sync(_upgrade)
