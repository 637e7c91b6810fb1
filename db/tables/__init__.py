"""The tables. No column shows a name, phone number, mail, place or anything that somebody typed
(product.md, Privacy).

A learner is one row with a sealed snapshot that is read and written whole (`db.sealed`). An address
is found by a keyed hash and can be written to only with the key that opens `sealed`. What stands in
the clear, and why: docs/privacy-at-rest.md.
"""

from db.tables.broadcasts import broadcast, recipient, viewer
from db.tables.drafts import draft
from db.tables.groups import colleague, group, label, letter, member, staff, staff_link
from db.tables.opinions import opinion
from db.tables.pairs import pair
from db.tables.people import address, answer, closed, learner, order, update, withdrawn
from db.tables.processes import begun, pace, process, spent
from db.tables.recordings import recording
from db.tables.schema import metadata

__all__ = [
    "address",
    "answer",
    "begun",
    "broadcast",
    "closed",
    "colleague",
    "draft",
    "group",
    "label",
    "learner",
    "letter",
    "member",
    "metadata",
    "opinion",
    "order",
    "pace",
    "pair",
    "process",
    "recipient",
    "recording",
    "spent",
    "staff",
    "staff_link",
    "update",
    "viewer",
    "withdrawn",
]
