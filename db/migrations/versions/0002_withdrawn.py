"""withdrawn certificates"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withdrawn",
        sa.Column(
            "serial",
            sa.String(length=16),
            nullable=False,
            comment="that of the certificate, which names nobody",
        ),
        sa.Column("state", sa.String(length=8), nullable=False, comment="revoked, replaced"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("serial", "state", name=op.f("pk_withdrawn")),
    )


def downgrade() -> None:
    op.drop_table("withdrawn")
