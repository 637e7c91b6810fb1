"""The recipients of a broadcast: who has one in hand, and what became of it.

Theory. A broadcast is a row, and a row for each recipient. Recipients are made page by page from
those who are learners at that time (`db.seeding`), each once, with the one address where they were
last. Any number of lanes then work at the same broadcast, each on one channel: a lane claims a few
recipients of its channel (`claim`), which nobody else gets while its lease lasts. When a message's
turn has come it is asked again whether it may go, and the recipient is on the wire (`depart`)
before the message leaves. What became of them is said (`settle`) in the transaction that claims the
next. A lane that dies leaves its few recipients in hand; when the lease has run out, whoever is
there lets those wait again whose message never left, and declares the others unknown, or waiting
again, as the author chose (`reap`). Leases are measured by the database's clock, which all
processes share.

No name and no address in the clear is in these rows; who deletes everything is deleted here too.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model.broadcast import Draft, Guarantee, State
from bot.model.channel import PULL_CHANNELS
from bot.model.local_time import quiet_until
from db import sealed
from db import tables as t
from db.engine import clock
from db.readable import readable
from db.vault import Vault

LAID = 200
"""Letters laid on pages in one transaction."""
LEASE = 30.0
"""Seconds that a lane may go without a sign of life."""
MARK_SECONDS = 5
"""The speed is that of the last so many seconds."""
MOST_ATTEMPTS = 5
SEEDED = 2**63 - 1
"""`seeded_to` once all recipients are made: who comes later is none."""
BLOCKED, UNREADABLE = "blocked", "cannot be read"
"""The reason of somebody who wants nothing any more from us."""
DAY_FULL = "enough were begun to be written to for a day"
"""Why somebody waits for another day."""
WINDOW_CLOSED = "did not write lately"
"""The reason of somebody to whom only a template could go, and who did not agree to one."""
_B, _R = t.broadcast.c, t.recipient.c


class RecipientState(IntEnum):
    """What became of one recipient. `UNKNOWN` may have got it: their worker died, or Telegram did
    not say."""

    WAITING = 0
    IN_HAND = 1
    SENT = 2
    FAILED = 3
    UNKNOWN = 4
    SKIPPED = 5
    ON_PAGE = 6
    """Lies on their page and waits for them. Then it is sent."""
    NOT_TRIED = -1
    """Waiting again, and it certainly was not sent: not an attempt. Never stored."""


WAITING: sa.ColumnElement[int] = sa.literal_column("0", sa.Integer)
_IN_HAND: sa.ColumnElement[int] = sa.literal_column("1", sa.Integer)
"""As literals: a partial index is not found for a bound parameter."""
_LET_GO: Mapping[str, Any] = {"lane": None, "lease": None, "wire": False}


@dataclass(frozen=True)
class Recipient:
    """Somebody whose turn it is, with the address in the clear."""

    learner: int
    channel: str
    address: str
    language: str
    attempts: int
    broadcast: int = 0
    heard_at: int = 0
    """When they last wrote, where the messenger counts from it."""
    agreed: bool = False
    """To be written to when that is long ago."""


@dataclass(frozen=True)
class Result:
    """What became of a recipient in hand. `due` (seconds since the epoch) is for those who wait
    again."""

    learner: int
    state: RecipientState
    reason: str = ""
    due: int = 0


@dataclass(frozen=True)
class Claim:
    """`found` tells that there were recipients due, also where none of them is to be sent to
    now."""

    draft: Draft
    recipients: tuple[Recipient, ...]
    found: bool


async def claim(
    db: AsyncConnection,
    vault: Vault,
    id: int,
    lane: int,
    channel: str,
    most: int,
    now: int,
    zone: str,
) -> Claim | None:
    """Takes up to `most` recipients of a channel in hand; None where the broadcast is not being
    sent (any more). Those of other channels are left to the lanes of those.

    Checked at the last moment: who said STOP or blocked us meanwhile gets nothing, and who sleeps
    gets it in the morning.
    """
    row = (
        await db.execute(sa.select(_B.content).where(_B.id == id, _B.state == State.SENDING))
    ).first()
    if row is None:
        return None
    found, awake = await _due(db, id, most, now, zone, t.address.c.channel == channel)
    there = [row for row in awake if not row.muted and row.reachable]
    opened = readable(
        "address of learner",
        there,
        lambda row: vault.open(row.sealed, row.hash).decode(),
        id="learner_id",
    )
    wanted = [row for row, _address in opened]
    await left_out(db, id, [row for row in awake if row not in there])
    await left_out(db, id, [row for row in there if row not in wanted], UNREADABLE)
    if wanted:
        values = {
            "state": _IN_HAND,
            "lane": lane,
            "lease": clock(db) + LEASE,
            "attempts": _R.attempts + 1,
        }
        await db.execute(these(id, [row.learner_id for row in wanted]).values(**values))
    recipients = tuple(
        Recipient(
            row.learner_id,
            row.channel,
            address,
            row.language,
            row.attempts + 1,
            id,
            row.heard_at or 0,
            row.news is not None and not row.refused,
        )
        for row, address in opened
    )
    return Claim(sealed.draft(vault, id, row.content), recipients, found)


async def leave_out(
    engine: AsyncEngine, id: int, now: int, zone: str, served: Collection[str]
) -> bool:
    """Tells apart those whose channel sends messages and is switched off: they count as blocked.
    `served` are the channels that are switched on in this installation, also those that cannot be
    reached just now. True while there may be more."""
    nobody = t.address.c.channel.not_in((*PULL_CHANNELS, *served))
    async with engine.begin() as db:
        sending = sa.select(_B.id).where(_B.id == id, _B.state == State.SENDING)
        if (await db.execute(sending)).first() is None:
            return False
        found, awake = await _due(db, id, LAID, now, zone, nobody)
        await left_out(db, id, awake)
    return found


async def _due(
    db: AsyncConnection,
    id: int,
    most: int,
    now: int,
    zone: str,
    where: sa.ColumnElement[bool],
) -> tuple[bool, list[Any]]:
    """Up to `most` recipients who are due, locked: whether there were any, and those who do not
    sleep. The others wait for the morning."""
    due = (
        sa.select(_R.learner_id, _R.language, _R.zone, _R.attempts, t.learner.c.muted)
        .add_columns(
            t.address.c.hash,
            *(
                t.address.c[name]
                for name in ("channel", "sealed", "reachable", "heard_at", "news", "refused")
            ),
        )
        .join(t.address, t.address.c.hash == _R.address)
        .join(t.learner, t.learner.c.id == _R.learner_id)
        .where(_R.broadcast_id == id, _R.state == WAITING, _R.due <= now, where)
        .order_by(_R.due, _R.learner_id)
        .limit(most)
        .with_for_update(skip_locked=True, of=t.recipient)
    )
    rows = (await db.execute(due)).all() if most else []
    nights = {row.zone: quiet_until(now, row.zone or zone) for row in rows}
    for z, until in nights.items():
        if until:
            sleeping = _R.zone == z if z else _R.zone.is_(None)
            waiting = sa.update(t.recipient).where(
                _R.broadcast_id == id, _R.state == WAITING, sleeping, _R.due < until
            )
            await db.execute(waiting.values(due=until))
    return bool(rows), [row for row in rows if not nights[row.zone]]


async def left_out(db: AsyncConnection, id: int, rows: Sequence[Any], why: str = BLOCKED) -> None:
    stopped = [row.learner_id for row in rows if row.muted]
    blocked = [row.learner_id for row in rows if not row.muted]
    if stopped:
        await db.execute(these(id, stopped).values(state=RecipientState.SKIPPED))
    if blocked:
        await db.execute(these(id, blocked).values(state=RecipientState.FAILED, reason=why))
    if rows:
        counted = {"skipped": _B.skipped + len(stopped), "failed": _B.failed + len(blocked)}
        await db.execute(t.broadcast.update().where(_B.id == id).values(**counted))


async def depart(db: AsyncConnection, id: int, lane: int, learners: Sequence[int]) -> set[int]:
    """Those of these recipients whose message may leave now; they are on the wire. Not while the
    broadcast is paused or cancelled, nor to who deleted everything, said STOP, blocked us or is in
    another lane's hand by now."""
    sending = sa.exists().where(_B.id == id, _B.state == State.SENDING)
    there = (
        (t.address.c.hash == _R.address)
        & t.address.c.reachable
        & (t.learner.c.id == _R.learner_id)
        & sa.not_(t.learner.c.muted)
    )
    wanted = (
        sa.exists().where(t.address.c.learner_id == t.learner.c.id, there).correlate(t.recipient)
    )
    mine = these(id, learners).where(_R.state == _IN_HAND, _R.lane == lane, sending, wanted)
    return set((await db.execute(mine.values(wire=True).returning(_R.learner_id))).scalars())


