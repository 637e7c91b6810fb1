"""Whether the SQLite file that is open is still the one at its path. SQLite itself does not ask: it
goes on writing into a file that was deleted, and the next connection begins an empty one beside it.
"""

import os
from pathlib import Path


class Lost(OSError):
    """The file was deleted, or another one is in its place. What was not written yet is not lost:
    nobody is told that it was."""


class Place:
    """Of one engine. `opened` with each connection, `check` before each transaction, `check_kept`
    after it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._wal = file.with_name(f"{file.name}-wal")
        self._open: tuple[int, int] | None = None
        self._has_wal = False

    def opened(self, journal: str) -> None:
        self._open = self._open or self._there()
        self._has_wal = journal == "wal"

    def check(self) -> None:
        """Raises `Lost`."""
        if self._open and (there := self._there()) != self._open:
            said = (
                "another file is in the place of the database"
                if there
                else "the database file was deleted"
            )
            raise Lost(None, f"{said}: stop Pasito, put {self.file.name} back, start it again")

    def check_kept(self) -> None:
        """The same once something was written, which then stands in the log beside the file. Raises
        `Lost`."""
        self.check()
        if self._open and self._has_wal and not self._wal.exists():
            raise Lost(
                None,
                f"{self._wal.name} was deleted while it was in use: stop Pasito and put the last "
                "backup back",
            )

    def _there(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.file)  # noqa: PTH116 - before each transaction: the quickest way
        except OSError:
            return None
        return found.st_dev, found.st_ino
