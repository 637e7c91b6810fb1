"""What learners say of modules."""

import sqlalchemy as sa

from db.tables.schema import metadata

opinion = sa.Table(
    "opinion",
    metadata,
    sa.Column(
        "id",
        sa.BigInteger,
        primary_key=True,
        autoincrement=False,
        comment="random: tells neither who nor when",
    ),
    sa.Column("module", sa.String(64), nullable=False, index=True),
    sa.Column("helped", sa.SmallInteger, nullable=False, comment="0 not really to 2 much"),
    sa.Column("sealed", sa.LargeBinary, comment="the comment, AEAD"),
)