async def settle(
    db: AsyncConnection, id: int, lane: int, results: Sequence[Result], now: int
) -> None:
    """Says what became of recipients in this lane's hand; those that it lost meanwhile are no
    longer its business."""
    groups: dict[tuple[RecipientState, str, int], list[int]] = {}
    for result in results:
        groups.setdefault((result.state, result.reason[:80], result.due), []).append(result.learner)
    counts = dict.fromkeys(RecipientState, 0)
    for (state, reason, due), learners in groups.items():
        mine = these(id, learners).where(_R.state == _IN_HAND, _R.lane == lane)
        values: dict[str, Any] = {"state": state, "reason": reason or None, **_LET_GO}
        if state is RecipientState.NOT_TRIED:
            values |= {"state": RecipientState.WAITING, "attempts": _R.attempts - 1}
        counts[state] += (
            await db.execute(mine.values(**values, **({"due": due} if due else {})))
        ).rowcount
        if reason == BLOCKED:
            addresses = sa.select(_R.address).where(
                _R.broadcast_id == id, _R.learner_id.in_(learners)
            )
            await db.execute(
                sa.update(t.address).where(t.address.c.hash.in_(addresses)).values(reachable=False)
            )
    row = (
        await db.execute(
            sa.select(_B.sent, _B.marked_at, _B.marked_sent).where(_B.id == id).with_for_update()
        )
    ).first()
    if row is None:
        return
    sent = row.sent + counts[RecipientState.SENT]
    values = {
        "sent": sent,
        "failed": _B.failed + counts[RecipientState.FAILED],
        "unknown": _B.unknown + counts[RecipientState.UNKNOWN],
        "skipped": _B.skipped + counts[RecipientState.SKIPPED],
    }
    if now - row.marked_at >= MARK_SECONDS:
        speed = (sent - row.marked_sent) / (now - row.marked_at) if row.marked_at else 0.0
        values |= {"marked_at": now, "marked_sent": sent, "speed": speed}
    await db.execute(t.broadcast.update().where(_B.id == id).values(**values))


