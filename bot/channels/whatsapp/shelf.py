"""Which templates may be sent, by Meta's own word, asked once an hour."""

import logging
import time

from bot.channels.whatsapp.answers import CallFailed
from bot.channels.whatsapp.client import Client
from bot.channels.whatsapp.templates import Template, approved, code_of

log = logging.getLogger(__name__)

FRESH_SECONDS = 3600.0


class Shelf:
    """`account` is the id of the business account; without it no template is known."""

    def __init__(self, client: Client, account: str) -> None:
        self._client = client
        self._account = account
        self._known: dict[tuple[str, str], str] = {}
        self._until = 0.0

    def forget(self) -> None:
        """Something about templates has changed."""
        self._until = 0.0

    async def category(self, template: Template, language: str) -> str:
        """How it is charged; "" where it is not approved."""
        if self._account and time.monotonic() >= self._until:
            try:
                self._known = approved(await self._client.templates(self._account))
                self._until = time.monotonic() + FRESH_SECONDS
            except CallFailed as error:  # what was known goes on
                log.warning("templates could not be asked for: %s", type(error).__name__)
                self._until = time.monotonic() + FRESH_SECONDS / 60
        return self._known.get((template.name, code_of(language)), "")
