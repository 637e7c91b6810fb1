"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learner",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False, comment="the Learner as JSON"),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("active_on", sa.Date(), nullable=False),
        sa.Column(
            "code_hash",
            sa.LargeBinary(length=32),
            nullable=True,
            comment="keyed hash of the code that joins another channel",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_learner_code_hash")),
    )
    op.create_table(
        "update",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column(
            "id", sa.String(length=64), nullable=False, comment="the channel's own id of the update"
        ),
        sa.Column("address", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False, comment="seconds since the epoch"),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "id", name=op.f("pk_update")),
    )
    with op.batch_alter_table("update", schema=None) as batch_op:
        batch_op.create_index("ix_update_at", ["at"], unique=False)
        batch_op.create_index(
            "ix_update_unanswered",
            ["at"],
            unique=False,
            postgresql_where=sa.text("NOT answered"),
            sqlite_where=sa.text("answered = 0"),
        )

    op.create_table(
        "address",
        sa.Column(
            "hash",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="keyed hash of channel and address",
        ),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="the address, AEAD"),
        sa.Column("reachable", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column(
            "live_message",
            sa.String(length=64),
            nullable=True,
            comment="the message whose buttons count",
        ),
        sa.Column(
            "live_at",
            sa.BigInteger(),
            nullable=True,
            comment="when it was sent, seconds since the epoch",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name=op.f("fk_address_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_address")),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_learner_id"), ["learner_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("deck", sa.String(length=64), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column(
            "choices",
            sa.String(length=16),
            nullable=False,
            comment="indexes of the options, as digits",
        ),
        sa.Column("hits", sa.SmallInteger(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("minute", sa.BigInteger(), nullable=False, comment="minutes since the epoch"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name=op.f("fk_answer_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_learner_id"), ["learner_id"], unique=False)

    op.create_table(
        "order",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "address", sa.LargeBinary(length=32), nullable=False, comment="where it was asked for"
        ),
        sa.Column(
            "sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="what to make, AEAD; holds the name, erased once handed over",
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column(
            "place",
            sa.SmallInteger(),
            nullable=False,
            comment="position among those ordered together",
        ),
        sa.Column(
            "state", sa.String(length=8), nullable=False, comment="wanted, sending, sent, failed"
        ),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column(
            "due", sa.BigInteger(), nullable=False, comment="not before; seconds since the epoch"
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name=op.f("fk_order_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order")),
    )
    with op.batch_alter_table("order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index(
            "ix_order_open",
            ["due"],
            unique=False,
            postgresql_where=sa.text("state IN ('wanted', 'sending')"),
            sqlite_where=sa.text("state IN ('wanted', 'sending')"),
        )


def downgrade() -> None:
    with op.batch_alter_table("order", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_order_open",
            postgresql_where=sa.text("state IN ('wanted', 'sending')"),
            sqlite_where=sa.text("state IN ('wanted', 'sending')"),
        )
        batch_op.drop_index(batch_op.f("ix_order_learner_id"))

    op.drop_table("order")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_learner_id"))

    op.drop_table("answer")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_learner_id"))

    op.drop_table("address")
    with op.batch_alter_table("update", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_update_unanswered",
            postgresql_where=sa.text("NOT answered"),
            sqlite_where=sa.text("answered = 0"),
        )
        batch_op.drop_index("ix_update_at")

    op.drop_table("update")
    op.drop_table("learner")
