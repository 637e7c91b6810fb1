"""The areas of the database, written by hand: importing them registers what their events write and
what they answer (`db.writes`, `db.queries`)."""

from db import (
    audience,
    broadcasts,
    connections,
    drafts,
    erasure,
    groups,
    labels,
    learning,
    letters,
    opinions,
    outbox,
    pairs,
    recordings,
    revocations,
    spent,
    staff,
    windows,
)

AREAS = (
    audience,
    broadcasts,
    connections,
    drafts,
    erasure,
    groups,
    labels,
    learning,
    letters,
    opinions,
    outbox,
    pairs,
    recordings,
    revocations,
    spent,
    staff,
    windows,
)
