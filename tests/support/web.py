"""What the tests of the web chat share: a reader with a browser that keeps nothing, and a site to
read.
"""

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web_runner import BaseRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.channels import base
from bot.channels.web.channel import Web
from bot.conversation.action import Action, encode
from bot.dispatcher import Dispatcher
from bot.documents.make import Files
from bot.documents.name_check import unprintable
from bot.documents.parcel import Make
from bot.model.about import Operator
from bot.model.papers import MOST_FILE_BYTES
from bot.settings import Settings
from bot.web.about import About
from bot.web.doors import Doors, Runner
from bot.web.employers import Employers
from bot.web.health import Health
from bot.web.join import Join
from bot.web.placement import PlacementPage
from bot.web.prints import Prints
from bot.web.server import create_app
from bot.web.signs import without
from bot.web.verify import Verify, Withdrawals
from bot.web.visitor import Proxies
from cards.model import Programme
from cards.question import Question
from certificates import Fonts, KeyRing
from db import tables as t
from db.engine import connect
from db.revocations import withdrawn
from db.store import Store
from db.vault import Vault
from tests.support.databases import sqlite_with_tables
from tests.support.world import WORK, Clock, issuer_of, taught, world_of

SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOBODY = Operator()
Client = TestClient[web.Request, web.Application]


class Served(TestServer):
    """As the program serves."""

    async def _make_runner(self, **more: Any) -> BaseRunner:
        return Runner(self.app, Doors(100, Proxies()), **{**more, "handler_cancellation": False})


@dataclass
class Site:
    client: Client
    store: Store
    verify: Verify


@asynccontextmanager
async def open_site(
    root: Path,
    folder: Path,
    fonts: Fonts,
    make: Make | None = None,
    operator: Operator = NOBODY,
) -> AsyncIterator[Site]:
    """The web server over the decks in `root`. Its clock is the real one at the start: files wait
    for a day of real time."""
    clock = Clock()
    clock.now = time.time()
    programme, words = taught(root)
    file = folder / "web.sqlite3"
    await sqlite_with_tables(file)
    engine = connect(f"sqlite+aiosqlite:///{file}")
    store = Store(engine, Vault(b"a secret for tests only"))
    world = replace(world_of(programme, words, fonts), operator=operator)
    dispatcher = Dispatcher(store, world, clock)
    await dispatcher.start()
    files = Files(programme, words, store, issuer_of(fonts), {"web": "http://w/?start="}, work=WORK)
    make = make or files.make
    withdrawals = Withdrawals(partial(withdrawn, engine), clock)
    verify = Verify(
        KeyRing([SIGNING]), "https://learn.example.org", programme, words, withdrawals, files.annex
    )
    health = Health({"database": store.ready}, store.outbox.waiting)
    join = Join(
        words, store, {"web": "http://w/?start=", "telegram": "https://t.me/pasito_test_bot?start="}
    )
    settings = Settings(public_url="https://learn.example.org")
    channel = Web(base.Site(settings, dispatcher, words, store, make))

    async def bring(_channel: str, id: str) -> bytes:
        return (await channel.fetch(id, MOST_FILE_BYTES)).content

    files.bring = bring
    app = create_app(
        words,
        channel.chat.sorry,
        (
            Employers(words, join.links, bool(programme.tracks), programme.annex is not None),
            About(words, programme, operator),
            Prints(words, programme, files.printed),
            PlacementPage(words, store, WORK, unprintable(fonts)),
            *(health, join, verify, channel.chat.pictures, channel.chat.recordings),
        ),
        channel.routes(),
        [(h.path, h.handler, h.largest, h.by_people) for h in channel.webhooks()],
        public_url="https://learn.example.org",
        style=channel.chat.style,
    )
    server = Served(app)
    await server.start_server(access_log=None)  # as the program does
    try:
        async with TestClient(server) as client:
            yield Site(client, store, verify)
    finally:
        await dispatcher.stop()
        await engine.dispose()


async def learners(store: Store) -> int:
    """How many there are."""
    async with store.engine.connect() as db:
        return int(
            (await db.execute(sa.select(sa.func.count()).select_from(t.learner))).scalar_one()
        )


