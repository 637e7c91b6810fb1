"""What lies in the data folder: without the key it names nobody and opens nothing; what was erased
is gone from it.
"""

import asyncio
import base64
import gzip
import io
import os
import secrets
import sqlite3
import stat
import zlib
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.assembly import up_to_date
from bot.commands.backup import back_up, restore
from bot.conversation.action import encode
from bot.conversation.turn import World
from bot.conversation.update import Tap, Typed, Update
from bot.dispatcher import Dispatcher
from bot.flows.account.actions import Erase, SpeakLanguage
from bot.flows.groups.events import GroupJoined, GroupKept
from bot.flows.learning.actions import Begin, Next
from bot.flows.staff.events import RoleGiven
from bot.model.broadcast import BroadcastById
from bot.model.group import Group, GroupByToken
from bot.model.learner import Membership, day_of
from bot.model.roles import Role
from bot.settings import Settings
from certificates.facts import Kind
from certificates.proof.badge import BADGE_NAME
from certificates.proof.read_pdf import read_pdf
from certificates.proof.token import (
    KeyRing,
    KeyUnusable,
    NotGenuine,
    Statement,
    private_text,
    public_text,
)
from db import erased, groups, permissions, sealed, staff
from db import tables as t
from db.backup import NotPossible
from db.engine import connect
from db.erasure import erase
from db.store import Store
from db.vault import Vault, looks_random
from tests.support.search import found_in
from tests.support.world import TESTS, Clock

VAULT = Vault(b"a secret for tests only")
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


async def _opened(folder: Path, vault: Vault = VAULT) -> Store:
    url = f"sqlite+aiosqlite:///{folder / 'pasito.sqlite3'}"
    await up_to_date(url, vault)
    return Store(connect(url), vault)


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
    store = await _opened(tmp_path)
    assert not found_in(tmp_path, PLANTED), "while it is open"
    amina = await store.learner_at("test", "+33612345678")
    assert (
        amina
        and amina.name == "Zarmina Qaderi"
        and amina.attempts["computer/meet-the-computer"].step == 1
    )
    assert [order.order.name for order in await store.outbox.of("test", "+33612345678", 0)] == [
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


async def test_erased_while_it_runs(tmp_path: Path, world: World, clock: Clock) -> None:
    store = await _opened(tmp_path)
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


@pytest.mark.parametrize("umask", [0o000, 0o022])
async def test_the_data_folder_is_its_owners(tmp_path: Path, umask: int) -> None:
    folder, before = tmp_path / "data", os.umask(umask)
    try:
        folder.mkdir(0o755)
        for name in ("secret.key", "pasito.sqlite3.before-1Z"):
            (folder / name).write_text("x")
            (folder / name).chmod(0o644)
        assert not permissions.guard(folder, folder / "pasito.sqlite3")
        store = await _opened(folder)
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
    list(back_up(settings, backup, False))
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    await dispatcher.handle(Update("test", "a8", "amina", Typed("/delete"), "en"))
    await dispatcher.handle(Update("test", "a9", "amina", Tap(encode(Erase())), "en"))
    await dispatcher.stop()
    await store.engine.dispose()
    said = list(restore(settings, backup))
    assert "Deleted again, because they were deleted after the backup was made: 1." in said
    needles = [store.vault.hash("test", "amina"), amina.id.to_bytes(8)]
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
    store = await _opened(settings.data_dir, store.vault)
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


def test_only_random_keys_look_random() -> None:
    for _ in range(2000):
        raw = secrets.token_bytes(32)
        made = (
            raw.hex(),
            secrets.token_urlsafe(32),
            base64.b64encode(raw).decode(),
            secrets.token_hex(64),
        )
        assert all(map(looks_random, made)), made
    for made_up in (
        *(
            "passwordpassword",
            "k" * 64,
            "0123456789abcdef" * 4,
            "correct horse battery staple and some more words here",
        ),
        *(
            "CorrectHorseBatteryStapleCorrectHorseBatteryStaple",
            "a" * 63 + "1",
            "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrs",
        ),
        *("deadbeef" * 8, "Pasito2026!Pasito2026!Pasito2026!Pasito2026!Pasito", ""),
    ):
        assert not looks_random(made_up), made_up


def _statement(issued: date) -> Statement:
    day = date(2026, 11, 1)
    return Statement(
        "0123456789abcdef",
        Kind.MODULE,
        "computer",
        "A",
        "en",
        issued,
        Fraction(2),
        day,
        day,
        timedelta(minutes=3),
    )


def test_a_retired_key_signs_nothing_after_its_last_day() -> None:
    old, new = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    ring = KeyRing.parse(f"{private_text(new)},{public_text(old.public_key())}@2026-11-30")
    signed = KeyRing([old])
    assert ring.read(signed.sign(_statement(date(2026, 11, 30)))).name == "A"
    with pytest.raises(NotGenuine, match="no longer in use"):
        ring.read(signed.sign(_statement(date(2026, 12, 1))))
    assert ring.read(KeyRing([new]).sign(_statement(date(2026, 12, 1))))
    for wrong in ("@soon", "@"):
        with pytest.raises(KeyUnusable, match="looks like @2026-11-30"):
            KeyRing.parse(f"{private_text(new)},{public_text(old.public_key())}{wrong}")
    with pytest.raises(KeyUnusable, match="has no last day"):
        KeyRing.parse(f"{private_text(new)}@2026-11-30")


@pytest.mark.parametrize(
    "objects", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate]
)
def test_a_file_that_unpacks_to_far_more_is_refused(objects: pikepdf.ObjectStreamMode) -> None:
    """60 KB that become 60 MB, as an attachment and as anything else."""
    packed, content = zlib.compress(bytes(60 << 20), 9), io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pikepdf.Stream(pdf, b"")
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        pdf.attachments[BADGE_NAME] = pikepdf.AttachedFileSpec(pdf, b"{}")
        pdf.attachments[BADGE_NAME].obj.EF.F = stream
        pdf.save(content, object_stream_mode=objects, compress_streams=False)
    assert len(content.getvalue()) < 200_000
    with pytest.raises(NotGenuine, match="far larger"):
        read_pdf(content.getvalue(), KeyRing([Ed25519PrivateKey.generate()]))


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


def test_a_secret_key_is_made() -> None:
    from click.testing import CliRunner

    from bot.__main__ import cli

    made = CliRunner().invoke(cli, ["keys", "--secret"]).output.strip()
    assert made.startswith("PASITO_SECRET_KEY=") and looks_random(made.partition("=")[2])
