"""groups, staff, parts of an order"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("order") as order:
        order.add_column(
            sa.Column(
                "part",
                sa.SmallInteger(),
                nullable=False,
                server_default="0",
                comment="messages of it that went out",
            )
        )
        order.add_column(
            sa.Column(
                "until",
                sa.BigInteger(),
                nullable=False,
                server_default="0",
                comment="deleted then, handed over or not",
            )
        )
    order_table = sa.table(
        "order", sa.column("at", sa.BigInteger), sa.column("until", sa.BigInteger)
    )
    op.execute(
        order_table.update().values(until=order_table.c.at + 24 * 3600)
    )  # files that people wait for
    op.create_index(op.f("ix_order_address"), "order", ["address"])
    op.create_table(
        "group",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.BigInteger(), nullable=False),
        sa.Column(
            "token", sa.String(length=32), nullable=False, comment="what its invite links carry"
        ),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="the Group as JSON"),
        sa.ForeignKeyConstraint(
            ["owner"], ["learner.id"], name=op.f("fk_group_owner"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
        sa.UniqueConstraint("token", name=op.f("uq_group_token")),
    )
    op.create_index(op.f("ix_group_owner"), "group", ["owner"])
    op.create_table(
        "member",
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False, comment="joined, seconds since the epoch"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_member_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name=op.f("fk_member_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "learner_id", name=op.f("pk_member")),
    )
    op.create_index(op.f("ix_member_learner_id"), "member", ["learner_id"])
    op.create_table(
        "staff",
        sa.Column("learner_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name=op.f("fk_staff_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", name=op.f("pk_staff")),
    )
    op.create_table(
        "staff_link",
        sa.Column(
            "hash",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="keyed hash of a link that makes one person staff",
        ),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_staff_link")),
    )


def downgrade() -> None:
    for table in ("staff_link", "staff", "member", "group"):
        op.drop_table(table)
    op.drop_index(op.f("ix_order_address"), "order")
    with op.batch_alter_table("order") as order:
        order.drop_column("until")
        order.drop_column("part")
