"""what staff recorded of cards"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recording",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("deck", sa.String(length=64), nullable=False),
        sa.Column("card", sa.String(length=64), nullable=False),
        sa.Column("heard", sa.Boolean(), nullable=False, comment="whether learners hear it"),
        sa.Column(
            "said", sa.String(length=16), nullable=False, comment="mark of the words that were read"
        ),
        sa.Column(
            "speaker_id",
            sa.BigInteger(),
            nullable=True,
            comment="nobody once they deleted everything",
        ),
        sa.Column("at", sa.BigInteger(), nullable=False, comment="seconds since the epoch"),
        sa.Column(
            "due",
            sa.BigInteger(),
            nullable=True,
            comment="when it is fetched; nothing once it is here",
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column(
            "sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="where it is fetched, then the voice; AEAD",
        ),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["learner.id"],
            name=op.f("fk_recording_speaker_id_learner"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint(
            "language",
            "module",
            "deck",
            "card",
            "heard",
            name=op.f("uq_recording_language_module_deck_card_heard"),
        ),
    )
    op.create_index(op.f("ix_recording_speaker_id"), "recording", ["speaker_id"])


def downgrade() -> None:
    op.drop_table("recording")
