"""which messages of a broadcast left for the messenger"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "recipient",
        sa.Column(
            "wire",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="left for the messenger",
        ),
    )


def downgrade() -> None:
    op.drop_column("recipient", "wire")
