"""What staff recorded of cards in the chat."""

import sqlalchemy as sa

from db.tables.schema import metadata

recording = sa.Table(
    "recording",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("module", sa.String(64), nullable=False),
    sa.Column("deck", sa.String(64), nullable=False),
    sa.Column("card", sa.String(64), nullable=False),
    sa.Column("heard", sa.Boolean, nullable=False, comment="whether learners hear it"),
    sa.Column("said", sa.String(16), nullable=False, comment="mark of the words that were read"),
    sa.Column(
        "speaker_id",
        sa.ForeignKey("learner.id", ondelete="SET NULL"),
        index=True,
        comment="nobody once they deleted everything",
    ),
    sa.Column("at", sa.BigInteger, nullable=False, comment="seconds since the epoch"),
    sa.Column("due", sa.BigInteger, comment="when it is fetched; nothing once it is here"),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("sealed", sa.LargeBinary, comment="where it is fetched, then the voice; AEAD"),
    sa.Column("seconds", sa.Integer, nullable=False),
    sa.Column("bytes", sa.Integer, nullable=False),
    sa.UniqueConstraint("language", "module", "deck", "card", "heard"),
)
"""One of each card that learners hear, and one that nobody agreed to yet."""
