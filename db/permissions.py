"""The data folder and what lies in it are for their owner alone, whatever the umask."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

WIDER = 0o077
"""Bits that others have no use for."""


def guard(folder: Path, database: Path | None) -> list[Path]:
    """Makes the folder and an empty database where there is none, and narrows what is wider.
    Returns what could not be narrowed. Raises `OSError` where the folder cannot be made."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if database and database.parent.is_dir() and not database.exists():
        # SQLite gives its log the mode of the file; an empty file is an empty database
        os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
    left = []
    for path in wider(folder, database):
        try:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~WIDER)
        except OSError:
            left.append(path)
    return left


def wider(folder: Path, database: Path | None) -> Iterator[Path]:
    """What others on this machine could open."""
    beside = sorted(database.parent.glob(f"{database.name}*")) if database else []
    for path in (folder, folder / "secret.key", *beside):
        try:
            mode = path.lstat().st_mode
        except OSError:
            continue
        if not stat.S_ISLNK(mode) and mode & WIDER:
            yield path
