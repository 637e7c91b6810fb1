from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support import SMALL
from web_reader import Client, Site, open_site

from cards.reader import SHIPPED
from certificates import Fonts
from db.store import Store


@pytest.fixture
async def site(tmp_path: Path, fonts: Fonts) -> AsyncIterator[Site]:
    """The web chat with two small modules."""
    async with open_site(SMALL, tmp_path, fonts) as opened:
        yield opened


@pytest.fixture
async def small(site: Site) -> tuple[Client, Store]:
    return site.client, site.store


@pytest.fixture
async def shipped_site(tmp_path: Path, fonts: Fonts) -> AsyncIterator[Client]:
    async with open_site(SHIPPED, tmp_path, fonts) as opened:
        yield opened.client
