"""Voice notes of staff on their way: fetched, kept or refused, and what learners hear
(`db.recordings`)."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.flows.recording.events import NOT_USED, WAIT_FOR_YOU
from bot.model.message import note
from bot.model.recordings import Spoken, about
from cards.model import Programme
from db import tables as t
from db.recordings import found, place_of, spoken, voice_of
from db.staff_rows import admins_of, staff_ids
from db.store import Store
from db.vault import Sealed

_R = t.recording.c


@dataclass(frozen=True)
class OnItsWay:
    """A voice note that a messenger has: `file` is the id by which `channel` gives it."""

    spoken: Spoken
    channel: str
    file: str
    attempts: int
    due: int


async def take(store: Store, now: int, lease: int, most: int) -> list[OnItsWay]:
    """Voice notes that are due, for us alone for `lease` seconds."""
    due = _R.due <= now
    taken = []
    async with store.engine.begin() as db:
        rows = await db.execute(
            sa.select(t.recording)
            .where(due)
            .order_by(_R.due)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        for row in rows.all():
            try:
                where = store.vault.open(row.sealed, place_of(row.id)).decode()
            except Sealed:
                where = "\n"  # nobody can fetch it: it is told as lost
            channel, _line, file = where.partition("\n")
            taken.append(OnItsWay(spoken(row), channel, file, row.attempts, now + lease))
            leased = {"due": now + lease, "attempts": row.attempts + 1}
            await db.execute(sa.update(t.recording).where(_R.id == row.id).values(**leased))
    return taken


def _ours(one: OnItsWay) -> sa.ColumnElement[bool]:
    """As long as nobody replaced it or took it over meanwhile."""
    return (_R.id == one.spoken.id) & (_R.due == one.due)


async def again(store: Store, one: OnItsWay, when: int) -> None:
    async with store.engine.begin() as db:
        await db.execute(sa.update(t.recording).where(_ours(one)).values(due=when))


async def arrived(store: Store, one: OnItsWay, content: bytes, seconds: int, now: int) -> None:
    """The voice is here. Where nothing waited to be heard before, others are told that something
    does: admins, or where there is none besides, all staff."""
    row = {
        "due": None,
        "sealed": store.vault.seal(content, voice_of(one.spoken.id)),
        "seconds": seconds,
        "bytes": len(content),
    }
    waits = sa.select(_R.id).where(sa.not_(_R.heard), _R.due.is_(None)).limit(1)
    async with store.batch(now) as tx:
        first = (await tx.db.execute(waits)).first() is None
        changed = await tx.db.execute(sa.update(t.recording).where(_ours(one)).values(**row))
        if not changed.rowcount or not first:
            return
        who = await admins_of(tx.db, tx.vault, store.admins) - {one.spoken.speaker}
        if not who:
            staff = (await tx.db.execute(staff_ids(store.admins))).scalars()
            who = set(staff) - {one.spoken.speaker}
        await tx.write([(id, note(WAIT_FOR_YOU)) for id in sorted(who)])


async def refused(store: Store, one: OnItsWay, why: str, programme: Programme, now: int) -> None:
    """It cannot be kept: whoever sent it is told why (`bot.flows.recording.letters.REASONS`)."""
    async with store.batch(now) as tx:
        gone = await tx.db.execute(sa.delete(t.recording).where(_ours(one)))
        if gone.rowcount:
            told = note(NOT_USED, **about(one.spoken, programme), why=why)
            await tx.write([(one.spoken.speaker, told)])


# --- what is heard


async def heard(store: Store) -> Sequence[Spoken]:
    """What learners hear, as it is now."""
    async with store.reading.connect() as db:
        return await found(db, _R.heard)


async def content_of(store: Store, id: int) -> bytes | None:
    """The voice; None where it is not here, or not any more. Raises `Sealed`."""
    query = sa.select(_R.sealed).where(_R.id == id, _R.due.is_(None))
    async with store.reading.connect() as db:
        row = (await db.execute(query)).first()
    return store.vault.open(row.sealed, voice_of(id)) if row else None
