"""pairs of a learner and a mentor"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pair",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "mentor_id",
            sa.BigInteger(),
            nullable=True,
            comment="nobody until the link was opened",
        ),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False, comment="seconds since the epoch"),
        sa.Column("until", sa.BigInteger(), nullable=False, comment="seconds since the epoch"),
        sa.Column("asked", sa.Integer(), nullable=False, comment="how often both were asked"),
        sa.Column(
            "more", sa.Integer(), nullable=False, comment="who wants it to go on: 1, 2 or both"
        ),
        sa.Column(
            "token",
            sa.LargeBinary(length=32),
            nullable=True,
            comment="keyed hash of what its link carries",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_pair_group_id_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learner.id"],
            name=op.f("fk_pair_learner_id_learner"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"],
            ["learner.id"],
            name=op.f("fk_pair_mentor_id_learner"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair")),
        sa.UniqueConstraint("token", name=op.f("uq_pair_token")),
    )
    for column in ("learner_id", "mentor_id", "group_id"):
        op.create_index(op.f(f"ix_pair_{column}"), "pair", [column])


def downgrade() -> None:
    op.drop_table("pair")
