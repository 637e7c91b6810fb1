"""PASITO_WHATSAPP_*."""

import re
from dataclasses import dataclass, field
from typing import cast

from bot.settings import Settings, is_address, refuse

CHANNEL = "whatsapp"


@dataclass(frozen=True)
class WhatsAppSettings:
    """Without a `token` WhatsApp is off. `rate` is messages a second in all; `monthly` the messages
    of a month after which learners are sent to the web, 0 for no limit."""

    token: str = field(default="", repr=False)
    phone_id: str = ""
    app_secret: str = field(default="", repr=False)
    verify_token: str = field(default="", repr=False)
    """Of the handshake; without one it is derived from the secret key."""
    api_url: str = "https://graph.facebook.com/v26.0"
    """The version of the API belongs to it."""
    account: str = ""
    number: str = field(default="", repr=False)
    rate: float = 70
    monthly: int = 0
    daily: int = 250
    """People who did not write lately and may be begun to be written to in 24 hours; 0 is no
    limit."""

    @property
    def base_url(self) -> str:
        return self.api_url.rstrip("/")

    def check(self, settings: Settings) -> None:
        """Raises `SettingError`."""
        if self.token and not re.fullmatch(r"[\x21-\x7e]{10,}", self.token):
            refuse("WHATSAPP_TOKEN", "a token of a system user is one long word")
        if self.token and not re.fullmatch(r"\d{5,32}", self.phone_id):
            refuse(
                "WHATSAPP_PHONE_ID",
                "it is the id of the phone number in Meta's dashboard (digits), not the number",
            )
        if self.token and not re.fullmatch(r"[A-Za-z0-9]{16,128}", self.app_secret):
            refuse("WHATSAPP_APP_SECRET", "it stands in the app's basic settings, 32 characters")
        if self.account and not re.fullmatch(r"\d{5,32}", self.account):
            refuse("WHATSAPP_ACCOUNT", "it is the id of the business account, digits")
        if self.number and not re.fullmatch(r"\+?[\d ()-]{6,24}", self.number):
            refuse("WHATSAPP_NUMBER", "it is the phone number with its country code")
        if not is_address(self.api_url):
            refuse("WHATSAPP_API_URL", "it is an address like https://graph.facebook.com/v26.0")
        if not 0 < self.rate <= 1000:
            refuse("WHATSAPP_RATE", "it must be between 1 and 1000 messages a second")
        if self.daily < 0:
            refuse("WHATSAPP_DAILY", "it is a number of people, 0 for no limit")
        if self.monthly < 0:
            refuse("WHATSAPP_MONTHLY", "it is a number of messages, 0 for no limit")


def of(settings: Settings) -> WhatsAppSettings:
    """Those of an installation; the defaults where nothing was read for WhatsApp."""
    return cast(WhatsAppSettings, settings.channels.get(CHANNEL, WhatsAppSettings()))
