"""WhatsApp switched on: the number, the webhook, what is sent."""

import asyncio
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Self
from urllib.parse import quote

from aiohttp import web

from bot.channels.base import LARGEST_SENT, Later, Site, Unusable, Webhook
from bot.channels.messenger import Messenger
from bot.channels.whatsapp import metrics
from bot.channels.whatsapp import settings as whatsapp_settings
from bot.channels.whatsapp.answers import CallFailed, Refused
from bot.channels.whatsapp.checks import looks
from bot.channels.whatsapp.client import Client
from bot.channels.whatsapp.conversation import Conversations
from bot.channels.whatsapp.money import Month
from bot.channels.whatsapp.notes import Notes
from bot.channels.whatsapp.parse import USER_ID, Call
from bot.channels.whatsapp.render import misfit, render
from bot.channels.whatsapp.send import WINDOW, Sender
from bot.channels.whatsapp.settings import CHANNEL, WhatsAppSettings
from bot.channels.whatsapp.shelf import Shelf
from bot.channels.whatsapp.statuses import Statuses
from bot.channels.whatsapp.templates import NEWS_TEXT
from bot.channels.whatsapp.webhook import LARGEST, PATH, handler, handshake, verify_token
from bot.conversation.screen import Screen
from bot.conversation.update import Moved
from bot.documents.parcel import NoSuchFile, SentFile
from bot.i18n.catalogues import SHIPPED, Catalogues, languages_of
from bot.model.channel import Manners
from bot.model.words import _
from bot.runtime.check import Findings
from bot.settings import Settings

log = logging.getLogger(__name__)

GREETING = "Hello Pasito! "
"""Stands in the chat before what a link carries: people see it, and press send."""
BEYOND = _(
    "In WhatsApp the message is written already: press send. Numbers of Cuba, Iran, North Korea "
    "and Syria, and phones in Crimea, Donetsk and Luhansk are not reached there: take another way."
)


FILES = _(
    "WhatsApp shows pictures (JPEG or PNG, up to 5 MB) and files (PDF, text or Office). With "
    "others the words come alone."
)


class NotReached(Exception):
    """Nothing can be sent; the text is why, in a word."""


class WhatsApp(Messenger):
    """Start and stop of everything that is WhatsApp in one process."""

    name = CHANNEL
    label = "WhatsApp"
    settings = WhatsAppSettings
    confirms = 60
    admin = rf"{USER_ID}|\+\d{{6,15}}"
    manners = Manners(
        beyond=BEYOND,
        carrier="WhatsApp (Meta)",
        costly=True,
        repeats=8 * 24 * 3600,
        window=WINDOW,
        template=NEWS_TEXT,
        files=FILES,
        voice=True,
    )

    conversations: Conversations

    def __init__(self, site: Site) -> None:
        self._own = own = whatsapp_settings.of(site.settings)
        super().__init__(site, f"whatsapp {own.phone_id}", own.rate)
        vault = site.store.vault
        self._verify = own.verify_token or verify_token(vault)
        self.client = Client(own, self.share)

        def digest(id: str) -> str:
            return vault.hash("whatsapp message", id).hex()[:40]

        self._digest = digest
        notes = Notes(lambda said: vault.hash("whatsapp note", said).hex())
        self._shelf = Shelf(self.client, own.account)
        self.month = month = Month(site, own.monthly)
        self.conversations = Conversations(self.client, site, digest, month.count, month.instead)
        count = month.count
        self.sender = Sender(self.client, site, notes, self._shelf, digest, count, own.daily)
        if own.daily:
            site.begins[self.name] = own.daily
        self._statuses = Statuses(site, notes, self.conversations.noted)
        self._number = re.sub(r"\D", "", own.number)

    @classmethod
    def of(cls, site: Site) -> Self | None:
        return cls(site) if whatsapp_settings.of(site.settings).token else None

    @classmethod
    def hint(cls, settings: Settings) -> str:
        return "For WhatsApp: docs/whatsapp.md goes from nothing to the first message."

    @classmethod
    def checks(cls, settings: Settings) -> Findings:
        languages = settings.language_list or languages_of(SHIPPED)
        return looks(settings, datetime.now(UTC).date(), languages)

    @classmethod
    def misfits(cls, screen: Screen, language: str, words: Catalogues) -> Iterator[str]:
        try:
            messages = render(screen, language, words)
        except ValueError as error:  # a button holds more than 64 bytes
            yield f"this cannot be shown: {error}"
            return
        for message in messages:
            yield from misfit(message)

    @property
    def link(self) -> str:
        return f"https://wa.me/{self._number}" if self._number and self._open else ""

    @property
    def start_link(self) -> str:
        return f"{self.link}?text={quote(GREETING)}"

    def routes(self) -> list[web.RouteDef]:
        return [web.get(PATH, handshake(self._verify), allow_head=False)]

    def webhooks(self) -> list[Webhook]:
        own = self._own
        answer = handler(self._take, own.app_secret, own.phone_id, self._digest)
        return [Webhook(PATH, answer, LARGEST)]

    async def _take(self, call: Call) -> None:
        """Returns when all of it is durable."""
        for news in call.news:
            metrics.NEWS.labels(news.field).inc()
            log.warning("Meta tells of %s: %s", news.field, news.event)
            self._shelf.forget()
        take = self.conversations
        await asyncio.gather(
            *(
                take.noted(each) if isinstance(each.doing, Moved) else take.decide(each)
                for each in call.updates
            ),
            *map(self._statuses.take, call.statuses),
            *map(self._statuses.preference, call.preferences),
        )

    async def start(self, working: bool = True) -> None:
        await self.client.start()
        await self.month.start()
        await super().start(working)

    async def try_to_open(self, working: bool) -> bool:
        try:
            number = await self.client.number()
        except Refused as error:
            if error.code in (190, 100):
                raise Unusable(REFUSED[error.code]) from error
            log.warning("WhatsApp cannot be used now (%s), trying again", error)
            return False
        except CallFailed as error:
            log.warning(
                "WhatsApp cannot be reached at %s (%s), trying again",
                self._own.api_url,
                type(error).__name__,
            )
            return False
        self._number = self._number or re.sub(
            r"\D", "", str(number.get("display_phone_number", ""))
        )
        return True

    async def pause(self) -> None:
        """Gives up broadcasts that wait for their turn. Meta keeps updates until we are back."""
        self.client.give_up_bulk()
        await super().pause()

    async def stop(self) -> None:
        await super().stop()
        await self.month.stop()
        await self.client.stop()

    async def fetch(self, file_id: str, most: int = LARGEST_SENT) -> SentFile:
        try:
            return await self.client.download(file_id, most)
        except Refused as error:
            raise NoSuchFile from error
        except CallFailed as error:
            raise Later from error

    async def reachable(self) -> None:
        """Raises `NotReached` or `CallFailed`."""
        if self.client.trouble:
            raise NotReached(self.client.trouble)
        await self.client.number()


REFUSED = {
    190: "PASITO_WHATSAPP_TOKEN is refused by Meta: make a new token of the system user",
    100: "PASITO_WHATSAPP_PHONE_ID is refused by Meta: there is no such number, or the token may "
    "not use it",
}
