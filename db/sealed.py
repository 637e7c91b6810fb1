"""What people are and wrote stands sealed in its column, bound to its row: moved to another row, it
does not open.

Rows of before stand there as JSON, which begins with a brace; a seal begins with `_SEAL`, `_PACKED`
or `_ZLIB`. `seal_all` brings them over, once, on the way to revision `CARRIED_OVER` of the tables.
From there on what stands in the clear is refused like any other row that cannot be read: whoever
can write into the database plants nobody.

What a row says beside its seal is held against the seal: the owner and the link of a group, the
counsellor of a colleague's row.
"""

import asyncio
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import lz4.block
import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model.broadcast import Draft
from bot.model.group import Colleague, Group
from bot.model.learner import Learner
from bot.model.older import carried_over
from db import tables as t
from db.backup import SEALS
from db.engine import place_of
from db.erased import scrub
from db.migrate import migrate, reached
from db.vault import Sealed, Vault

CARRIED_OVER = "0021"
"""The revision of the tables from which on nothing stands in the clear."""
_SEALED_VERSION = 2
"""SQLite's `user_version` once everything is sealed and the file was written anew."""
PAGE = 500
"""Rows in one transaction."""
LARGE = 2048
"""Bytes from which on a row is packed before it is sealed: somebody who finished forty modules
needs a third of the room.
"""
_SEAL, _ZLIB, _PACKED, _CLEAR = b"\x01", b"\x02", b"\x03", b"{"
"""What a row begins with. `_ZLIB` is how rows were packed before, for ten times as long."""
_NEW = t.learner.c.progress.is_(None)
"""A learner whom this version has not written yet."""
_LEARNER, _GROUP, _BROADCAST, _COLLEAGUE = b"learner", b"group", b"broadcast", b"colleague"
_HASHED = 32
"""Characters of a link as it stands in its column; one of before was half as long."""
encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Learner).decode
_group = msgspec.json.Decoder(Group).decode
_draft = msgspec.json.Decoder(Draft).decode
_names = msgspec.json.Decoder(tuple[str, str]).decode


_UNPACK: dict[bytes, Callable[[bytes], bytes]] = {
    _SEAL: bytes,
    _ZLIB: zlib.decompress,
    _PACKED: lz4.block.decompress,
}


def _learner(content: bytes) -> Learner:
    return carried_over(_decode(content))


def _sealed(vault: Vault, kind: bytes, id: int, content: bytes) -> bytes:
    if len(content) < LARGE:
        return _SEAL + vault.seal(content, kind + id.to_bytes(8))
    return _PACKED + vault.seal(lz4.block.compress(content), kind + id.to_bytes(8))


def _opened(vault: Vault, kind: bytes, id: int, stored: bytes) -> bytes:
    how = stored[:1]
    if how not in _UNPACK:
        raise Sealed("it is not sealed")
    return _UNPACK[how](vault.open(stored[1:], kind + id.to_bytes(8)))


def seal_learner(vault: Vault, id: int, content: bytes) -> bytes:
    """`content` is the learner, encoded."""
    return _sealed(vault, _LEARNER, id, content)


def open_learner(vault: Vault, id: int, stored: bytes) -> bytes:
    """The learner, encoded. Raises `Sealed`."""
    return _opened(vault, _LEARNER, id, stored)


class Unreadable(ValueError):
    """What is stored about somebody: bit rot, another version's form, or in the clear."""


def learner(vault: Vault, id: int, stored: bytes) -> Learner:
    """Raises `Unreadable`."""
    try:
        return _learner(open_learner(vault, id, stored))
    except Exception as error:
        raise Unreadable(f"learner {id}") from error


def decoded(content: bytes) -> Learner:
    """What `open_learner` gave. Raises `ValueError`."""
    return _learner(content)


def seal_group(vault: Vault, group: Group) -> bytes:
    """Without its colleagues, who have a table of their own, and as nobody in particular sees
    it."""
    return _sealed(vault, _GROUP, group.id, encode(replace(group, colleagues=(), seen_by=0)))


def group(vault: Vault, row: Any) -> Group:
    """From the `id`, `owner`, `token` and `content` of its row. Raises `ValueError`, also where the
    row names another owner or link than the seal."""
    found = _group(_opened(vault, _GROUP, row.id, row.content))
    if (row.owner, row.token) != (found.owner, token_hash(vault, found.token)):
        raise Sealed("the row and its seal do not agree")
    return found


def seal_colleague(vault: Vault, group: int, learner: int, name: str, organisation: str) -> bytes:
    return _SEAL + vault.seal(encode((name, organisation)), _beside(group, learner))


def colleague(vault: Vault, row: Any) -> Colleague:
    """Raises `ValueError`."""
    name, organisation = _names(vault.open(row.sealed[1:], _beside(row.group_id, row.learner_id)))
    return Colleague(row.learner_id, name, organisation, row.since)


def _beside(group: int, learner: int) -> bytes:
    return _COLLEAGUE + group.to_bytes(8) + learner.to_bytes(8)


def seal_draft(vault: Vault, id: int, draft: Draft) -> bytes:
    return _sealed(vault, _BROADCAST, id, encode(draft))


def draft(vault: Vault, id: int, stored: bytes) -> Draft:
    """Raises `ValueError`."""
    return _draft(_opened(vault, _BROADCAST, id, stored))


def of_before(vault: Vault, kind: str, id: int, stored: bytes) -> None:
    """Raises `ValueError` where this content of a learner, group or broadcast, in the clear or
    sealed, cannot be carried over."""
    decode = {"learner": _learner, "group": _group, "broadcast": _draft}[kind]
    decode(stored if stored[:1] == _CLEAR else _opened(vault, kind.encode(), id, stored))


