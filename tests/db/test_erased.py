"""Whoever was erased is gone from the files, and does not come back with an older copy."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.assembly import up_to_date
from bot.commands.backup import back_up, restore
from bot.conversation.action import encode
from bot.conversation.turn import World
from bot.conversation.update import Tap, Typed, Update
from bot.dispatcher import Dispatcher
from bot.flows.account.actions import Erase, SpeakLanguage
from bot.flows.groups.events import GroupJoined, GroupKept
from bot.flows.learning.actions import Begin
from bot.flows.staff.events import RoleGiven
from bot.model.group import Group
from bot.model.learner import Membership, day_of
from bot.model.roles import Role
from bot.settings import Settings
from db import erased, groups, permissions, staff
from db import tables as t
from db.backup import NotPossible
from db.engine import connect
from db.erasure import erase
from db.store import Store
from db.vault import Vault
from tests.support.at_rest import opened
from tests.support.world import Clock


async def test_erased_while_it_runs(tmp_path: Path, world: World, clock: Clock) -> None:
    store = await opened(tmp_path)
    dispatcher = Dispatcher(store, world, clock)
    await dispatcher.start()
    for number, doing in enumerate(
        (
            Tap(encode(SpeakLanguage("en"))),
            Tap(encode(Begin("computer", "meet-the-computer"))),
        )
    ):
        await dispatcher.handle(Update("test", f"u{number}", "amina", doing, "en"))
    learner = await store.learner_at("test", "amina")
    assert learner
    hash = store.vault.hash("test", "amina")
    raw = [hash, learner.id.to_bytes(8)]
    assert all(any(n in f.read_bytes() for f in tmp_path.iterdir()) for n in raw), (
        "the search finds them"
    )
    reader = sqlite3.connect(tmp_path / "pasito.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM learner").fetchone()  # somebody is in the way
    await dispatcher.handle(Update("test", "u8", "amina", Typed("/delete"), "en"))
    await dispatcher.handle(Update("test", "u9", "amina", Tap(encode(Erase())), "en"))
    assert await store.learner_at("test", "amina") is None
    reader.close()
    for _ in range(40):
        await store.wipe()
        if not store.unwiped:
            break
        await asyncio.sleep(0.1)
    for needle in raw:
        assert not [f.name for f in tmp_path.iterdir() if needle in f.read_bytes()]
    assert erased.mark(store.vault, learner.id) in erased.marked(tmp_path / "pasito.sqlite3")
    await dispatcher.stop()
    await store.engine.dispose()


def test_who_became_another_is_erased_with_them(tmp_path: Path) -> None:
    database = tmp_path / "pasito.sqlite3"
    assert erased.marked(database) == set()
    erased.remember(database, ["joined a b", "joined x y"])
    assert erased.marked(database) == set()
    erased.remember(database, ["joined b c", "erased c", "erased"])
    assert erased.marked(database) == {"a", "b", "c"}


KEY = "3f9c1d7ae8245b60d1c7f2938e5a4b06c9e1807f5d3a2b4691fe0c8d7a65b342"


async def _people(folder: Path, world: World, clock: Clock) -> tuple[Store, Dispatcher]:
    url = f"sqlite+aiosqlite:///{folder / 'pasito.sqlite3'}"
    permissions.guard(folder, folder / "pasito.sqlite3")
    store = Store(connect(url), Vault(KEY.encode()))
    await up_to_date(url, store.vault)
    dispatcher = Dispatcher(store, world, clock)
    await dispatcher.start()
    for who in ("amina", "samir"):
        await dispatcher.handle(
            Update("test", f"{who}1", who, Tap(encode(SpeakLanguage("en"))), "en")
        )
    return store, dispatcher


async def test_a_restore_erases_again(tmp_path: Path, world: World, clock: Clock) -> None:
    settings = Settings(data_dir=tmp_path / "data", secret_key=KEY)
    backup = tmp_path / "backup"
    store, dispatcher = await _people(settings.data_dir, world, clock)
    amina = await store.learner_at("test", "amina")
    assert amina
    voice = {
        **dict.fromkeys(("language", "module", "deck", "said"), "x"),
        **dict.fromkeys(("at", "attempts", "seconds", "bytes"), 1),
        "speaker_id": amina.id,
    }
    async with store.engine.begin() as db:
        for id, heard in ((1, True), (2, False)):
            row = {**voice, "id": id, "card": str(id), "heard": heard}
            await db.execute(sa.insert(t.recording).values(row))
    list(back_up(settings, backup, False))
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    await dispatcher.handle(Update("test", "a8", "amina", Typed("/delete"), "en"))
    await dispatcher.handle(Update("test", "a9", "amina", Tap(encode(Erase())), "en"))
    await dispatcher.stop()
    await store.engine.dispose()
    said = list(restore(settings, backup))
    assert "Deleted again, because they were deleted after the backup was made: 1." in said
    needles = [store.vault.hash("test", "amina"), amina.id.to_bytes(8)]
    with closing(sqlite3.connect(settings.data_dir / "pasito.sqlite3")) as restored:
        assert list(restored.execute("SELECT id, speaker_id FROM recording")) == [(1, None)]
    database = (settings.data_dir / "pasito.sqlite3").read_bytes()
    assert not any(needle in database for needle in needles) and needles[0] in backup.read_bytes()
    assert store.vault.hash("test", "samir") in database


async def test_who_keeps_a_group_is_erased_again_at_the_start_that_tells_it(
    tmp_path: Path, world: World, clock: Clock
) -> None:
    settings = Settings(data_dir=tmp_path / "data", secret_key=KEY)
    store, dispatcher = await _people(settings.data_dir, world, clock)
    lea, amina = [await store.learner_at("test", who) for who in ("samir", "amina")]
    assert lea and amina
    kept = Group(5, lea.id, "a" * 16, "Tuesday group", "AMSED", "Lea", "en")
    mine = Membership("Tuesday group", "AMSED", "Lea", day_of(int(clock())), 1)
    async with store.batch(int(clock())) as tx:
        await tx.take(sa.select(t.learner.c.id, t.learner.c.snapshot))
        await staff.role_given(tx, lea.id, RoleGiven(Role.COUNSELLOR))
        await groups.kept(tx, lea.id, GroupKept(kept))
        await groups.joined(tx, amina.id, GroupJoined(kept, 1))
        tx.learners[amina.id] = replace(amina, groups={kept.id: mine})
        await tx.write(())
    list(back_up(settings, tmp_path / "backup", False))
    await dispatcher.handle(Update("test", "s8", "samir", Typed("/delete"), "en"))
    await dispatcher.handle(Update("test", "s9", "samir", Tap(encode(Erase())), "en"))
    await dispatcher.stop()
    await store.engine.dispose()
    said = list(restore(settings, tmp_path / "backup"))
    assert "Deleted again at the next start, because their groups have to be told: 1." in said
    store = await opened(settings.data_dir, store.vault)
    assert await store.erase_again(int(clock())) == 1
    assert await store.learner_at("test", "samir") is None
    amina = await store.learner_at("test", "amina")
    assert amina and amina.groups[kept.id].counsellor == ""
    await store.engine.dispose()
    for file in settings.data_dir.glob("pasito.sqlite3*"):
        if not file.name.startswith("pasito.sqlite3.before"):
            assert lea.id.to_bytes(8) not in file.read_bytes(), file


async def test_a_damaged_backup_is_not_taken(tmp_path: Path, world: World, clock: Clock) -> None:
    settings = Settings(data_dir=tmp_path / "data", secret_key=KEY)
    backup = tmp_path / "backup"
    store, dispatcher = await _people(settings.data_dir, world, clock)
    samir = await store.learner_at("test", "samir")
    await dispatcher.stop()
    list(back_up(settings, backup, False))
    await store.engine.dispose()
    before = (settings.data_dir / "pasito.sqlite3").read_bytes()
    assert samir
    with sqlite3.connect(backup) as db:
        (stored,) = db.execute("SELECT snapshot FROM learner WHERE id = ?", (samir.id,)).fetchone()
        flipped = stored[:40] + bytes([stored[40] ^ 4]) + stored[41:]
        db.execute("UPDATE learner SET snapshot = ? WHERE id = ?", (flipped, samir.id))
    db.close()
    with pytest.raises(NotPossible, match="is not what was written"):
        list(restore(settings, backup))
    backup.with_name("backup.sha256").unlink()
    with pytest.raises(NotPossible, match=f"learner {samir.id} cannot be read"):
        list(restore(settings, backup))
    assert (settings.data_dir / "pasito.sqlite3").read_bytes() == before


async def test_an_older_copy_of_postgresql_is_erased_again_at_the_start(
    store: Store, tmp_path: Path, clock: Clock
) -> None:
    """`pg_restore` knows nothing of the list; the next start does."""
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite's own restore does it")
    listed = Store(store.engine, store.vault, data_dir=tmp_path)
    async with listed.batch(int(clock())) as tx:
        arrivals = await tx.load_arrivals(
            [Update("test", str(n), f"p{n}", Typed("hello"), "en") for n in range(3)]
        )
    gone = arrivals[1].learner_id
    async with store.engine.begin() as db:
        copy = [
            dict(row._mapping)
            for row in await db.execute(sa.select(t.learner).where(t.learner.c.id == gone))
        ]
    async with listed.batch(int(clock())) as tx:
        await erase(tx, gone)
    assert await listed.erase_again(int(clock())) == 0, "nobody came back"
    async with store.engine.begin() as db:
        await db.execute(sa.insert(t.learner), copy)
    assert await listed.erase_again(int(clock())) == 1
    async with store.engine.begin() as db:
        left = set((await db.execute(sa.select(t.learner.c.id))).scalars())
    assert left == {arrivals[0].learner_id, arrivals[2].learner_id}
