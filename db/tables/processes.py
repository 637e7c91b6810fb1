"""The processes of an installation, and the rate that they share."""

import sqlalchemy as sa

from db.tables.schema import metadata

process = sa.Table(
    "process",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("worker", sa.Boolean, nullable=False, comment="sends and tidies"),
    sa.Column(
        "seen", sa.Float, nullable=False, comment="by the database's clock, seconds since the epoch"
    ),
)

spent = sa.Table(
    "spent",
    metadata,
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("month", sa.String(7), primary_key=True, comment="2026-11, UTC"),
    sa.Column("category", sa.String(20), primary_key=True, comment="what the messenger charges as"),
    sa.Column("messages", sa.BigInteger, nullable=False),
)
"""Messages of a month, on channels where each costs money. Nobody's."""

begun = sa.Table(
    "begun",
    metadata,
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("hour", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("people", sa.Integer, nullable=False),
)
"""How many people we began to write to in an hour (3600 s since the epoch), where a messenger
limits that. Nobody's."""

pace = sa.Table(
    "pace",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True, comment="keyed hash of a bot's token"),
    sa.Column(
        "until",
        sa.Float,
        nullable=False,
        comment="slots are given away up to here, by the database's clock",
    ),
)
