"""A broadcast to those who have a page and nothing else: it is laid there as a letter."""

import sqlalchemy as sa

from bot.flows.broadcasts.events import BROADCAST
from bot.model.broadcast import State
from bot.model.channel import PULL_CHANNELS
from bot.model.message import note
from db import sealed
from db import tables as t
from db.recipients import LAID, WAITING, RecipientState, left_out, these
from db.store import Store

_B, _R = t.broadcast.c, t.recipient.c


async def lay(store: "Store", id: int, now: int) -> int:
    """Lays it as a letter on the pages of those who have no other channel, a page of them at once.
    Returns how many."""
    async with store.batch(now) as tx:
        db = tx.db
        row = (
            await db.execute(sa.select(_B.content).where(_B.id == id, _B.state == State.SENDING))
        ).first()
        if row is None:
            return 0
        due = (
            sa.select(_R.learner_id, _R.address, _R.language, t.learner.c.muted)
            .join(t.address, t.address.c.hash == _R.address)
            .join(t.learner, t.learner.c.id == _R.learner_id)
            .where(
                _R.broadcast_id == id,
                _R.state == WAITING,
                _R.due <= now,
                t.address.c.channel.in_(PULL_CHANNELS),
            )
            .order_by(_R.due, _R.learner_id)
            .limit(LAID)
            .with_for_update(skip_locked=True, of=t.recipient)
        )
        rows = (await db.execute(due)).all()
        await left_out(db, id, [row for row in rows if row.muted])
        there = [row for row in rows if not row.muted]
        texts = sealed.draft(store.vault, id, row.content).texts
        letters = [
            (row.learner_id, row.address, note(BROADCAST, text=texts[row.language]))
            for row in there
        ]
        for recipient, letter in zip(there, await tx.lay(letters), strict=True):
            await db.execute(
                these(id, [recipient.learner_id]).values(
                    state=RecipientState.ON_PAGE, letter=letter
                )
            )
    return len(rows)
