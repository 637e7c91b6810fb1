"""`pasito stats`: how much there is, and how modules do, for people and for programs."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.assembly import programme_of
from bot.commands.quality import FEW, page, table
from bot.documents.keys import vault_of
from bot.settings import SettingError, Settings
from db.engine import connect, file_of
from db.migrate import revision, revisions
from db.quality import quality
from db.statistics import figures


@asynccontextmanager
async def _looked_at(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """The database as it is. Raises `SettingError` where there is nothing to count, and what the
    database raises."""
    file = file_of(settings.database)
    if file and not file.exists():
        raise SettingError(
            f"there is no data in {file.absolute().parent} yet (PASITO_DATA_DIR): nothing to count"
        )
    engine = connect(settings.database, patience=None)
    try:
        async with engine.connect() as db:
            if await revision(db) != revisions()[0]:
                raise SettingError(
                    "the tables are those of another version: run `pasito migrate` first"
                )
        yield engine
    finally:
        await engine.dispose()


async def tell_figures(settings: Settings, tell: Callable[[str], object], as_json: bool) -> None:
    """Looks and makes nothing. Raises `SettingError` where there is nothing to count, and what the
    database raises."""
    async with _looked_at(settings) as engine:
        found = await figures(engine, vault_of(settings), int(time.time()))
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


async def tell_quality(
    settings: Settings,
    tell: Callable[[str], object],
    modules: Iterable[str] = (),
    to: Path | None = None,
) -> None:
    """A page of each of these modules, of all where none is named; or a table of them in a file.
    Raises as `tell_figures` does, `SettingError` for a module that is not there, and `OSError`."""
    programme, _words = programme_of(settings)
    wanted = tuple(modules) or tuple(programme.modules)
    for id in wanted:
        if id not in programme.modules:
            raise SettingError(f"there is no module {id}: {', '.join(programme.modules)}")
    now = time.time()
    today = datetime.fromtimestamp(now, UTC).date()
    async with _looked_at(settings) as engine:
        all_of = await quality(engine, vault_of(settings), programme, int(now))
    found = {id: all_of[id] for id in wanted}
    if to:
        await asyncio.to_thread(to.write_text, table(programme, found, today), "utf-8-sig")
        tell(f"{to}: {len(found)} module(s)")
        return
    tell("\n\n".join(page(programme.modules[id], one, today) for id, one in found.items()))
