"""What operators ask: is it well, how much is there? Never who."""

import asyncio
import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.commands.stats import tell_figures
from bot.conversation.update import Start, Update
from bot.model.learner import day_of
from bot.settings import SettingError, Settings
from db import tables as t
from db.engine import connect, reading
from db.migrate import migrate
from db.statistics import figures
from db.store import Store
from tests.support.command import examined
from tests.support.world import SMALL, Clock


async def _people(store: Store, clock: Clock, count: int) -> list[int]:
    async with store.batch(int(clock())) as tx:
        arrivals = await tx.load_arrivals(
            [Update("telegram", f"{n}", str(n), Start()) for n in range(count)]
        )
    return [arrival.learner_id for arrival in arrivals]


async def test_figures_are_about_five_or_more(store: Store, clock: Clock) -> None:
    ids = await _people(store, clock, 4)
    few = await figures(store.engine, store.vault, int(clock()))
    assert (
        few["learners"] is None
        and few["by channel"] == {"telegram": None}
        and few["active in 7 days"] is None
    )
    ids = [*ids, *(await _people(store, clock, 6))[4:]]
    async with store.engine.begin() as db:
        for place, learner in enumerate(dict.fromkeys(ids)):
            row = {
                "learner_id": learner,
                "module": "m",
                "deck": "d",
                "choices": "0",
                "hits": 1,
                "minute": 1,
            }
            tries = [
                {**row, "question": "easy", "right": True},
                {**row, "question": "hard", "right": place < 3},
            ]
            await db.execute(
                t.answer.insert(), [*tries, {**row, "question": "hard", "right": True}]
            )
        await db.execute(t.answer.insert().values({**row, "question": "rare", "right": False}))
    known = await figures(store.engine, store.vault, int(clock()))
    assert known["active in 7 days"] == 5 and known["by channel"] == {"telegram": 5}, (
        "the sixth could be told apart"
    )
    assert known["hardest questions, % right at the first try"] == {
        "m/d/hard": 50,
        "m/d/easy": 100,
    }, "the second try does not count"
    later = await figures(store.engine, store.vault, int(clock()) + 20 * 86400)
    assert (
        later["active in 7 days"] is None
        and later["active in 30 days"] == 5
        and day_of(int(clock()))
    )


async def test_no_difference_of_figures_tells_of_few(store: Store, clock: Clock) -> None:
    ids = await _people(store, clock, 9)
    async with store.engine.begin() as db:
        await db.execute(
            t.learner.update().where(t.learner.c.id.in_(ids[:7])).values(language="fr")
        )
        await db.execute(
            t.learner.update().where(t.learner.c.id.in_(ids[7:])).values(language="ar")
        )
    known = await figures(store.engine, store.vault, int(clock()))
    assert known["learners"] == 5 and known["by language"] == {"fr": 5, "ar": None}, (
        "not 9, less 7, that is 2"
    )


async def test_reading_keeps_no_writer_waiting(store: Store, clock: Clock) -> None:
    async with reading(store.engine).connect() as reader:
        before = await reader.scalar(sa.select(sa.func.count()).select_from(t.learner))
        async with asyncio.timeout(5):
            await _people(store, clock, 1)
        seen = await reader.scalar(sa.select(sa.func.count()).select_from(t.learner))
    if store.engine.dialect.name == "sqlite":
        assert seen == before, "one state of the database, all through"
    assert await store.learner_at("telegram", "0"), "the next reader sees what was written"


@pytest.mark.row("C2")
async def test_stats_for_people_and_programs(tmp_path: Path) -> None:
    said: list[str] = []
    settings = Settings(data_dir=tmp_path)
    with pytest.raises(SettingError, match="no data in"):
        await tell_figures(settings, said.append, False)
    assert not list(tmp_path.iterdir()), "who only looks makes nothing"
    engine = connect(settings.database)
    await migrate(engine)
    await engine.dispose()
    await tell_figures(settings, said.append, False)
    assert any(line.startswith("learners:") and line.endswith(" 0") for line in said)
    await tell_figures(Settings(data_dir=tmp_path), said.append, True)
    assert json.loads(said[-1])["learners"] == 0


@pytest.mark.row("06")
async def test_doctor_counts_the_texts_that_a_language_does_not_have(tmp_path: Path) -> None:
    own = Settings(data_dir=tmp_path, cards_dir=SMALL, languages="en,fr")
    _problems, said = await examined(own)
    told = re.search(r"Français: 0 of 2 modules; (\d+) text\(s\) of the .* and (\d+) of the", said)
    assert told and int(told[2]) > 50
    assert "English: 2 of 2 modules\n" in said
