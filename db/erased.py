"""Erased stays erased: from the files of the running service, and after an older backup is put
back.

SQLite keeps what was deleted in its write-ahead log until that is written over; `wipe` empties the
log. Beside the database stands a list, `<database>.erased`: a line `erased <hash>` for each learner
who was deleted, `joined <hash> <hash>` where one became another. The hashes are keyed: without the
key the list names nobody, not even a row of a backup.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from db.vault import Vault

WIPE = "erasures"
"""The job that empties the log: told where something was deleted of which nothing may stay."""
BUSY_SECONDS = 0.5
"""How long `wipe` waits for others; then it is tried again."""


def list_beside(database: Path) -> Path:
    return database.with_name(f"{database.name}.erased")


def mark(vault: Vault, learner: int) -> str:
    """How the list names a learner."""
    return vault.hash("erased", str(learner)).hex()


def remember(database: Path, lines: Iterable[str]) -> None:
    """Adds to the list, safe on the disk. Raises `OSError`."""
    descriptor = os.open(list_beside(database), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())


def marked(database: Path) -> set[str]:
    """The marks of all who are erased, those who had become one of them included. Lines that were
    cut off are passed over."""
    place = list_beside(database)
    lines = (
        [line.split() for line in place.read_text("ascii", "replace").splitlines()]
        if place.exists()
        else []
    )
    gone = {line[1] for line in lines if len(line) == 2 and line[0] == "erased"}
    for line in reversed(lines):  # who joined later is erased through whom they became
        if len(line) == 3 and line[0] == "joined" and line[2] in gone:
            gone.add(line[1])
    return gone


def wipe(database: Path) -> bool:
    """Empties the write-ahead log into the file. False while others read or write: then it is to be
    tried again."""
    with closing(
        sqlite3.connect(database, timeout=BUSY_SECONDS, isolation_level=None)
    ) as connection:
        return _emptied(connection)


def scrub(database: Path) -> bool:
    """Writes the whole file anew, so that nothing of before stands in a free page, and empties the
    log. False while others use it."""
    with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        try:
            connection.execute("VACUUM")
        except sqlite3.OperationalError:
            return False
        return _emptied(connection)


def _emptied(connection: sqlite3.Connection) -> bool:
    busy, _pages, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
