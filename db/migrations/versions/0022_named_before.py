"""staff from before the day of their naming was kept: from today on, so that they are new for a week"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.text("UPDATE staff SET since = CURRENT_DATE WHERE since IS NULL"))


def downgrade() -> None:
    pass
