"""What several tests share: the small programme's folder, a world around any programme, a clock that is set, the service."""

from dataclasses import dataclass
from pathlib import Path

from fake_telegram import FakeTelegram

from bot.channels.telegram.service import TelegramService
from bot.dispatcher import Dispatcher
from bot.flows import World
from bot.i18n import Catalogues, name_of
from bot.names import checker
from cards.model import Programme
from certificates import Fonts
from db.store import Store
from db.vault import Vault

SMALL = Path(__file__).parent / "programme"


def world_of(programme: Programme, words: Catalogues, fonts: Fonts) -> World:
    return World(
        programme=programme,
        languages=words.languages,
        say=words.say,
        taught_in=words.taught_in,
        proposed=words.proposed,
        name_of=name_of,
        checked_name=checker(fonts),
        serial=Vault(b"a secret for tests only").serial,
        explains=False,
        links={"web": "http://w/?start="},
    )


class Clock:
    """A clock that is set by hand. Starts on a Tuesday morning."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Service:
    """Pasito on a fake Telegram."""

    fake: FakeTelegram
    telegram: TelegramService
    dispatcher: Dispatcher
    store: Store
    clock: Clock
