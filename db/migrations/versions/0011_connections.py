"""since when an address is connected, what an old one says, and who never took a step"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "address", sa.Column("since", sa.Date(), nullable=True, comment="the day it was connected")
    )
    op.add_column(
        "learner",
        sa.Column(
            "begun",
            sa.Boolean(),
            nullable=False,
            server_default=sa.true(),
            comment="took a step, or joined something",
        ),
    )
    op.create_index(
        "ix_learner_not_begun",
        "learner",
        ["active_on"],
        postgresql_where=sa.text("NOT begun"),
        sqlite_where=sa.text("NOT begun"),
    )
    op.create_table(
        "closed",
        sa.Column(
            "hash",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="keyed hash of a page's address that is no more",
        ),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False, comment="renewed, ended"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name=op.f("fk_closed_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_closed")),
    )
    op.create_index(op.f("ix_closed_learner_id"), "closed", ["learner_id"])


def downgrade() -> None:
    op.drop_table("closed")
    op.drop_index("ix_learner_not_begun", "learner")
    op.drop_column("learner", "begun")
    op.drop_column("address", "since")
