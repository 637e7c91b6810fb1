"""A backup before it takes the place of the database: everybody in it can be read, and who was
erased since is erased again. Who keeps a group is left to the next start (`Store.erase_again`): it
passes the group on and tells the members, as `/delete` does.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace

from db import erased, sealed
from db.backup import NotPossible
from db.migrate import revisions
from db.vault import Vault

_GONE = (
    'DELETE FROM "update" WHERE address IN (SELECT hash FROM address WHERE learner_id = :id)',
    'DELETE FROM "order" WHERE about = :id',
    "DELETE FROM staff_link WHERE author = :id",
    "UPDATE staff SET named_by = NULL WHERE named_by = :id",
    "DELETE FROM recording WHERE speaker_id = :id AND NOT heard",
    "DELETE FROM learner WHERE id = :id",
)


def mended(part: Path, vault: Vault, database: Path) -> tuple[int, int]:
    """Erases in the copy `part` whom the list beside `database` names. Returns how many, and how
    many are left to the next start. Raises `NotPossible` where a row is damaged."""
    marked = erased.marked(database)
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=ON")
        db.execute("PRAGMA secure_delete=ON")
        learners = [id for (id,) in db.execute("SELECT id FROM learner")]
        listed = [id for id in learners if erased.mark(vault, id) in marked]
        owners = _owners(db)
        gone = [id for id in listed if id not in owners]
        for id in gone:
            for statement in _GONE:
                with suppress(sqlite3.OperationalError):  # an older version had no such table
                    db.execute(statement, {"id": id})
        if damaged := _damaged(db, vault):
            raise NotPossible(
                f"it is damaged, {', '.join(damaged)} cannot be read: take another backup"
            )
        if gone:
            db.execute("VACUUM")
    return len(gone), len(listed) - len(gone)


def _owners(db: sqlite3.Connection) -> set[int]:
    try:
        return {owner for (owner,) in db.execute('SELECT owner FROM "group"')}
    except sqlite3.OperationalError:  # an older version had no groups
        return set()


def _damaged(db: sqlite3.Connection, vault: Vault) -> list[str]:
    """Which rows cannot be read; the first ten. In the clear may stand what was written before all
    was sealed."""
    (revision,) = db.execute("SELECT version_num FROM alembic_version").fetchone()
    before = revisions().index(revision) > revisions().index(sealed.CARRIED_OVER)
    db.row_factory = lambda cursor, row: SimpleNamespace(
        **dict(zip((name for name, *_ in cursor.description), row, strict=True))
    )
    found: list[str] = []
    for table, column, read in (
        ("learner", "snapshot", lambda row: sealed.learner(vault, row.id, row.snapshot)),
        ("group", "content", lambda row: sealed.group(vault, row)),
        ("broadcast", "content", lambda row: sealed.draft(vault, row.id, row.content)),
    ):
        try:
            rows = db.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        except sqlite3.OperationalError:  # an older version had no such table
            continue
        for row in rows:
            try:
                if before:
                    sealed.of_before(vault, table, row.id, getattr(row, column))
                else:
                    read(row)
            except ValueError:
                found.append(f"{table} {row.id}")
    return found[:10]
