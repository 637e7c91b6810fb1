"""Bringing the tables up to date. Safe to call from several processes at once: on PostgreSQL they
take turns. Alembic is imported where there is something to change: a start rarely has to wait for
its ninety modules.
"""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7227486  # any number that nothing else uses


class TooNew(Exception):
    """The tables are those of a newer version."""

    def __init__(self) -> None:
        super().__init__("the database was written by a newer version of Pasito: install that one")


@cache
def revisions() -> tuple[str, ...]:
    """All states of the tables that this version knows, the latest first: each is the number of
    its file."""
    files = (_MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return tuple(sorted((file.name.partition("_")[0] for file in files), reverse=True))


async def revision(connection: AsyncConnection) -> str | None:
    """The state of the tables; None where there are none."""
    return await connection.run_sync(_revision)


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


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
    if found == revisions()[0]:
        return
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(_MIGRATIONS))
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
