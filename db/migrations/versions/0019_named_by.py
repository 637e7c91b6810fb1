"""who named staff, and on which day"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "staff", sa.Column("named_by", sa.BigInteger(), comment="the admin whose link they opened")
    )
    op.add_column("staff", sa.Column("since", sa.Date(), comment="the day they got the role"))


def downgrade() -> None:
    op.drop_column("staff", "since")
    op.drop_column("staff", "named_by")
