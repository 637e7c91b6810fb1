"""Reminders of meetings: on the day before, once."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from bot.flows.groups.events import MEETING_SOON, letter_of
from bot.model.group import Group, Meeting
from bot.model.learner import Membership, day_of
from db import sealed
from db import tables as t
from db.batch import Batch
from db.readable import readable

DAY = 24 * 3600


def reminder(group: Group) -> int | None:
    """When the members are to be reminded next: on the day before a meeting, from midnight UTC on;
    nobody is written to at night."""
    open_ = [
        m.day
        for m in group.meetings
        if not group.archived and m.day and not m.cancelled and not m.reminded
    ]
    return min(
        (int(datetime.combine(day, time(), UTC).timestamp()) - DAY for day in open_), default=None
    )


async def remind(tx: Batch, limit: int) -> int:
    """Orders reminders of meetings that are due. Returns for how many groups."""
    due = sa.select(t.group).where(t.group.c.remind_at <= tx.now)
    due = due.order_by(t.group.c.remind_at).limit(limit).with_for_update(skip_locked=True)
    rows = (await tx.db.execute(due)).all()
    for row in rows:
        values: dict[str, Any] = {"remind_at": None}
        # a group that cannot be read reminds nobody, and costs the others nothing
        with suppress(ValueError):
            group = sealed.group(tx.vault, row)
            after = await _reminded(tx, group, day_of(tx.now))
            values = {"content": sealed.seal_group(tx.vault, after), "remind_at": reminder(after)}
        await tx.db.execute(sa.update(t.group).where(t.group.c.id == row.id).values(**values))
    await tx.write(())
    return len(rows)


async def _reminded(tx: Batch, group: Group, today: date) -> Group:
    """The group after its reminders. Who said no gets none; of a meeting that is over there is
    none, nor on the day on which it was announced."""
    tomorrow = today + timedelta(days=1)
    soon = [
        m
        for m in group.meetings
        if m.day and not m.cancelled and not m.reminded and m.day <= tomorrow
    ]
    await _tell(tx, group, [m for m in soon if m.day == tomorrow and m.announced < today])
    after = tuple(replace(m, reminded=True) if m in soon else m for m in group.meetings)
    return replace(group, meetings=after)


async def _tell(tx: Batch, group: Group, meetings: Sequence[Meeting]) -> None:
    members = (
        sa.select(t.learner.c.id, t.learner.c.snapshot)
        .join(t.member)
        .where(t.member.c.group_id == group.id)
    )
    rows = (await tx.db.execute(members)).all()
    read = partial(_membership, tx, group.id)
    for row, mine in readable("learner", rows, read):
        for meeting in meetings:
            said = mine.replies.get(meeting.id) if mine else False
            if said is not False:
                coming = {"coming": "yes"} if said else {}
                tx.tell(row.id, letter_of(MEETING_SOON, group, meeting, tx.of.zone, **coming))


def _membership(tx: Batch, group: int, row: Any) -> Membership | None:
    return sealed.learner(tx.vault, row.id, row.snapshot).groups.get(group)
