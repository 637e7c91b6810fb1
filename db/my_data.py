"""Everything that is stored about a learner, for `/mydata`."""

from dataclasses import replace
from functools import partial
from typing import Any

import msgspec
import sqlalchemy as sa

from bot.model.learner import Learner
from db import labels, sealed
from db import tables as t
from db.drafts import papers_of
from db.readable import readable
from db.store import Store
from db.vault import Vault


async def everything(store: Store, learner: Learner) -> dict[str, Any]:
    """All that is stored about a learner, for `/mydata`, in the clear."""
    vault = store.vault
    mine = t.address.c.learner_id == learner.id
    hashes = sa.select(t.address.c.hash).where(mine)
    told: dict[str, sa.Select[Any]] = {
        "channels": sa.select(
            *(t.address.c[name] for name in ("channel", "reachable", "live_at", "since")),
            *(t.address.c[name] for name in ("heard_at", "news", "refused")),
        ).where(mine),
        "closed_pages": sa.select(t.closed.c.why, t.closed.c.day).where(
            t.closed.c.learner_id == learner.id
        ),
        "answers": _without(t.answer, "id", "learner_id")
        .where(t.answer.c.learner_id == learner.id)
        .order_by(t.answer.c.id),
        "taps": sa.select(t.update.c.channel, t.update.c.at)
        .where(t.update.c.address.in_(hashes))
        .order_by(t.update.c.at),
        "groups": sa.select(t.member.c.group_id, t.member.c.at).where(
            t.member.c.learner_id == learner.id
        ),
        "broadcasts_received": _without(
            t.recipient, "learner_id", "address", "lane", "lease", "letter"
        ).where(t.recipient.c.learner_id == learner.id),
        "letters": sa.select(t.letter.c.group_id, t.letter.c.at).where(
            t.letter.c.to_id == learner.id
        ),
        "pairs": sa.select(
            *(t.pair.c[name] for name in ("state", "since", "until", "asked")),
            (t.pair.c.mentor_id == learner.id).label("as_mentor"),
        ).where((t.pair.c.learner_id == learner.id) | (t.pair.c.mentor_id == learner.id)),
        "recordings_of_my_voice": _without(t.recording, "speaker_id", "sealed", "said")
        .where(t.recording.c.speaker_id == learner.id)
        .order_by(t.recording.c.at),
        "notice": sa.select(t.learner.c.active_on, t.learner.c.noticed_on).where(
            t.learner.c.id == learner.id
        ),
        "staff": sa.select(t.staff.c.learner_id, t.staff.c.since).where(
            t.staff.c.learner_id == learner.id
        ),
        "staff_links_made": sa.select(t.staff_link.c.role, t.staff_link.c.until).where(
            t.staff_link.c.author == learner.id
        ),
        "screens_of_broadcasts": sa.select(t.viewer.c.broadcast_id).where(
            t.viewer.c.address.in_(hashes)
        ),
    }
    written = sa.select(t.broadcast.c.id, t.broadcast.c.content).where(
        t.broadcast.c.author == learner.id
    )
    kept = sa.select(t.group).where(t.group.c.owner == learner.id).order_by(t.group.c.id)
    ordered = sa.select(t.order.c.id, t.order.c.at, t.order.c.state, t.order.c.sealed).where(
        (t.order.c.learner_id == learner.id) | (t.order.c.about == learner.id)
    )
    async with store.reading.connect() as connection:
        found = {
            name: [dict(row._mapping) for row in await connection.execute(query)]
            for name, query in told.items()
        }
        rows = await connection.execute(written)
        drafts = [d for _, d in readable("broadcast", rows, lambda row: sealed.draft(vault, *row))]
        rows = await connection.execute(kept)
        owned = [group for _, group in readable("group", rows, partial(sealed.group, vault))]
        rows = await connection.execute(ordered.order_by(t.order.c.at))
        opened = readable("order", rows, lambda row: row.sealed and _opened(vault, row))
        files = [{"at": row.at, "state": row.state, "what": what} for row, what in opened]
        rows = await connection.execute(
            sa.select(t.colleague).where(t.colleague.c.learner_id == learner.id)
        )
        kept_with = readable("colleague", rows, partial(sealed.colleague, vault), id="learner_id")
        beside = [{"group": row.group_id, **msgspec.to_builtins(who)} for row, who in kept_with]
        papers = await papers_of(connection, vault, learner.id)
        given = await labels.labels(connection, store.vault, t.label.c.counsellor_id == learner.id)
    return {
        "learner": msgspec.to_builtins(replace(learner, code=None)),
        "labels_given": sorted(given.values()),
        "groups_kept_with_others": beside,
        **found,
        "groups_kept": msgspec.to_builtins(owned),
        "broadcasts_written": msgspec.to_builtins(drafts),
        "files": files,
        "papers_for_work": [
            {"kind": draft.kind, "kept_until": until, **msgspec.to_builtins(draft)}
            for draft, until in papers
        ],
    }


def _opened(vault: Vault, row: Any) -> Any:
    return msgspec.json.decode(vault.open(row.sealed, row.id.to_bytes(8)))


def _without(table: sa.Table, *names: str) -> "sa.Select[Any]":
    return sa.select(*(column for column in table.c if column.name not in names))
