"""`pasito stats`: how much there is, for people and for programs."""

import json
import time
from collections.abc import Callable

from bot import app
from bot.settings import Settings
from db.engine import connect
from db.figures import figures

FEW = "fewer than 5"


async def tell_figures(settings: Settings, tell: Callable[[str], object], as_json: bool) -> None:
    """Raises what `app.assemble` raises."""
    parts = await app.assemble(settings)
    try:
        engine = connect(settings.database, patience=None)
        found = await figures(engine, int(time.time()))
        await engine.dispose()
    finally:
        await parts.close()
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
