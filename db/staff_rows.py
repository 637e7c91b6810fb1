"""Who is staff: those with a row, and those whom the settings name by their address."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.roles import Role
from db import sealed
from db import tables as t
from db.vault import Vault


def staff_ids(admins: Sequence[bytes]) -> "sa.CompoundSelect[int]":
    return sa.select(t.staff.c.learner_id).union(named_ids(admins))


def named_ids(admins: Sequence[bytes]) -> "sa.Select[int]":
    return sa.select(t.address.c.learner_id).where(t.address.c.hash.in_(admins))


async def admins_of(db: AsyncConnection, vault: Vault, admins: Sequence[bytes]) -> set[int]:
    """Those who were made admins, and those whom the settings name."""
    named = set((await db.execute(named_ids(admins))).scalars())
    staff = sa.select(t.learner.c.id, t.learner.c.snapshot).where(
        t.learner.c.id.in_(staff_ids(admins))
    )
    return {
        row.id
        for row in await db.execute(staff)
        if row.id in named or sealed.learner(vault, row.id, row.snapshot).role == Role.ADMIN
    }
