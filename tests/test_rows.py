"""A screen has at most seven rows, on whatever it is shown: all that flows lead to, walked through.

On Telegram a row is one of the keyboard. Where all options are read, each is one: seven on the
screens of learners. A list on WhatsApp has at most ten, as Meta allows.
"""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from bot.channels.telegram.render import keyboard
from bot.channels.whatsapp.render import render as on_whatsapp
from bot.conversation.action import Action, Home, decode, encode
from bot.conversation.decide import decide, show
from bot.conversation.event import evolve_all
from bot.conversation.screen import Screen
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Tap, Update
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
from bot.model.broadcast import Draft
from bot.model.certificate import Certificate, Earned
from bot.model.connection import Connection
from bot.model.group import Group
from bot.model.learner import Learner, Membership, ModuleProgress
from bot.model.roles import Role
from tests.support.languages import TWELVE
from tests.support.memory import People

CHANNELS = ("telegram", "whatsapp", "web")
ROWS, LISTED, EACH = 7, 10, 4
"""Rows; rows of a list of WhatsApp; how often a kind of button is tapped, from other places."""
TODAY = date(2026, 9, 14)
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


def _people(learner: Learner) -> People:
    people = People()
    people.groups = {
        id: Group(id, 9, f"invite{id}", f"Group {id}", "AMSED", "Lea", "ar") for id in (5, 6, 7)
    }
    people.groups[8] = Group(8, learner.id, "mine", "Friday", "AMSED", "Me", "en", limit=10)
    member = Membership("Friday", "AMSED", "Me", TODAY, 1)
    people.members = {8: {n: Learner(n, language="en", groups={8: member}) for n in range(20, 40)}}
    people.connects(learner, Connection("telegram-1", "telegram", TODAY))
    return people


def _somebody(role: Role, world: World, done: int) -> Learner:
    modules = dict.fromkeys(
        list(world.programme.modules)[:done],
        ModuleProgress(TODAY, TODAY, 600, done=TODAY, mark=90, rule=70),
    )
    owed = tuple(Certificate(Earned.MODULE, id, TODAY) for id in modules)
    groups = {id: Membership(f"Group {id}", "AMSED", "Lea", TODAY, 1) for id in (5, 6, 7) if done}
    texts = {language: f"{language} " * 200 for language in world.languages}
    return replace(
        Learner(1, language="en", role=role),
        modules=modules,
        owed=owed,
        groups=groups,
        broadcast=Draft(texts) if role is Role.ADMIN and done else None,
    )


class Walk:
    """Goes to whatever is on a screen, until each kind of button was tapped a few times."""

    def __init__(self, learner: Learner, world: World) -> None:
        self.world, self.people = world, _people(learner)
        self.seen: dict[str, Screen] = {}
        self._tapped: Counter[type[Action]] = Counter()
        self._waiting: list[tuple[Learner, Action]] = [(learner, Home())]
        while self._waiting:
            self._step(*self._waiting.pop(0))

    def _step(self, learner: Learner, action: Action) -> None:
        moment = Moment(now=1_790_000_000, spare_code="1234567890", spare_token="spare")
        update = Update("telegram", "1", "1", Tap(encode(action)))
        decision = self.people.knowing(
            lambda known: decide(update, Turn(learner, self.world, known)), moment
        )
        after = evolve_all(learner, decision.events, moment.now)
        screen = decision.screen or self.people.knowing(
            lambda known: show(Turn(after, self.world, known)), moment
        )
        self.seen[f"{encode(action)} of {after.place}"] = screen
        for button in screen.buttons:
            kind = type(button.action)
            if self._tapped[kind] < EACH:
                self._tapped[kind] += 1
                self._waiting.append((after, button.action))

    @property
    def kinds(self) -> set[type[Action]]:
        return {kind for kind, count in self._tapped.items() if count}


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
    walk = Walk(_somebody(role, world, done), world)
    assert len(walk.kinds) > 25
    assert role is not Role.ADMIN or not done or set(OF_LANGUAGES) <= walk.kinds
    for where, screen in walk.seen.items():
        for language in ("en", "ar"):
            assert len(keyboard(screen, language, twelve_words)) <= ROWS, where
            for message in on_whatsapp(screen, language, twelve_words):
                assert len(message.rows) <= LISTED, where
        seven = isinstance(decode(where.partition(" ")[0]), (*LEARNERS, *OF_LANGUAGES))
        assert len(screen.options) <= (ROWS if seven else LISTED), where
