"""A statement that writes many rows, without what SQLAlchemy does for each of them anew.

Theory. A busy transaction writes a few statements with a row for each tap. SQLAlchemy would find
each value of each row by its name, through a converter of its column: a twentieth of all that a
tap costs. Here the statement is made into text once for each database, and the rows go to the
driver as they are, which on SQLite writes them with what comes next. So only for values that every
driver takes as they are: numbers, texts, bytes, yes and no, nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from db.sqlite_driver import driver_of

PLAIN = (sa.Integer, sa.String, sa.LargeBinary, sa.Boolean)
"""Types of columns whose values drivers take as they are."""


class Many:
    """`await many(db, rows)`; each row has a value for every name in `names`: the statement's own
    parameters, and of an insert its columns. Raises `TypeError` for a parameter of another type
    than `PLAIN`."""

    def __init__(self, statement: sa.Insert | sa.Update, *names: str) -> None:
        self._statement = statement
        self._names = list(names)
        self._made: dict[str, tuple[str, list[str], dict[str, Any]]] = {}
        """Of each dialect: the text, its parameters in order, and those that are the same in every
        row."""

    async def __call__(self, db: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
        made = self._made.get(db.dialect.name) or self._make(db.dialect)
        text, order, always = made
        given = [{**always, **row} for row in rows] if always else rows
        values = [tuple([row[name] for name in order]) for row in given]
        if sqlite := driver_of(db.sync_connection):
            sqlite.later(text, values)
        else:
            await db.exec_driver_sql(text, values)

    def _make(self, dialect: sa.Dialect) -> tuple[str, list[str], dict[str, Any]]:
        columns = self._names if isinstance(self._statement, sa.Insert) else None
        compiled = self._statement.compile(dialect=dialect, column_keys=columns)
        for name, bind in compiled.binds.items():
            if not isinstance(bind.type, PLAIN):
                raise TypeError(f"{name} is no plain value: {bind.type!r}")
        always = {
            name: value
            for name, value in compiled.construct_params(_check=False).items()
            if name not in self._names
        }
        made = str(compiled), list(compiled.positiontup or ()), always
        self._made[dialect.name] = made
        return made
