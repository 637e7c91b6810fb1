"""Learners, their addresses, what came from them and what is on its way to them."""

import sqlalchemy as sa

from db.tables.schema import metadata

learner = sa.Table(
    "learner",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("snapshot", sa.LargeBinary, nullable=False, comment="the Learner, AEAD"),
    sa.Column("language", sa.String(16)),
    sa.Column("active_on", sa.Date, nullable=False, index=True),
    sa.Column(
        "remind_at",
        sa.BigInteger,
        index=True,
        comment="when a reminder is due, seconds since the epoch",
    ),
    sa.Column("noticed_on", sa.Date, comment="when they were told of the deletion to come"),
    sa.Column(
        "muted",
        sa.Boolean,
        nullable=False,
        default=False,
        server_default=sa.false(),
        comment="said STOP",
    ),
    sa.Column("zone", sa.String(40), comment="time zone, IANA, where they told it"),
    sa.Column("progress", sa.Text, comment="modules begun and done"),
    sa.Column(
        "code_hash",
        sa.LargeBinary(32),
        unique=True,
        comment="keyed hash of the code that joins another channel",
    ),
    sa.Column(
        "begun",
        sa.Boolean,
        nullable=False,
        default=True,
        server_default=sa.true(),
        comment="took a step, or joined something",
    ),
)
sa.Index(
    "ix_learner_not_begun",
    learner.c.active_on,
    postgresql_where=sa.not_(learner.c.begun),
    sqlite_where=sa.not_(learner.c.begun),
)

address = sa.Table(
    "address",
    metadata,
    sa.Column(
        "hash", sa.LargeBinary(32), primary_key=True, comment="keyed hash of channel and address"
    ),
    sa.Column(
        "learner_id", sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="the address, AEAD"),
    sa.Column("reachable", sa.Boolean, nullable=False, default=True, server_default=sa.true()),
    sa.Column("live_message", sa.String(64), comment="the message whose buttons count"),
    sa.Column("live_at", sa.BigInteger, comment="when it was sent, seconds since the epoch"),
    sa.Column("live_shown", sa.LargeBinary(32), comment="keyed hash of what it shows"),
    sa.Column("since", sa.Date, comment="the day it was connected"),
    sa.Column(
        "heard_at",
        sa.BigInteger,
        comment="when they last wrote, where the messenger counts from it; seconds since the epoch",
    ),
    sa.Column("news", sa.Date, comment="the day they agreed to be written to outside the window"),
    sa.Column(
        "refused",
        sa.Boolean,
        nullable=False,
        default=False,
        server_default=sa.false(),
        comment="told the messenger that they want nothing of this kind",
    ),
)

closed = sa.Table(
    "closed",
    metadata,
    sa.Column(
        "hash",
        sa.LargeBinary(32),
        primary_key=True,
        comment="keyed hash of a page's address that is no more",
    ),
    sa.Column(
        "learner_id", sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("why", sa.String(8), nullable=False, comment="renewed, ended"),
    sa.Column("day", sa.Date, nullable=False),
)

update = sa.Table(
    "update",
    metadata,
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("id", sa.String(64), primary_key=True, comment="the channel's own id of the update"),
    sa.Column("address", sa.LargeBinary(32), nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False, comment="seconds since the epoch"),
    sa.Column("answered", sa.Boolean, nullable=False),
    sa.Column("holder", sa.BigInteger, comment="the process that answers it"),
    sa.Column(
        "told",
        sa.LargeBinary,
        comment="what its answer says besides the screen, AEAD; gone once that went out",
    ),
)
sa.Index("ix_update_at", update.c.at)
sa.Index(
    "ix_update_unanswered",
    update.c.at,
    postgresql_where=sa.not_(update.c.answered),
    sqlite_where=sa.not_(update.c.answered),
)

answer = sa.Table(
    "answer",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column(
        "learner_id", sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("module", sa.String(64), nullable=False),
    sa.Column("deck", sa.String(64), nullable=False),
    sa.Column("question", sa.String(64), nullable=False),
    sa.Column(
        "choices", sa.String(16), nullable=False, comment="indexes of the options, as digits"
    ),
    sa.Column("hits", sa.SmallInteger, nullable=False),
    sa.Column("right", sa.Boolean, nullable=False),
    sa.Column("minute", sa.BigInteger, nullable=False, comment="minutes since the epoch"),
)

order = sa.Table(
    "order",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column(
        "learner_id", sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column(
        "address", sa.LargeBinary(32), nullable=False, index=True, comment="where it is handed over"
    ),
    sa.Column(
        "sealed",
        sa.LargeBinary,
        comment="what to make, AEAD; holds the name, erased once handed over",
    ),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column(
        "place", sa.SmallInteger, nullable=False, comment="position among those ordered together"
    ),
    sa.Column(
        "state",
        sa.String(8),
        nullable=False,
        comment="wanted, held, sending, told, shut, sent, failed",
    ),
    sa.Column("holder", sa.BigInteger, comment="the process that hands it over"),
    sa.Column("attempts", sa.SmallInteger, nullable=False, default=0, server_default="0"),
    sa.Column(
        "part",
        sa.SmallInteger,
        nullable=False,
        default=0,
        server_default="0",
        comment="messages of it that went out",
    ),
    sa.Column("due", sa.BigInteger, nullable=False, comment="not before; seconds since the epoch"),
    sa.Column(
        "until",
        sa.BigInteger,
        nullable=False,
        server_default="0",
        comment="deleted then, handed over or not",
    ),
    sa.Column("about", sa.BigInteger, index=True, comment="the learner whose words it holds"),
    sa.Column(
        "unasked",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="nobody waits for it: it goes last",
    ),
)
sa.Index(
    "ix_order_open",
    order.c.due,
    postgresql_where=order.c.state.in_(("wanted", "sending")),
    sqlite_where=order.c.state.in_(("wanted", "sending")),
)

withdrawn = sa.Table(
    "withdrawn",
    metadata,
    sa.Column(
        "serial",
        sa.String(16),
        primary_key=True,
        comment="that of the certificate, which names nobody",
    ),
    sa.Column("state", sa.String(8), primary_key=True, comment="revoked, replaced"),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("newer", sa.String(16), comment="the serial of the one that replaced it"),
)