class Reader:
    """Somebody with a browser that keeps nothing: the address bar and the page. Counts the bytes
    that came and went."""

    def __init__(self, client: Client, language: str = "en") -> None:
        self.client, self.language = client, language
        self.url, self.page, self.bytes = "/", "", 0
        self.query = ""
        self.kept: set[str] = set()

    async def opens(self, url: str) -> int:
        return await self.request("GET", url)

    async def request(self, method: str, url: str, **more: object) -> int:
        headers = {
            "Accept-Language": self.language,
            "Accept-Encoding": "gzip",
            "Sec-Fetch-Site": "same-origin",
        }
        async with self.client.request(
            method, url, headers=headers, allow_redirects=False, **more
        ) as response:  # type: ignore[arg-type]
            body = await response.read()
            assert "Set-Cookie" not in response.headers
            head = sum(len(name) + len(value) + 4 for name, value in response.headers.items()) + 17
            self.bytes += head + int(response.headers.get("Content-Length", len(body)))
            if response.status == 303:
                return await self.opens(response.headers["Location"])
            self.url, self.query = response.url.path, response.url.query_string
            self.page = body.decode("utf-8", "replace")
            for kept in re.findall(r'"(/(?:static|picture)/[^"]+)"', self.page):
                if kept not in self.kept:
                    self.kept.add(kept)
                    await self._kept(kept)
            return response.status

    async def _kept(self, url: str) -> None:
        async with self.client.get(url, headers={"Accept-Encoding": "gzip"}) as response:
            assert response.status == 200 and "immutable" in response.headers["Cache-Control"]
            await response.read()
            self.bytes += int(response.headers["Content-Length"]) + 300

    def field(self, name: str) -> str:
        found = re.search(f'name="{name}" value="([^"]*)"', self.page)
        assert found, name
        return found[1]

    @property
    def form(self) -> str:
        """Where the page's forms go: to its own address, unless they name another."""
        found = re.search(r'<form method="post" action="([^"]+)"', self.page)
        return found[1] if found else self.address

    @property
    def address(self) -> str:
        """What stands in the bar, with what was asked for."""
        return f"{self.url}?{self.query}" if self.query else self.url

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """The action of each button and its words; signs are drawings."""
        found = re.findall(r'<button name="do" value="([^"]*)"[^>]*>(.*?)</button>', self.page)
        return [(do, plain(label)) for do, label in found]

    @property
    def text(self) -> str:
        """What is read on the page."""
        return plain(self.page.partition("<body")[2])

    @property
    def heading(self) -> str:
        found = re.search("<h1[^>]*>(.*?)</h1>", self.page)
        assert found
        return plain(found[1])

    @property
    def at_the_end(self) -> bool:
        """Of a deck."""
        return 'class="card centre"' in self.page

    async def taps(self, label: str) -> int:
        do = next((data for data, text in self.buttons if without(label) in text), None)
        assert do is not None, (label, self.buttons)
        return await self.request("POST", self.form, data={"do": do, **self._hidden()})

    async def act(self, action: Action) -> int:
        """Sends an action, whether or not the page has its button."""
        return await self.request("POST", self.form, data={"do": encode(action), **self._hidden()})

    async def types(self, text: str, **more: str) -> int:
        return await self.request("POST", self.form, data={"text": text, **self._hidden(), **more})

    def _hidden(self) -> dict[str, str]:
        """What a browser sends along: the page's random text, and what a link carried here."""
        return {name: self.field(name) for name in ("u", "start") if f'name="{name}"' in self.page}


def plain(page: str) -> str:
    """HTML as somebody reads it."""
    return " ".join(unescape(re.sub("<[^>]+>", "", page)).split())


def right_answer(page: str, programme: Programme) -> str:
    """The numbers to type, as the options stand on this page."""
    heading = re.search("<h1[^>]*>(.*)</h1>", page)
    assert heading
    asked = [
        item
        for m in programme.offered.values()
        for d in m.decks
        for item in d.items
        if isinstance(item, Question)
    ]
    question = next(q for q in asked if q.text.source == plain(heading[1]))
    shown = re.findall(r"<li[^>]*>(?:<button[^>]*>)?<b>(.*?)</li>", page)
    shown = [plain(label) for label in shown]
    wanted = [(question.options[i].pair or question.options[i].text).source for i in question.right]
    return " ".join(
        str(next(n for n, label in enumerate(shown, 1) if words in label)) for words in wanted
    )
