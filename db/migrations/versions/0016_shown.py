"""what the live message shows, so that the same is not sent again"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "address",
        sa.Column("live_shown", sa.LargeBinary(32), comment="keyed hash of what it shows"),
    )


def downgrade() -> None:
    op.drop_column("address", "live_shown")
