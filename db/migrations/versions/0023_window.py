"""when somebody last wrote on a channel, whether they agreed to be written to later, and how many messages a channel sent in a month"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("address", sa.Column("heard_at", sa.BigInteger))
    op.add_column("address", sa.Column("news", sa.Date))
    op.add_column(
        "address",
        sa.Column("refused", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "spent",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("category", sa.String(20), primary_key=True),
        sa.Column("messages", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("spent")
    op.drop_column("address", "refused")
    op.drop_column("address", "news")
    op.drop_column("address", "heard_at")
