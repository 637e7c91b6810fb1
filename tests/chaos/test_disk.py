"""A disk that is full, a file that is gone or another one, a database that somebody else holds:
nobody is told what is not kept, readiness says so at once, and it ends well.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.conversation.turn import World
from bot.conversation.update import Start, Update
from bot.dispatcher import Dispatcher
from db import tables as t
from db.engine import connect
from db.file_identity import Lost
from db.heartbeat import Pulse, Unwritten
from db.lock import InUse, lock, take_part
from db.migrate import migrate
from db.store import Store
from db.vault import Vault


class Here:
    """A dispatcher over a file, and its pulse."""

    def __init__(self, file: Path, world: World) -> None:
        self.file = file
        self.world = world

    async def __aenter__(self) -> "Here":
        self.engine = connect(f"sqlite+aiosqlite:///{self.file}")
        await migrate(self.engine)
        self.store = Store(self.engine, Vault(b"a secret for tests only"))
        self.pulse = Pulse(self.engine, self.store.process, worker=True, alone=True)
        await self.pulse.open()
        self.dispatcher = Dispatcher(self.store, self.world)
        await self.dispatcher.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.dispatcher.stop()
        await self.engine.dispose()

    async def says(self, id: str) -> None:
        await self.dispatcher.handle(Update("test", id, "amina", Start()))

    async def kept(self) -> set[str]:
        async with self.engine.connect() as connection:
            return set((await connection.execute(sa.select(t.update.c.id))).scalars())


@pytest.fixture
async def here(tmp_path: Path, world: World) -> AsyncIterator[Here]:
    (tmp_path / "data").mkdir()
    async with Here(tmp_path / "data" / "pasito.sqlite3", world) as running:
        yield running


def _deleted(here: Here) -> None:
    for file in here.file.parent.iterdir():
        file.unlink()


def _folder_deleted(here: Here) -> None:
    shutil.rmtree(here.file.parent)


def _renamed_over(here: Here) -> None:
    other = here.file.with_name("other.sqlite3")
    sqlite3.connect(other).execute("CREATE TABLE something (a)").connection.close()
    other.replace(here.file)


def _log_deleted(here: Here) -> None:
    here.file.with_name(f"{here.file.name}-wal").unlink()


@pytest.mark.parametrize("lose", [_deleted, _folder_deleted, _renamed_over])
async def test_nothing_is_taken_once_the_file_is_not_at_its_place(
    here: Here, lose: Callable[[Here], None], caplog: pytest.LogCaptureFixture
) -> None:
    await here.says("1")
    here.pulse.check()
    aside = here.file.with_name("aside")
    aside.hardlink_to(here.file)
    lose(here)
    with pytest.raises(Lost):
        here.pulse.check()
    for n in range(8):  # one after another and together: the pool may want more connections
        with pytest.raises(Lost):
            await here.says(f"lost {n}")
    results = await asyncio.gather(*(here.store.ready() for _ in range(4)), return_exceptions=True)
    assert all(isinstance(result, Lost) for result in results)
    await here.pulse.beat()
    assert "stop Pasito, put pasito.sqlite3 back" in caplog.text
    assert not here.file.exists() or lose is _renamed_over, "no empty database begins beside it"


async def test_put_back_it_goes_on(here: Here) -> None:
    await here.says("1")
    aside = here.file.with_name("aside")
    here.file.rename(aside)
    with pytest.raises(Lost):
        await here.says("2")
    aside.rename(here.file)
    await here.says("2")
    await here.pulse.beat()
    here.pulse.check()
    assert await here.kept() == {"1", "2"}


async def test_what_went_into_a_deleted_log_is_not_said_to_be_kept(here: Here) -> None:
    await here.says("1")
    _log_deleted(here)
    with pytest.raises(Lost):
        await here.says("2")
    await here.pulse.beat()
    with pytest.raises(Unwritten):
        here.pulse.check()


async def test_a_full_disk_is_told_at_once_and_ends_well(
    here: Here, caplog: pytest.LogCaptureFixture
) -> None:
    """SQLite's own limit of pages answers as a full disk does."""
    await here.says("1")
    async with here.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw
        pages = (await (await raw.execute("PRAGMA page_count")).fetchone())[0]
        await raw.execute(f"PRAGMA max_page_count={pages}")
    failed = 0
    for n in range(400):
        try:
            await here.dispatcher.handle(Update("test", f"full {n}", f"somebody {n}", Start()))
        except sa.exc.OperationalError as error:
            assert "full" in str(error.orig)
            failed += 1
            if failed == 3:
                break
    assert failed == 3, "the disk was full"
    kept = await here.kept()
    async with here.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw
        await raw.execute("PRAGMA max_page_count=1000000")
    await here.says("2")
    await here.pulse.beat()
    here.pulse.check()
    assert await here.kept() == kept | {"2"}


async def test_a_database_that_somebody_holds_is_told_and_ends_well(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    await here.says("1")
    async with here.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw
        await raw.execute("PRAGMA busy_timeout=50")
    holder = sqlite3.connect(here.file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    await here.pulse.beat()
    with pytest.raises(Unwritten):
        here.pulse.check()
    with pytest.raises(sa.exc.OperationalError):
        await here.says("2")
    holder.execute("COMMIT")
    holder.close()
    await here.says("2")
    await here.pulse.beat()
    here.pulse.check()


async def test_a_write_that_hangs_is_not_ready_after_a_while(here: Here) -> None:
    now = 0.0
    pulse = Pulse(here.engine, 1, worker=False, now=lambda: now)
    await pulse.open()
    pulse.check()
    now = 60.0
    with pytest.raises(Unwritten):
        pulse.check()


@pytest.mark.parametrize(
    ("first", "second", "fits"),
    [
        ((True, True), (True, True), False),  # run, run
        ((True, True), (True, False), False),
        ((True, True), (False, True), False),
        ((True, False), (True, True), False),
        ((True, False), (True, False), True),  # web, web
        ((True, False), (False, True), True),
        ((False, True), (False, True), False),  # worker, worker
    ],
)
def test_who_shares_a_file(
    tmp_path: Path, first: tuple[bool, bool], second: tuple[bool, bool], fits: bool
) -> None:
    file = tmp_path / "pasito.sqlite3"
    held = take_part(file, *first)
    if fits:
        take_part(file, *second)
    else:
        with pytest.raises(InUse):
            take_part(file, *second)
        for one in held:
            one.close()
        take_part(file, *second)
    lock(file, alone=True)  # that of `pasito restore` is another one
