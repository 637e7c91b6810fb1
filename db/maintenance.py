"""What time brings, without anybody's doing: reminders that are due, a notice and deletion after a
year, what is kept only for a time.
"""

from datetime import timedelta

import sqlalchemy as sa

from bot.conversation.reminder import planned, reminded
from bot.flows.reminders.events import IDLE, REMINDER_SECONDS
from bot.model.channel import MANNERS, Manners
from bot.model.learner import day_of
from bot.model.local_time import quiet_until
from bot.model.message import Note, note
from db import begun, broadcasts, drafts, meetings, pairs
from db import tables as t
from db.connections import KEPT
from db.erasure import erase
from db.staff_rows import admins_of
from db.store import Store

GROUPS = 20
"""Groups in one transaction, each with its members."""
PAGE = 200
"""Learners in one transaction."""
NOTICE_AFTER, FORGOTTEN_AFTER = timedelta(days=365), timedelta(days=31)
"""Idle for a year: a notice; so long after it: deletion."""
NEVER_BEGAN = timedelta(days=30)
_LEARNER = sa.select(t.learner.c.id, t.learner.c.snapshot)


async def remind(store: Store, now: int) -> int:
    """Turns reminders that are due into orders, and plans what comes next, in one transaction:
    never two for one. Returns how many were due: call again while there are."""
    async with store.batch(now) as tx:
        await tx.take(
            _LEARNER.where(t.learner.c.remind_at <= now).order_by(t.learner.c.remind_at).limit(PAGE)
        )
        notes: list[tuple[int, Note]] = []
        reached = await tx.reached(list(tx.learners))
        for learner in list(tx.learners.values()):
            rhythm = learner.rhythm
            in_time = (
                rhythm.due is not None and now - rhythm.due < REMINDER_SECONDS
            )  # later than that it waits for the next time
            if (
                in_time
                and learner.id in reached
                and not quiet_until(now, learner.zone or store.zone)
            ):
                after, told = reminded(learner, now)
                notes += ((learner.id, each) for each in told)
            else:
                after = planned(learner, now)
            tx.learners[learner.id] = after
        await tx.write(notes)
        await tx.unreminded()
        return len(tx.learners) + len(tx.unreadable)


async def tell_admins(store: Store, note: Note, now: int) -> None:
    async with store.batch(now) as tx:
        admins = await admins_of(tx.db, tx.vault, store.admins)
        await tx.write([(admin, note) for admin in admins])


async def remind_of_meetings(store: Store, now: int) -> int:
    """Tells the members of a group about tomorrow's meeting, once. Returns how many groups were
    due: call again while there are."""
    async with store.batch(now) as tx:
        return await meetings.remind(tx, GROUPS)


async def ask_pairs(store: Store, now: int) -> int:
    """Asks each of a pair apart how it goes, and ends those whose time is over. Returns how many
    pairs were due: call again while there are."""
    async with store.batch(now) as tx:
        return await pairs.ask(tx)


async def retain(store: Store, now: int) -> int:
    """Tells those who were idle for a year, once, that they will be deleted; deletes those who were
    told and stayed away a month longer, as they could have done themselves. Returns how many."""
    today = day_of(now)
    idle = (t.learner.c.active_on < today - NOTICE_AFTER) & t.learner.c.noticed_on.is_(None)
    async with store.batch(now) as tx:
        await tx.take(_LEARNER.where(idle).limit(PAGE))
        await tx.write(
            [(id, note(IDLE, day=(today + FORGOTTEN_AFTER).isoformat())) for id in tx.learners]
        )
        await tx.noticed(today)
        told = len(tx.learners) + len(tx.unreadable)
    async with store.batch(now) as tx:
        await tx.take(_LEARNER.where(t.learner.c.noticed_on < today - FORGOTTEN_AFTER).limit(PAGE))
        gone = [*tx.learners, *tx.unreadable]
        for id in gone:
            await erase(tx, id)
        await tx.write(())
        return told + len(gone)


async def forget_strangers(store: Store, now: int) -> int:
    """Deletes those who opened a chat and never took a step in it for 30 days. Returns how many."""
    named = sa.select(t.address.c.learner_id).where(t.address.c.hash.in_(store.admins))
    idle = sa.not_(t.learner.c.begun) & (t.learner.c.active_on < day_of(now) - NEVER_BEGAN)
    async with store.batch(now) as tx:
        await tx.take(_LEARNER.where(idle, t.learner.c.id.not_in(named)).limit(PAGE))
        for id in (gone := [*tx.learners, *tx.unreadable]):
            await erase(tx, id)
        return len(gone)


async def forget_drafts(store: Store, now: int) -> int:
    """Deletes answers of papers for work whose day is past, also from the database's log. Returns
    how many."""
    async with store.engine.begin() as db:
        gone = await drafts.forget(db, now)
    if gone:
        store.unwiped = True
        await store.wipe()
    return gone


async def tidy(store: Store, now: int) -> None:
    """Deletes what is kept only for a time: update ids as long as a messenger may bring them
    again, orders, links for staff, broadcasts 30
    days."""
    await broadcasts.forget(store.engine, now)
    async with store.engine.begin() as db:
        seconds = {channel: manners.repeats for channel, manners in MANNERS.items()}
        usual = sa.literal(Manners().repeats)
        kept = sa.case(seconds, value=t.update.c.channel, else_=usual) if seconds else usual
        await db.execute(sa.delete(t.update).where(t.update.c.at < now - kept))
        unsaid = (t.order.c.state == "told") & (t.order.c.due < now)  # it was taken, and no more
        await db.execute(sa.update(t.order).where(unsaid).values(state="sent", sealed=None))
        await db.execute(sa.delete(t.order).where(t.order.c.until < now))
        await begun.tidy(db, now)
        await pairs.forget(db, now)
        await db.execute(sa.delete(t.closed).where(t.closed.c.day < day_of(now) - KEPT))
        await db.execute(sa.delete(t.staff_link).where(t.staff_link.c.until < now))
