"""answers of papers for work, sealed, for a time"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column(
            "sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="all answers, AEAD; nothing once `until` is past",
        ),
        sa.Column("until", sa.BigInteger(), nullable=False, comment="seconds since the epoch"),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learner.id"],
            name=op.f("fk_draft_learner_id_learner"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("learner_id", "kind", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_until"), "draft", ["until"])


def downgrade() -> None:
    op.drop_table("draft")
