"""which certificate replaced which: one that is taken back stays so with another spelling"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "withdrawn", sa.Column("newer", sa.String(length=16), nullable=True, comment="the serial of the one that replaced it")
    )


def downgrade() -> None:
    op.drop_column("withdrawn", "newer")
