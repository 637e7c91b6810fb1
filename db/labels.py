"""A counsellor's own names for learners of their groups."""

from collections.abc import Mapping
from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.groups.events import Labelled
from bot.model.group import LabelsOf
from db import tables as t
from db.batch import Batch
from db.queries import Asked, answers
from db.vault import Sealed, Vault
from db.writes import writes


@answers(LabelsOf)
async def labels_of(asked: Asked, query: LabelsOf) -> Mapping[int, str]:
    label = t.label.c
    theirs = (label.counsellor_id == query.counsellor) & (label.group_id == query.group)
    return await labels(asked.db, asked.vault, theirs)


@writes(Labelled)
async def labelled(tx: Batch, learner_id: int, event: Labelled) -> None:
    """Nobody is called by a name any more who is in the group no more."""
    whose = {
        "counsellor_id": learner_id,
        "group_id": event.group,
        "learner_id": event.learner,
    }
    mine = [t.label.c[name] == value for name, value in whose.items()]
    await tx.db.execute(sa.delete(t.label).where(*mine))
    member = sa.exists().where(
        t.member.c.group_id == event.group, t.member.c.learner_id == event.learner
    )
    if event.label and (await tx.db.execute(sa.select(member))).scalar():
        content = tx.vault.seal(event.label.encode(), _bound(event.group))
        await tx.db.execute(sa.insert(t.label).values(**whose, sealed=content))


def _bound(group: int) -> bytes:
    """What the seal of a label is bound to; not to the learner, whose number changes when two
    become one."""
    return b"label" + group.to_bytes(8)


async def labels(
    db: AsyncConnection, vault: Vault, which: sa.ColumnElement[bool]
) -> dict[int, str]:
    """A counsellor's own names for learners, by learner. One that cannot be opened (any more) is
    left out."""
    found: dict[int, str] = {}
    for row in await db.execute(
        sa.select(t.label.c.group_id, t.label.c.learner_id, t.label.c.sealed).where(which)
    ):
        with suppress(Sealed):
            found[row.learner_id] = vault.open(row.sealed, _bound(row.group_id)).decode()
    return found


async def merge(db: AsyncConnection, mine: int, other: int) -> None:
    """Two counsellors become one, who keeps their own names for people."""
    taken = sa.select(t.label.c.learner_id).where(t.label.c.counsellor_id == mine)
    named = (t.label.c.counsellor_id == other) & t.label.c.learner_id.not_in(taken)
    await db.execute(sa.update(t.label).where(named).values(counsellor_id=mine))
