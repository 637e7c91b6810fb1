"""how many questions of people who were never answered a group had in this hour"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "group",
        sa.Column(
            "asked_hour",
            sa.BigInteger(),
            nullable=False,
            server_default="0",
            comment="hours since the epoch",
        ),
    )
    op.add_column(
        "group",
        sa.Column(
            "asked",
            sa.Integer(),
            nullable=False,
            server_default="0",
            comment="questions of people who were never answered",
        ),
    )


def downgrade() -> None:
    op.drop_column("group", "asked")
    op.drop_column("group", "asked_hour")