async def renew(db: AsyncConnection, id: int, lane: int) -> None:
    """The lane is alive."""
    mine = sa.update(t.recipient).where(
        _R.broadcast_id == id, _R.state == _IN_HAND, _R.lane == lane
    )
    await db.execute(mine.values(lease=clock(db) + LEASE))


async def reap(db: AsyncConnection, id: int, guarantee: Guarantee) -> int:
    """Recipients of lanes that died. Those whose message never left wait again; those on the wire
    are unknown, or wait again, too. Returns how many were on the wire."""
    lost = sa.update(t.recipient).where(
        _R.broadcast_id == id, _R.state == _IN_HAND, _R.lease < clock(db)
    )
    await db.execute(
        lost.where(sa.not_(_R.wire)).values(state=WAITING, attempts=_R.attempts - 1, **_LET_GO)
    )
    if guarantee is Guarantee.AT_LEAST_ONCE:
        return (await db.execute(lost.values(state=WAITING, **_LET_GO))).rowcount
    unknown = (
        await db.execute(lost.values(state=RecipientState.UNKNOWN, reason="worker died", **_LET_GO))
    ).rowcount
    if unknown:
        await db.execute(
            t.broadcast.update().where(_B.id == id).values(unknown=_B.unknown + unknown)
        )
    return unknown


async def reap_stopped(engine: AsyncEngine) -> None:
    """A lane may die and its broadcast be paused or cancelled before anybody noticed: nobody claims
    there any more, and those on the wire are unknown all the same."""
    stopped = sa.select(_B.id).where(_B.state.in_((State.PAUSED, State.CANCELLED)))
    lost = (
        sa.select(_R.broadcast_id)
        .where(_R.broadcast_id.in_(stopped), _R.state == _IN_HAND)
        .distinct()
    )
    async with engine.begin() as db:
        for id in (await db.execute(lost)).scalars().all():
            await reap(db, id, Guarantee.AT_MOST_ONCE)
            await finish(db, id)


async def finish(db: AsyncConnection, id: int) -> None:
    """It is done when nobody waits and nobody is in hand, paused or not: a pause that came when all
    were sent held back nothing."""
    left = sa.exists().where(
        _R.broadcast_id == id, sa.or_(_R.state == WAITING, _R.state == _IN_HAND)
    )
    whole = sa.or_(
        _B.state == State.SENDING, sa.and_(_B.state == State.PAUSED, _B.seeded_to == SEEDED)
    )
    await db.execute(
        t.broadcast.update().where(_B.id == id, whole, sa.not_(left)).values(state=State.DONE)
    )


async def fetched(db: AsyncConnection, letter: int, read: bool) -> None:
    """A letter was read on its page, or did not come there any more."""
    state = RecipientState.SENT if read else RecipientState.SKIPPED
    lying = sa.update(t.recipient).where(_R.letter == letter, _R.state == RecipientState.ON_PAGE)
    of = (await db.execute(lying.values(state=state).returning(_R.broadcast_id))).scalar()
    if of is not None:
        count = {"sent": _B.sent + 1} if read else {"skipped": _B.skipped + 1}
        await db.execute(t.broadcast.update().where(_B.id == of).values(**count))


async def failures(engine: AsyncEngine, id: int) -> list[tuple[str, RecipientState, str]]:
    """Language, state and reason of everybody who did not get it, or may not have. It tells
    nobody's identity."""
    query = sa.select(_R.language, _R.state, _R.reason).where(
        _R.broadcast_id == id, _R.state.in_((RecipientState.FAILED, RecipientState.UNKNOWN))
    )
    async with engine.connect() as db:
        rows = await db.execute(query.order_by(_R.state, _R.reason, _R.language, _R.learner_id))
        return [(row.language, RecipientState(row.state), row.reason or "") for row in rows]


async def merge(db: AsyncConnection, mine: int, other: int) -> None:
    """Two learners become one, who gets it once."""
    have = sa.select(_R.broadcast_id).where(_R.learner_id == mine)
    theirs = sa.update(t.recipient).where(_R.learner_id == other, _R.broadcast_id.not_in(have))
    await db.execute(theirs.values(learner_id=mine))


def these(id: int, learners: Sequence[int]) -> sa.Update:
    return sa.update(t.recipient).where(_R.broadcast_id == id, _R.learner_id.in_(learners))
