"""Messengers, a folder each. Each knows its own limits and nobody else does. A new one is its
folder and a line here (docs/adding-a-channel.md).
"""

from bot.channels.base import Channel
from bot.channels.telegram.channel import Telegram
from bot.channels.terminal.channel import Terminal
from bot.channels.web.channel import Web
from bot.settings import Own

CHANNELS: tuple[type[Channel], ...] = (
    Telegram,
    Web,
    Terminal,
)
SETTINGS = (
    *(Own(channel.name, channel.settings, channel.admin) for channel in CHANNELS),
    Own("whatsapp", None, r"\d+"),  # may be named in PASITO_ADMINS before it is there
)
"""For `bot.settings.load`."""
