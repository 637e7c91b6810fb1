"""Pasito as a whole inside one test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.channels.base import Site
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.settings import TelegramSettings
from bot.conversation.turn import World
from bot.dispatcher import Dispatcher
from bot.documents.make import Files
from bot.i18n.catalogues import Catalogues
from bot.jobs.sending import Sending
from bot.jobs.worker import Worker
from bot.model.papers import MOST_FILE_BYTES
from bot.settings import Settings
from certificates import Fonts
from db.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.support.world import WORK, Clock, issuer_of


@dataclass
class Service:
    """Pasito on a fake Telegram."""

    fake: FakeTelegram
    telegram: Telegram
    dispatcher: Dispatcher
    store: Store
    clock: Clock
    files: Files
    sending: Sending


@asynccontextmanager
async def serving(
    fake: FakeTelegram,
    store: Store,
    world: World,
    words: Catalogues,
    fonts: Fonts,
    clock: Clock,
    public_url: str = "",
) -> AsyncIterator[Service]:
    """Pasito on a fake Telegram, by long polling; with a `public_url` that Telegram can reach."""
    dispatcher = Dispatcher(store, world, clock)
    await dispatcher.start()
    own = TelegramSettings(fake.token, fake.api_url, rate=1000)
    configured = Settings(channels={"telegram": own}, public_url=public_url)
    work = Worker()
    await store.notifications.listen(work.notify)
    files = Files(
        world.programme, words, store, issuer_of(fonts), world.links, clock=clock, work=WORK
    )
    site = Site(configured, dispatcher, words, store, files.make, clock=clock)
    telegram = Telegram(site)

    async def bring(_channel: str, id: str) -> bytes:
        return (await telegram.fetch(id, MOST_FILE_BYTES)).content

    files.bring = bring
    sending = Sending(store, files.make, [telegram], work, clock)
    await telegram.start()
    sending.start()
    yield Service(fake, telegram, dispatcher, store, clock, files, sending)
    await telegram.pause()
    await asyncio.gather(work.stop(), sending.stop())
    await telegram.stop()
    await store.notifications.close()
    await dispatcher.stop()
