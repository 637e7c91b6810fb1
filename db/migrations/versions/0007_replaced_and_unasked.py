"""which certificate replaced which, and what comes unasked, so that it waits behind what was ordered"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "withdrawn",
        sa.Column(
            "newer",
            sa.String(length=16),
            nullable=True,
            comment="the serial of the one that replaced it",
        ),
    )
    op.add_column(
        "order",
        sa.Column(
            "about", sa.BigInteger(), nullable=True, comment="the learner whose words it holds"
        ),
    )
    op.create_index(op.f("ix_order_about"), "order", ["about"])
    op.add_column(
        "update",
        sa.Column(
            "tried",
            sa.BigInteger(),
            nullable=True,
            comment="when a process took it up again, seconds since the epoch",
        ),
    )
    op.add_column(
        "staff_link",
        sa.Column("author", sa.BigInteger(), nullable=True, comment="the admin who made it"),
    )
    op.add_column(
        "order",
        sa.Column(
            "unasked",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="nobody waits for it: it goes last",
        ),
    )


def downgrade() -> None:
    op.drop_column("order", "unasked")
    op.drop_column("staff_link", "author")
    op.drop_column("update", "tried")
    op.drop_index(op.f("ix_order_about"), "order")
    op.drop_column("order", "about")
    op.drop_column("withdrawn", "newer")
