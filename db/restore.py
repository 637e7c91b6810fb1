"""A backup before it takes the place of the database: everybody in it can be read, and who was
erased since is erased again.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from db import erased, sealed
from db.backup import NotPossible
from db.vault import Vault

_GONE = (
    'DELETE FROM "update" WHERE address IN (SELECT hash FROM address WHERE learner_id = :id)',
    'DELETE FROM "order" WHERE about = :id',
    "DELETE FROM staff_link WHERE author = :id",
    "UPDATE staff SET named_by = NULL WHERE named_by = :id",
    "DELETE FROM learner WHERE id = :id",
)


def mended(part: Path, vault: Vault, database: Path) -> int:
    """Erases in the copy `part` whom the list beside `database` names. Returns how many. Raises
    `NotPossible` where a row is damaged."""
    marked = erased.marked(database)
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=ON")
        db.execute("PRAGMA secure_delete=ON")
        learners = [id for (id,) in db.execute("SELECT id FROM learner")]
        gone = [id for id in learners if erased.mark(vault, id) in marked]
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
    return len(gone)


def _damaged(db: sqlite3.Connection, vault: Vault) -> list[str]:
    """Which rows cannot be read; the first ten."""
    found: list[str] = []
    for table, column, read in (
        ("learner", "snapshot", sealed.learner),
        ("group", "content", sealed.group),
        ("broadcast", "content", sealed.draft),
    ):
        try:
            rows = db.execute(f'SELECT id, {column} FROM "{table}"')  # noqa: S608
        except sqlite3.OperationalError:  # an older version had no such table
            continue
        for id, stored in rows:
            try:
                read(vault, id, stored)
            except ValueError:
                found.append(f"{table} {id}")
    return found[:10]
