"""Pasito on a fake Cloud API, with its web server: what calls the webhook, and the web chat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from bot.channels import base
from bot.channels.base import Channel
from bot.channels.web.channel import Web
from bot.channels.whatsapp.channel import WhatsApp
from bot.channels.whatsapp.settings import WhatsAppSettings
from bot.channels.whatsapp.webhook import PATH
from bot.conversation.turn import World
from bot.dispatcher import Dispatcher
from bot.documents.make import Files
from bot.documents.parcel import NoSuchFile, SentFile
from bot.i18n.catalogues import Catalogues
from bot.jobs.sending import Sending
from bot.jobs.worker import Worker
from bot.model.broadcast import Media
from bot.model.papers import MOST_FILE_BYTES
from bot.model.query import Query
from bot.settings import Settings
from bot.web.join import Join
from bot.web.server import create_app
from cards.model import Programme
from certificates import Fonts
from db.store import Store
from tests.fakes.whatsapp import FakeWhatsApp, Person
from tests.support.web import Served
from tests.support.world import WORK, Clock, issuer_of

PUBLIC = "https://learn.example.org"


@dataclass
class OnWhatsApp:
    fake: FakeWhatsApp
    whatsapp: WhatsApp
    dispatcher: Dispatcher
    store: Store
    clock: Clock
    links: dict[str, str]
    sending: Sending
    worker: Worker
    url: str
    elsewhere: dict[str, SentFile]
    """What an author sent on another messenger, by its id there."""

    async def ask(self, query: Query[Any]) -> Any:
        """What the store knows, at the time of the test."""
        async with self.store.batch(int(self.clock.now)) as tx:
            return await tx.ask(query)

    async def quiet(self) -> None:
        """Until all that was decided is answered."""
        await self.whatsapp.conversations.drain()


@asynccontextmanager
async def open_whatsapp(
    store: Store,
    programme: Programme,
    words: Catalogues,
    world: World,
    fonts: Fonts,
    clock: Clock,
    fake: FakeWhatsApp,
    **own: Any,
) -> AsyncIterator[OnWhatsApp]:
    links = {"web": f"{PUBLIC}/?start="}
    begins: dict[str, int] = {}
    world = replace(world, links=links, begins=begins)
    dispatcher = Dispatcher(store, world, clock)
    await dispatcher.start()
    settings = Settings(
        public_url=PUBLIC,
        channels={"whatsapp": WhatsAppSettings(**{**fake.own, "rate": 1000, **own})},
    )
    worker = Worker()
    await store.notifications.listen(worker.notify)
    files = Files(programme, words, store, issuer_of(fonts), links, clock=clock, work=WORK)

    def opened(name: str, link: str) -> None:
        links[name] = link

    elsewhere: dict[str, SentFile] = {}

    async def fetch(media: Media) -> SentFile:
        if media.channel == "whatsapp":
            return await whatsapp.fetch(media.file_id)
        if media.file_id not in elsewhere:
            raise NoSuchFile
        return elsewhere[media.file_id]

    site = base.Site(
        settings,
        dispatcher,
        words,
        store,
        files.make,
        True,
        opened,
        clock,
        fetch=fetch,
        begins=begins,
    )
    whatsapp, pages = WhatsApp(site), Web(site)

    async def bring(_channel: str, id: str) -> bytes:
        return (await whatsapp.fetch(id, MOST_FILE_BYTES)).content

    files.bring = bring
    channels: list[Channel] = [whatsapp, pages]
    sending = Sending(store, files.make, [whatsapp], worker, clock)
    app = create_app(
        words,
        pages.chat.sorry,
        (Join(words, store, links),),
        [route for channel in channels for route in channel.routes()],
        [(h.path, h.handler, h.largest, h.by_people) for h in whatsapp.webhooks()],
        PUBLIC,
        pages.chat.style,
    )
    server = Served(app)
    await server.start_server(access_log=None)
    fake.webhook = str(server.make_url(PATH))
    await whatsapp.start()
    sending.start()
    url = str(server.make_url("/"))
    yield OnWhatsApp(
        fake, whatsapp, dispatcher, store, clock, links, sending, worker, url, elsewhere
    )
    await whatsapp.pause()
    await asyncio.gather(worker.stop(), sending.stop())
    await whatsapp.stop()
    await server.close()
    await store.notifications.close()
    await dispatcher.stop()


ANSWERS = {
    "Which part": "The screen",
    "Put in order": "Press, Wait, Write",
    "Which are parts": "Keys, Screen",
    "Match them": "write, read, point",
    "___": "keybord",
    "A computer needs": "True",
    "end a call": "The red button",
}


async def begins(person: Person, language: str = "English") -> None:
    await person.says("Hello")
    await person.expects(1)
    await person.taps(language)
    await person.expects(1)


async def through(person: Person) -> int:
    """Answers rightly what is asked, up to the end of the deck; says how many messages came."""
    before = len(person.shown)
    for _ in range(20):
        question = next((q for q in ANSWERS if q in person.screen), None)
        if question is None and any("Next" in label for label in person.screen.choices):
            await person.taps("Next")
        elif question is None:
            return len(person.shown) - before
        else:
            await person.says(ANSWERS[question])
        await person.expects(1)
    raise AssertionError(f"no end: {person.screen.text}")
