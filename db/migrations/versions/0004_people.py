"""parts of an order"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("order") as order:
        order.add_column(
            sa.Column("part", sa.SmallInteger(), nullable=False, server_default="0", comment="messages of it that went out")
        )
