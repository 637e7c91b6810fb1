"""SQLite's driver with few visits to its thread.

aiosqlite goes to the thread of its connection to open a cursor, to execute, to fetch and to close,
and each visit costs two changes of thread: several times as much as a tap's statement itself. Here
a statement and its rows are one visit. Of more than `AT_ONCE` rows the others are fetched when they
are asked for, so that a long answer is still read in parts.

What says nothing back (BEGIN, rows to be written: `later`) waits for the next visit of its
transaction, COMMIT at the latest, and goes in front of it. So what is wrong with it is raised
there, and `waited` says which statement it was. A connection that goes back to its pool with
nothing begun is not visited either.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Self

import aiosqlite
import sqlalchemy as sa

AT_ONCE = 1000
_Later = tuple[str, Sequence[Sequence[Any]] | None]
"""A statement, and for which rows; None for one without parameters."""


def connect(database: str, **options: Any) -> "Connection":
    """As `aiosqlite.connect`."""
    made = Connection(partial(sqlite3.connect, database, **options), iter_chunk_size=AT_ONCE)
    made._thread.daemon = True
    return made


def driver_of(db: sa.Connection | None) -> "Connection | None":
    """The driver's own connection; None where it is not SQLite's."""
    driver = db.connection.driver_connection if db else None
    return driver if isinstance(driver, Connection) else None


def waited(error: BaseException) -> str | None:
    """The statement that failed, where it was one that waited: not the one at which this was
    raised."""
    return next(iter(getattr(error, "__notes__", ())), None)


class Connection(aiosqlite.Connection):
    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._later: list[_Later] = []
        self._sent = self._done = 0
        """Visits: one is counted here, the other in the thread."""

    def cursor(self) -> Any:
        return Cursor(self)

    def later(self, sql: str, rows: Sequence[Sequence[Any]] | None = None) -> None:
        """Executes it in front of the next visit, for each of the rows where there are some."""
        self._later.append((sql, rows))

    async def visit(self, work: Callable[..., Any], *values: Any) -> None:
        """Does it in the thread."""
        await self._execute(work, *values)

    async def rollback(self) -> None:
        self._later.clear()
        if self._sent != self._done or self._conn.in_transaction:
            await super().rollback()

    async def _execute(self, fn: Callable[..., Any], *values: Any, **named: Any) -> Any:
        first, self._later = self._later, []
        self._sent += 1
        do = partial(fn, *values, **named)
        return await super()._execute(self._visited, first, do)  # type: ignore[no-untyped-call]

    # in the connection's thread

    def _visited(self, first: Sequence[_Later], do: Callable[[], Any]) -> Any:
        try:
            for sql, rows in first:
                self._waited(sql, rows)
            return do()
        finally:
            self._done += 1

    def _waited(self, sql: str, rows: Sequence[Sequence[Any]] | None) -> None:
        try:
            if rows is None:
                self._conn.execute(sql)
            else:
                self._conn.executemany(sql, rows)
        except sqlite3.Error as error:
            error.add_note(sql)
            raise
        # a value that SQLite does not take: too large a number, half a sign
        except (OverflowError, ValueError) as error:
            failed = sqlite3.DataError(type(error).__name__)
            failed.add_note(sql)
            raise failed from error


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
