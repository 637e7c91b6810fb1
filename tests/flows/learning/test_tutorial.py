"""How to use a phone and a computer is one tap from home: for a newcomer, in a group, with all
done, and on every channel."""

from dataclasses import replace
from datetime import date

import pytest

from bot.channels.telegram.render import keyboard
from bot.channels.web.render import render as on_web
from bot.channels.whatsapp.render import render as on_whatsapp
from bot.conversation.action import Home, encode, with_commands
from bot.conversation.decide import show
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Tap
from bot.flows.groups.member_actions import MyGroup
from bot.flows.learning.actions import Cover, ForStaff, Tutorials
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Certificate, Earned
from bot.model.learner import Learner, Membership, ModuleProgress
from bot.model.roles import RIGHTS, Role
from bot.model.words import verbatim
from tests.support.chat import Chat
from tests.support.memory import People

DAY = date(2026, 9, 14)
NEW = Learner(1, language="en")
IN_GROUPS = replace(
    NEW, groups={n: Membership(f"Group {n}", "AMSED", "Lea", DAY, 1) for n in (5, 6, 7)}
)


def _with(learner: Learner, world: World, done: int) -> Learner:
    """All that can crowd a home: groups, and a certificate to fetch."""
    modules = dict.fromkeys(
        list(world.programme.modules)[:done],
        ModuleProgress(DAY, DAY, 600, done=DAY, mark=90, rule=70),
    )
    owed = tuple(Certificate(Earned.MODULE, id, DAY) for id in modules)
    return replace(learner, modules=modules, owed=owed)


@pytest.mark.row("39")
@pytest.mark.parametrize("done", [0, 2, 40])
@pytest.mark.parametrize("learner", [NEW, IN_GROUPS], ids=["alone", "in groups"])
def test_it_is_one_tap_from_home(
    learner: Learner, done: int, shipped_world: World, shipped_words: Catalogues
) -> None:
    learner = _with(learner, shipped_world, done)
    moment = Moment(now=1_790_000_000)
    at_home = replace(learner, place=encode(Home()))
    screen = People().knowing(lambda known: show(Turn(at_home, shipped_world, known)), moment)
    way = encode(Tutorials())
    rows = keyboard(screen, "en", shipped_words)
    assert way in {key.get("callback_data") for row in rows for key in row} and len(rows) <= 7
    (message,) = on_whatsapp(screen, "en", shipped_words)
    assert way in {choice.id for choice in message.rows}
    page = on_web(screen, "en", shipped_words, verbatim("Type here"))
    assert way in repr(page)
    there = replace(learner, place=way)
    told = show(Turn(there, shipped_world, moment))
    assert [b.action for b in told.options] == [Cover("cell-phone"), Cover("computer")]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("done", [0, 2, 40])
@pytest.mark.parametrize("learner", [NEW, IN_GROUPS], ids=["alone", "in groups"])
def test_a_home_can_be_read_on_a_phone(
    role: Role, learner: Learner, done: int, shipped_world: World, shipped_words: Catalogues
) -> None:
    """At most seven rows of three, whoever it is; what staff has is two taps away at most."""
    learner = replace(_with(learner, shipped_world, done), role=role)
    chat = Chat(shipped_world, shipped_words, learner=learner)
    chat.does(Tap(encode(Home())))
    rows = keyboard(chat.screens[-1], "en", shipped_words)
    worded = [row for row in rows if not all(key["text"].isdigit() for key in row)]
    assert len(rows) <= 7 and max(map(len, worded)) <= 3
    near = {button.action for button in chat.screens[-1].buttons}
    if ForStaff() in near:
        chat.does(Tap(encode(ForStaff())))
        near |= {button.action for button in chat.screens[-1].buttons}
    of_staff = {cls() for _given, cls in with_commands() if getattr(cls, "home", None)}
    assert {way for way in of_staff if way.right in RIGHTS[role]} <= near
    assert {MyGroup(id) for id in learner.groups} <= near
