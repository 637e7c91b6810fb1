"""A data folder that is opened, and what is planted in it."""

from pathlib import Path

from bot.assembly import up_to_date
from db.engine import connect
from db.store import Store
from db.vault import Vault

VAULT = Vault(b"a secret for tests only")


async def opened(folder: Path, vault: Vault = VAULT) -> Store:
    url = f"sqlite+aiosqlite:///{folder / 'pasito.sqlite3'}"
    await up_to_date(url, vault)
    return Store(connect(url), vault)
