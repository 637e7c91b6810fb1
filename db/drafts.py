"""Papers for work as rows: everything of a paper is sealed, and bound to its learner and kind."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from msgspec import MsgspecError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import metrics
from bot.flows.papers.events import TAKEN_BACK, CvSent, CvTakenBack, DraftErased, DraftKept
from bot.model.channel import PULL_CHANNELS
from bot.model.message import note
from bot.model.order import PAPERS, OrderKind
from bot.model.papers import (
    DAY_SECONDS,
    LONGEST_BYTES,
    Cv,
    DraftOf,
    HowFar,
    Kept,
    PaperDraft,
    PaperKind,
    Placements,
    Sent,
    packed,
    unpacked,
)
from db import tables as t
from db.batch import Batch
from db.erased import WIPE
from db.orders import Order, best_addresses, new_id, opened, order_row
from db.queries import Asked, answers
from db.vault import Sealed, Vault
from db.writes import Source, writes, writes_last

log = logging.getLogger(__name__)
TOLD_FOR = 30 * DAY_SECONDS
"""How long it is known that answers were deleted, and on which day."""
_D = t.draft.c


def _bound(learner: int, kind: str) -> bytes:
    return b"draft" + learner.to_bytes(8) + kind.encode()


@answers(DraftOf)
async def draft_of(asked: Asked, query: DraftOf) -> Kept | None:
    """What cannot be opened any more (the key was changed) is told as gone, and counted."""
    mine = sa.select(_D.sealed, _D.until).where(
        _D.learner_id == query.learner, _D.kind == query.kind
    )
    row = (await asked.db.execute(mine)).first()
    if row is None:
        return None
    if row.sealed is None or row.until <= asked.now:
        return Kept(None, row.until)
    try:
        return Kept(_opened(asked.vault, query.learner, query.kind, row.sealed), row.until)
    except (Sealed, MsgspecError):
        log.error("a draft cannot be opened")
        metrics.UNREADABLE.labels("draft").inc()
        return Kept(None, 0)


def _opened(vault: Vault, learner: int, kind: PaperKind, sealed: bytes) -> PaperDraft:
    return unpacked(kind, vault.open(sealed, _bound(learner, kind)))


def _row(vault: Vault, learner: int, draft: PaperDraft) -> dict[str, object]:
    content = packed(draft)
    if len(content) > LONGEST_BYTES:
        raise ValueError(f"a paper of {len(content)} bytes")
    return {
        "learner_id": learner,
        "kind": str(draft.kind),
        "sealed": vault.seal(content, _bound(learner, draft.kind)),
        "until": draft.changed + draft.days * DAY_SECONDS,
    }


@writes(DraftKept)
async def kept(tx: Batch, learner_id: int, event: DraftKept) -> None:
    await _delete(tx.db, learner_id, event.draft.kind)
    await tx.db.execute(sa.insert(t.draft).values(_row(tx.vault, learner_id, event.draft)))


async def kept_again(tx: Batch, learner_id: int, cv: Cv) -> bool:
    """A CV that was sent back. False where there are answers of another one here."""
    found = await tx.ask(DraftOf(learner_id, PaperKind.CV))
    if found and found.draft:  # of the same file, where the process died that read it first
        return bool(found.draft == replace(cv, changed=found.draft.changed))
    event = DraftKept(replace(cv, changed=tx.now))
    await tx.change(learner_id, event)
    if learner_id in tx.learners:
        await kept(tx, learner_id, event)
    await tx.write(())
    return True


@writes(DraftErased)
async def erased(tx: Batch, learner_id: int, event: DraftErased) -> None:
    """With what is on its way of it."""
    await _delete(tx.db, learner_id, event.kind)
    tx.waiting.add(WIPE)
    rows = await tx.db.execute(
        sa.select(t.order.c.id, t.order.c.sealed).where(
            (t.order.c.learner_id == learner_id) | (t.order.c.about == learner_id),
            t.order.c.sealed.is_not(None),
        )
    )
    ids = [row.id for row in rows if _is_of(tx.vault, row.id, row.sealed, event.kind)]
    if ids:
        await tx.db.execute(sa.delete(t.order).where(t.order.c.id.in_(ids)))


@writes_last(CvSent)
async def sent(tx: Batch, source: Source, event: CvSent) -> None:
    """An order of the counsellor, about the learner: whoever is deleted takes it along."""
    subject = f"{event.group}-{source.learner}"
    order = Order(
        new_id(), OrderKind.CV_SENT, subject, event.who, event.language, answers=event.answers
    )
    where = await best_addresses(tx.db, tx.now, {event.to})
    if event.to in where:
        place = where[event.to].hash
        row = order_row(tx.vault, tx.now, event.to, place, source.place, order)
        tx.add(t.order, {**row, "about": source.learner})


@writes_last(CvTakenBack)
async def taken_back(tx: Batch, source: Source, event: CvTakenBack) -> None:
    rows = await _on_their_way(tx.db, tx.vault, source.learner, event.group)
    if rows:
        tx.waiting.add(WIPE)
        ids = [row.id for row in rows]
        await tx.db.execute(sa.delete(t.order).where(t.order.c.id.in_(ids)))
    if event.handed or _how_far(rows) is not Sent.WAITS:
        who = {"group": event.group, "learner": source.learner, "nickname": event.who}
        tx.tell(event.to, note(TAKEN_BACK, title=event.title, **who))


@answers(HowFar)
async def how_far(asked: Asked, query: HowFar) -> Sent:
    return _how_far(await _on_their_way(asked.db, asked.vault, query.learner, query.group))


async def _on_their_way(db: AsyncConnection, vault: Vault, learner: int, group: int) -> list[Any]:
    """The orders by which a CV goes to a counsellor, and the channel of each. None of them is taken
    to be sent before this transaction is over."""
    order = t.order.c
    query = (
        sa.select(order.id, order.sealed, order.state, t.address.c.channel)
        .join(t.address, t.address.c.hash == order.address)
        .where(order.about == learner, order.sealed.is_not(None))
        .with_for_update(of=t.order)
    )
    return [row for row in await db.execute(query) if _goes_to(vault, row, f"{group}-{learner}")]


def _goes_to(vault: Vault, row: Any, subject: str) -> bool:
    try:
        order = opened(vault, row.id, row.sealed)
    except ValueError:
        return False
    return order.kind is OrderKind.CV_SENT and order.subject == subject


def _how_far(rows: Sequence[Any]) -> Sent:
    """What a messenger was given may arrive, and what lies on a page may have been fetched."""
    if not rows:
        return Sent.HANDED
    begun = any(r.state in ("sending", "told") or r.channel in PULL_CHANNELS for r in rows)
    return Sent.PERHAPS if begun else Sent.WAITS


def _is_of(vault: Vault, id: int, sealed: bytes, kind: PaperKind) -> bool:
    try:
        made = PAPERS.get(opened(vault, id, sealed).kind)
    except ValueError:
        return False
    return made == kind or (made is not None and kind == PaperKind.CV)  # all hold the CV's answers


async def _delete(db: AsyncConnection, learner: int, kind: str) -> None:
    mine = (_D.learner_id == learner) & (_D.kind == kind)
    await db.execute(sa.delete(t.draft).where(mine))


async def forget(db: AsyncConnection, now: int) -> int:
    """Deletes the answers whose day is past, and says how many; that they were there is known a
    little longer."""
    past = sa.update(t.draft).where(_D.until <= now, _D.sealed.is_not(None)).values(sealed=None)
    gone = (await db.execute(past)).rowcount
    await db.execute(sa.delete(t.draft).where(_D.until <= now - TOLD_FOR))
    return gone


async def papers_of(
    db: AsyncConnection, vault: Vault, learner: int
) -> list[tuple[PaperDraft, int]]:
    """All papers of a learner, and until when each is kept."""
    rows = await db.execute(sa.select(t.draft).where(_D.learner_id == learner))
    return list(_readable(vault, rows.all()))


def _readable(vault: Vault, rows: Iterable[Any]) -> Iterator[tuple[PaperDraft, int]]:
    for row in rows:
        if row.sealed is not None:
            try:
                yield _opened(vault, row.learner_id, PaperKind(row.kind), row.sealed), row.until
            except (ValueError, MsgspecError):
                metrics.UNREADABLE.labels("draft").inc()


async def merge(tx: Batch, mine: int, other: int) -> None:
    """Two learners become one: of two papers of a kind the newer one stays, of placements all."""
    both = [*await papers_of(tx.db, tx.vault, mine), *await papers_of(tx.db, tx.vault, other)]
    newest: dict[PaperKind, PaperDraft] = {}
    for draft, _until in sorted(both, key=lambda each: each[0].changed):
        older = newest.get(draft.kind)
        if isinstance(draft, Placements) and isinstance(older, Placements):
            draft = older.and_those_of(draft)
        newest[draft.kind] = draft
    await tx.db.execute(sa.delete(t.draft).where(_D.learner_id.in_((mine, other))))
    for draft in newest.values():
        await tx.db.execute(sa.insert(t.draft).values(_row(tx.vault, mine, draft)))


async def who_has_placement(tx: Batch, token: str) -> int | None:
    """Who made this link, where the learner whom it names became one with another since."""
    query = sa.select(_D.learner_id, _D.sealed).where(
        _D.kind == PaperKind.PLACEMENT, _D.sealed.is_not(None), _D.until > tx.now
    )
    for row in await tx.db.execute(query):
        with suppress(Sealed, MsgspecError):
            draft = _opened(tx.vault, row.learner_id, PaperKind.PLACEMENT, row.sealed)
            if isinstance(draft, Placements) and any(p.token == token for p in draft.all):
                return int(row.learner_id)
    return None
