"""which meeting a letter asks about"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "letter",
        sa.Column(
            "meeting",
            sa.BigInteger(),
            nullable=True,
            comment="the one of the group that it asks about",
        ),
    )


def downgrade() -> None:
    op.drop_column("letter", "meeting")
