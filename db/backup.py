"""A copy of the SQLite file while the service runs, and the way back.

A backup is written beside its place, checked, and only then takes its name: whatever happens in
between, there is a whole file or none. It is read in one piece (SQLite's online backup; in WAL mode
a reader stops nobody from writing). Restoring keeps the file that was there. The secret key is in
neither: without it nobody can be written to, with it a backup tells who learns.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.lock import InUse, lock
from db.migrate import revisions

SEALS = "SELECT hash, sealed FROM address ORDER BY hash LIMIT 10"


class NotPossible(Exception):
    """One sentence on why, and what to do."""


@dataclass(frozen=True)
class Restored:
    """`before` is where the file that was there is kept, `revision` the state of the tables that
    came back."""

    before: Path | None
    revision: str


def back_up(database: Path, to: Path, force: bool = False) -> int:
    """Writes a backup; gives its size in bytes. Raises `NotPossible` and `OSError`; then `to` is as
    it was."""
    if not database.exists():
        raise NotPossible(f"there is no database at {database} yet")
    if to.exists() and not force:
        raise NotPossible(f"{to} exists already: choose another name, or say --force")
    if to.exists() and to.samefile(database):
        raise NotPossible(f"{to} is the database itself: choose another name")
    with _beside(to) as part:
        _copy(database, part)
        look_at(part)
        checksum = _checksum(part)
        sum_beside(to).unlink(
            missing_ok=True
        )  # killed in between, there is none rather than a wrong one
        part.replace(to)
    with os.fdopen(
        os.open(sum_beside(to), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
    ) as file:
        file.write(f"{checksum}  {to.name}\n")
    _sync(to.parent)
    return to.stat().st_size


def restore(
    database: Path, file: Path, mend: Callable[[Path], None] = lambda part: None
) -> Restored:
    """Puts a backup in the place of the database, once `mend` has seen the copy. Raises
    `NotPossible` and `OSError`; then the database is as it was."""
    if (told := _told(file)) and told != _checksum(file):
        raise NotPossible(
            f"{file} is not what was written ({sum_beside(file).name}): take another backup"
        )
    revision = look_at(file)
    database.parent.mkdir(parents=True, exist_ok=True)
    if database.exists() and database.samefile(file):
        raise NotPossible(f"{file} is the database itself")
    try:
        held = lock(database, alone=True)
    except InUse as error:
        raise NotPossible("Pasito is running: stop it first") from error
    with held, _beside(database) as part:
        _copy(file, part)
        mend(part)
        _like_its_folder(part)
        before = _aside(database) if database.exists() else None
        part.replace(database)
        _sync(database.parent)
    return Restored(before, revision)


def sum_beside(file: Path) -> Path:
    """The checksum of a backup, as `sha256sum -c` reads it."""
    return file.with_name(f"{file.name}.sha256")


def _told(file: Path) -> str:
    beside = sum_beside(file)
    return beside.read_text("ascii", "replace").partition(" ")[0] if beside.exists() else ""


def _checksum(file: Path) -> str:
    if not file.is_file():
        raise NotPossible(f"there is no file {file}")
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def look_at(file: Path) -> str:
    """The revision of the tables in a file. Raises `NotPossible` unless it is a whole database of
    Pasito that this version knows."""
    if not file.is_file():
        raise NotPossible(f"there is no file {file}")
    try:
        with closing(_open(file, "ro")) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT id, snapshot FROM learner LIMIT 1")
            damage = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise NotPossible(f"{file} is in use by another program") from error
        raise NotPossible(f"{file} is not a database of Pasito, or it is damaged") from error
    if damage != "ok":
        raise NotPossible(f"{file} is damaged: take another backup")
    revision = str(found[0]) if found else ""
    if revision not in revisions():
        raise NotPossible(
            f"{file} was written by a newer version of Pasito: install that one first"
        )
    return revision


def seals(file: Path) -> list[tuple[bytes, bytes]]:
    """A few addresses, each the hash it stands with and its seal: to see whether a key opens
    them."""
    with closing(_open(file, "ro")) as connection:
        return connection.execute(SEALS).fetchall()


def _open(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=10, isolation_level=None
    )


def _copy(file: Path, part: Path) -> None:
    """All pages at one moment, without a write-ahead log of their own, safe on the disk."""
    try:
        with (
            closing(_open(file, "rw" if os.access(file, os.W_OK) else "ro")) as source,
            closing(_open(part, "rw")) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        raise NotPossible(f"{file} cannot be copied: {error}") from error
    with part.open("rb") as written:
        os.fsync(written.fileno())


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """An empty file in the same folder, for its owner alone. What a dead process left there is
    thrown away."""
    part = place.with_name(f"{place.name}.part")
    try:
        held = lock(part, alone=True)
    except InUse as error:
        raise NotPossible(f"{part} is being written by another process") from error
    with held:
        try:
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            yield part
        finally:
            for left in (
                part,
                part.with_name(f"{part.name}-journal"),
                part.with_name(f"{part.name}.lock"),
            ):
                left.unlink(missing_ok=True)


def _aside(database: Path) -> Path:
    """A second name for the database as it is. It is never without one: killed here, the service
    finds it as it was."""
    logs = [database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm")]
    try:
        with closing(_open(database, "rw")) as connection:
            # takes in the write-ahead log; refused while another program has the file open
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise NotPossible(f"{database} is in use by another program: stop it first") from error
    except sqlite3.DatabaseError:
        pass  # damaged: perhaps the reason for restoring; kept with its log
    database.chmod(0o600)
    before = database.with_name(f"{database.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z")
    try:
        os.link(database, before)
    except OSError:  # a file system without links
        shutil.copy2(database, before)
    for log in logs:
        with suppress(FileNotFoundError):
            log.rename(before.with_name(before.name + log.name.removeprefix(database.name)))
    return before


def _like_its_folder(file: Path) -> None:
    """Root restores for the user whom the service runs as."""
    if os.geteuid() == 0:
        owner = file.parent.stat()
        os.chown(file, owner.st_uid, owner.st_gid)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
