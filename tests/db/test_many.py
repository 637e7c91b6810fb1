"""Many rows written by the driver itself: the same values as SQLAlchemy would write."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from db.engine import connect
from db.many import Many
from tests.support.databases import KINDS, Databases

TABLE = sa.Table(
    "many",
    sa.MetaData(),
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("text", sa.String),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("done", sa.Boolean),
)
NEW = Many(TABLE, "id", "text", "sealed", "done")
DONE = Many(TABLE, "text", keys=("id",), always={"done": sa.true(), "sealed": sa.null()})


@pytest.mark.parametrize("kind", KINDS)
async def test_values_are_what_they_were(kind: str, databases: Databases, tmp_path: Path) -> None:
    engine = connect(await databases.address(kind, tmp_path))
    rows = [
        {"done": False, "id": 2**62, "text": "ع'\"?$1:b%s", "sealed": bytes(range(256))},
        {"id": 2, "text": None, "sealed": None, "done": None},
    ]
    async with engine.begin() as db:
        await db.run_sync(TABLE.create)
        await NEW(db, rows)
        found = (await db.execute(sa.select(TABLE).order_by(TABLE.c.id.desc()))).mappings().all()
        assert [dict(row) for row in found] == rows
        await DONE(db, [{"id": 2, "text": "one"}, {"id": 3, "text": ""}, {"id": 2, "text": "two"}])
        changed = (await db.execute(sa.select(TABLE).where(TABLE.c.id == 2))).one()
        assert tuple(changed) == (2, "two", None, True)
        assert found[0]["done"] is False
        await db.run_sync(TABLE.drop)
    await engine.dispose()


def test_what_a_driver_would_have_to_be_told_is_refused() -> None:
    dated = sa.Table("dated", sa.MetaData(), sa.Column("day", sa.Date))
    with pytest.raises(TypeError, match="day"):
        Many(dated, "day")


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_too_long_is_not_cut_off(
    kind: str, databases: Databases, tmp_path: Path
) -> None:
    """SQLite keeps it whole, as any database does that knows no length; PostgreSQL refuses it."""
    short = sa.Table("short", sa.MetaData(), sa.Column("text", sa.String(3)))
    engine = connect(await databases.address(kind, tmp_path))
    async with engine.begin() as db:
        await db.run_sync(short.create)
    try:
        async with engine.begin() as db:
            await Many(short, "text")(db, [{"text": "four"}])
        async with engine.connect() as db:
            assert (await db.execute(sa.select(short))).scalars().all() == ["four"]
    except DBAPIError:
        assert kind == "postgresql"
    await engine.dispose()
