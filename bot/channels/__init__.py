"""Messengers, a folder each. Each knows its own limits and nobody else does. A new one is its
folder and a line here (docs/adding-a-channel.md).
"""

from bot.channels.base import Channel
from bot.channels.telegram.channel import Telegram
from bot.channels.terminal.channel import Terminal
from bot.channels.web.channel import Web
from bot.channels.whatsapp.channel import WhatsApp
from bot.settings import Own

CHANNELS: tuple[type[Channel], ...] = (
    Telegram,
    WhatsApp,
    Web,
    Terminal,
)
SETTINGS = tuple(Own(channel.name, channel.settings, channel.admin) for channel in CHANNELS)
"""For `bot.settings.load`."""
