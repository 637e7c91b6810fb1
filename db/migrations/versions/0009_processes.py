"""who is alive, and which process has the answer to an update in hand"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "process",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("worker", sa.Boolean(), nullable=False, comment="sends and tidies"),
        sa.Column(
            "seen",
            sa.Float(),
            nullable=False,
            comment="by the database's clock, seconds since the epoch",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process")),
    )
    op.drop_column("update", "tried")
    op.add_column(
        "update",
        sa.Column("holder", sa.BigInteger(), nullable=True, comment="the process that answers it"),
    )


def downgrade() -> None:
    op.drop_column("update", "holder")
    op.add_column(
        "update",
        sa.Column(
            "tried",
            sa.BigInteger(),
            nullable=True,
            comment="when a process took it up again, seconds since the epoch",
        ),
    )
    op.drop_table("process")
