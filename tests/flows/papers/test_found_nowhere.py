"""A name, a phone number and a trade: looked for in database, log of the database, logs and figures
on day 0 and on day 8, in a whole service."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from prometheus_client import generate_latest

from bot.channels.telegram import limiter
from bot.conversation.turn import World
from bot.i18n.catalogues import Catalogues
from bot.model.papers import DAY_SECONDS
from certificates import Fonts
from db import tables as t
from db.maintenance import forget_drafts
from db.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.support.at_rest import opened
from tests.support.cv_talk import PLANTED, whole_cv
from tests.support.group_talk import document_of, does, says
from tests.support.search import found_in, spellings
from tests.support.service import Service, serving
from tests.support.world import Clock


@pytest.fixture
async def service(
    fake: FakeTelegram,
    tmp_path: Path,
    world: World,
    words: Catalogues,
    fonts: Fonts,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Service]:
    """Its database is a file in this test's folder, with its log beside it."""
    monkeypatch.setattr(limiter, "BURST", 1000)
    store = await opened(tmp_path)
    async with serving(fake, store, world, words, fonts, clock) as served:
        yield served
    await store.engine.dispose()


async def _sealed(store: Store) -> list[bytes]:
    async with store.engine.connect() as db:
        found = await db.execute(sa.select(t.draft.c.sealed).where(t.draft.c.sealed.is_not(None)))
        return list(found.scalars())


@pytest.mark.row("18")
async def test_name_phone_and_trade_are_found_nowhere_on_day_0_and_day_8(
    service: Service, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def found() -> list[tuple[str, str]]:
        told = caplog.text.encode() + generate_latest()
        logged = [("log", w) for w in PLANTED if any(s in told for s in spellings(w))]
        return [*found_in(tmp_path, PLANTED), *logged]

    def stands(sealed: bytes) -> bool:
        return any(sealed in path.read_bytes() for path in tmp_path.glob("pasito.sqlite3*"))

    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects()
    await does(amina, "English")
    with caplog.at_level(logging.DEBUG):
        await whole_cv(amina)
        await does(amina, "Make my CV")
        assert "Zarmina" in (await document_of(amina)).name, "day 0: it is made, and handed over"
        (answers,) = await _sealed(service.store)
        assert stands(answers) and found() == []
        service.clock.now += 8 * DAY_SECONDS
        await says(amina, "/cv")
        assert "Your answers were deleted on" in amina.screen, "day 8: also before the hourly job"
        assert await forget_drafts(service.store, int(service.clock.now)) == 1
        assert await _sealed(service.store) == []
        assert not stands(answers) and found() == []
