"""`pasito stats`: how much there is, for people and for programs."""

import json
import time
from collections.abc import Callable

from bot.documents.keys import vault_of
from bot.settings import SettingError, Settings
from db.engine import connect, file_of
from db.migrate import revision, revisions
from db.statistics import figures

FEW = "fewer than 5"


async def tell_figures(settings: Settings, tell: Callable[[str], object], as_json: bool) -> None:
    """Looks and makes nothing. Raises `SettingError` where there is nothing to count, and what the
    database raises."""
    file = file_of(settings.database)
    if file and not file.exists():
        raise SettingError(
            f"there is no data in {file.absolute().parent} yet (PASITO_DATA_DIR): nothing to count"
        )
    vault = vault_of(settings)
    engine = connect(settings.database, patience=None)
    try:
        async with engine.connect() as db:
            if await revision(db) != revisions()[0]:
                raise SettingError(
                    "the tables are those of another version: run `pasito migrate` first"
                )
        found = await figures(engine, vault, int(time.time()))
    finally:
        await engine.dispose()
    if as_json:
        tell(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name, value in found.items():
        if isinstance(value, dict):
            tell(f"{name}:" if value else f"{name + ':':44} -")
            for part, number in value.items():
                tell(f"  {part:42} {FEW if number is None else number}")
        else:
            tell(f"{name + ':':44} {FEW if value is None else value}")
