"""which message a letter of a group became, so that an answer to it arrives"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("order_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=False, comment="who reads it"),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "learner_id", sa.BigInteger(), nullable=False, comment="the member whom it is about"
        ),
        sa.Column(
            "message",
            sa.String(length=64),
            nullable=True,
            comment="the channel's own id of the message that it became",
        ),
        sa.Column("at", sa.BigInteger(), nullable=False, comment="seconds since the epoch"),
        sa.ForeignKeyConstraint(
            ["order_id"], ["order.id"], name=op.f("fk_letter_order_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["learner.id"], name=op.f("fk_letter_to_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "learner_id"],
            ["member.group_id", "member.learner_id"],
            name=op.f("fk_letter_group_id_learner_id"),
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_letter")),
    )
    op.create_index("ix_letter_to", "letter", ["to_id", "at"])
    op.create_index("ix_letter_member", "letter", ["group_id", "learner_id"])


def downgrade() -> None:
    op.drop_table("letter")
