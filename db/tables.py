"""The tables. No column shows a name, phone number, mail, place or anything that somebody typed
(product.md, Privacy).

A learner is one row with a sealed snapshot that is read and written whole (`db.sealed`). An address
is found by a keyed hash and can be written to only with the key that opens `sealed`. What stands in
the clear, and why: docs/privacy-at-rest.md.
"""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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
    sa.Column("state", sa.String(8), nullable=False, comment="wanted, sending, sent, failed"),
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

group = sa.Table(
    "group",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("owner", sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column(
        "token",
        sa.String(32),
        nullable=False,
        unique=True,
        comment="keyed hash of what its invite links carry",
    ),
    sa.Column("content", sa.LargeBinary, nullable=False, comment="the Group, AEAD"),
    sa.Column(
        "remind_at",
        sa.BigInteger,
        index=True,
        comment="when members are reminded of a meeting, seconds since the epoch",
    ),
    sa.Column(
        "asked_hour",
        sa.BigInteger,
        nullable=False,
        default=0,
        server_default="0",
        comment="hours since the epoch",
    ),
    sa.Column(
        "asked",
        sa.Integer,
        nullable=False,
        default=0,
        server_default="0",
        comment="questions of people who were never answered",
    ),
)

member = sa.Table(
    "member",
    metadata,
    sa.Column("group_id", sa.ForeignKey("group.id", ondelete="CASCADE"), primary_key=True),
    sa.Column(
        "learner_id", sa.ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
    sa.Column("at", sa.BigInteger, nullable=False, comment="joined, seconds since the epoch"),
)

colleague = sa.Table(
    "colleague",
    metadata,
    sa.Column("group_id", sa.ForeignKey("group.id", ondelete="CASCADE"), primary_key=True),
    sa.Column(
        "learner_id", sa.ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
    sa.Column(
        "since",
        sa.BigInteger,
        nullable=False,
        comment="seconds since the epoch; 0 for who made the group",
    ),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="name and organisation, AEAD"),
)

label = sa.Table(
    "label",
    metadata,
    sa.Column("counsellor_id", sa.ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("group_id", sa.BigInteger, primary_key=True),
    sa.Column("learner_id", sa.BigInteger, primary_key=True),
    sa.Column(
        "sealed",
        sa.LargeBinary,
        nullable=False,
        comment="the counsellor's own name for the learner, AEAD",
    ),
    sa.ForeignKeyConstraint(
        ["group_id", "learner_id"],
        ["member.group_id", "member.learner_id"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    ),
)
sa.Index("ix_label_member", label.c.group_id, label.c.learner_id)

letter = sa.Table(
    "letter",
    metadata,
    sa.Column(
        "order_id",
        sa.ForeignKey("order.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column(
        "to_id",
        sa.ForeignKey("learner.id", ondelete="CASCADE"),
        nullable=False,
        comment="who reads it",
    ),
    sa.Column("group_id", sa.BigInteger, nullable=False),
    sa.Column("learner_id", sa.BigInteger, nullable=False, comment="the member whom it is about"),
    sa.Column(
        "message", sa.String(64), comment="the channel's own id of the message that it became"
    ),
    sa.Column("at", sa.BigInteger, nullable=False, comment="seconds since the epoch"),
    sa.ForeignKeyConstraint(
        ["group_id", "learner_id"],
        ["member.group_id", "member.learner_id"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    ),
)
sa.Index("ix_letter_to", letter.c.to_id, letter.c.at)
sa.Index("ix_letter_member", letter.c.group_id, letter.c.learner_id)

staff = sa.Table(
    "staff",
    metadata,
    sa.Column(
        "learner_id",
        sa.ForeignKey("learner.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("named_by", sa.BigInteger, comment="the admin whose link they opened"),
    sa.Column("since", sa.Date, comment="the day they got the role"),
)

staff_link = sa.Table(
    "staff_link",
    metadata,
    sa.Column(
        "hash",
        sa.LargeBinary(32),
        primary_key=True,
        comment="keyed hash of a link that makes one person staff",
    ),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("until", sa.BigInteger, nullable=False),
    sa.Column("author", sa.BigInteger, comment="who made it"),
    sa.Column(
        "group_id",
        sa.ForeignKey("group.id", ondelete="CASCADE"),
        comment="the group of which it makes them a counsellor, too",
    ),
)

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
    sa.Column("state", sa.SmallInteger, nullable=False, comment="a db.broadcasts.RecipientState"),
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

process = sa.Table(
    "process",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("worker", sa.Boolean, nullable=False, comment="sends and tidies"),
    sa.Column(
        "seen", sa.Float, nullable=False, comment="by the database's clock, seconds since the epoch"
    ),
)

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
