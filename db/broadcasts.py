"""Broadcasts: who gets one, frozen at the start; who has it in hand; what became of it.

Theory. A broadcast is a row, and a row for each recipient. Recipients are made page by page from
those who are learners at that time (`seed`), each once, with the one address where they were last.
Any number of lanes then work at the same broadcast, each on one channel: a lane claims a few
recipients of its channel (`claim`), which nobody else gets while its lease lasts. When a message's
turn has come it is asked again whether it may go, and the recipient is on the wire (`depart`)
before the message leaves. What became of them is said (`settle`) in the transaction that claims the
next. A lane that dies leaves its few recipients in hand; when the lease has run out, whoever is
there lets those wait again whose message never left, and declares the others unknown, or waiting
again, as the author chose (`reap`). Leases are measured by the database's clock, which all
processes share.

No name and no address in the clear is in these rows; who deletes everything is deleted here too.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.conversation.event import Went
from bot.conversation.update import PULL_CHANNELS
from bot.flows.broadcasts.actions import BroadcastView
from bot.flows.broadcasts.events import KEPT_SECONDS, BroadcastBegun, BroadcastSteered
from bot.model.broadcast import (
    AllBroadcasts,
    Audience,
    BroadcastById,
    Counts,
    Draft,
    DryRun,
    Guarantee,
    Progress,
    Reached,
    State,
)
from bot.model.local_time import at, next_hour, quiet_until
from db import sealed
from db import tables as t
from db.batch import Batch
from db.engine import clock, insert
from db.queries import Asked, answers
from db.vault import Vault
from db.writes import Source, writes, writes_last

BROADCASTS = "broadcasts"
"""The job that is notified."""
PAGE = 2000
"""Recipients made in one transaction."""
LAID = 200
"""Letters laid on pages in one transaction."""
LEASE = 30.0
"""Seconds that a lane may go without a sign of life."""
MARK_SECONDS = 5
"""The speed is that of the last so many seconds."""
MOST_ATTEMPTS = 5
SEEDED = 2**63 - 1
"""`seeded_to` once all recipients are made: who comes later is none."""
BLOCKED = "blocked"
"""The reason of somebody who wants nothing any more from us."""
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


# --- written by what an admin does


@writes(BroadcastBegun)
async def begun(tx: Batch, learner_id: int, event: BroadcastBegun) -> None:
    state = State.APPROVAL if event.approval else State.WAITING
    await begin(tx.db, tx.vault, event.id, learner_id, event.draft, state, tx.now)
    tx.waiting.add(BROADCASTS)


@writes(BroadcastSteered)
async def steered(tx: Batch, learner_id: int, event: BroadcastSteered) -> None:
    await steer(tx.db, event.id, event.what)
    tx.waiting.add(BROADCASTS)


@writes_last(Went)
async def went(tx: Batch, source: Source, event: Went) -> None:
    if isinstance(event.place, BroadcastView):
        await view(tx.db, event.place.id, source.address)


async def begin(
    db: AsyncConnection, vault: Vault, id: int, author: int, draft: Draft, state: State, now: int
) -> None:
    content = sealed.seal_draft(vault, id, draft)
    row = {
        "id": id,
        "author": author,
        "content": content,
        "state": state,
        "created": now,
        "starts": draft.starts,
    }
    await db.execute(sa.insert(t.broadcast).values(**row))


_STEPS: Mapping[str, tuple[tuple[State, ...], State]] = {
    "approve": ((State.APPROVAL,), State.WAITING),
    "pause": ((State.WAITING, State.SENDING), State.PAUSED),
    "resume": ((State.PAUSED,), State.WAITING),
    "cancel": ((State.APPROVAL, State.WAITING, State.SENDING, State.PAUSED), State.CANCELLED),
}
"""What can be done in which states, and the state then. Whoever goes on begins by looking for
recipients that are still to be made.
"""


async def steer(db: AsyncConnection, id: int, what: str) -> None:
    """Does nothing where the broadcast is not in a state for it: somebody else was faster. One that
    was sent whole is done, not paused."""
    before, after = _STEPS[what]
    stepped = (
        sa.update(t.broadcast)
        .where(_B.id == id, _B.state.in_(before))
        .values(state=after, marked_at=0, speed=0.0)
    )
    if (await db.execute(stepped)).rowcount:
        await _on_pages(db, id, after)
    await finish(db, id)


async def _on_pages(db: AsyncConnection, id: int, after: State) -> None:
    """What nobody has read yet is held back with the rest, and taken away with it."""
    unread = sa.select(_R.letter).where(
        _R.broadcast_id == id, _R.letter.is_not(None), _R.state == RecipientState.ON_PAGE
    )
    letters = t.order.c.id.in_(unread)
    if after is State.CANCELLED:
        await db.execute(sa.delete(t.order).where(letters))
        left = sa.update(t.recipient).where(
            _R.broadcast_id == id, _R.letter.is_not(None), _R.state == RecipientState.ON_PAGE
        )
        await db.execute(left.values(state=RecipientState.SKIPPED))
    elif after in (State.PAUSED, State.WAITING):
        held = "held" if after is State.PAUSED else "wanted"
        await db.execute(
            sa.update(t.order)
            .where(letters, t.order.c.state.in_(("wanted", "held")))
            .values(state=held)
        )


async def view(db: AsyncConnection, id: int, address: bytes) -> None:
    """Somebody has this broadcast on the screen, on this address."""
    # one that is not there cannot be looked at, nor from an address that is no more
    there = sa.exists().where(t.address.c.hash == address)
    here = sa.select(_B.id, sa.literal(address, sa.LargeBinary)).where(_B.id == id, there)
    looks = insert(db)(t.viewer).from_select(["broadcast_id", "address"], here)
    await db.execute(looks.on_conflict_do_nothing())


# --- what flows ask


@answers(DryRun)
async def dry_run(asked: Asked, query: DryRun) -> Counts:
    return await _counts(
        asked.db, query.audience, query.languages, query.besides, asked.now, asked.zone
    )


@answers(BroadcastById)
async def broadcast_by_id(asked: Asked, query: BroadcastById) -> Progress | None:
    return next(iter(await _progress(asked.db, asked.vault, _B.id == query.id)), None)


@answers(AllBroadcasts)
async def all_broadcasts(asked: Asked, query: AllBroadcasts) -> tuple[Progress, ...]:
    return tuple(await _progress(asked.db, asked.vault, sa.true()))


async def _progress(
    db: AsyncConnection, vault: Vault, which: sa.ColumnElement[bool]
) -> list[Progress]:
    rows = (
        await db.execute(sa.select(t.broadcast).where(which).order_by(_B.created.desc(), _B.id))
    ).all()
    sending = [row.id for row in rows if row.state == State.SENDING]
    next_due = sa.select(_R.broadcast_id, sa.func.min(_R.due)).where(
        _R.broadcast_id.in_(sending), _R.state == WAITING
    )
    dues = dict(map(tuple, await db.execute(next_due.group_by(_R.broadcast_id)))) if sending else {}
    lying = sa.select(_R.broadcast_id, sa.func.count()).where(
        _R.letter.is_not(None), _R.state == RecipientState.ON_PAGE
    )
    pages = dict(map(tuple, await db.execute(lying.group_by(_R.broadcast_id)))) if rows else {}
    return [_as_progress(vault, row, pages.get(row.id, 0), dues.get(row.id)) for row in rows]


def _as_progress(vault: Vault, row: Any, page: int, due: int | None) -> Progress:
    state = State(row.state)
    over = state in (State.DONE, State.CANCELLED)
    known = row.sent + row.failed + row.unknown + page
    skipped = row.total - known if over else row.skipped
    waiting = row.total - known - skipped
    sending = state is State.SENDING and row.speed > 0
    return Progress(
        id=row.id,
        state=state,
        author=row.author or 0,
        draft=sealed.draft(vault, row.id, row.content),
        created=row.created,
        total=row.total,
        sent=row.sent,
        failed=row.failed,
        unknown=row.unknown,
        skipped=skipped,
        page=page,
        due=due,
        rate=row.speed if sending else 0.0,
        seconds_left=round(waiting / row.speed) if sending else None,
    )


async def _counts(
    db: AsyncConnection,
    audience: Audience,
    languages: Sequence[str],
    besides: int,
    now: int,
    zone: str,
) -> Counts:
    best = sa.case(
        (sa.not_(t.address.c.reachable), 1), (t.address.c.channel.in_(PULL_CHANNELS), 2), else_=3
    )
    reach = (
        sa.select(sa.func.max(best))
        .where(*_addresses(audience))
        .correlate(t.learner)
        .scalar_subquery()
    )
    spoken = sa.func.coalesce(t.learner.c.language, "").in_(languages)
    people = sa.select(
        t.learner.c.zone,
        sa.case(
            (reach.is_(None), "no_channel"),
            (reach == 1, "blocked"),
            (t.learner.c.muted, "stopped"),
            (sa.not_(spoken), "no_language"),
            (reach == 2, "page"),
            else_="will_get",
        ).label("why"),
    ).where(*_meant(audience), t.learner.c.id != besides)
    named = people.subquery()
    rows = await db.execute(
        sa.select(named.c.why, named.c.zone, sa.func.count().label("n")).group_by(
            named.c.why, named.c.zone
        )
    )
    found = dict.fromkeys(
        ("will_get", "night", "page", "blocked", "stopped", "no_language", "no_channel"), 0
    )
    for row in rows:
        found[row.why] += row.n
        if row.why == "will_get" and quiet_until(now, row.zone or zone):
            found["night"] += row.n
    found["will_get"] += found["page"]
    return Counts(**found)


def _meant(audience: Audience) -> list[sa.ColumnElement[bool]]:
    """All that has to be true of a learner."""
    column = t.learner.c
    meant: list[sa.ColumnElement[bool]] = []
    if audience.languages:
        meant.append(column.language.in_(audience.languages))
    if audience.group is not None:
        mine = t.member.c.learner_id == column.id
        meant.append(
            sa.exists().where(t.member.c.group_id == audience.group, mine).correlate(t.learner)
        )
    if audience.module and audience.state:
        meant.append(_reached(audience.module, audience.state))
    return meant


def _reached(module: str, state: Reached) -> sa.ColumnElement[bool]:
    """How far somebody is, from the column that `sealed.progress` writes; without it, somebody
    new."""
    known = sa.func.coalesce(t.learner.c.progress, "")
    begun, done = (
        known.contains(f"|{module}={how}|", autoescape=True) for how in ("begun", "done")
    )
    return {"done": done, "begun": begun, "not-begun": sa.not_(sa.or_(begun, done))}[state]


def _addresses(audience: Audience) -> list[sa.ColumnElement[bool]]:
    """The addresses of a learner that are meant."""
    column = t.address.c
    where = [column.learner_id == t.learner.c.id]
    return [*where, column.channel == audience.channel] if audience.channel else where


# --- done by workers


async def active(engine: AsyncEngine, now: int) -> list[tuple[int, State]]:
    """Broadcasts with something to do: whose day has come, somewhere."""
    async with engine.connect() as db:
        under_way = _B.state.in_((State.WAITING, State.SENDING))
        rows = await db.execute(sa.select(_B.id, _B.state).where(under_way, _B.starts <= now))
        return [(row.id, State(row.state)) for row in rows]


async def seed(engine: AsyncEngine, vault: Vault, id: int, now: int, zone: str) -> bool:
    """Makes the next page of recipients; after the last one the broadcast is being sent. True while
    there are more.

    Two processes at the same broadcast take turns. `zone` is that of learners who did not tell
    theirs.
    """
    async with engine.begin() as db:
        wanted = (
            sa.select(_B.content, _B.seeded_to, _B.author)
            .where(_B.id == id, _B.state == State.WAITING)
            .with_for_update()
        )
        row = (await db.execute(wanted)).first()
        if row is None:
            return False
        draft = sealed.draft(vault, id, row.content)
        column = t.learner.c
        page = (
            sa.select(column.id)
            .where(column.id > row.seeded_to)
            .order_by(column.id)
            .limit(PAGE)
            .subquery()
        )
        last = (await db.execute(sa.select(sa.func.max(page.c.id)))).scalar()
        here = t.broadcast.update().where(_B.id == id)
        if last is None:
            await db.execute(here.values(state=State.SENDING, seeded_to=SEEDED))
            return False
        between = (column.id > row.seeded_to, column.id <= last)
        zones = (
            (await db.execute(sa.select(column.zone).where(*between).distinct())).scalars().all()
        )
        meant = (*between, column.id != (row.author if draft.tested and row.author else 0))
        added = await db.execute(_recipients(id, draft, meant, _dues(zones, draft, now, zone)))
        await db.execute(here.values(seeded_to=last, total=_B.total + added.rowcount))
        return True


def _dues(zones: Iterable[str | None], draft: Draft, now: int, zone: str) -> dict[str, int]:
    """When it is time, by time zone; "" for those who told none. Where the time has passed already
    it is now."""

    def due(z: str) -> int:
        if draft.hour is None:
            return now
        return (
            max(now, at(draft.day, draft.hour, draft.minute, z))
            if draft.day
            else next_hour(now, z, draft.hour)
        )

    return {z or "": due(z or zone) for z in zones}


def _recipients(
    id: int, draft: Draft, between: Sequence[sa.ColumnElement[bool]], dues: Mapping[str, int]
) -> sa.Insert:
    column = t.learner.c
    best = (
        t.address.c.channel.in_(PULL_CHANNELS),
        t.address.c.live_at.desc().nulls_last(),
        t.address.c.hash,
    )
    address = (
        sa.select(t.address.c.hash)
        .where(*_addresses(draft.audience), t.address.c.reachable)
        .order_by(*best)
        .limit(1)
    )
    due = sa.case(dues, value=sa.func.coalesce(column.zone, ""))
    people = sa.select(
        column.id,
        address.correlate(t.learner).scalar_subquery().label("address"),
        column.language,
        column.zone,
    )
    texts = column.language.in_(list(draft.texts))
    found = (
        people.add_columns(due.label("due"))
        .where(*between, sa.not_(column.muted), texts, *_meant(draft.audience))
        .subquery()
    )
    rows = sa.select(
        sa.literal(id, sa.BigInteger),
        found.c.id,
        found.c.address,
        found.c.language,
        found.c.zone,
        WAITING,
        found.c.due,
    ).where(found.c.address.is_not(None))
    names = ["broadcast_id", "learner_id", "address", "language", "zone", "state", "due"]
    return sa.insert(t.recipient).from_select(names, rows, include_defaults=False)


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
    wanted = [row for row in awake if not row.muted and row.reachable]
    await left_out(db, id, [row for row in awake if row not in wanted])
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
            vault.open(row.sealed, row.hash).decode(),
            row.language,
            row.attempts + 1,
        )
        for row in wanted
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
            t.address.c.hash, t.address.c.channel, t.address.c.sealed, t.address.c.reachable
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


async def left_out(db: AsyncConnection, id: int, rows: Sequence[Any]) -> None:
    stopped = [row.learner_id for row in rows if row.muted]
    blocked = [row.learner_id for row in rows if not row.muted]
    if stopped:
        await db.execute(these(id, stopped).values(state=RecipientState.SKIPPED))
    if blocked:
        await db.execute(these(id, blocked).values(state=RecipientState.FAILED, reason=BLOCKED))
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


async def viewers(
    engine: AsyncEngine, vault: Vault
) -> list[tuple[int, bytes, str, str, str | None]]:
    """Broadcast, hash of the address, channel, address and live message of everybody who has one on
    the screen."""
    query = sa.select(t.viewer.c.broadcast_id, t.address).join(
        t.address, t.address.c.hash == t.viewer.c.address
    )
    async with engine.connect() as db:
        rows = (await db.execute(query)).all()
    return [
        (
            row.broadcast_id,
            row.hash,
            row.channel,
            vault.open(row.sealed, row.hash).decode(),
            row.live_message,
        )
        for row in rows
    ]


async def looked_away(engine: AsyncEngine, id: int, address: bytes) -> None:
    async with engine.begin() as db:
        await db.execute(
            sa.delete(t.viewer).where(t.viewer.c.broadcast_id == id, t.viewer.c.address == address)
        )


async def failures(engine: AsyncEngine, id: int) -> list[tuple[str, RecipientState, str]]:
    """Language, state and reason of everybody who did not get it, or may not have. It tells
    nobody's identity."""
    query = sa.select(_R.language, _R.state, _R.reason).where(
        _R.broadcast_id == id, _R.state.in_((RecipientState.FAILED, RecipientState.UNKNOWN))
    )
    async with engine.connect() as db:
        rows = await db.execute(query.order_by(_R.state, _R.reason, _R.language, _R.learner_id))
        return [(row.language, RecipientState(row.state), row.reason or "") for row in rows]


