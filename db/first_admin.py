"""The link that makes the first admin, for an installation that has none (README,
`PASITO_ADMINS`).
"""

import sqlalchemy as sa

from bot.model.roles import Role
from db import tables as t
from db.staff_rows import admins_of
from db.store import Store
from db.vault import readable_token

SECONDS = 3600
"""How long it can be used. Every start without an admin makes a new one, and the old one stops."""


async def invite(store: Store, now: int) -> str | None:
    """The secret of a link that is good once; None where there is an admin, or the settings name
    one."""
    if store.admins:
        return None
    async with store.engine.begin() as db:
        if await admins_of(db, store.vault, ()):
            return None
        await db.execute(sa.delete(t.staff_link).where(t.staff_link.c.author.is_(None)))
        token = readable_token()
        link = {
            "hash": store.vault.hash("staff", token),
            "role": Role.ADMIN,
            "until": now + SECONDS,
        }
        await db.execute(sa.insert(t.staff_link).values(**link))
        return token
