"""Whether a SQLite file is in use by the service. SQLite's own locks do not tell: they are held for
moments.

Every process that works with the file holds a shared lock on `<file>.lock` beside it, until it
ends, however it ends. Who wants to put another file in its place takes the lock alone. (Never a
lock on the database file itself: closing it again would take SQLite's own locks away.)
"""

import fcntl
import os
from pathlib import Path
from typing import IO


class InUse(Exception):
    """Somebody else holds the lock."""


def lock(file: Path, alone: bool = False, name: str = "lock") -> IO[bytes]:
    """Holds the lock until the returned file is closed. Raises `InUse`, and `OSError` where none
    can be made."""
    descriptor = os.open(file.with_name(f"{file.name}.{name}"), os.O_RDWR | os.O_CREAT, 0o600)
    held = os.fdopen(descriptor, "r+b")
    try:
        fcntl.flock(held, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError as error:
        held.close()
        raise InUse(str(file)) from error
    return held


def take_part(file: Path, web: bool, worker: bool) -> list[IO[bytes]]:
    """What a process that serves holds beside: one that does everything is alone, several that
    answer the web share the file with one worker. Raises `InUse` and `OSError`."""
    held = [lock(file, alone=web and worker, name="run.lock")]
    if worker and not web:
        try:
            held.append(lock(file, alone=True, name="worker.lock"))
        except BaseException:
            held[0].close()
            raise
    return held
