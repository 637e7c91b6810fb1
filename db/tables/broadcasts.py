"""Broadcasts, their recipients, and who looks at one."""

import sqlalchemy as sa

from db.tables.schema import metadata

broadcast = sa.Table(
    "broadcast",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("author", sa.ForeignKey("learner.id", ondelete="SET NULL"), index=True),
    sa.Column("content", sa.LargeBinary, nullable=False, comment="the Draft, AEAD"),
    sa.Column("state", sa.String(10), nullable=False, comment="a bot.model.broadcast.State"),
    sa.Column("created", sa.BigInteger, nullable=False, comment="seconds since the epoch"),
    sa.Column(
        "starts",
        sa.BigInteger,
        nullable=False,
        default=0,
        server_default="0",
        comment="not before; seconds since the epoch",
    ),
    sa.Column(
        "seeded_to",
        sa.BigInteger,
        nullable=False,
        default=-1,
        comment="learners up to this id are recipients or left out",
    ),
    sa.Column("total", sa.Integer, nullable=False, default=0),
    sa.Column("sent", sa.Integer, nullable=False, default=0),
    sa.Column("failed", sa.Integer, nullable=False, default=0),
    sa.Column("unknown", sa.Integer, nullable=False, default=0),
    sa.Column("skipped", sa.Integer, nullable=False, default=0),
    sa.Column(
        "marked_at", sa.BigInteger, nullable=False, default=0, comment="when `speed` was taken last"
    ),
    sa.Column(
        "marked_sent", sa.Integer, nullable=False, default=0, comment="how many were sent by then"
    ),
    sa.Column("speed", sa.Float, nullable=False, default=0.0, comment="messages a second lately"),
)

recipient = sa.Table(
    "recipient",
    metadata,
    sa.Column("broadcast_id", sa.ForeignKey("broadcast.id", ondelete="CASCADE"), primary_key=True),
    sa.Column(
        "learner_id", sa.ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
    sa.Column(
        "address",
        sa.LargeBinary(32),
        nullable=False,
        comment="where it goes: the one address chosen at the start",
    ),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("zone", sa.String(40)),
    sa.Column("state", sa.SmallInteger, nullable=False, comment="a db.recipients.RecipientState"),
    sa.Column("due", sa.BigInteger, nullable=False, comment="not before; seconds since the epoch"),
    sa.Column("attempts", sa.SmallInteger, nullable=False, default=0, server_default="0"),
    sa.Column("lane", sa.BigInteger, comment="who has it in hand"),
    sa.Column("lease", sa.Float, comment="until when, by the database's clock"),
    sa.Column(
        "wire",
        sa.Boolean,
        nullable=False,
        default=False,
        server_default=sa.false(),
        comment="left for the messenger",
    ),
    sa.Column("letter", sa.BigInteger, comment="the order that lies on their page"),
    sa.Column("reason", sa.String(80), comment="why it failed"),
)
sa.Index(
    "ix_recipient_on_page",
    *(recipient.c.letter, recipient.c.broadcast_id),
    postgresql_where=recipient.c.letter.is_not(None),
    sqlite_where=recipient.c.letter.is_not(None),
)
sa.Index(
    "ix_recipient_waiting",
    *(recipient.c.broadcast_id, recipient.c.due, recipient.c.learner_id),
    postgresql_where=recipient.c.state == 0,
    sqlite_where=recipient.c.state == 0,
)
sa.Index(
    "ix_recipient_in_hand",
    *(recipient.c.broadcast_id, recipient.c.lease),
    postgresql_where=recipient.c.state == 1,
    sqlite_where=recipient.c.state == 1,
)

viewer = sa.Table(
    "viewer",
    metadata,
    sa.Column("broadcast_id", sa.ForeignKey("broadcast.id", ondelete="CASCADE"), primary_key=True),
    sa.Column(
        "address",
        sa.ForeignKey("address.hash", ondelete="CASCADE"),
        primary_key=True,
        comment="who has it on the screen",
    ),
)
