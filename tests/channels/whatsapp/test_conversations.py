"""Whole chats as they look on WhatsApp, word for word: see `tests.test_conversations` for how the
files are written. `[a button]` stands for a button and for a row of a list.
"""

import os
from pathlib import Path

import pytest

from bot.channels.whatsapp.render import render
from bot.conversation.screen import Screen
from bot.conversation.turn import World
from bot.i18n.catalogues import Catalogues
from cards.reader import SHIPPED, read_programme
from certificates import Fonts
from tests.fakes.whatsapp.people import Shown
from tests.support.chat import Chat, indented
from tests.support.world import world_of

FOLDER = Path(__file__).parent / "conversations"


class OnWhatsApp(Chat):
    def drawn(self, screen: Screen, language: str) -> str:
        messages = render(screen, language, self.words)
        return "\n\n---\n\n".join(Shown("", each.content(), 0).drawn() for each in messages)


@pytest.fixture(scope="module")
def real(fonts: Fonts) -> tuple[World, Catalogues]:
    programme = read_programme(SHIPPED).programme
    words = Catalogues(programme)
    return world_of(programme, words, fonts), words


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_conversation(path: Path, real: tuple[World, Catalogues]) -> None:
    world, words = real
    written = path.read_text(encoding="utf-8")
    chat = OnWhatsApp(world, words, channel="whatsapp", costly=True)
    out = [written.split("\n> ")[0].split("\n~ ")[0].strip()]
    for line in written.splitlines():
        if line.startswith("~ "):
            chat.scene(line[2:])
            out.append(line)
        elif line.startswith("> "):
            out.append(f"{line}\n\n{indented(chat.turn(line[2:]))}")
    now = "\n\n".join(out) + "\n"
    if os.environ.get("PASITO_REWRITE"):
        path.write_text(now, encoding="utf-8")
    assert now == written


def test_there_are_conversations_in_three_languages() -> None:
    assert {path.stem.split("-")[0] for path in FOLDER.glob("*.txt")} >= {"en", "fr", "ar"}
