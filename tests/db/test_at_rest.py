"""What lies in the data folder: without the key it names nobody and opens nothing."""

import base64
import gzip
import os
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.conversation.action import encode
from bot.conversation.turn import World
from bot.conversation.update import Tap, Update
from bot.dispatcher import Dispatcher
from bot.flows.learning.actions import Next
from bot.model.broadcast import BroadcastById
from bot.model.group import GroupByToken
from db import permissions, sealed
from db import tables as t
from db.store import Store
from db.vault import Vault
from tests.support.at_rest import opened
from tests.support.search import found_in
from tests.support.world import TESTS, Clock

OLD = TESTS / "data" / "before-sealing.sqlite3.gz"
"""Written by the last version that did not seal people: Amina in the middle of a deck with a name,
a nickname, a joining code and a certificate on its way; Lea with a group, drafts, a link for an
admin on her screen and a broadcast that waits for a second yes.
"""


PLANTED = (
    *(
        "Zarmina",
        "Qaderi",
        "Nurgul",
        "Plantednick",
        "Planted Tuesdays",
        "Planted House",
        "Planted Counsellor",
    ),
    *("planted draft words", "planted unsent broadcast", "planted broadcast text"),
    *("PlantedStaffToken0123456789abcd", "PlantedInviteToken", "8371940265", "+33612345678"),
)


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "pasito.sqlite3").write_bytes(gzip.decompress(OLD.read_bytes()))
    assert {word for _, word in found_in(tmp_path, PLANTED)} == set(PLANTED) - {"+33612345678"}
    for shift in range(3):
        (tmp_path / "pasito.sqlite3").write_bytes(
            base64.b64encode(b"." * shift + b"Plantednick, and more")
        )
        assert found_in(tmp_path, ["Plantednick"])


async def test_a_database_of_before_goes_on_and_shows_nothing(
    tmp_path: Path, world: World, clock: Clock
) -> None:
    (tmp_path / "pasito.sqlite3").write_bytes(gzip.decompress(OLD.read_bytes()))
    store = await opened(tmp_path)
    assert not found_in(tmp_path, PLANTED), "while it is open"
    amina = await store.learner_at("test", "+33612345678")
    assert (
        amina
        and amina.name == "Zarmina Qaderi"
        and amina.attempts["computer/meet-the-computer"].step == 1
    )
    assert [order.order.name for order in await store.outbox.of("test", "+33612345678")] == [
        "Zarmina Qaderi"
    ]
    group = await store.ask(GroupByToken("PlantedInviteToken"))
    assert group and group.title == "Planted Tuesdays" and group.token == "PlantedInviteToken"
    assert (await store.ask(BroadcastById(4711))).draft.texts == {"en": "planted broadcast text"}
    dispatcher = Dispatcher(store, world, clock)
    await dispatcher.start()
    await dispatcher.handle(Update("test", "900", "+33612345678", Tap(encode(Next(1, 1))), "en"))
    await dispatcher.stop()
    amina = await store.learner_at("test", "+33612345678")
    assert amina and amina.attempts["computer/meet-the-computer"].step == 2
    assert not found_in(tmp_path, PLANTED)
    await store.engine.dispose()
    assert not found_in(tmp_path, PLANTED)


async def test_carrying_over_goes_on_where_it_was_stopped(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clear = {id: sealed.encode(sealed.Learner(id, name=f"Planted {id}")) for id in range(1, 8)}
    async with store.engine.begin() as db:
        for id, content in clear.items():
            await db.execute(
                sa.insert(t.learner).values(
                    id=id, snapshot=content if id != 4 else b"{cut", active_on=date(2026, 11, 26)
                )
            )
    monkeypatch.setattr(sealed, "PAGE", 2)
    monkeypatch.setattr(sealed, "of_learner", _stopping_at(5))
    with pytest.raises(InterruptedError):
        await sealed.seal_all(store.engine, store.vault)
    monkeypatch.undo()
    assert 0 < await sealed.seal_all(store.engine, store.vault) < 7
    assert await sealed.seal_all(store.engine, store.vault) == 0
    async with store.engine.connect() as db:
        rows = {
            row.id: row.snapshot
            for row in await db.execute(sa.select(t.learner.c.id, t.learner.c.snapshot))
        }
    opened = {id: sealed.open_learner(store.vault, id, stored) for id, stored in rows.items()}
    assert opened == clear | {4: b"{cut"}
    assert not any(b"Planted" in stored for stored in rows.values())
    with pytest.raises(sealed.Unreadable):
        sealed.learner(store.vault, 2, rows[1])


def _stopping_at(learner: int):  # type: ignore[no-untyped-def]
    real = sealed.of_learner

    def of_learner(vault: Vault, row: Any) -> dict[str, object]:
        if row.id == learner:
            raise InterruptedError
        return real(vault, row)

    return of_learner


@pytest.mark.parametrize("umask", [0o000, 0o022])
async def test_the_data_folder_is_its_owners(tmp_path: Path, umask: int) -> None:
    folder, before = tmp_path / "data", os.umask(umask)
    try:
        folder.mkdir(0o755)
        for name in ("secret.key", "pasito.sqlite3.before-1Z"):
            (folder / name).write_text("x")
            (folder / name).chmod(0o644)
        assert not permissions.guard(folder, folder / "pasito.sqlite3")
        store = await opened(folder)
        async with store.engine.begin() as db:
            await db.execute(sa.delete(t.pace))
        assert (folder / "pasito.sqlite3-wal").exists()
        assert {f.name: oct(stat.S_IMODE(f.stat().st_mode)) for f in folder.iterdir()} == {
            f.name: "0o600" for f in folder.iterdir()
        }
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert not list(permissions.wider(folder, folder / "pasito.sqlite3"))
        await store.engine.dispose()
    finally:
        os.umask(before)