def token_hash(vault: Vault, token: str) -> str:
    """By which the group of an invite link is found."""
    return vault.hash("group", token).hex()[:32]


def progress(learner: Learner) -> str:
    """The modules begun and done as `|computer=done|health=begun|`: what broadcasts choose by. Ids
    of modules, nobody's words."""
    modules = learner.modules
    known = [f"{m}={'done' if modules[m].done else 'begun'}|" for m in sorted(modules)]
    return "|" + "".join(known)


async def carry_over(engine: AsyncEngine, vault: Vault) -> bool:
    """The tables are up to date afterwards, and everything in them is sealed. Raises what `migrate`
    raises, and `Sealed` where the key is not the one that was used here. False where others were in
    the way of leaving nothing of before in free pages: it is tried again at the next start."""
    if not await reached(engine, CARRIED_OVER):
        await migrate(engine, before=CARRIED_OVER)
        async with engine.connect() as db:
            if await is_wrong(db, vault):
                raise Sealed("it is not the key that the data was written with")
        await seal_all(engine, vault)
        if place_of(engine) is None:
            async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
                await db.execute(sa.text('VACUUM (FULL) learner, "group", broadcast, colleague'))
    await migrate(engine)
    return await _scrubbed(engine)


async def is_wrong(db: AsyncConnection, vault: Vault) -> bool:
    """Addresses are stored, and the key opens none of them: it is not the key that they were sealed
    with."""
    seals = [(row.hash, row.sealed) for row in await db.execute(sa.text(SEALS))]
    return bool(seals) and not vault.opens(seals)


async def _scrubbed(engine: AsyncEngine) -> bool:
    place = place_of(engine)
    if place is None:
        return True
    async with engine.connect() as db:
        if (await db.execute(sa.text("PRAGMA user_version"))).scalar_one() >= _SEALED_VERSION:
            return True
    if not await asyncio.to_thread(scrub, place.file):
        return False
    async with engine.begin() as db:
        await db.execute(sa.text(f"PRAGMA user_version={_SEALED_VERSION}"))
    return True


async def seal_all(engine: AsyncEngine, vault: Vault) -> int:
    """Seals what stands in the clear, in pages; stopped at any moment, it goes on at the next
    start. A row that somebody else changes meanwhile is left to them; what cannot be read is sealed
    as it is. Returns how many rows it changed."""
    is_clear = sa.func.substr(t.broadcast.c.content, 1, 1) == _CLEAR
    group = t.group.c
    return (
        await _seal(engine, t.learner.c.snapshot, (), _NEW, partial(of_learner, vault))
        + await _seal(
            engine, group.content, (group.owner, group.token), sa.true(), partial(_of_group, vault)
        )
        + await _seal(engine, t.broadcast.c.content, (), is_clear, partial(_of_broadcast, vault))
        + await _seal_colleagues(engine, vault)
    )


async def _seal(
    engine: AsyncEngine,
    column: "sa.Column[bytes]",
    besides: Sequence["sa.Column[Any]"],
    which: sa.ColumnElement[bool],
    sealing: Callable[[Any], dict[str, Any]],
) -> int:
    table, count, last = column.table, 0, -1
    while True:
        async with engine.begin() as db:
            page = (
                sa.select(table.c.id, column, *besides)
                .where(which, table.c.id > last)
                .order_by(table.c.id)
                .limit(PAGE)
            )
            rows = (await db.execute(page)).all()
            for row in rows:
                if values := sealing(row):
                    mine = (table.c.id == row.id) & (column == row._mapping[column])
                    count += (
                        await db.execute(sa.update(table).where(mine).values(**values))
                    ).rowcount
        if not rows:
            return count
        last = rows[-1].id


def of_learner(vault: Vault, row: Any) -> dict[str, Any]:
    try:
        known = progress(_learner(row.snapshot))
    except ValueError:  # kept as it is, for whoever can mend it
        known = "|"
    clear = (
        {"snapshot": seal_learner(vault, row.id, row.snapshot)}
        if row.snapshot[:1] == _CLEAR
        else {}
    )
    return {"progress": known} | clear


def _of_group(vault: Vault, row: Any) -> dict[str, Any]:
    """The link is hashed also where nothing else can be read; the owner in the seal is who owns it
    by now."""
    token = row.token if len(row.token) == _HASHED else token_hash(vault, row.token)
    values: dict[str, Any] = {"token": token} if token != row.token else {}
    clear = row.content[:1] == _CLEAR
    try:
        known = _group(row.content if clear else _opened(vault, _GROUP, row.id, row.content))
    except ValueError:
        return values | ({"content": _sealed(vault, _GROUP, row.id, row.content)} if clear else {})
    if clear or known.owner != row.owner:
        values["content"] = seal_group(vault, replace(known, owner=row.owner))
    return values


def _of_broadcast(vault: Vault, row: Any) -> dict[str, Any]:
    return {"content": _sealed(vault, _BROADCAST, row.id, row.content)}


async def _seal_colleagues(engine: AsyncEngine, vault: Vault) -> int:
    """Their seals were bound to the group alone. There are few."""
    count = 0
    async with engine.begin() as db:
        for row in (await db.execute(sa.select(t.colleague))).all():
            with suppress(ValueError):
                names = _names(vault.open(row.sealed, _COLLEAGUE + row.group_id.to_bytes(8)))
                seal = seal_colleague(vault, row.group_id, row.learner_id, *names)
                mine = (t.colleague.c.group_id == row.group_id) & (
                    t.colleague.c.learner_id == row.learner_id
                )
                count += (
                    await db.execute(sa.update(t.colleague).where(mine).values(sealed=seal))
                ).rowcount
    return count
