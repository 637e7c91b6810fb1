"""reminders, and what becomes of those who do not come back"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "learner",
        sa.Column(
            "remind_at",
            sa.BigInteger(),
            nullable=True,
            comment="when a reminder is due, seconds since the epoch",
        ),
    )
    op.add_column(
        "learner",
        sa.Column(
            "noticed_on",
            sa.Date(),
            nullable=True,
            comment="when they were told of the deletion to come",
        ),
    )
    op.create_index(op.f("ix_learner_remind_at"), "learner", ["remind_at"])
    op.create_index(op.f("ix_learner_active_on"), "learner", ["active_on"])


def downgrade() -> None:
    op.drop_index(op.f("ix_learner_active_on"), "learner")
    op.drop_index(op.f("ix_learner_remind_at"), "learner")
    op.drop_column("learner", "noticed_on")
    op.drop_column("learner", "remind_at")
