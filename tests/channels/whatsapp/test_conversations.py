"""Whole chats as they look on WhatsApp, word for word: see `tests.test_conversations` for how the
files are written. `[a button]` stands for a button and for a row of a list.
"""

from pathlib import Path

import pytest

from bot.channels.whatsapp.render import render
from bot.conversation.screen import Screen
from bot.conversation.turn import World
from bot.conversation.typed_greeting import spoken
from bot.conversation.update import Doing, Typed
from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from certificates import Fonts
from tests.fakes.whatsapp.people import Shown
from tests.support.chat import Chat
from tests.support.world import world_of

FOLDER = Path(__file__).parent / "conversations"


class OnWhatsApp(Chat):
    def does(self, doing: Doing) -> str:
        """As it arrives: in the language that the words of it tell, or none."""
        self.language = spoken(doing.text) if isinstance(doing, Typed) else ""
        return super().does(doing)

    def drawn(self, screen: Screen, language: str) -> str:
        messages = render(screen, language, self.words)
        return "\n\n---\n\n".join(Shown("", each.content(), 0).drawn() for each in messages)


@pytest.fixture(scope="module")
def world(shipped: Programme, shipped_words: Catalogues, fonts: Fonts) -> World:
    return world_of(shipped, shipped_words, fonts)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_conversation(path: Path, world: World, shipped_words: Catalogues) -> None:
    OnWhatsApp(world, shipped_words, channel="whatsapp", costly=True).replay(path)


def test_there_are_conversations_in_three_languages() -> None:
    assert {path.stem.split("-")[0] for path in FOLDER.glob("*.txt")} >= {"en", "fr", "ar"}
