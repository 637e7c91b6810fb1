"""everything is sealed by now (db.sealed.carry_over): from here on a row in the clear is refused"""

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing: that it was reached is the mark."""


def downgrade() -> None:
    pass
