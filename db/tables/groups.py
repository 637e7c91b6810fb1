"""Groups, who keeps them, who is in them, and staff."""

import sqlalchemy as sa

from db.tables.schema import metadata

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
    sa.Column("meeting", sa.BigInteger, comment="the one of the group that it asks about"),
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
