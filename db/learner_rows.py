"""The rows of learners: one sealed snapshot each, and beside it what learners are chosen by.

A row is read to be changed: it is locked, in the order of ids (PostgreSQL; of SQLite the whole file
is), so that two transactions that want the same learners wait for each other in turn.
"""

import sqlalchemy as sa

from db import tables as t
from db.many import Many

BESIDE = ("language", "active_on", "muted", "begun", "zone", "progress", "remind_at", "code_hash")
"""The columns of `Batch._beside`."""
_column = t.learner.c
_COLUMNS = (_column.id, _column.snapshot, _column.noticed_on, *(_column[name] for name in BESIDE))
LEARNERS = sa.select(*_COLUMNS).order_by(_column.id).with_for_update(key_share=True)
AT_ADDRESSES = (
    sa.select(
        t.address.c.hash,
        t.address.c.learner_id,
        t.address.c.live_message,
        t.address.c.live_at,
        t.address.c.live_shown,
        t.address.c.reachable,
        *_COLUMNS,
    )
    .join(t.learner, _column.id == t.address.c.learner_id)
    .where(t.address.c.hash.in_(sa.bindparam("hashes", expanding=True)))
    .order_by(_column.id)
    .with_for_update(key_share=True, of=t.learner)
)
"""An address and its learner, the learner's columns last."""
SAVE_SNAPSHOT = Many(t.learner, "snapshot", keys=("id",))
"""Where nothing else changed, as at most taps."""
SAVE = (
    sa.update(t.learner)
    .where(_column.id == sa.bindparam("b_id"))
    .values(
        snapshot=sa.bindparam("b_snapshot"),
        language=sa.bindparam("b_language"),
        active_on=sa.bindparam("b_active_on"),
        muted=sa.bindparam("b_muted"),
        begun=sa.bindparam("b_begun"),
        zone=sa.bindparam("b_zone"),
        progress=sa.bindparam("b_progress"),
        remind_at=sa.bindparam("b_remind_at"),
        noticed_on=sa.case(
            (sa.bindparam("b_here", type_=sa.Boolean), sa.null()), else_=_column.noticed_on
        ),  # they are back
        code_hash=sa.bindparam("b_code_hash"),
    )
)
