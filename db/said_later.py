"""What a messenger says of a broadcast's message after it took it."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from db import tables as t
from db.recipients import BLOCKED, RecipientState, these

_B, _R = t.broadcast.c, t.recipient.c


async def arrived(engine: AsyncEngine, broadcast: int, learner: int) -> None:
    """Where nobody knew, it is known now."""
    async with engine.begin() as db:
        unknown = these(broadcast, [learner]).where(_R.state == RecipientState.UNKNOWN)
        found = await db.execute(unknown.values(state=RecipientState.SENT, reason=None))
        if found.rowcount:
            counted = {"sent": _B.sent + 1, "unknown": _B.unknown - 1}
            await db.execute(t.broadcast.update().where(_B.id == broadcast).values(**counted))


async def failed(
    engine: AsyncEngine, broadcast: int, learner: int, state: RecipientState, why: str
) -> bool:
    """It did not arrive after all: it failed, or is not wanted (SKIPPED). False where it is not
    settled yet that it was taken."""
    async with engine.begin() as db:
        one = sa.select(_R.state).where(_R.broadcast_id == broadcast, _R.learner_id == learner)
        row = (await db.execute(one.with_for_update())).first()  # the same word may come twice
        if row is None or row.state not in (
            RecipientState.IN_HAND,
            RecipientState.SENT,
            RecipientState.UNKNOWN,
        ):
            return True
        if row.state == RecipientState.IN_HAND:
            return False
        was = {"sent": _B.sent - 1} if row.state == RecipientState.SENT else {}
        was |= {"unknown": _B.unknown - 1} if row.state == RecipientState.UNKNOWN else {}
        now = (
            {"skipped": _B.skipped + 1}
            if state is RecipientState.SKIPPED
            else {"failed": _B.failed + 1}
        )
        await db.execute(these(broadcast, [learner]).values(state=state, reason=why[:80]))
        await db.execute(t.broadcast.update().where(_B.id == broadcast).values(**was, **now))
        if why == BLOCKED:
            mine = sa.select(_R.address).where(
                _R.broadcast_id == broadcast, _R.learner_id == learner
            )
            gone = sa.update(t.address).where(t.address.c.hash.in_(mine))
            await db.execute(gone.values(reachable=False))
    return True
