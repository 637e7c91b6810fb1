"""Everything about a learner is deleted, whatever is queued included."""

import sqlalchemy as sa

from bot.flows.account.events import Erased
from bot.flows.groups.events import CounsellorGone
from db import erased, groups, pairs, recordings, staff
from db import tables as t
from db.batch import Batch
from db.writes import Source, writes_last


@writes_last(Erased)
async def erased_everything(tx: Batch, source: Source, event: Erased) -> None:
    await tx.flush()
    await erase(tx, source.learner)


async def erase(tx: Batch, learner_id: int) -> None:
    """What no cascade deletes, and then the learner. Groups with a colleague go on: `save`, or
    `write`, tells of it."""
    await pairs.leaves(tx, learner_id)
    await recordings.leaves(tx, learner_id)
    await groups.hand_on(tx, learner_id, besides=learner_id)
    tx.erased.append(f"erased {erased.mark(tx.vault, learner_id)}")
    mine = sa.select(t.address.c.hash).where(t.address.c.learner_id == learner_id)
    await tx.db.execute(sa.delete(t.update).where(t.update.c.address.in_(mine)))
    await tx.db.execute(sa.delete(t.order).where(t.order.c.about == learner_id))
    await staff.leaves(tx.db, learner_id)
    for group, member in await groups.members_kept_by(tx.db, learner_id):
        await tx.change(member, CounsellorGone(group))
    await tx.db.execute(sa.delete(t.learner).where(t.learner.c.id == learner_id))
    tx.drop(learner_id)
