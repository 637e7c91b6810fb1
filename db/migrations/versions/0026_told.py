"""what an answer tells, until it went out"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "update",
        sa.Column(
            "told",
            sa.LargeBinary(),
            comment="what its answer says besides the screen, AEAD; gone once that went out",
        ),
    )


def downgrade() -> None:
    op.drop_column("update", "told")
