"""people and groups are sealed at the next start; broadcasts choose by a column instead of looking into the snapshot"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("learner", sa.Column("progress", sa.Text(), comment="modules begun and done"))


def downgrade() -> None:
    op.drop_column("learner", "progress")
