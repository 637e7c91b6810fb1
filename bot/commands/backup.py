"""Backup and restore on the command line."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from bot.settings import Settings
from db import backup
from db.backup import NotPossible
from db.engine import file_of
from db.restore import mended
from db.vault import Vault, read_secret


def back_up(settings: Settings, to: Path, force: bool) -> Iterator[str]:
    """Does it, and says what to know. Raises `NotPossible` and `OSError`."""
    database = file_of(settings.database)
    if database is None:
        raise NotPossible(
            "PostgreSQL makes its own backups: "
            f"{_command('pg_dump --format=custom --file', settings, to)}"
        )
    size = backup.back_up(database, to, force)
    yield f"{to} is written and checked: {max(1, size >> 20)} MB."
    key = "PASITO_SECRET_KEY" if settings.secret_key else settings.data_dir / "secret.key"
    yield (
        f"The secret key ({key}) is not in it. Keep a copy of the key in another place: "
        "you need both to restore."
    )


def restore(settings: Settings, file: Path) -> Iterator[str]:
    """Does it, and says what to know. Raises `NotPossible` and `OSError`."""
    database = file_of(settings.database)
    if database is None:
        raise NotPossible(
            "PostgreSQL restores its own backups: "
            f"{_command('pg_restore --clean --if-exists --dbname', settings, file)}"
        )
    key = settings.secret_key or read_secret(settings.data_dir / "secret.key")
    again = later = 0

    def mend(part: Path) -> None:
        nonlocal again, later
        if key and Vault(key.encode()).opens(backup.seals(part)):
            again, later = mended(part, Vault(key.encode()), database)

    restored = backup.restore(database, file, mend)
    yield f"{file} is restored to {database}."
    if again:
        yield f"Deleted again, because they were deleted after the backup was made: {again}."
    if later:
        yield f"Deleted again at the next start, because their groups have to be told: {later}."
    if restored.before:
        yield (
            f"The database before is kept as {restored.before}: delete it when all is well, "
            "it keeps people who leave."
        )
    seals = backup.seals(database)
    if seals and (not key or not Vault(key.encode()).opens(seals)):
        yield (
            "Before you start Pasito, put the secret key back that was in use when the backup was "
            "made "
            "(PASITO_SECRET_KEY or secret.key in the data folder): the present one does not open "
            "its addresses."
        )


def _command(program: str, settings: Settings, file: Path) -> str:
    url = sa.make_url(settings.database)
    url = sa.URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    )  # it asks for the password
    return (
        f"{program}='{url}' {file}" if program.endswith("dbname") else f"{program}={file} '{url}'"
    )
