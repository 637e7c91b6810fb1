"""Papers for work that learners are making."""

import sqlalchemy as sa

from db.tables.schema import metadata

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("learner_id", sa.ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("sealed", sa.LargeBinary, comment="all answers, AEAD; nothing once `until` is past"),
    sa.Column(
        "until", sa.BigInteger, nullable=False, index=True, comment="seconds since the epoch"
    ),
)
