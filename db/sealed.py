"""What people are and wrote stands sealed in its column, bound to its row: moved to another row, it
does not open.

Rows of before stand there as JSON, which begins with a brace; a seal begins with `_SEAL` or
`_PACKED`. `seal_all` brings them over at the start.
"""

import asyncio
import zlib
from dataclasses import replace
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.model.broadcast import Draft
from bot.model.group import Group
from bot.model.learner import Learner
from bot.model.older import carried_over
from db import tables as t
from db.engine import place_of
from db.erased import scrub
from db.vault import Sealed, Vault

_SEALED_VERSION = 1
"""SQLite's `user_version` once everything is sealed and the file was written anew."""
PAGE = 500
"""Rows in one transaction."""
LARGE = 2048
"""Bytes from which on a row is packed before it is sealed: somebody who finished forty modules
needs a third of the room.
"""
_SEAL, _PACKED, _CLEAR = b"\x01", b"\x02", b"{"
_NEW = t.learner.c.progress.is_(None)
"""A learner whom this version has not written yet."""
_LEARNER, _GROUP, _BROADCAST = b"learner", b"group", b"broadcast"
encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Learner).decode
_group = msgspec.json.Decoder(Group).decode
_draft = msgspec.json.Decoder(Draft).decode


def _learner(content: bytes) -> Learner:
    return carried_over(_decode(content))


def _sealed(vault: Vault, kind: bytes, id: int, content: bytes) -> bytes:
    if len(content) < LARGE:
        return _SEAL + vault.seal(content, kind + id.to_bytes(8))
    return _PACKED + vault.seal(zlib.compress(content, 1), kind + id.to_bytes(8))


def _opened(vault: Vault, kind: bytes, id: int, stored: bytes) -> bytes:
    if stored[:1] == _CLEAR:
        return stored
    if stored[:1] not in (_SEAL, _PACKED):
        raise Sealed("neither a seal nor the form of before")
    content = vault.open(stored[1:], kind + id.to_bytes(8))
    return zlib.decompress(content) if stored[:1] == _PACKED else content


def seal_learner(vault: Vault, id: int, content: bytes) -> bytes:
    """`content` is the learner, encoded."""
    return _sealed(vault, _LEARNER, id, content)


def open_learner(vault: Vault, id: int, stored: bytes) -> bytes:
    """The learner, encoded. Raises `Sealed`."""
    return _opened(vault, _LEARNER, id, stored)


def learner(vault: Vault, id: int, stored: bytes) -> Learner:
    """Raises `ValueError`: `Sealed`, or what does not read as a learner."""
    return _learner(open_learner(vault, id, stored))


def decoded(content: bytes) -> Learner:
    """What `open_learner` gave. Raises `ValueError`."""
    return _learner(content)


def seal_group(vault: Vault, group: Group) -> bytes:
    """Without its colleagues, who have a table of their own, and as nobody in particular sees
    it."""
    return _sealed(vault, _GROUP, group.id, encode(replace(group, colleagues=(), seen_by=0)))


def group(vault: Vault, id: int, stored: bytes) -> Group:
    """Raises `ValueError`."""
    return _group(_opened(vault, _GROUP, id, stored))


def seal_draft(vault: Vault, id: int, draft: Draft) -> bytes:
    return _sealed(vault, _BROADCAST, id, encode(draft))


def draft(vault: Vault, id: int, stored: bytes) -> Draft:
    """Raises `ValueError`."""
    return _draft(_opened(vault, _BROADCAST, id, stored))


def token_hash(vault: Vault, token: str) -> str:
    """By which the group of an invite link is found."""
    return vault.hash("group", token).hex()[:32]


def progress(learner: Learner) -> str:
    """The modules begun and done as `|computer=done|health=begun|`: what broadcasts choose by. Ids
    of modules, nobody's words."""
    known = [
        (m, "done" if p.done else "begun" if p.first_day else "")
        for m, p in sorted(learner.modules.items())
    ]
    return "".join(["|", *(f"{module}={state}|" for module, state in known if state)])


async def carry_over(engine: AsyncEngine, vault: Vault) -> bool:
    """Seals what an older version wrote, once, and leaves nothing of it in free pages. False where
    others were in the way of that: it is tried again at the next start."""
    place = place_of(engine)
    if place is None:
        if await seal_all(engine, vault):
            async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
                await db.execute(sa.text('VACUUM (FULL) learner, "group", broadcast'))
        return True
    async with engine.connect() as db:
        if (await db.execute(sa.text("PRAGMA user_version"))).scalar_one() >= _SEALED_VERSION:
            return True
    await seal_all(engine, vault)
    if not await asyncio.to_thread(scrub, place.file):
        return False
    async with engine.begin() as db:
        await db.execute(sa.text(f"PRAGMA user_version={_SEALED_VERSION}"))
    return True


async def seal_all(engine: AsyncEngine, vault: Vault) -> int:
    """Seals what stands in the clear, in pages; stopped at any moment, it goes on at the next
    start. A row that somebody else changes meanwhile is left to them, one that cannot be read stays
    as it is. Returns how many rows it sealed."""
    count = 0
    for table, column, sealing in (
        (t.learner, t.learner.c.snapshot, _of_learner),
        (t.group, t.group.c.content, _of_group),
        (t.broadcast, t.broadcast.c.content, _of_broadcast),
    ):
        last = -1
        while True:
            clear = _NEW if table is t.learner else sa.func.substr(column, 1, 1) == _CLEAR
            clear &= table.c.id > last
            async with engine.begin() as db:
                rows = (
                    await db.execute(
                        sa.select(table.c.id, column).where(clear).order_by(table.c.id).limit(PAGE)
                    )
                ).all()
                for id, stored in rows:
                    try:
                        values = sealing(vault, id, stored)
                    except ValueError:  # kept as it is, for whoever can mend it
                        is_clear = stored[:1] == _CLEAR
                        kept = (
                            _sealed(vault, table.name.encode(), id, stored) if is_clear else stored
                        )
                        values = {column.name: kept} | (
                            {"progress": "|"} if table is t.learner else {}
                        )
                    mine = (table.c.id == id) & (column == stored)
                    count += (
                        await db.execute(sa.update(table).where(mine).values(**values))
                    ).rowcount
            if not rows:
                break
            last = rows[-1][0]
    return count


def _of_learner(vault: Vault, id: int, stored: bytes) -> dict[str, Any]:
    return {"snapshot": seal_learner(vault, id, stored), "progress": progress(_learner(stored))}


def _of_group(vault: Vault, id: int, stored: bytes) -> dict[str, Any]:
    was = _group(stored)
    return {"content": seal_group(vault, was), "token": token_hash(vault, was.token)}


def _of_broadcast(vault: Vault, id: int, stored: bytes) -> dict[str, Any]:
    return {"content": _sealed(vault, _BROADCAST, id, stored)}
