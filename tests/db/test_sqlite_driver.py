"""SQLite's driver: a statement and its rows are one visit to the thread of its connection, and what
says nothing back is none."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.logs import told
from db.engine import connect, few_lengths, reading
from db.many import Many
from db.sqlite_driver import AT_ONCE

TABLE = sa.Table("t", sa.MetaData(), sa.Column("x", sa.BigInteger, primary_key=True))
NEW = Many(TABLE, "x")

NUMBERS = sa.text(
    "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n WHERE x < :last) SELECT x "
    "FROM n"
)


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the thread was visited for."""
    made: list[Any] = []
    visit = aiosqlite.Connection._execute

    async def counted(connection: Any, *what: Any) -> Any:
        made.append(what)
        return await visit(connection, *what)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return made


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = connect(f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}")
    async with engine.begin() as db:
        await db.run_sync(TABLE.create)
    yield engine
    await engine.dispose()


async def numbers(engine: AsyncEngine) -> list[int]:
    async with reading(engine).connect() as db:
        return list((await db.execute(sa.select(TABLE.c.x).order_by(TABLE.c.x))).scalars())


async def test_a_statement_is_one_visit(engine: AsyncEngine, visits: list[Any]) -> None:
    async with engine.begin() as db:
        await db.execute(sa.insert(TABLE), [{"x": x} for x in range(50)])
        assert len((await db.execute(sa.select(TABLE))).all()) == 50
        assert (await db.execute(sa.update(TABLE).values(x=TABLE.c.x + 100))).rowcount == 50
        assert len(visits) == 3, "and BEGIN is none"


async def test_rows_are_written_with_what_comes_next(
    engine: AsyncEngine, visits: list[Any]
) -> None:
    async with engine.begin() as db:
        await NEW(db, [{"x": 1}, {"x": 2}])
        await NEW(db, [{"x": 3}])
        assert not visits
        assert (await db.execute(sa.select(sa.func.count()).select_from(TABLE))).scalar() == 3
        await NEW(db, [{"x": 4}])
    assert len(visits) == 2, "the question, and COMMIT; none to give the connection back"
    assert await numbers(engine) == [1, 2, 3, 4]


async def test_rows_that_cannot_be_written_are_told_at_the_next_visit(
    engine: AsyncEngine,
) -> None:
    """And by its own name: neither COMMIT nor what comes next is to blame."""
    with pytest.raises(IntegrityError) as at_the_end:
        async with engine.begin() as db:
            await NEW(db, [{"x": 1}, {"x": 2}])
            await NEW(db, [{"x": 1}])
    with pytest.raises(DBAPIError) as in_front:
        async with engine.begin() as db:
            await NEW(db, [{"x": 1 << 70}])
            await db.execute(sa.select(TABLE))
    for failed in (at_the_end, in_front):
        assert failed.value.statement == "INSERT INTO t (x) VALUES (?)"
        assert "INSERT INTO t" in told(failed.value) and str(1 << 70) not in told(failed.value)
    async with engine.begin() as db:
        await NEW(db, [{"x": 5}])
        with pytest.raises(ZeroDivisionError):
            async with db.begin_nested():
                await NEW(db, [{"x": 6}])
                raise ZeroDivisionError
        with pytest.raises(IntegrityError):
            async with db.begin_nested():
                await NEW(db, [{"x": 5}])
        await NEW(db, [{"x": 7}])
    with pytest.raises(ZeroDivisionError):
        async with engine.begin() as db:
            await NEW(db, [{"x": 8}])
            raise ZeroDivisionError
    assert await numbers(engine) == [5, 7]


async def test_a_transaction_that_is_given_up_in_the_middle_of_a_visit_leaves_nothing_open(
    engine: AsyncEngine,
) -> None:
    slow = sa.text(f"SELECT count(*) FROM ({str(NUMBERS).replace(':last', '300000')})")

    async def long() -> None:
        async with engine.begin() as db:
            await NEW(db, [{"x": 9}])
            await db.execute(slow)

    for pause in (0, 0.001, 0.01):
        begun = asyncio.create_task(long())
        await asyncio.sleep(pause)
        begun.cancel()
        with pytest.raises(asyncio.CancelledError):
            await begun
        async with engine.begin() as db:
            await NEW(db, [{"x": 10}])
            await db.execute(sa.delete(TABLE))
    assert await numbers(engine) == []


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
