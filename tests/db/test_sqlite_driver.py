"""SQLite's driver: a statement and its rows are one visit to the thread of its connection."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from db.engine import connect, few_lengths
from db.sqlite_driver import AT_ONCE, Connection

NUMBERS = sa.text(
    "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n WHERE x < :last) SELECT x "
    "FROM n"
)


async def test_a_statement_is_one_visit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visits: list[Any] = []
    visit = Connection.visit

    async def counted(connection: Connection, *what: Any) -> None:
        visits.append(what)
        await visit(connection, *what)

    engine = connect(f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}")
    async with engine.begin() as db:
        await db.execute(sa.text("CREATE TABLE t (x INTEGER PRIMARY KEY)"))
        monkeypatch.setattr(Connection, "visit", counted)
        await db.execute(sa.text("INSERT INTO t VALUES (:x)"), [{"x": x} for x in range(50)])
        assert len((await db.execute(sa.text("SELECT x FROM t"))).all()) == 50
        assert (await db.execute(sa.text("UPDATE t SET x = x + 100"))).rowcount == 50
        assert len(visits) == 3
    await engine.dispose()


@pytest.mark.parametrize("last", [AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
async def test_a_long_answer_is_whole_and_in_order(tmp_path: Path, last: int) -> None:
    wanted = list(range(1, last + 1))
    engine = connect(f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}")
    async with engine.begin() as db:
        assert list((await db.execute(NUMBERS, {"last": last})).scalars()) == wanted
        streamed = await db.stream(NUMBERS, {"last": last})
        parts = [list(part) async for part in streamed.scalars().partitions(700)]
        assert [x for part in parts for x in part] == wanted
        assert {len(part) for part in parts[:-1]} <= {700}
        begun = await db.stream(NUMBERS, {"last": last})
        assert await begun.scalars().first() == 1  # the rest is given back
        assert (await db.execute(NUMBERS, {"last": 2})).scalars().all() == [1, 2]
    await engine.dispose()


async def test_a_statement_that_fails_spoils_nothing_behind_it(tmp_path: Path) -> None:
    engine = connect(f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}")
    async with engine.begin() as db:
        await db.execute(sa.text("CREATE TABLE t (x INTEGER PRIMARY KEY)"))
        with pytest.raises(IntegrityError):
            await db.execute(sa.text("INSERT INTO t VALUES (:x)"), [{"x": 1}, {"x": 1}])
    async with engine.begin() as db:
        returned = await db.execute(sa.text("INSERT INTO t VALUES (7) RETURNING x"))
        assert returned.scalar_one() == 7
    await engine.dispose()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 8, 9, 200])
def test_lists_have_few_lengths(count: int) -> None:
    values = list(range(count))
    filled = few_lengths(values)
    assert filled[:count] == values
    assert set(filled) == set(values)
    assert len(filled) in {0, 1, 2, 4, 8, 16, 256}