async def forget(engine: AsyncEngine, now: int) -> None:
    """Deletes what is older than thirty days, a page at a time so that nobody waits for it."""
    old = sa.select(_B.id).where(
        _B.created < now - KEPT_SECONDS, _B.state.in_((State.DONE, State.CANCELLED))
    )
    while True:
        async with engine.begin() as db:
            page = (
                sa.select(_R.learner_id)
                .where(_R.broadcast_id == old.limit(1).scalar_subquery())
                .limit(PAGE)
            )
            of_first = sa.delete(t.recipient).where(
                _R.broadcast_id == old.limit(1).scalar_subquery(), _R.learner_id.in_(page)
            )
            if (await db.execute(of_first)).rowcount:
                continue
            if not (
                await db.execute(
                    sa.delete(t.broadcast).where(_B.id == old.limit(1).scalar_subquery())
                )
            ).rowcount:
                return


async def merge(db: AsyncConnection, mine: int, other: int) -> None:
    """Two learners become one, who gets it once."""
    have = sa.select(_R.broadcast_id).where(_R.learner_id == mine)
    theirs = sa.update(t.recipient).where(_R.learner_id == other, _R.broadcast_id.not_in(have))
    await db.execute(theirs.values(learner_id=mine))
    await db.execute(sa.update(t.broadcast).where(_B.author == other).values(author=mine))


def these(id: int, learners: Sequence[int]) -> sa.Update:
    return sa.update(t.recipient).where(_R.broadcast_id == id, _R.learner_id.in_(learners))
