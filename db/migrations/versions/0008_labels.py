"""a counsellor's own names for learners"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "label",
        sa.Column("counsellor_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "sealed",
            sa.LargeBinary(),
            nullable=False,
            comment="the counsellor's own name for the learner, AEAD",
        ),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["learner.id"],
            name=op.f("fk_label_counsellor_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "learner_id"],
            ["member.group_id", "member.learner_id"],
            name=op.f("fk_label_group_id_learner_id"),
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("counsellor_id", "group_id", "learner_id", name=op.f("pk_label")),
    )
    op.create_index("ix_label_member", "label", ["group_id", "learner_id"])


def downgrade() -> None:
    op.drop_table("label")
