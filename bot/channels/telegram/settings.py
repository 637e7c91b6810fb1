"""PASITO_TELEGRAM_*."""

import re
from dataclasses import dataclass, field
from typing import Literal, cast

from bot.settings import Settings, is_address, refuse


@dataclass(frozen=True)
class TelegramSettings:
    """Without a `token` Telegram is off. `rate` is messages a second in all."""

    token: str = field(default="", repr=False)
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: str = field(default="", repr=False)
    rate: float = 28

    @property
    def base_url(self) -> str:
        return self.api_url.rstrip("/")

    def check(self, settings: Settings) -> None:
        """Raises `SettingError`."""
        if self.token and not re.fullmatch(r"\d+:[A-Za-z0-9_-]{10,}", self.token):
            refuse("TELEGRAM_TOKEN", "a token from BotFather looks like 123456789:AAH4…")
        if not is_address(self.api_url):
            refuse("TELEGRAM_API_URL", "it must be an address like https://learn.example.org")
        if not 0 < self.rate <= 1000:
            refuse("TELEGRAM_RATE", "it must be between 1 and 1000 messages a second")
        if self.webhook_secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.webhook_secret):
            refuse(
                "TELEGRAM_WEBHOOK_SECRET",
                "it may hold letters, digits, _ and - only, at most 256",
            )
        calls_us = self.mode == "webhook" and self.token
        local = "127.0.0.1" in self.api_url or "localhost" in self.api_url
        if calls_us and not local and not settings.public_url.startswith("https://"):
            refuse("PUBLIC_URL", "Telegram's webhook needs an address that begins with https://")


def of(settings: Settings) -> TelegramSettings:
    """Those of an installation; the defaults where nothing was read for Telegram."""
    return cast(TelegramSettings, settings.channels.get("telegram", TelegramSettings()))
