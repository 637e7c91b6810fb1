"""which process hands an order over: when it is dead, others do at once"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "order",
        sa.Column(
            "holder", sa.BigInteger(), nullable=True, comment="the process that hands it over"
        ),
    )


def downgrade() -> None:
    op.drop_column("order", "holder")
