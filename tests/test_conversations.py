"""Whole chats, word for word. Each file under conversations/ begins with a sentence that says what
it shows.

A line after `> ` is what the person does: a text, `[a button]`, `(picture)`, `(voice)` or `(voice
12)` of 12 seconds. What follows, up to the next `> `, is what they see. A `~ ` line sets the scene:
`~ language ar` (the client's), `~ 12 days later`, `~ 2 minutes later`, `~ admin` (one whom the
settings name), `~ another person` (who knows the groups of the first), `~ person 1` (the first
again), `~ connected web 2026-09-14` (`long ago` where no day was kept), `~ done computer` (a
module, elsewhere), `~ recorded en/computer/meet-the-computer 310` (what can be heard, and its KB),
`~ voices arrive` (that staff recorded), `~ on web` (the channel), `~ group https://…` (one that is
moderated elsewhere), `~ 2 learners` and `~ 1 muted learner` who are somewhere else, `~ sent 1
failed 1` of the last broadcast. Run with `PASITO_REWRITE=1` to write what is seen into the files,
then read every change as a counsellor would.
"""

from pathlib import Path

import pytest

from bot.conversation.turn import World
from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from certificates import Fonts
from tests.support.chat import Chat
from tests.support.world import TESTS, world_of

FOLDER = TESTS / "conversations"


@pytest.fixture(scope="module")
def world(shipped: Programme, shipped_words: Catalogues, fonts: Fonts) -> World:
    return world_of(shipped, shipped_words, fonts)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_conversation(path: Path, world: World, shipped_words: Catalogues) -> None:
    Chat(world, shipped_words).replay(path)


def test_there_are_conversations_in_three_languages() -> None:
    assert {path.stem.split("-")[0] for path in FOLDER.glob("*.txt")} >= {"en", "fr", "ar"}
