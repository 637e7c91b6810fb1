"""the day of a broadcast; broadcasts on pages that wait for their reader"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "broadcast",
        sa.Column(
            "starts",
            sa.BigInteger(),
            nullable=False,
            server_default="0",
            comment="not before; seconds since the epoch",
        ),
    )
    op.add_column(
        "recipient",
        sa.Column("letter", sa.BigInteger(), comment="the order that lies on their page"),
    )
    op.create_index(
        "ix_recipient_on_page",
        "recipient",
        ["letter", "broadcast_id"],
        postgresql_where=sa.text("letter IS NOT NULL"),
        sqlite_where=sa.text("letter IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_recipient_on_page", "recipient")
    op.drop_column("recipient", "letter")
    op.drop_column("broadcast", "starts")
