"""Many rows of one table written at once, without what SQLAlchemy does for each of them anew.

Theory. A busy transaction writes a few statements with a row for each tap. SQLAlchemy would find
each value of each row by its name, through a converter of its column: a twentieth of all that a
tap costs. Here the statement is made into text once for each database, and the rows go to the
driver as they are. SQLite writes them with what comes next. PostgreSQL is given one list for each
column, and does one statement instead of one for each row. So only for values that every driver
takes as they are: numbers, texts, bytes, yes and no, nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from db.sqlite_driver import driver_of

PLAIN = (sa.Integer, sa.String, sa.LargeBinary, sa.Boolean)
"""Types of columns whose values drivers take as they are."""


class Many:
    """`await many(db, rows)`; a row has a value for each of `columns` and `keys`, by their names.

    Without `keys` the rows are added. With them those are changed that have these keys; of two for
    the same one the later counts. `always` is what all that are changed have then. Raises
    `TypeError` for a column of another type than `PLAIN`.
    """

    def __init__(
        self,
        table: sa.Table,
        *columns: str,
        keys: Sequence[str] = (),
        always: Mapping[str, sa.ColumnElement[Any]] | None = None,
    ) -> None:
        self._table, self._columns, self._keys = table, columns, tuple(keys)
        self._names = (*self._keys, *columns)
        self._always = always or {}
        self._made: dict[str, tuple[str, list[str]]] = {}
        """Of each dialect: the text, and the names of its parameters in order."""
        for name in self._names:
            if not isinstance(type := table.c[name].type, PLAIN):
                raise TypeError(f"{name} is no plain value: {type!r}")

    async def __call__(self, db: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
        text, order = self._made.get(db.dialect.name) or self._make(db.dialect)
        if sqlite := driver_of(db.sync_connection):
            sqlite.later(text, [tuple([row[name] for name in order]) for row in rows])
            return
        if self._keys:
            rows = list({tuple(row[key] for key in self._keys): row for row in rows}.values())
        await db.exec_driver_sql(text, tuple([row[name] for row in rows] for name in order))

    def _make(self, dialect: sa.Dialect) -> tuple[str, list[str]]:
        lists = dialect.name == "postgresql"
        compiled = (self._of_lists() if lists else self._of_a_row()).compile(dialect=dialect)
        order = [name.removeprefix("a_") for name in compiled.positiontup or ()]
        made = self._made[dialect.name] = str(compiled), order
        return made

    def _of_a_row(self) -> sa.Insert | sa.Update:
        given: dict[str, Any] = {name: sa.bindparam(f"a_{name}") for name in self._names}
        if self._keys:
            return self._update(given)
        return sa.insert(self._table).values(given)

    def _of_lists(self) -> sa.Insert | sa.Update:
        types = {name: _of_any_length(self._table.c[name]) for name in self._names}
        lists = (sa.bindparam(f"a_{name}", type_=ARRAY(type)) for name, type in types.items())
        each = (sa.column(name, type) for name, type in types.items())
        given = sa.func.unnest(*lists).table_valued(*each).render_derived(name="given").c
        if self._keys:
            return self._update(given)
        return sa.insert(self._table).from_select(list(types), sa.select(*given))

    def _update(self, given: Any) -> sa.Update:
        table = self._table
        values = {name: given[name] for name in self._columns}
        wanted = (table.c[key] == given[key] for key in self._keys)
        return sa.update(table).where(*wanted).values({**values, **self._always})


def _of_any_length(column: sa.Column[Any]) -> sa.types.TypeEngine[Any]:
    """Its type: what is too long for the column is to be refused, and a list would cut it off."""
    return sa.String() if isinstance(column.type, sa.String) else column.type
