"""Pasito as a whole inside one test."""

from dataclasses import dataclass

from bot.channels.telegram.channel import Telegram
from bot.dispatcher import Dispatcher
from bot.documents.make import Files
from bot.jobs.sending import Sending
from db.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.support.world import Clock


@dataclass
class Service:
    """Pasito on a fake Telegram."""

    fake: FakeTelegram
    telegram: Telegram
    dispatcher: Dispatcher
    store: Store
    clock: Clock
    files: Files
    sending: Sending
