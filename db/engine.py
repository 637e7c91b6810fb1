"""Connections. SQLite is set up so that writers queue instead of losing updates; PostgreSQL is left
as it is.
"""

import time
from collections.abc import Collection
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from db import sqlite_driver
from db.file_identity import Place

DEADLOCK_DETECTED = "40P01"
T = TypeVar("T")
_places: WeakKeyDictionary[sa.Engine, Place | None] = WeakKeyDictionary()


def connect(url: str, patience: float | None = 60) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite:///…` or `postgresql+asyncpg://…`.

    A PostgreSQL that does not answer a command for `patience` seconds is taken for gone: a
    connection can fall silent without an end.

    SQLite's driver would begin a transaction at the first write only, and two that read first and
    write later lose an update without an error. So the driver is kept out of it and each
    transaction begins with BEGIN IMMEDIATE, except on an engine of `reading`: it keeps nobody
    waiting.
    """
    if not url.startswith("sqlite"):
        waits = {"command_timeout": patience}
        return create_async_engine(
            url,
            pool_size=10,
            max_overflow=10,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args=waits,
        )
    engine = create_async_engine(
        url,
        pool_size=1,
        max_overflow=4,
        hide_parameters=True,
        connect_args={"async_creator_fn": sqlite_driver.connect},
    )
    file = file_of(url)
    place = _places[engine.sync_engine] = Place(file) if file else None

    @sa.event.listens_for(engine.sync_engine, "do_connect")
    def _connecting(*_: Any) -> None:
        if place:
            place.check()

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "synchronous=NORMAL",
            "secure_delete=ON",
            "busy_timeout=10000",
            "foreign_keys=ON",
            "journal_mode=WAL",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        (journal,) = cursor.fetchone()
        cursor.close()
        if place:
            place.opened(journal)

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        if place:
            place.check()
        reads = connection.get_execution_options().get("reading")
        if driver := sqlite_driver.driver_of(connection):
            driver.later("BEGIN" if reads else "BEGIN IMMEDIATE")

    @sa.event.listens_for(engine.sync_engine, "handle_error")
    def _failed(context: sa.engine.ExceptionContext) -> None:
        told = context.sqlalchemy_exception
        if told and (statement := sqlite_driver.waited(context.original_exception)):
            told.statement = statement

    return engine


def reading(engine: AsyncEngine) -> AsyncEngine:
    """The same database and pool, for transactions that only read: they see one state of it, and
    take no lock."""
    return engine.execution_options(reading=True)


def place_of(engine: AsyncEngine) -> Place | None:
    """Where the engine's SQLite file is; None for PostgreSQL."""
    return _places.get(engine.sync_engine)


def collided(error: Exception) -> bool:
    """Whether PostgreSQL ended this transaction because it and another one waited for each other.
    Tried again, it goes through."""
    return (
        isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) == DEADLOCK_DETECTED
    )


def refused(error: Exception) -> bool:
    """Whether the database is there and did not take what it was given."""
    gone = (OperationalError, InterfaceError)
    return (
        isinstance(error, DBAPIError)
        and not error.connection_invalidated
        and not isinstance(error, gone)
        and not collided(error)
    )


def away(error: Exception) -> bool:
    """Whether the database cannot be reached or written just now, which is nobody's fault who
    wrote."""
    if isinstance(error, DBAPIError):
        return not refused(error)
    return isinstance(error, OSError | PoolTimeout)


def file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL."""
    address = sa.make_url(url)
    return (
        Path(address.database)
        if address.get_backend_name() == "sqlite" and address.database
        else None
    )


def clock(db: AsyncConnection) -> sa.ColumnElement[float]:
    """Seconds since the epoch by the one clock that all processes share: the database's."""
    if db.dialect.name == "postgresql":
        return sa.cast(sa.func.extract("epoch", sa.func.clock_timestamp()), sa.Float)
    return sa.literal(time.time(), sa.Float)


def insert(db: AsyncConnection) -> Any:
    """The `insert` that knows `on_conflict_do_update` and `on_conflict_do_nothing`: SQLAlchemy has
    one for each dialect."""
    return postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert


def few_lengths(values: Collection[T]) -> list[T]:
    """The values, the last one repeated up to a power of two. An `IN` of each length is a statement
    of its own, which a database prepares anew: of few lengths it knows them all."""
    filled = list(values)
    return filled + filled[-1:] * ((1 << (len(filled) - 1).bit_length()) - len(filled))
