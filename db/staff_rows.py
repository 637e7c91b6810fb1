"""Who is staff: those with a row, and those whom the settings name by their address."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.learner import Learner
from bot.model.roles import Role
from db import sealed
from db import tables as t
from db.queries import Asked
from db.readable import readable
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
    rows = (await db.execute(staff)).all()
    known = readable("learner", rows, lambda row: sealed.learner(vault, row.id, row.snapshot))
    return named | {learner.id for _row, learner in known if learner.role == Role.ADMIN}


def known_learners(asked: Asked, rows: Sequence[Any]) -> list[Learner]:
    """Those of these rows (id and snapshot) that can be read, as this transaction knows them."""
    known = readable(
        "learner",
        rows,
        lambda row: asked.fresher.get(row.id) or sealed.learner(asked.vault, row.id, row.snapshot),
    )
    return [learner for _row, learner in known]
