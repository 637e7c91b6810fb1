"""Times that a wrong clock wrote, put right with the clock: whoever waits for a day that does not
come would wait in vain.

Nothing legitimate lies further ahead than the bounds below; what does was written by a clock that
was ahead. What is older than the release was written by one that had not been set. What may be
tried once too often is tried rather than left.
"""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.reminder import planned
from bot.model.learner import day_of
from bot.runtime.clock import RELEASED_AT
from db import recipients
from db import tables as t
from db.arrivals import AHEAD_SECONDS
from db.engine import clock
from db.staff import STAFF_LINK_SECONDS
from db.store import Store

ORDER_SECONDS = 25 * 3600
"""The longest that an order waits for its next try: a day where somebody blocked us."""
LEASE_SECONDS = 120
"""Longer than any lease of an order or of a broadcast's message."""
BROADCAST_SECONDS = 49 * 3600
"""A day and a night: the hour that the author wished, in every time zone."""
PACE_SECONDS = 3600
"""The longest that a messenger makes everybody wait."""
REMINDER_SECONDS = 9 * 24 * 3600
PAGE = 200


async def put_right(store: Store, now: int, back: bool) -> None:
    """`back`: the clock was put back just now, or the program starts: orders that wait are tried,
    whatever they waited for."""
    async with store.engine.begin() as db:
        await _orders(db, now, back)
        wrong = _wrong(t.update.c.at, now) & sa.not_(t.update.c.answered)
        await db.execute(
            sa.update(t.update).where(wrong | (t.update.c.at > now + AHEAD_SECONDS)).values(at=now)
        )
        await _leases(db, now)
        far = t.staff_link.c.until > now + STAFF_LINK_SECONDS
        await db.execute(sa.update(t.staff_link).where(far).values(until=now + STAFF_LINK_SECONDS))
        today = day_of(now)
        await db.execute(
            sa.update(t.learner).where(t.learner.c.active_on > today).values(active_on=today)
        )
        await db.execute(
            sa.update(t.learner).where(t.learner.c.noticed_on > today).values(noticed_on=None)
        )
    while await _reminders(store, now):
        pass


def _wrong(at: sa.ColumnElement[int], now: int) -> sa.ColumnElement[bool]:
    """A moment that was not, as far as one can know today."""
    early = at < RELEASED_AT if now >= RELEASED_AT else sa.false()
    return (at > now + AHEAD_SECONDS) | early


async def _orders(db: AsyncConnection, now: int, back: bool) -> None:
    order = t.order.c
    kept = order.sealed.is_not(None)
    moved = {"at": now, "until": now + order.until - order.at}
    await db.execute(sa.update(t.order).where(kept, _wrong(order.at, now)).values(**moved))
    waits = order.due > now + (0 if back else ORDER_SECONDS)
    await db.execute(sa.update(t.order).where(kept, order.state == "wanted", waits).values(due=now))
    leased = order.due > now + LEASE_SECONDS
    await db.execute(
        sa.update(t.order).where(kept, order.state == "sending", leased).values(due=now)
    )


async def _leases(db: AsyncConnection, now: int) -> None:
    """Of broadcasts and of the shared pace, by the database's clock."""
    each, at = t.recipient.c, clock(db)
    waiting = (each.state == recipients.RecipientState.WAITING) & (
        each.due > now + BROADCAST_SECONDS
    )
    await db.execute(sa.update(t.recipient).where(waiting).values(due=now))
    leased = (each.state == recipients.RecipientState.IN_HAND) & (each.lease > at + LEASE_SECONDS)
    await db.execute(sa.update(t.recipient).where(leased).values(lease=at))
    await db.execute(sa.update(t.pace).where(t.pace.c.until > at + PACE_SECONDS).values(until=at))


async def _reminders(store: Store, now: int) -> int:
    """Plans again what lies further ahead than a plan can. Returns how many: call again while there
    are."""
    late = t.learner.c.remind_at > now + REMINDER_SECONDS
    async with store.batch(now) as tx:
        await tx.take(
            sa.select(t.learner.c.id, t.learner.c.snapshot)
            .where(late)
            .order_by(t.learner.c.id)
            .limit(PAGE)
        )
        for learner in list(tx.learners.values()):
            tx.learners[learner.id] = planned(learner, now)
        await tx.write([])
        return len(tx.learners)
