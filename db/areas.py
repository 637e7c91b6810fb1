"""The areas of the database, written by hand: importing them registers what their events write and
what they answer (`db.writes`, `db.queries`)."""

from db import (
    broadcasts,
    connections,
    erasure,
    groups,
    labels,
    learning,
    letters,
    outbox,
    revocations,
    staff,
)

AREAS = (
    broadcasts,
    connections,
    erasure,
    groups,
    labels,
    learning,
    letters,
    outbox,
    revocations,
    staff,
)
