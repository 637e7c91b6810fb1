"""A screen has at most seven rows, on whatever it is shown: all that flows lead to, walked through.

On Telegram a row is one of the keyboard. Where all options are read, each is one: seven on the
screens of learners. A list on WhatsApp has at most ten, as Meta allows.
"""

from dataclasses import replace

import pytest

from bot.channels.telegram.render import keyboard
from bot.channels.whatsapp.render import render as on_whatsapp
from bot.conversation.action import Home, decode, encode
from bot.conversation.turn import World
from bot.flows.account.actions import Languages, MoreLanguages, SettingsMenu
from bot.flows.both_languages.actions import BothLanguages, MoreToReadAlso
from bot.flows.broadcasts.actions import (
    AudienceLanguages,
    Broadcast,
    BroadcastAudience,
    BroadcastCheck,
    BroadcastText,
    BroadcastTexts,
)
from bot.flows.groups.actions import (
    GroupChoice,
    MoreGroupLanguages,
    MorePosterLanguages,
    PosterLanguage,
)
from bot.flows.learning.actions import CategoryPage, Cover, ModuleList, PathwayPage
from bot.flows.papers.actions import MorePaperLanguages, PaperStart
from bot.i18n.catalogues import Catalogues
from bot.model.roles import Role
from tests.support.chat import Chat
from tests.support.languages import TWELVE
from tests.support.walk import Walk, people_around, somebody

CHANNELS = ("telegram", "whatsapp", "web")
ROWS, LISTED = 7, 10
"""Rows; rows of a list of WhatsApp."""
LEARNERS = (Home, SettingsMenu, CategoryPage, PathwayPage, ModuleList, Cover)
"""Screens of learners, which have at most seven options on every channel."""
OF_LANGUAGES = (
    Languages,
    MoreLanguages,
    BothLanguages,
    MoreToReadAlso,
    PaperStart,
    MorePaperLanguages,
    Broadcast,
    BroadcastTexts,
    BroadcastText,
    BroadcastAudience,
    AudienceLanguages,
    BroadcastCheck,
    PosterLanguage,
    MorePosterLanguages,
    GroupChoice,
    MoreGroupLanguages,
)
"""Screens where all languages are: at most seven, too, and each has its row where it can be read.
"""

ACROSS = 8
"""Buttons side by side: Telegram takes no more."""


@pytest.mark.row("32")
@pytest.mark.parametrize("done", [0, 2, 40])
@pytest.mark.parametrize("role", list(Role))
def test_no_screen_has_more_than_seven_rows(
    role: Role, done: int, twelve_world: World, twelve_words: Catalogues
) -> None:
    """With twelve languages, also of papers, and three channels."""
    world = replace(
        twelve_world, paper_languages=TWELVE, links=dict.fromkeys(CHANNELS, "http://w/")
    )
    walk = Walk(somebody(role, world, done), world)
    assert len(walk.kinds) > 25
    assert role is not Role.ADMIN or not done or set(OF_LANGUAGES) <= walk.kinds
    for where, screen in walk.seen.items():
        for language in ("en", "ar"):
            rows = keyboard(screen, language, twelve_words)
            assert len(rows) <= ROWS and all(len(row) <= ACROSS for row in rows), where
            for message in on_whatsapp(screen, language, twelve_words):
                assert len(message.rows) <= LISTED, where
        seven = isinstance(decode(where.partition(" ")[0]), (*LEARNERS, *OF_LANGUAGES))
        assert len(screen.options) <= (ROWS if seven else LISTED), where


@pytest.mark.row("32")
@pytest.mark.parametrize("done", [0, 2, 40])
@pytest.mark.parametrize("typed", ["salary not paid this month", "teamwork", "contract", "stress"])
def test_nor_one_with_what_was_perhaps_meant(
    typed: str, done: int, shipped_world: World, shipped_words: Catalogues
) -> None:
    """Words that nobody understood, typed at home and on a cover: ways on are added to these."""
    for place in (Home(), Cover("interview"), CategoryPage("soft-skills")):
        learner = replace(somebody(Role.LEARNER, shipped_world, done), place=encode(place))
        chat = Chat(shipped_world, shipped_words, learner=learner, people=people_around(learner))
        chat.turn(typed)
        assert len(keyboard(chat.screens[-1], "en", shipped_words)) <= ROWS, place
