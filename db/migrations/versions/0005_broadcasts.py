"""broadcasts, their recipients, the pace of all processes together"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MUTED = {
    "sqlite": "UPDATE learner SET muted = 1 WHERE json_extract(CAST(snapshot AS TEXT), '$.muted')",
    "postgresql": "UPDATE learner SET muted = true WHERE (convert_from(snapshot, 'UTF8')::jsonb ->> 'muted')::boolean",
}


def upgrade() -> None:
    op.create_table(
        "pace",
        sa.Column(
            "key", sa.String(length=32), nullable=False, comment="keyed hash of a bot's token"
        ),
        sa.Column(
            "until",
            sa.Float(),
            nullable=False,
            comment="slots are given away up to here, by the database's clock",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_pace")),
    )
    op.create_table(
        "broadcast",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("author", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="the Draft as JSON"),
        sa.Column(
            "state", sa.String(length=10), nullable=False, comment="a bot.model.broadcast.State"
        ),
        sa.Column("created", sa.BigInteger(), nullable=False, comment="seconds since the epoch"),
        sa.Column(
            "seeded_to",
            sa.BigInteger(),
            nullable=False,
            comment="learners up to this id are recipients or left out",
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column(
            "marked_at", sa.BigInteger(), nullable=False, comment="when `speed` was taken last"
        ),
        sa.Column(
            "marked_sent", sa.Integer(), nullable=False, comment="how many were sent by then"
        ),
        sa.Column("speed", sa.Float(), nullable=False, comment="messages a second lately"),
        sa.ForeignKeyConstraint(
            ["author"], ["learner.id"], name=op.f("fk_broadcast_author"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast")),
    )
    op.create_index(op.f("ix_broadcast_author"), "broadcast", ["author"])
    op.create_table(
        "recipient",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "address",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="where it goes: the one address chosen at the start",
        ),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=True),
        sa.Column("state", sa.SmallInteger(), nullable=False, comment="a db.broadcasts.Delivery"),
        sa.Column(
            "due", sa.BigInteger(), nullable=False, comment="not before; seconds since the epoch"
        ),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("lane", sa.BigInteger(), nullable=True, comment="who has it in hand"),
        sa.Column(
            "lease", sa.Float(), nullable=True, comment="until when, by the database's clock"
        ),
        sa.Column("reason", sa.String(length=80), nullable=True, comment="why it failed"),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcast.id"],
            name=op.f("fk_recipient_broadcast_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name=op.f("fk_recipient_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "learner_id", name=op.f("pk_recipient")),
    )
    op.create_index(op.f("ix_recipient_learner_id"), "recipient", ["learner_id"])
    for name, column, state in (("waiting", ("due", "learner_id"), 0), ("in_hand", ("lease",), 1)):
        only = sa.text(f"state = {state}")
        op.create_index(
            f"ix_recipient_{name}",
            "recipient",
            ["broadcast_id", *column],
            postgresql_where=only,
            sqlite_where=only,
        )
    op.create_table(
        "viewer",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "address", sa.LargeBinary(length=32), nullable=False, comment="who has it on the screen"
        ),
        sa.ForeignKeyConstraint(
            ["address"], ["address.hash"], name=op.f("fk_viewer_address"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcast.id"],
            name=op.f("fk_viewer_broadcast_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "address", name=op.f("pk_viewer")),
    )
    op.add_column(
        "learner",
        sa.Column(
            "muted", sa.Boolean(), server_default=sa.false(), nullable=False, comment="said STOP"
        ),
    )
    op.add_column(
        "learner",
        sa.Column(
            "zone",
            sa.String(length=40),
            nullable=True,
            comment="time zone, IANA, where they told it",
        ),
    )
    op.execute(MUTED[op.get_bind().dialect.name])


def downgrade() -> None:
    op.drop_column("learner", "zone")
    op.drop_column("learner", "muted")
    for table in ("viewer", "recipient", "broadcast", "pace"):
        op.drop_table(table)
