"""Updates that came: which were here before, whose answers went out, which message of an address
carries the buttons that count."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.conversation.update import Tap, Update
from bot.model.words import Words
from db import tables as t
from db.engine import few_lengths
from db.heartbeat import living
from db.many import Many
from db.told import Came, told_for
from db.vault import Sealed, Vault

log = logging.getLogger(__name__)
MOST_UNANSWERED = 500
"""Updates that are taken up again at once."""
AHEAD_SECONDS = 60
"""What was written later than so long from now was written by a clock that has been put right."""


@dataclass(frozen=True)
class Live:
    """The message on a channel whose buttons count, and when it was sent (seconds since the
    epoch)."""

    message: str
    at: int
    shown: bytes | None = None
    """Keyed hash of what it shows; None where nobody knows."""


@dataclass(frozen=True)
class Arrival:
    """An update and the learner it comes from. `new` is False when this update was here before,
    `answered` when that went out, too. `told` is what its answer said, where it did not."""

    update: Update
    hash: bytes
    learner_id: int
    new: bool
    live: Live | None
    reachable: bool = True
    answered: bool = False
    told: tuple[Words, ...] = ()


@dataclass(frozen=True)
class AnswerSent:
    """An update whose answer went out, and the message that it became; None where there is nothing
    to remember."""

    update: Update
    live: Live | None = None
    forget_live: bool = False
    unsure: bool = False
    """Nobody knows what the live message shows now."""


def _key(update: Update) -> dict[str, str]:
    return {"c": update.channel, "i": update.id}


def _page(update: Update) -> bytes:
    return f"page\0{update.channel}\0{update.id}\0{update.address}".encode()


def hash_of(vault: Vault, update: Update) -> bytes:
    return vault.hash(update.channel, update.address)


async def acknowledge(db: AsyncConnection, vault: Vault, sent: Sequence[AnswerSent]) -> None:
    """Marks answers as sent and remembers the messages they became."""
    if not sent:
        return
    await _ANSWERED(db, [{"channel": a.update.channel, "id": a.update.id} for a in sent])
    moved = [
        {
            "hash": hash_of(vault, a.update),
            "live_message": a.live and a.live.message,
            "live_at": a.live and a.live.at,
            "live_shown": a.live and a.live.shown,
        }
        for a in sent
        if a.live or a.forget_live
    ]
    if moved:
        await _LIVE(db, moved)
    if unsure := [{"h": hash_of(vault, a.update)} for a in sent if a.unsure]:
        await db.execute(_UNSURE, unsure)


async def arrive(
    db: AsyncConnection,
    updates: Sequence[Update],
    hashes: Sequence[bytes],
    known: dict[bytes, Any],
    came: Came,
) -> list[Arrival]:
    """Adds the updates that are new to `came`. After the learners are locked: what another process
    did with the same update is there by now."""
    await _heard(db, updates, hashes, came.now)
    wanted = {
        "channels": list({update.channel for update in updates}),
        "ids": few_lengths([update.id for update in updates]),
    }
    found = await db.execute(_SEEN, wanted)
    seen = {(row.channel, row.id): (row.answered, row.told) for row in found}
    arrivals = []
    for update, h in zip(updates, hashes, strict=True):
        row, key = known[h], (update.channel, update.id)
        if new := key not in seen:
            seen[key] = False, None
            came.add(update, h)
        live = Live(row.live_message, row.live_at, row.live_shown) if row.live_message else None
        answered, told = seen[key]
        words = () if answered else told_for(came.vault, update, told)
        arrivals.append(
            Arrival(update, h, row.learner_id, new, live, row.reachable, answered, words)
        )
    return arrivals


async def _heard(
    db: AsyncConnection, updates: Sequence[Update], hashes: Sequence[bytes], now: int
) -> None:
    """Notes when somebody last wrote, on channels that tell. What waited for it is due."""
    at: dict[bytes, int] = {}
    for update, hash in zip(updates, hashes, strict=True):
        if update.at:
            at[hash] = max(at.get(hash, 0), min(update.at, now))
    if at:
        await db.execute(_HEARD, [{"h": hash, "t": when} for hash, when in at.items()])
        await db.execute(_NO_LONGER_SHUT, [{"h": hash, "n": now} for hash in at])


class Arrivals:
    """Outside of a batch. `process` is the id of what this process has in hand."""

    def __init__(self, engine: AsyncEngine, reading: AsyncEngine, vault: Vault, process: int):
        self._engine = engine
        self._reading = reading
        self._vault = vault
        self._process = process

    async def address_of(self, channel: str, update: str, since: int) -> str | None:
        """Where somebody is now whose update was here before, not earlier than `since`; None for
        another."""
        column = t.update.c
        query = sa.select(t.address.c.sealed, t.address.c.hash).join(
            t.update, t.address.c.hash == column.address
        )
        async with self._reading.connect() as db:
            row = (
                await db.execute(
                    query.where(column.channel == channel, column.id == update, column.at >= since)
                )
            ).first()
        return self._vault.open(row.sealed, row.hash).decode() if row else None

    async def keep(self, update: Update, page: bytes) -> bool:
        """What the answer to this update shows, until that was read (`acknowledge`); the first one
        stays. False where the update is not here."""
        sealed = self._vault.seal(page, _page(update))
        async with self._engine.begin() as db:
            return bool((await db.execute(_KEEP, {**_key(update), "page": sealed})).rowcount)

    async def kept(self, update: Update) -> bytes | None:
        """By the id and the address of the update."""
        async with self._reading.connect() as db:
            sealed = (await db.execute(_KEPT, _key(update))).scalar()
        try:
            return self._vault.open(sealed, _page(update)) if sealed else None
        except Sealed:  # it is another's
            return None

    async def unanswered(
        self, channel: str, now: int, patience: int, besides: Sequence[str] = ()
    ) -> list[Update]:
        """Updates that changed something and whose answer did not go out: those of a process that
        died, at once, and our own after `patience` seconds, without those that are in hand here.
        From then on they are ours.

        They come as a plain `Tap`; what they did is done, only where the learner is now has to be
        shown.
        """
        column = t.update.c
        async with self._engine.begin() as db:
            ours = column.holder == self._process
            long_ago = (column.at <= now - patience) | (column.at > now + AHEAD_SECONDS)
            held = sa.exists().where(t.process.c.id == column.holder, living(db))
            overdue = (
                sa.select(column.id)
                .where(
                    column.channel == channel,
                    sa.not_(column.answered),
                    column.id.not_in(list(besides)),
                )
                .where(
                    (ours & long_ago)
                    | (column.holder.is_distinct_from(self._process) & sa.not_(held))
                )
                .order_by(column.at)
                .limit(MOST_UNANSWERED)
                .with_for_update(skip_locked=True, of=t.update)
            )
            ids = (await db.execute(overdue)).scalars().all()
            if not ids:
                return []
            mine = (column.channel == channel) & column.id.in_(ids)
            await db.execute(sa.update(t.update).where(mine).values(holder=self._process))
            found = sa.select(column.id, t.address.c.sealed, t.address.c.hash).join(
                t.address, t.address.c.hash == column.address
            )
            # the messenger's numbers grow: in one second what came first is told first
            order = column.at, sa.func.length(column.id), column.id
            rows = (await db.execute(found.where(mine).order_by(*order))).all()
        return [update for row in rows if (update := self._taken_up(channel, row))]

    def _taken_up(self, channel: str, row: Any) -> Update | None:
        try:
            address = self._vault.open(row.sealed, row.hash).decode()
            return Update(channel, row.id, address, Tap(""))
        except Exception:  # bit rot: it costs nobody else anything
            log.exception("update %s has an address that cannot be read", row.id)
            return None


_MINE = (t.update.c.channel == sa.bindparam("c")) & (t.update.c.id == sa.bindparam("i"))
_ANSWERED = Many(
    t.update, keys=("channel", "id"), always={"answered": sa.true(), "told": sa.null()}
)
_KEEP = (
    sa.update(t.update)
    .where(_MINE)
    .values(
        answered=True,
        told=sa.case(
            (t.update.c.answered, t.update.c.told), else_=sa.bindparam("page", type_=sa.LargeBinary)
        ),
    )
)
_KEPT = sa.select(t.update.c.told).where(_MINE, t.update.c.answered)
_LIVE = Many(t.address, "live_message", "live_at", "live_shown", keys=("hash",))
_UNSURE = sa.update(t.address).where(t.address.c.hash == sa.bindparam("h")).values(live_shown=None)
_HEARD = (
    sa.update(t.address)
    .where(t.address.c.hash == sa.bindparam("h"))
    .where(sa.func.coalesce(t.address.c.heard_at, 0) < sa.bindparam("t"))
    .values(heard_at=sa.bindparam("t"))
)
_NO_LONGER_SHUT = (
    sa.update(t.order)
    .where(t.order.c.address == sa.bindparam("h"), t.order.c.state == "shut")
    .values(state="wanted", due=sa.bindparam("n"))
)
_SEEN = sa.select(t.update.c.channel, t.update.c.id, t.update.c.answered, t.update.c.told).where(
    # the key begins with the channel: by the id alone the whole table would be read
    t.update.c.channel.in_(sa.bindparam("channels", expanding=True)),
    t.update.c.id.in_(sa.bindparam("ids", expanding=True)),
)
