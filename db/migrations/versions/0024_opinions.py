"""what learners say of modules, without who"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opinion",
        sa.Column(
            "id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="random: tells neither who nor when",
        ),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("helped", sa.SmallInteger(), nullable=False, comment="0 not really to 2 much"),
        sa.Column("sealed", sa.LargeBinary(), nullable=True, comment="the comment, AEAD"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    op.create_index(op.f("ix_opinion_module"), "opinion", ["module"])


def downgrade() -> None:
    op.drop_table("opinion")
