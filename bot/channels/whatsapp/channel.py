"""WhatsApp switched on: the number, the webhook, what is sent."""

import asyncio
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Self
from urllib.parse import quote

from aiohttp import web

from bot.channels.base import MayLeave, Over, PushChannel, Site, Unusable, Webhook
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
from bot.channels.whatsapp.webhook import LARGEST, PATH, handler, handshake, verify_token
from bot.conversation.screen import Screen
from bot.conversation.update import Moved, Update
from bot.documents.parcel import Announcement, Post
from bot.i18n.catalogues import SHIPPED, Catalogues, languages_of
from bot.model.channel import Manners
from bot.model.words import Words, _
from bot.runtime.check import Findings
from bot.runtime.supervisor import Group
from bot.settings import Settings
from db.outbox import Delivery
from db.rate import SharedPace
from db.recipients import Recipient

log = logging.getLogger(__name__)

GREETING = "Hello Pasito! "
"""Stands in the chat before what a link carries: people see it, and press send."""
LONGEST_PAUSE = 60
BEYOND = _(
    "In WhatsApp the message is written already: press send. Numbers of Cuba, Iran, North Korea "
    "and Syria, and phones in Crimea, Donetsk and Luhansk are not reached there: take another way."
)


class NotReached(Exception):
    """Nothing can be sent; the text is why, in a word."""


class WhatsApp(PushChannel):
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
    )

    def __init__(self, site: Site) -> None:
        self._own = own = whatsapp_settings.of(site.settings)
        self._tell_opened = site.opened
        vault = site.store.vault
        self._verify = own.verify_token or verify_token(vault)
        account = vault.hash("pace", f"whatsapp {own.phone_id}").hex()[:32]
        self._share = None if site.alone else SharedPace(site.store.engine, account, own.rate)
        self.rate = own.rate
        self.client = Client(own, self._share)

        def digest(id: str) -> str:
            return vault.hash("whatsapp message", id).hex()[:40]

        self._digest = digest
        notes = Notes(lambda said: vault.hash("whatsapp note", said).hex())
        self._shelf = Shelf(self.client, own.account)
        self.month = month = Month(site, own.monthly)
        self.conversations = Conversations(self.client, site, digest, month.count, month.instead)
        self._sender = Sender(self.client, site, notes, self._shelf, digest, month.count)
        self._statuses = Statuses(site, notes, self.conversations.noted)
        self._opening = Group()
        self._open = False
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
    def open(self) -> bool:
        return self._open

    @property
    def link(self) -> str:
        """Where people find the number; empty while it is not known."""
        return f"https://wa.me/{self._number}" if self._number and self._open else ""

    def where(self) -> str:
        return f"WhatsApp: {self.link or 'not reached yet, trying again'}"

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
                take.noted(each) if isinstance(each.doing, Moved) else take.receive(each)
                for each in call.updates
            ),
            *map(self._statuses.take, call.statuses),
            *map(self._statuses.preference, call.preferences),
        )

    async def start(self, working: bool = True) -> None:
        """A Meta that is away is waited for in the background. Raises `Unusable` for a token that
        it refuses."""
        if self._share:
            await self._share.open()
        await self.client.start()
        await self.month.start()
        if not await self._try_to_open():
            self._opening.spawn("opening WhatsApp", self._keep_opening())

    async def _keep_opening(self) -> None:
        pause, opened = 2, False
        while not opened:
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            try:
                opened = await self._try_to_open()
            except Unusable as error:
                log.error("%s", error)
                return

    async def _try_to_open(self) -> bool:
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
        self._open = True
        if self._number:
            self._tell_opened(self.name, f"{self.link}?text={quote(GREETING)}")
        return True

    async def pause(self) -> None:
        """Gives up broadcasts that wait for their turn. Meta keeps updates until we are back."""
        self.client.give_up_bulk()
        await self._opening.cancel()

    async def stop(self) -> None:
        await self.conversations.drain()
        await self.month.stop()
        await self.client.stop()

    async def reachable(self) -> None:
        """Raises `NotReached` or `CallFailed`."""
        if self.client.trouble:
            raise NotReached(self.client.trouble)
        await self.client.number()

    async def send(self, delivery: Delivery, post: Post, over: Over) -> None:
        await self._sender.send(delivery, post, over)

    async def refuse(self, delivery: Delivery, why: Words) -> None:
        await self._sender.refuse(delivery, why)

    async def announce(
        self, to: Recipient, announcement: Announcement, may_leave: MayLeave
    ) -> None:
        await self._sender.announce(to, announcement, may_leave)

    async def converse(self, update: Update) -> None:
        await self.conversations.converse(update)


REFUSED = {
    190: "PASITO_WHATSAPP_TOKEN is refused by Meta: make a new token of the system user",
    100: "PASITO_WHATSAPP_PHONE_ID is refused by Meta: there is no such number, or the token may "
    "not use it",
}
