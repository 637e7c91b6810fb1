"""Telegram switched on: the bot, its commands, polling or webhook."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Self

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.base import LARGEST_SENT, Later, Site, Unusable, Webhook
from bot.channels.messenger import Messenger
from bot.channels.telegram import settings as telegram_settings
from bot.channels.telegram.bot import build_bot
from bot.channels.telegram.checks import looks
from bot.channels.telegram.commands import register
from bot.channels.telegram.conversation import Conversations
from bot.channels.telegram.parse import ALLOWED_UPDATES, CHANNEL
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.render import TEXT, render
from bot.channels.telegram.send import Sender
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.webhook import PATH, handler
from bot.conversation.screen import Screen
from bot.documents.parcel import NoSuchFile, SentFile
from bot.i18n.catalogues import Catalogues
from bot.model.channel import Manners
from bot.model.roles import Role
from bot.model.words import _
from bot.runtime.check import Findings
from bot.settings import Settings
from bot.web.pictures import Pictures
from cards.picture import Picture

log = logging.getLogger(__name__)

DESCRIPTION = _(
    "Hello, I am Pasito. With me you learn in small steps, for work and daily life, with a "
    "certificate at the end. It is free. I do not ask who you are. Tap Start below."
)
"""In the chat while it is empty."""
SHORT_DESCRIPTION = _("Learn in small steps, for work and daily life. Free, in your language.")


class Telegram(Messenger):
    """Start and stop of everything that is Telegram in one process."""

    name = CHANNEL
    label = "Telegram"
    settings = TelegramSettings
    admin = r"\d+"
    manners = Manners(carrier="Telegram", voice=True)

    conversations: Conversations

    def __init__(self, site: Site) -> None:
        self._own = own = telegram_settings.of(site.settings)
        super().__init__(site, own.token, own.rate)
        self._public_url = site.settings.public_url
        self._admins = [
            admin for admin in site.settings.admin_list if admin.startswith(f"{self.name}:")
        ]
        self._words = site.words
        derived = site.store.vault.derive(b"telegram webhook").hex()
        self._secret = own.webhook_secret or derived
        self.bot = build_bot(own, self.share)
        self.conversations = Conversations(
            self.bot, site.dispatcher, site.words, site.clock, self._picture_url(site)
        )
        self.sender = Sender(self.bot, site.words, site.fetch)
        self._polling = Polling(self.bot, self.conversations.receive)

    @staticmethod
    def _picture_url(site: Site) -> Callable[[Picture], str]:
        """Where Telegram fetches a picture; nowhere while only this machine can reach us."""
        if site.settings.local:
            return lambda picture: ""
        pictures, base = Pictures(site.dispatcher.programme), site.settings.public_url.rstrip("/")
        site.dispatcher.follow(pictures.teach)

        def url(picture: Picture) -> str:
            path = pictures.banner_url(picture)
            return base + path if path else ""

        return url

    @classmethod
    def of(cls, site: Site) -> Self | None:
        return cls(site) if telegram_settings.of(site.settings).token else None

    @classmethod
    def hint(cls, settings: Settings) -> str:
        return (
            "For Telegram: get a token from @BotFather and set PASITO_TELEGRAM_TOKEN (environment "
            "or .env)."
        )

    @classmethod
    def checks(cls, settings: Settings) -> Findings:
        return looks(settings)

    @classmethod
    def misfits(cls, screen: Screen, language: str, words: Catalogues) -> Iterator[str]:
        try:
            message = render(screen, language, words)
        except ValueError as error:  # a button holds more than 64 bytes
            yield f"this cannot be shown: {error}"
            return
        if len(message.text) > TEXT:
            yield f"the message has {len(message.text)} characters, {TEXT} are allowed"

    @property
    def link(self) -> str:
        """Where people find the bot; empty while Telegram cannot be reached."""
        return f"https://t.me/{self.bot.username}" if self._open else ""

    @property
    def start_link(self) -> str:
        return f"{self.link}?start="

    def where(self) -> str:
        return f"{super().where()} ({self._own.mode})"

    def webhooks(self) -> list[Webhook]:
        if self._own.mode != "webhook":
            return []
        return [Webhook(PATH, handler(self.conversations.receive, self._secret))]

    async def try_to_open(self, working: bool) -> bool:
        try:
            await self.bot.initialize()
            if working:
                await self._work()
        except InvalidToken as error:
            await self.bot.close_connections()
            raise Unusable(
                "PASITO_TELEGRAM_TOKEN is refused by Telegram: copy it again from BotFather"
            ) from error
        except BadRequest as error:
            log.error(
                "Telegram refuses PASITO_PUBLIC_URL for its webhook (%s), trying again",
                error.message,
            )
            return False
        except TelegramError as error:
            log.warning(
                "Telegram cannot be reached at %s (%s), trying again",
                self._own.api_url,
                type(error).__name__,
            )
            return False
        return True

    async def _work(self) -> None:
        if self._own.mode == "webhook":
            url = self._public_url.rstrip("/") + PATH
            await self.bot.set_webhook(
                url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES, max_connections=100
            )
        else:
            await self.bot.delete_webhook()
        try:
            await self._introduce()
        except TelegramError as error:
            log.warning("the commands could not be registered: %s", type(error).__name__)
        if self._own.mode == "polling":
            await self._polling.start()

    async def pause(self) -> None:
        """Takes nothing new, and gives up broadcasts that wait for their turn. The webhook stays:
        Telegram keeps updates until we are back."""
        self.bot.give_up_bulk()
        await self._polling.stop()
        await super().pause()

    async def stop(self) -> None:
        """After `pause`: finishes what is under way."""
        await super().stop()
        await self.bot.shutdown()
        await self.bot.close_connections()

    async def reachable(self) -> None:
        """Raises a `TelegramError` when it is not, and `NotFetched` when what people write does not
        come in."""
        self._polling.check()
        await self.bot.get_me()

    async def fetch(self, file_id: str, most: int = LARGEST_SENT) -> SentFile:
        try:
            return await self.bot.fetch_file(file_id, most)
        except BadRequest as error:
            raise NoSuchFile from error
        except TelegramError as error:
            raise Later from error

    async def refresh(self, address: str, message: str, unless: str = "") -> str | None:
        return await self.conversations.refresh(address, message, unless)

    async def _introduce(self) -> None:
        """Commands and descriptions in every language; the first language is for all others."""
        await register(self.bot, self._words, Role.LEARNER)
        for admin in self._admins:
            with suppress(
                BadRequest
            ):  # they have not written to the bot yet: it comes at the next start
                await register(
                    self.bot, self._words, Role.ADMIN, int(admin.removeprefix(f"{CHANNEL}:"))
                )
        for language in self._words.languages:
            code = None if language == self._words.languages[0] else language
            await self.bot.set_my_short_description(
                self._words.say(SHORT_DESCRIPTION, language), language_code=code
            )
            await self.bot.set_my_description(
                self._words.say(DESCRIPTION, language), language_code=code
            )
