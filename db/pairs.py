"""Pairs of a learner and a mentor as rows; what waits in one that is over is dropped."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.pairs.events import CHECK, OVER, SAID, PairJoined, PairKept
from bot.model.message import note
from bot.model.pairs import (
    CHECKS,
    OPEN,
    WEEK_SECONDS,
    Hears,
    Pair,
    PairById,
    PairByToken,
    PairsIn,
    PairsOf,
    PairState,
    Said,
    SaidBy,
    WhenHeard,
)
from db import tables as t
from db.batch import Batch
from db.engine import insert
from db.erased import WIPE
from db.orders import best_addresses, opened
from db.queries import Asked, answers
from db.staff_rows import known_learners
from db.vault import Vault
from db.writes import writes

_P = t.pair.c
_COLUMNS = tuple(
    _P[name]
    for name in (
        *("id", "learner_id", "mentor_id", "group_id"),
        *("state", "since", "until", "asked", "more"),
    )
)
PAGE = 100
"""Pairs in one transaction."""


def _pair(row: Any) -> Pair:
    return Pair(
        id=row.id,
        learner=row.learner_id,
        mentor=row.mentor_id or 0,
        group=row.group_id,
        state=PairState(row.state),
        since=row.since,
        until=row.until,
        asked=row.asked,
        more=row.more,
    )


def _hash(vault: Vault, token: str) -> bytes:
    return vault.hash("pair", token)


async def _pairs(db: AsyncConnection, *where: sa.ColumnElement[bool]) -> tuple[Pair, ...]:
    found = sa.select(*_COLUMNS).where(*where).order_by(_P.since.desc(), _P.id)
    return tuple(map(_pair, await db.execute(found)))


@answers(PairById)
async def pair_by_id(asked: Asked, query: PairById) -> Pair | None:
    return next(iter(await _pairs(asked.db, _P.id == query.id)), None)


@answers(PairByToken)
async def pair_by_token(asked: Asked, query: PairByToken) -> Pair | None:
    hashed = _hash(asked.vault, query.token)
    found = await _pairs(
        asked.db,
        _P.token == hashed,
        _P.state == PairState.INVITED,
        _P.mentor_id.is_(None),
        _P.until > asked.now,
    )
    return next(iter(found), None)


@answers(PairsOf)
async def pairs_of(asked: Asked, query: PairsOf) -> tuple[Pair, ...]:
    return await _pairs(asked.db, _of(query.who))


@answers(PairsIn)
async def pairs_in(asked: Asked, query: PairsIn) -> tuple[Pair, ...]:
    return await _pairs(asked.db, _P.group_id == query.group)


@answers(SaidBy)
async def said_by(asked: Asked, query: SaidBy) -> Said | None:
    row = sa.select(t.learner.c.id, t.learner.c.snapshot).where(t.learner.c.id == query.who)
    found = known_learners(asked, (await asked.db.execute(row)).all())
    return next((Said(one.about_me, one.language or "en") for one in found), None)


@answers(WhenHeard)
async def when_heard(asked: Asked, query: WhenHeard) -> Hears:
    """Where they were last, as an order finds them."""
    where = (await best_addresses(asked.db, asked.now, {query.who})).get(query.who)
    if where is None or where.pull:
        return Hears.WHEN_THEY_LOOK
    return Hears.WHEN_THEY_WRITE if where.closed or not where.reachable else Hears.SOON


def _of(who: int) -> sa.ColumnElement[bool]:
    return (_P.learner_id == who) | (_P.mentor_id == who)


@writes(PairKept)
async def kept(tx: Batch, learner_id: int, event: PairKept) -> None:
    pair = event.pair
    row: dict[str, Any] = {
        "learner_id": pair.learner,
        "mentor_id": pair.mentor or None,
        "group_id": pair.group,
        "state": str(pair.state),
        "since": pair.since,
        "until": pair.until,
        "asked": pair.asked,
        "more": pair.more,
    }
    if event.token:
        await tx.db.execute(
            sa.delete(t.pair).where(  # one link for one learner of a group
                _P.learner_id == pair.learner,
                _P.group_id == pair.group,
                _P.state == PairState.INVITED,
                _P.mentor_id.is_(None),
            )
        )
        row["token"] = _hash(tx.vault, event.token)
    elif pair.mentor:
        row["token"] = None  # one use
    new = insert(tx.db)(t.pair).values(id=pair.id, **row)
    await tx.db.execute(new.on_conflict_do_update(index_elements=[_P.id], set_=row))
    if pair.state is not PairState.PAIRED:
        await _drop(tx, pair)


async def _drop(tx: Batch, pair: Pair) -> None:
    """What one wrote and the other has not got yet."""
    both = (pair.learner, pair.mentor)
    rows = await tx.db.execute(
        sa.select(t.order.c.id, t.order.c.sealed).where(
            t.order.c.learner_id.in_(both),
            t.order.c.sealed.is_not(None),
        )
    )
    ids = [row.id for row in rows if _is_of(tx.vault, row.id, row.sealed, pair.id)]
    if ids:
        tx.waiting.add(WIPE)
        await tx.db.execute(sa.delete(t.order).where(t.order.c.id.in_(ids)))


def _is_of(vault: Vault, id: int, sealed: bytes, pair: int) -> bool:
    try:
        said = opened(vault, id, sealed).note
    except ValueError:
        return False
    return said is not None and said.kind in (SAID, CHECK) and said["pair"] == str(pair)


async def leaves(tx: Batch, who: int) -> None:
    """Somebody is deleted: their pairs end, and the others are told."""
    for pair in await _pairs(tx.db, _of(who), _P.state.in_([str(state) for state in OPEN])):
        other = pair.other(who)
        await _drop(tx, pair)
        if other and pair.state is PairState.PAIRED:
            await tx.change(other, PairJoined(pair.id, out=True))
            tx.tell(other, note(OVER, name=""))


async def merge(db: AsyncConnection, mine: int, other: int) -> None:
    """Two learners become one."""
    for column in (_P.learner_id, _P.mentor_id):
        await db.execute(sa.update(t.pair).where(column == other).values({column: mine}))
    await db.execute(sa.delete(t.pair).where(_P.learner_id == _P.mentor_id))


async def ask(tx: Batch) -> int:
    """Asks each of a pair apart how it goes, and ends those whose time is over. Returns how many
    pairs were due."""
    paired = _P.state == PairState.PAIRED
    over = await _pairs(tx.db, paired, _P.until <= tx.now)
    for pair in over[:PAGE]:
        await kept(tx, pair.learner, PairKept(pair.moved(PairState.ENDED, tx.now)))
        for who in (pair.learner, pair.mentor):
            await tx.change(who, PairJoined(pair.id, out=True))
            tx.tell(who, note(OVER, name=""))
    due = [
        pair
        for number, weeks in enumerate(CHECKS)
        for pair in await _pairs(
            tx.db,
            paired,
            _P.asked == number,
            _P.since <= tx.now - weeks * WEEK_SECONDS,
            _P.until > tx.now,
        )
    ][:PAGE]
    for pair in due:
        await _ask(tx, pair)
    await tx.write(())
    return len(over[:PAGE]) + len(due)


async def _ask(tx: Batch, pair: Pair) -> None:
    names = await _names(tx, (pair.learner, pair.mentor))
    asked = pair.asked + 1
    await tx.db.execute(sa.update(t.pair).where(_P.id == pair.id).values(asked=asked))
    for who in (pair.learner, pair.mentor):
        name = names.get(pair.other(who), "")
        last = "1" if asked == len(CHECKS) else ""
        tx.tell(who, note(CHECK, pair=pair.id, name=name, last=last))


async def _names(tx: Batch, ids: Sequence[int]) -> dict[int, str]:
    rows = sa.select(t.learner.c.id, t.learner.c.snapshot).where(t.learner.c.id.in_(ids))
    found = known_learners(tx.asked, (await tx.db.execute(rows)).all())
    return {one.id: one.about_me.name for one in found}


async def forget(db: AsyncConnection, now: int) -> None:
    """Links that nobody opened in time; proposals and pairs that ended, a year later. What was
    reported stays: the two are never a pair again."""
    unused = (_P.state == PairState.INVITED) & (_P.until < now)
    asked = _P.state.in_([PairState.ASKED, PairState.OFFERED]) & (_P.since < now - 4 * WEEK_SECONDS)
    ended = _P.state.in_([PairState.ENDED, PairState.DECLINED]) & (
        _P.since < now - 52 * WEEK_SECONDS
    )
    await db.execute(sa.delete(t.pair).where(unused | asked | ended))
