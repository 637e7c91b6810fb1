"""The in-memory store and the real one, behind one port."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.engine import connect
from db.store import Store
from db.vault import Vault
from tests.support.databases import KINDS, Databases
from tests.support.stores import InDatabase, InMemory, Kept


@pytest.fixture(params=["memory", *KINDS])
async def kept(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> AsyncIterator[Kept]:
    if request.param == "memory":
        yield InMemory()
        return
    engine = connect(await databases.address(request.param, tmp_path))
    yield InDatabase(Store(engine, Vault(b"a secret for tests only")))
    await engine.dispose()
