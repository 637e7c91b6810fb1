"""A database for one test: empty, or with its tables as they are today. The tables are made once in
a process and copied, because making them costs more than most tests do."""

import os
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
from sqlalchemy import make_url

from db.engine import connect
from db.migrate import migrate

KINDS = ("sqlite", "postgresql")
_NUMBERS = count(1)
_SQLITE: list[bytes] = []  # the file that is copied, once there is one
QUICK = "".join(
    f"ALTER SYSTEM SET {name} = off;\n"
    for name in ("fsync", "synchronous_commit", "full_page_writes")
)
"""For a server whose data nobody needs after a power cut: it waits for no disk."""


class Databases:
    """`address` makes one, `end` throws away what is not in the test's own folder."""

    def __init__(self, postgres: Callable[[], str]) -> None:
        """`postgres` starts a server, or tells the one there is: its role may create databases."""
        self._postgres = cache(postgres)
        self._tables = ""
        self._begun: list[str] = []

    async def address(self, kind: str, folder: Path, *, empty: bool = False) -> str:
        """Of a new database, for SQLite in this folder."""
        return await (self._sqlite(folder, empty) if kind == "sqlite" else self._server(empty))

    async def _sqlite(self, folder: Path, empty: bool) -> str:
        file = folder / "pasito.sqlite3"
        if not empty:
            await sqlite_with_tables(file)
        return f"sqlite+aiosqlite:///{file}"

    async def _server(self, empty: bool) -> str:
        if not empty and not self._tables:
            tables = await self._create("template0")
            await _with_tables(tables)
            self._tables = str(make_url(tables).database)
        address = await self._create("template0" if empty else self._tables)
        self._begun.append(address)
        return address

    async def _create(self, template: str) -> str:
        name = f"pasito_{os.getpid()}_{next(_NUMBERS)}"
        await self._does(f"CREATE DATABASE {name} TEMPLATE {template}")
        url = make_url(self._postgres()).set(database=name)
        return url.render_as_string(hide_password=False)

    async def end(self) -> None:
        """Of what this test was given; whoever is still connected is cut off."""
        while self._begun:
            name = make_url(self._begun.pop()).database
            await self._does(f"DROP DATABASE {name} WITH (FORCE)")

    async def leave(self) -> None:
        """At the end of all tests, on a server that goes on."""
        if self._tables:
            await self._does(f"DROP DATABASE {self._tables} WITH (FORCE)")

    async def _does(self, command: str) -> None:
        await on_server(self._postgres(), command)


async def on_server(address: str, *commands: str) -> None:
    """Outside of any transaction."""
    url = make_url(address)
    connection = await asyncpg.connect(
        host=url.query.get("host") or url.host,
        port=url.port,
        user=url.username,
        password=url.password,
        database=url.database,
    )
    try:
        for command in commands:
            await connection.execute(command)
    finally:
        await connection.close()


async def sqlite_with_tables(file: Path) -> None:
    """A new file with all tables, at this path."""
    if not _SQLITE:
        with TemporaryDirectory() as folder:
            made = Path(folder) / "tables.sqlite3"
            await _with_tables(f"sqlite+aiosqlite:///{made}")
            _SQLITE.append(made.read_bytes())
    file.write_bytes(_SQLITE[0])
    file.chmod(0o600)


async def _with_tables(address: str) -> None:
    engine = connect(address)
    await migrate(engine)
    await engine.dispose()
