"""Pasito on a fake Cloud API, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from bot.conversation.turn import World
from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from certificates import Fonts
from db.store import Store
from tests.fakes.whatsapp import FakeWhatsApp
from tests.support.whatsapp import OnWhatsApp, open_whatsapp
from tests.support.world import Clock


@pytest.fixture
async def meta(clock: Clock) -> AsyncIterator[FakeWhatsApp]:
    async with FakeWhatsApp(clock) as fake:
        yield fake


@pytest.fixture
async def on(
    meta: FakeWhatsApp,
    store: Store,
    programme: Programme,
    words: Catalogues,
    world: World,
    fonts: Fonts,
    clock: Clock,
) -> AsyncIterator[OnWhatsApp]:
    async with open_whatsapp(store, programme, words, world, fonts, clock, meta) as opened:
        yield opened
