"""Bringing the tables up to date. Safe to call from several processes at once: on PostgreSQL they
take turns.
"""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_LOCK = 7227486  # any number that nothing else uses


class TooNew(Exception):
    """The tables are those of a newer version."""

    def __init__(self) -> None:
        super().__init__("the database was written by a newer version of Pasito: install that one")


def config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return settings


@cache
def revisions() -> tuple[str, ...]:
    """All states of the tables that this version knows, the latest first."""
    return tuple(
        script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()
    )


async def revision(connection: AsyncConnection) -> str | None:
    """The state of the tables; None where there are none."""
    return await connection.run_sync(_revision)


def _revision(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _reached(found: str | None, revision: str) -> bool:
    if found not in (None, *revisions()):
        raise TooNew
    return found is not None and revisions().index(found) <= revisions().index(revision)


async def reached(engine: AsyncEngine, of: str) -> bool:
    """Whether the tables are as this revision left them, or newer. Raises `TooNew`."""
    async with engine.connect() as connection:
        return _reached(await revision(connection), of)


def _upgrade(connection: sa.Connection, before: str) -> None:
    found = _revision(connection)
    if before and _reached(found, before):  # another process was faster
        return
    if found not in (None, *revisions()):
        raise TooNew
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, f"{before}-1" if before else "head")


async def migrate(engine: AsyncEngine, before: str = "") -> None:
    """Applies the migrations that are missing, or those of them that come before a revision. Raises
    `TooNew`, and what the database raises; then nothing was changed."""
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(
                sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK}
            )
        await connection.run_sync(_upgrade, before)
