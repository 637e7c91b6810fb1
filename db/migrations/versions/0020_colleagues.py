"""colleagues of a counsellor"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "colleague",
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "since",
            sa.BigInteger(),
            nullable=False,
            comment="seconds since the epoch; 0 for who made the group",
        ),
        sa.Column(
            "sealed", sa.LargeBinary(), nullable=False, comment="name and organisation, AEAD"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_colleague_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name=op.f("fk_colleague_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "learner_id", name=op.f("pk_colleague")),
    )
    op.create_index(op.f("ix_colleague_learner_id"), "colleague", ["learner_id"])
    with op.batch_alter_table("staff_link") as table:
        table.add_column(
            sa.Column(
                "group_id",
                sa.BigInteger(),
                nullable=True,
                comment="the group of which it makes them a counsellor, too",
            )
        )
        table.create_foreign_key(
            op.f("fk_staff_link_group_id"), "group", ["group_id"], ["id"], ondelete="CASCADE"
        )


def downgrade() -> None:
    with op.batch_alter_table("staff_link") as table:
        table.drop_constraint(op.f("fk_staff_link_group_id"), type_="foreignkey")
        table.drop_column("group_id")
    op.drop_table("colleague")
