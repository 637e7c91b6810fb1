"""Pairs of a learner and a mentor: who, since when, and nothing that they say."""

import sqlalchemy as sa

from db.tables.schema import metadata

pair = sa.Table(
    "pair",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column(
        "learner_id",
        sa.ForeignKey("learner.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column(
        "mentor_id",
        sa.ForeignKey("learner.id", ondelete="CASCADE"),
        index=True,
        comment="nobody until the link was opened",
    ),
    sa.Column(
        "group_id", sa.ForeignKey("group.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("since", sa.BigInteger, nullable=False, comment="seconds since the epoch"),
    sa.Column("until", sa.BigInteger, nullable=False, comment="seconds since the epoch"),
    sa.Column("asked", sa.Integer, nullable=False, comment="how often both were asked"),
    sa.Column("more", sa.Integer, nullable=False, comment="who wants it to go on: 1, 2 or both"),
    sa.Column(
        "token", sa.LargeBinary(32), unique=True, comment="keyed hash of what its link carries"
    ),
)
