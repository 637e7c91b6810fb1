"""SQLite's driver with one visit to its thread where there were four.

aiosqlite goes to the thread of its connection to open a cursor, to execute, to fetch and to close,
and each visit costs two changes of thread: of a tap's statements that was the larger part. Here a
statement and its rows are one visit. Of more than `AT_ONCE` rows the others are fetched when they
are asked for, so that a long answer is still read in parts.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Self

import aiosqlite

AT_ONCE = 1000


def connect(database: str, **options: Any) -> "Connection":
    """As `aiosqlite.connect`."""
    made = Connection(partial(sqlite3.connect, database, **options), iter_chunk_size=AT_ONCE)
    made._thread.daemon = True
    return made


class Connection(aiosqlite.Connection):
    def cursor(self) -> Any:
        return Cursor(self)

    async def visit(self, work: Callable[..., Any], *values: Any) -> None:
        """Does it in the thread."""
        await self._execute(work, *values)  # type: ignore[no-untyped-call]


class Cursor:
    """What SQLAlchemy asks of a cursor. Its statement opens it, its last row closes it."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._rows: deque[Any] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        await self._connection.visit(self._executed, sqlite3.Cursor.execute, sql, parameters)
        return self

    async def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> Self:
        await self._connection.visit(self._executed, sqlite3.Cursor.executemany, sql, rows)
        return self

    async def fetchone(self) -> Any:
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        size = size or self.arraysize
        while self._cursor and len(self._rows) < size:
            await self._connection.visit(self._fetch, self._cursor)
        return [self._rows.popleft() for _ in range(min(size, len(self._rows)))]

    async def fetchall(self) -> list[Any]:
        while self._cursor:
            await self._connection.visit(self._fetch, self._cursor)
        rows, self._rows = self._rows, deque()
        return list(rows)

    async def close(self) -> None:
        if self._cursor:
            await self._connection.visit(self._cursor.close)
            self._cursor = None

    # in the connection's thread

    def _executed(self, how: Any, sql: str, values: Any) -> None:
        cursor = self._connection._conn.cursor()
        how(cursor, sql, values)
        self.description = cursor.description
        self._fetch(cursor)
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid

    def _fetch(self, cursor: sqlite3.Cursor) -> None:
        more = cursor.fetchmany(AT_ONCE)
        self._rows.extend(more)
        if len(more) < AT_ONCE:
            cursor.close()
            self._cursor = None
        else:
            self._cursor = cursor
