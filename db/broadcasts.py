"""Broadcasts as wholes: begun, steered, looked at, forgotten. Their recipients are rows of their
own (`db.recipients`)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.conversation.event import Went
from bot.flows.broadcasts.actions import BroadcastView
from bot.flows.broadcasts.events import KEPT_SECONDS, BroadcastBegun, BroadcastSteered
from bot.model.broadcast import (
    AllBroadcasts,
    BroadcastById,
    Draft,
    Progress,
    State,
    Steering,
    UnreadableBroadcasts,
)
from db import recipients, sealed
from db import tables as t
from db.batch import Batch
from db.engine import insert
from db.queries import Asked, answers
from db.readable import readable
from db.recipients import DAY_FULL, WAITING, RecipientState, finish
from db.seeding import PAGE
from db.staff_rows import admins_of
from db.vault import Vault
from db.writes import Source, writes, writes_last

BROADCASTS = "broadcasts"
"""The job that is notified."""
_B, _R = t.broadcast.c, t.recipient.c
_RUNNING = _B.state.in_((State.WAITING, State.SENDING))


# --- written by what an admin does


@writes(BroadcastBegun)
async def begun(tx: Batch, learner_id: int, event: BroadcastBegun) -> None:
    state = State.APPROVAL if event.approval else State.WAITING
    await begin(tx.db, tx.vault, event.id, learner_id, event.draft, state, tx.now)
    tx.waiting.add(BROADCASTS)


@writes(BroadcastSteered)
async def steered(tx: Batch, learner_id: int, event: BroadcastSteered) -> None:
    """Whoever lets it go on answers for it from then on."""
    await steer(tx.db, event.id, event.what)
    if event.what in (Steering.APPROVE, Steering.RESUME):
        answers_for = sa.update(t.broadcast).where(_B.id == event.id, _B.state == State.WAITING)
        await tx.db.execute(answers_for.values(author=learner_id))
    tx.waiting.add(BROADCASTS)


@writes_last(Went)
async def went(tx: Batch, source: Source, event: Went) -> None:
    if isinstance(event.place, BroadcastView):
        await view(tx.db, event.place.id, source.address)


async def begin(
    db: AsyncConnection,
    vault: Vault,
    id: int,
    author: int | None,
    draft: Draft,
    state: State,
    now: int,
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


_STEPS: Mapping[Steering, tuple[tuple[State, ...], State]] = {
    Steering.APPROVE: ((State.APPROVAL,), State.WAITING),
    Steering.PAUSE: ((State.WAITING, State.SENDING), State.PAUSED),
    Steering.RESUME: ((State.PAUSED,), State.WAITING),
    Steering.CANCEL: (
        (State.APPROVAL, State.WAITING, State.SENDING, State.PAUSED),
        State.CANCELLED,
    ),
}
"""What can be done in which states, and the state then. Whoever goes on begins by looking for
recipients that are still to be made.
"""


async def steer(db: AsyncConnection, id: int, what: Steering) -> None:
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


@answers(BroadcastById)
async def broadcast_by_id(asked: Asked, query: BroadcastById) -> Progress | None:
    return next(iter(await _progress(asked.db, asked.vault, _B.id == query.id)), None)


@answers(AllBroadcasts)
async def all_broadcasts(asked: Asked, query: AllBroadcasts) -> tuple[Progress, ...]:
    return tuple(await _progress(asked.db, asked.vault, sa.true()))


@answers(UnreadableBroadcasts)
async def unreadable_broadcasts(asked: Asked, query: UnreadableBroadcasts) -> int:
    rows = (await asked.db.execute(sa.select(_B.id, _B.content))).all()
    known = readable("broadcast", rows, lambda row: sealed.draft(asked.vault, row.id, row.content))
    return len(rows) - len(known)


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
    full = sa.select(_R.broadcast_id, sa.func.count()).where(
        _R.broadcast_id.in_(sending), _R.state == WAITING, _R.reason == DAY_FULL
    )
    held = dict(map(tuple, await db.execute(full.group_by(_R.broadcast_id)))) if sending else {}
    lying = sa.select(_R.broadcast_id, sa.func.count()).where(
        _R.letter.is_not(None), _R.state == RecipientState.ON_PAGE
    )
    pages = dict(map(tuple, await db.execute(lying.group_by(_R.broadcast_id)))) if rows else {}
    known = readable(
        "broadcast",
        rows,
        lambda row: replace(
            _as_progress(vault, row, pages.get(row.id, 0), dues.get(row.id)),
            another_day=held.get(row.id, 0),
        ),
    )
    return [progress for _row, progress in known]


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


async def hold(db: AsyncConnection, which: sa.ColumnElement[bool]) -> None:
    """What is to be sent, or under way, waits until an admin lets it go on."""
    for id in (await db.execute(sa.select(_B.id).where(_RUNNING, which))).scalars().all():
        await steer(db, id, Steering.PAUSE)


# --- done by workers


async def hold_strangers(engine: AsyncEngine, vault: Vault, admins: Sequence[bytes]) -> None:
    """Holds those of whom the settings named an admin, and do so no longer."""
    authors = sa.select(_B.author).where(_RUNNING, _B.author.is_not(None))
    async with engine.connect() as db:
        found = set((await db.execute(authors)).scalars())
        strangers = found - await admins_of(db, vault, admins) if found else found
    if strangers:
        async with engine.begin() as db:
            await hold(db, _B.author.in_(strangers))


async def active(engine: AsyncEngine, now: int) -> list[tuple[int, State]]:
    """Broadcasts with something to do: whose day has come, somewhere."""
    async with engine.connect() as db:
        rows = await db.execute(sa.select(_B.id, _B.state).where(_RUNNING, _B.starts <= now))
        return [(row.id, State(row.state)) for row in rows]


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
    opened = readable(
        "viewer of broadcast",
        rows,
        lambda row: vault.open(row.sealed, row.hash).decode(),
        id="broadcast_id",
    )
    return [
        (row.broadcast_id, row.hash, row.channel, address, row.live_message)
        for row, address in opened
    ]


async def looked_away(engine: AsyncEngine, id: int, address: bytes) -> None:
    async with engine.begin() as db:
        await db.execute(
            sa.delete(t.viewer).where(t.viewer.c.broadcast_id == id, t.viewer.c.address == address)
        )


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
    """Two learners become one."""
    await recipients.merge(db, mine, other)
    await db.execute(sa.update(t.broadcast).where(_B.author == other).values(author=mine))
