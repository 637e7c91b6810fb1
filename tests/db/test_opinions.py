"""What learners say of modules, in the tables: nothing of who, and sealed."""

import pytest
import sqlalchemy as sa

from bot.flows.opinions.events import OpinionGiven
from bot.model.opinion import OnModule, OpinionCounts, OpinionsOn
from db import opinions, queries
from db import tables as t
from db.store import Store


class _Transaction:
    """What a writer is given, as far as it needs it."""

    def __init__(self, store: Store, db: object) -> None:
        self.db, self.vault = db, store.vault


@pytest.mark.row("40")
async def test_from_five_on_it_is_shown_and_never_who(store: Store) -> None:
    async with store.engine.begin() as db:
        tx = _Transaction(store, db)
        asked = queries.Asked(db, store.vault, (), "UTC", 0, {})
        for number in range(4):
            await opinions.given(tx, number, OpinionGiven("computer", 2, f"Comment {number}"))
        await opinions.given(tx, 9, OpinionGiven("phone", 0))
        assert await queries.answer(asked, OpinionCounts()) == {}
        assert await queries.answer(asked, OpinionsOn("computer")) == OnModule()
        await opinions.given(tx, 4, OpinionGiven("computer", 0))
        assert await queries.answer(asked, OpinionCounts()) == {"computer": (1, 0, 4)}
        found = await queries.answer(asked, OpinionsOn("computer"))
        assert sorted(found.comments) == [f"Comment {number}" for number in range(4)]
        rows = (await db.execute(sa.select(t.opinion))).all()
    assert len(rows) == 6 and not any(b"Comment" in (row.sealed or b"") for row in rows)
    assert {column.name for column in t.opinion.c} == {"id", "module", "helped", "sealed"}
