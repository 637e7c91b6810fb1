"""Orders and notes as rows: what is to be made or said, for whom, and where it goes."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.channel import PULL_CHANNELS
from bot.model.message import Note
from bot.model.order import OrderKind, seconds_kept
from db import tables as t
from db.shut import shut
from db.vault import Vault

ORDERS = "orders"
"""The job that is notified."""
_LETTER = ("order_id", "to_id", "group_id", "learner_id", "at", "meeting")
_MEMBER = (t.member.c.group_id == sa.bindparam("b_group_id")) & (
    t.member.c.learner_id == sa.bindparam("b_learner_id")
)
_LETTERED = sa.insert(t.letter).from_select(
    _LETTER,
    sa.select(*(sa.bindparam(f"b_{name}", type_=sa.BigInteger) for name in _LETTER)).where(
        sa.exists().where(_MEMBER)
    ),
)


@dataclass(frozen=True)
class Order:
    """Something to make and hand over. An empty `language` is the learner's at that time."""

    id: int
    kind: OrderKind
    subject: str = ""
    name: str = ""
    language: str = ""
    serial: str = ""
    note: Note | None = None
    answers: str = ""
    """Of a paper for work: what is drawn (`bot.model.papers.packed`)."""


def new_id() -> int:
    return secrets.randbits(53)


def of_note(note: Note) -> Order:
    return Order(new_id(), OrderKind.NOTE, note=note)


def order_row(
    vault: Vault, now: int, learner_id: int, address: bytes, place: int, order: Order
) -> dict[str, Any]:
    note = order.note
    return {
        "id": order.id,
        "learner_id": learner_id,
        "address": address,
        "sealed": vault.seal(msgspec.json.encode(order), order.id.to_bytes(8)),
        "at": now,
        "place": place,
        "state": "wanted",
        "attempts": 0,
        "due": now,
        "until": now + (note.traits.seconds if note else seconds_kept(order.kind)),
        "about": int(note["learner"]) if note and note.traits.from_learner else None,
        "unasked": note is not None and note.traits.unasked,
    }


def opened(vault: Vault, id: int, stored: bytes) -> Order:
    """Raises `ValueError`."""
    return msgspec.json.decode(vault.open(stored, id.to_bytes(8)), type=Order)


async def best_addresses(
    db: AsyncConnection, now: int, learners: Collection[int]
) -> dict[int, sa.Row[Any]]:
    """Learner -> where they were last; an address that can be written to comes first."""
    column = t.address.c
    pull = column.channel.in_(PULL_CHANNELS)
    closed = sa.case((shut(now), 1), else_=0)  # there it takes a template
    best = sa.select(
        *(column.learner_id, column.hash, column.reachable),
        *(pull.label("pull"), closed.label("closed")),
    ).where(column.learner_id.in_(learners))
    found = await db.execute(
        best.order_by(column.reachable, pull.desc(), closed.desc(), column.live_at.nulls_first())
    )
    return {row.learner_id: row for row in found}


async def addressed(
    db: AsyncConnection, vault: Vault, now: int, notes: Sequence[tuple[int, Note]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Notes as rows of orders and of letters, each to the best address of its learner. Where they
    blocked us it waits until they are back; but what comes by itself is not put where nothing can
    be sent."""
    if not notes:
        return [], []
    where = await best_addresses(db, now, {to for to, _ in notes})
    orders, letters = [], []
    for place, (to, note) in enumerate(notes):
        if to not in where or (note.traits.unasked and (where[to].pull or not where[to].reachable)):
            continue
        order = of_note(note)
        orders.append(order_row(vault, now, to, where[to].hash, place, order))
        if note.traits.of_group:
            about = int(note["learner"]) if note.traits.from_learner else to
            meeting = int(note["meeting"]) if note.traits.of_meeting else None
            values = (order.id, to, int(note["group"]), about, now, meeting)
            letters.append({f"b_{name}": v for name, v in zip(_LETTER, values, strict=True)})
    return orders, letters


async def lettered(db: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """Letters that were ordered. One about somebody who left is left out."""
    for row in rows:
        await db.execute(_LETTERED, row)
