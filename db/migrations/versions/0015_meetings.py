"""reminders of meetings"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "group",
        sa.Column(
            "remind_at",
            sa.BigInteger(),
            nullable=True,
            comment="when members are reminded of a meeting, seconds since the epoch",
        ),
    )
    op.create_index(op.f("ix_group_remind_at"), "group", ["remind_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_group_remind_at"), "group")
    op.drop_column("group", "remind_at")
